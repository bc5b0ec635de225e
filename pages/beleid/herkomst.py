"""Herkomst of one item: the chain backwards and forwards as one line, a picture and a list."""

from workshop.actions.thread.herkomst import see_graph
from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.thread.herkomst import show_herkomst

with open_shell(title=_("Herkomst"), wijkplan=True, wide=True) as shell:
    show_herkomst(shell, see_graph(shell.store, shell.actor, shell.plan.id))
