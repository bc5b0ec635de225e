"""An A/B test is set up as variants, a norm and what was seen."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("ab_test")


def test_its_sheet_has_a_place_for_every_yield() -> None:
    around = room.context(ACTIVITY)
    counted = ACTIVITY.outcome(around, [])["parts"]
    assert [(part.label, part.form.kind, counted[part.form.key]) for part in ACTIVITY.parts()] == [
        ("Variant", ItemKind.INTERVENTION, 1),
        ("Verwachting", ItemKind.ASSUMPTION, 1),
        ("Gezien", ItemKind.FEEDBACK, 1),
    ]
    assert counted["other"] == 0


def test_the_norm_is_asked_before_anything_is_seen() -> None:
    forms = ACTIVITY.note_forms(room.context(ACTIVITY))
    assert [form.key for form in forms] == ["variant", "expected", "seen"]
    assert forms[1].second_prompt == "Vanaf welk getal is het gelukt?"
