"""Herkomst of one item: the chain backwards and forwards as one line, a picture and a list."""

from workshop.actions.herkomst import see_graph
from workshop.locale import _
from workshop.ui.herkomst import show_herkomst
from workshop.ui.shell import open_shell

with open_shell(title=_("Herkomst"), wijkplan=True, wide=True) as shell:
    show_herkomst(shell, see_graph(shell.store, shell.actor, shell.plan.id))
