"""A page with one button that adds something each time."""

from workshop.actions.evening.notes import add_item
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.ui.frame.doing import button
from workshop.ui.frame.shell import open_shell

with open_shell(title="Proef", wijkplan=True) as shell:
    button(
        "Zet erbij", add_item, shell, shell.plan.id, kind=ItemKind.WISH, written=Written("Een bankje"), key="add",
        said="Het staat erbij.",
    )  # fmt: skip
