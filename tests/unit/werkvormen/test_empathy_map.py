"""The empathy map has its seven places."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("empathy_map")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Denkt", ItemKind.FINDING, 1),
        ("Hoort", ItemKind.FINDING, 1),
        ("Ziet", ItemKind.FINDING, 1),
        ("Zegt", ItemKind.FINDING, 1),
        ("Doet", ItemKind.FINDING, 1),
        ("Pijn", ItemKind.PAIN, 1),
        ("Winst", ItemKind.NEED, 1),
    ]
    assert counted["other"] == 0
