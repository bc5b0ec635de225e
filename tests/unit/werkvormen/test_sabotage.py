"""A sabotage session yields ways to fail, each with its remedy beside it."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("sabotage")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Zo mislukt het", ItemKind.RISK, 1),
    ]
    assert counted["other"] == 0


def test_every_way_to_fail_asks_what_prevents_it() -> None:
    assert [form.second_prompt for form in ACTIVITY.note_forms(room.context(ACTIVITY))] == [
        "Wat voorkomt dit, of beperkt de schade?"
    ]
