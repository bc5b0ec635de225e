"""The board game yields set-backs, what was missed and a better plan."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("board_game")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Tegenslag", ItemKind.RISK, 1),
        ("Gemist", ItemKind.NEED, 1),
        ("Beter", ItemKind.INTERVENTION, 1),
    ]
    assert counted["other"] == 0
