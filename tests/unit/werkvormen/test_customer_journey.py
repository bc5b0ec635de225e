"""A journey yields moments, pains and the wishes of sprint 3."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("customer_journey")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Moment", ItemKind.FINDING, 1),
        ("Pijn", ItemKind.PAIN, 1),
        ("Wens", ItemKind.WISH, 1),
    ]
    assert counted["other"] == 0
