"""Hopes become wishes and fears become risks; a fear is asked what would keep it from happening."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.thread.items import ItemKind
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("hopes_and_fears")


def test_hopes_and_fears_are_two_lists() -> None:
    around = room.context(
        ACTIVITY, notes=room.notes(ACTIVITY, {"hope": ["Samen eten"], "fear": ["Weer een plan", "Ruzie"]})
    )
    assert ACTIVITY.outcome(around, []) == {"n": 3, "parts": {"hope": 1, "fear": 2, "other": 0}}
    assert [form.kind for form in ACTIVITY.note_forms(around)] == [ItemKind.WISH, ItemKind.RISK]
    assert ACTIVITY.note_forms(around)[1].second_prompt == "Waardoor zou dat niet gebeuren?"
