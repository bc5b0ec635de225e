"""Role play yields what was seen, what is needed and what was agreed."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("role_play")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Gezien", ItemKind.FEEDBACK, 1),
        ("Nodig", ItemKind.NEED, 1),
        ("Zo doen we het", ItemKind.INTERVENTION, 1),
    ]
    assert counted["other"] == 0
