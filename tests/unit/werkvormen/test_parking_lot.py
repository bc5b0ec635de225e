"""What is parked is parked, with when it comes back."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("parking_lot")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Geparkeerd", ItemKind.PARKED, 1),
    ]
    assert counted["other"] == 0


def test_it_fits_every_sprint() -> None:
    assert set(ACTIVITY.sprints) == set(range(1, 8))
