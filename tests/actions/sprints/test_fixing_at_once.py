"""Two facilitators who fix the same result at once make one version; without the lock of the wijkplan they would not."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from typing import Any

import pytest

from tests import full_note
from tests.actions.evening.test_races import at_once, unlock
from tests.evening import plan_evening
from tests.sprint_world import write
from workshop.actions.evening import notes, settling, steps
from workshop.actions.sprints import fixing
from workshop.actions.wijkplan import as_seen
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


def fixed_while_taken_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    """(texts in the fixed record, how often was looked) when somebody takes a note back between the look and the write."""
    evening = plan_evening(store, sprint=1)
    told_on = full_note.tell(evening, 2)
    evening.run(told_on.step)
    settling.settle_step(store, evening.facilitator, told_on.step, goes_on=told_on.ids)
    write(evening, 1, "main_question", "Waarom?")
    look, looks = fixing.read_snapshot, []

    def look_and_lose(*args: Any) -> Any:
        seen = look(*args)
        if not looks:
            notes.withdraw_note(store, told_on.token, told_on.ids[0])
        looks.append(seen)
        return seen

    monkeypatch.setattr(fixing, "read_snapshot", look_and_lose)
    who = (store, evening.facilitator, evening.wijkplan_id)
    record = fixing.fix_result(*who, 1, unseen_reason="Later").record
    return [item["text"] for item in record["items"]], len(looks)


def test_a_note_that_is_taken_back_while_somebody_fixes_stands_in_no_result(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts, looks = fixed_while_taken_back(store, monkeypatch)
    assert (len(texts), looks) == (1, 2)


def test_twin_a_fix_that_does_not_look_again_keeps_what_was_taken_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_seen, "has_moved", lambda _seen, _now: False)
    texts, looks = fixed_while_taken_back(store, monkeypatch)
    assert (len(texts), looks) == (2, 1)


def test_while_a_result_is_looked_at_others_write(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading the wijkplan holds no lock: a look that waits for a write of somebody else is over at once."""
    evening = plan_evening(sqlite_store, sprint=1)
    write(evening, 1, "main_question", "Waarom?")
    look = fixing.read_snapshot
    wrote: list[int] = []

    def look_while_another_writes(*args: Any) -> Any:
        seen = look(*args)
        if not wrote:
            with ThreadPoolExecutor(1) as pool:
                wrote.append(pool.submit(write, evening, 1, "main_question", "Hoe dan?").result(timeout=30))
        return seen

    monkeypatch.setattr(fixing, "read_snapshot", look_while_another_writes)
    who = (sqlite_store, evening.facilitator, evening.wijkplan_id)
    record = fixing.fix_result(*who, 1, unseen_reason="Later").record
    assert wrote == [2]
    assert [part["content"]["text"] for part in record["parts"] if part["part"] == "main_question"] == ["Hoe dan?"]


def test_somebody_who_is_overtaken_again_and_again_is_told_so(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = plan_evening(sqlite_store, sprint=1)
    write(evening, 1, "main_question", "Waarom?")
    look, turn = fixing.read_snapshot, count()

    def overtaken(*args: Any) -> Any:
        seen = look(*args)
        write(evening, 1, "main_question", f"Waarom {next(turn)}?")
        return seen

    monkeypatch.setattr(fixing, "read_snapshot", overtaken)
    who = (sqlite_store, evening.facilitator, evening.wijkplan_id)
    with pytest.raises(Refused, match="veel tegelijk"):
        fixing.fix_result(*who, 1, unseen_reason="Later")
    assert next(turn) == as_seen.MOST_LOOKS and fixing.see_results(*who) == []
