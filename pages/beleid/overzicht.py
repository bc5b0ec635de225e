"""The wijkplannen somebody may see, and making a new one."""

from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.frame.state import tab
from workshop.ui.frame.visitor import look_who_is_here
from workshop.ui.wijkplan.overview import show_wijkplannen

look_who_is_here()
with open_shell(title=_("Maak een wijkplan") if tab().is_making_plan else _("Wijkplannen")) as shell:
    show_wijkplannen(shell)
