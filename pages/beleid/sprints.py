"""The seven sprints as a path: what each took over, what it yields, what is missing, and its own record."""

from workshop.actions.sprints.path import see_sprints
from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.sprints.path import show_path

with open_shell(title=_("Sprints"), wijkplan=True, wide=True) as shell:
    show_path(shell, see_sprints(shell.store, shell.actor, shell.plan.id))
