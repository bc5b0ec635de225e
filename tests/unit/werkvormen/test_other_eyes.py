"""Other eyes yield ideas, with the eyes they were seen through."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("other_eyes")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Idee", ItemKind.IDEA, 1),
    ]
    assert counted["other"] == 0


def test_it_asks_for_a_role_and_not_for_a_name() -> None:
    (form,) = ACTIVITY.note_forms(room.context(ACTIVITY))
    assert form.second_prompt == "Welke bril had je op? Noem een rol, geen naam."
