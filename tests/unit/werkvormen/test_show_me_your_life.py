"""Show me your life yields places, pains and needs."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("show_me_your_life")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Plek", ItemKind.FINDING, 1),
        ("Pijn", ItemKind.PAIN, 1),
        ("Behoefte", ItemKind.NEED, 1),
    ]
    assert counted["other"] == 0
