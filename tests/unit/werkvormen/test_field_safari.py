"""A safari yields findings with their environment, and surprises."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("field_safari")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Gezien", ItemKind.FINDING, 1),
        ("Verrassing", ItemKind.ASSUMPTION, 1),
    ]
    assert counted["other"] == 0


def test_what_was_seen_is_placed_in_the_environments() -> None:
    assert [(form.key, form.asks_environments) for form in ACTIVITY.note_forms(room.context(ACTIVITY))] == [
        ("seen", True),
        ("surprise", False),
    ]
