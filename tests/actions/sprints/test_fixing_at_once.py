"""Two facilitators who fix the same result at once make one version; without the lock of the wijkplan they would not."""

from __future__ import annotations

import time
from typing import Any

import pytest

from tests.actions.evening.test_races import at_once, unlock
from tests.evening import plan_evening
from tests.sprint_world import write
from workshop.actions.evening import steps
from workshop.actions.sprints import fixing
from workshop.domain.errors import Refused
from workshop.store import Store, journal


def slow_look(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the window between looking and writing wide, with or without protection."""
    look = fixing.read_snapshot

    def slow(*args: Any) -> Any:
        seen = look(*args)
        time.sleep(0.1)
        return seen

    monkeypatch.setattr(fixing, "read_snapshot", slow)


def both_fix(store: Store) -> tuple[list[str], list[int], int | None]:
    """(what they heard, the versions there are, where the journal is broken) after two presses at once."""
    evening = plan_evening(store, sprint=1)
    write(evening, 1, "main_question", "Waarom?")

    def press() -> int:
        who = (store, evening.facilitator, evening.wijkplan_id)
        return fixing.fix_result(*who, 1, unseen_reason="Later").version

    heard = [
        answer.message if isinstance(answer, Refused)
        else f"fault: {type(answer).__name__}" if isinstance(answer, Exception)
        else str(answer)
        for answer in at_once([press, press])
    ]  # fmt: skip
    versions = [r.version for r in fixing.see_results(store, evening.facilitator, evening.wijkplan_id)]
    with store.read() as conn:
        return sorted(heard), versions, journal.first_broken_line(conn, evening.wijkplan_id)


def test_two_who_fix_at_once_make_one_version_and_the_other_hears_that_nothing_changed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_look(monkeypatch)
    assert both_fix(store) == (["1", "Er is niets veranderd sinds versie 1."], [1], None)


def test_without_the_lock_two_who_fix_at_once_do_not_both_hear_what_happened(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_look(monkeypatch)
    unlock(store, monkeypatch)
    monkeypatch.setattr(fixing, "writing", steps.writing)
    heard, _versions, _broken = both_fix(store)
    assert heard != ["1", "Er is niets veranderd sinds versie 1."]
