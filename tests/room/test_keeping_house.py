"""A server that runs takes away what has been kept long enough: at its start and every day after."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from importlib import import_module

import pytest

from tests import full_note
from tests.full_note import WORDS, where_words_stand
from tests.room.hall import hall
from workshop.domain.thread.items import ItemState
from workshop.store import Store, items

reception = import_module("workshop.room.frame.reception")  # the package exports a function of the same name

EVENING, HALF_A_YEAR_LATER = datetime(2026, 11, 24, 20, tzinfo=UTC), datetime(2027, 5, 25, 9, tzinfo=UTC)
#: Only how long a broken server is waited for; one that works answers in a moment.
PATIENCE = 30


def after_a_day(store: Store, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The words that are left when retention ends while the server runs: it keeps house once more, and once again."""
    moment = [EVENING]
    store.clock = lambda: moment[0]
    rounds = threading.Semaphore(0)
    close = reception.close_what_is_over

    def counted(over: Store) -> int:
        rounds.release()
        return close(over)

    monkeypatch.setattr(reception, "close_what_is_over", counted)
    monkeypatch.setattr(reception, "_A_DAY", 0.01)
    with hall(store) as opened:
        # The hall is open already: the note is told on a phone that came in.
        step = opened.open("earlier_policy")
        told, *_others = [opened.inside() for _n in range(5)]
        fields = {name: values[0] for name, values in full_note.FORM["extras"].items()}
        sent = told.note(step, full_note.FORM["text"], form="initiative", second=full_note.FORM["second"], **fields)
        assert sent.status_code == 200, sent.text
        assert rounds.acquire(timeout=PATIENCE)
        assert found(store) == set(WORDS) - {full_note.TRANSLATION}, "its time is not up"
        moment[0] = HALF_A_YEAR_LATER
        # A round may be half way; the one that begins after it is whole when the next one begins.
        while rounds.acquire(blocking=False):
            pass
        assert all(rounds.acquire(timeout=PATIENCE) for _n in range(3))
    return found(store)


def found(store: Store) -> set[str]:
    return set().union(*where_words_stand(store).values())


def test_the_server_takes_away_what_has_been_kept_long_enough(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert after_a_day(sqlite_store, monkeypatch) == set()
    with sqlite_store.read() as conn:
        assert [item.state for item in items.items_of(conn)] == [ItemState.WITHDRAWN]


def test_twin_a_server_that_never_runs_retention_keeps_everything(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reception, "apply_retention", lambda _store: 0)
    assert after_a_day(sqlite_store, monkeypatch) == set(WORDS) - {full_note.TRANSLATION}
