"""One wijkplan: what was agreed, where, with whom, how long, and who may do what. The owner changes, others read."""

from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.wijkplan.plan import show_wijkplan

with open_shell(title=_("Het wijkplan"), wijkplan=True, heading=False) as shell:
    show_wijkplan(shell)
