"""Many at the same moment, on both databases. Every race has a twin without its protection, which must go wrong.

Source: the OpenSlides vote service races votes against stops; pretix first proves that a race happens with locks off.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count
from threading import Barrier, Event
from typing import Any

import pytest
from sqlalchemy import Connection, select

from tests.evening import Evening, plan_evening
from tests.proofs import cases
from workshop.actions.evening import notes, running, settling, steps
from workshop.actions.evening.votes import casts, door
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.actions.sprints import fixing
from workshop.actions.wijkplan import joint_task
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.moves import StepState
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, ballots, journal, open_store, rooms, schema, vote_path
from workshop.store.writing import Write

FIELDS = ("stance", "experience")


def an_open_step(store: Store, people: int) -> tuple[Evening, str, list[str]]:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    tokens = evening.people(people)
    running.open_step(store, evening.facilitator, step)
    return evening, step, tokens


def at_once(tasks: list[Callable[[], Any]], threads: int | None = None) -> list[Any]:
    """Run these together; an exception is an answer too. All start at one barrier when every task has its thread."""
    together = Barrier(len(tasks)) if threads is None else None

    def do(task: Callable[[], Any]) -> Any:
        try:
            if together:
                together.wait()
            return task()
        except Exception as raised:  # noqa: BLE001 - the tests judge what came out
            return raised

    with ThreadPoolExecutor(threads or len(tasks)) as pool:
        return list(pool.map(do, tasks))


def rows_of(store: Store, round_id: str) -> list[dict[str, Any]]:
    """The answers of the ballots that a running round holds, as they stand in the table."""
    table = schema.cast_ballot
    with store.read() as conn:
        return [
            json.loads(a) for a in conn.execute(select(table.c.answers).where(table.c.round_id == round_id)).scalars()
        ]


def ballot(stance: int) -> dict[str, list[str]]:
    return {"stance": [str(stance)], "experience": ["good"]}


def answer_of(receipt: Receipt) -> str:
    return json.dumps(
        {"experience": receipt.values["experience"], "stance": int(receipt.values["stance"])}, sort_keys=True
    )


def slow_put(monkeypatch: pytest.MonkeyPatch, seconds: float = 0.01) -> None:
    """Make the window between looking and writing wide, with or without protection."""
    put = vote_path.put

    def slow(conn: Connection, rows: list[dict[str, Any]]) -> Any:
        time.sleep(seconds)
        return put(conn, rows)

    monkeypatch.setattr(vote_path, "put", slow)


def unlock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """No lock on the round, none on the wijkplan, and on SQLite a deferred BEGIN without queue."""

    def rounds(conn: Connection, round_ids: Any) -> dict[str, StepState]:
        rows = conn.execute(
            select(schema.round.c.id, schema.round.c.state).where(schema.round.c.id.in_(list(round_ids)))
        )
        return {row.id: StepState(row.state) for row in rows}

    @contextmanager
    def write(self: Store) -> Iterator[Connection]:
        with self.engine.begin() as conn:
            yield conn

    @contextmanager
    def writing(store: Store, actor: str, *, wijkplan_id: str | None = None) -> Iterator[Write]:
        with store.write() as conn:
            yield Write(conn, store.now(), actor, wijkplan_id)
            time.sleep(0.01)

    monkeypatch.setattr(vote_path, "lock_rounds", rounds)
    if store.is_sqlite:
        monkeypatch.setattr(Store, "write", write)
        monkeypatch.setattr(Store, "write_by_hand", write)
    monkeypatch.setattr(steps, "writing", writing)


# -- votes against stops ------------------------------------------------------------------------------------------


def votes_against_stops(store: Store, n: int) -> list[str]:
    """What went wrong when ``n`` people voted while ``n`` times somebody pressed stop."""
    evening, step, tokens = an_open_step(store, n)
    round_id = evening.round_id(step)

    def stop() -> dict[str, Any]:
        running.stop_step(store, evening.facilitator, step)
        with store.read() as conn:
            frozen = rooms.round_(conn, round_id)
        assert frozen is not None and frozen.outcome is not None
        return {**frozen.outcome, "hash": frozen.tally_hash}

    votes = [
        lambda t=t, k=k: cast_ballots(store, [Cast(t, round_id, ballot(k % 5 + 1), "b")])[0]
        for k, t in enumerate(tokens)
    ]
    # Some votes first, so that there is something to freeze; then both kinds in turn.
    early = n // 5
    mixed = [task for pair in zip(votes[early:], [stop] * (n - early), strict=True) for task in pair]
    answers = at_once([*votes[:early], *mixed, *[stop] * early], threads=12)
    accepted = [a for a in answers if isinstance(a, Receipt)]
    refused = [a for a in answers if isinstance(a, WorkshopError)]
    frozen = [a for a in answers if isinstance(a, dict)]
    with store.read() as conn:
        final = [json.dumps(dict(b.answers), sort_keys=True) for b in ballots.final(conn, round_id)]
        left = conn.execute(select(schema.cast_ballot.c.key).where(schema.cast_ballot.c.round_id == round_id)).all()
        broken = journal.first_broken_line(conn, evening.wijkplan_id)
        stops = conn.execute(select(schema.journal.c.number).where(schema.journal.c.action == "step.stop")).all()
    wrong = [repr(a) for a in answers if isinstance(a, Exception) and not isinstance(a, WorkshopError)]
    if [a.kind for a in refused if a.kind != "closed"]:
        wrong.append("a vote was refused for another reason than the close")
    if len(accepted) + len(refused) != n:
        wrong.append(f"{len(accepted)} accepted and {len(refused)} refused of {n}")
    if Counter(map(answer_of, accepted)) != Counter(final):
        wrong.append(f"{len(accepted)} accepted, {len(final)} in the frozen tally")
    if len(frozen) != n or any(f != frozen[0] for f in frozen) or frozen[0]["n"] != len(accepted):
        wrong.append(f"{len(frozen)} stops told {[f['n'] for f in frozen]}, accepted {len(accepted)}")
    if left or broken is not None or len(stops) != 1:
        wrong.append(f"{len(left)} ballots with a key, journal broken at {broken}, {len(stops)} stops written down")
    return wrong


@pytest.mark.proof
@pytest.mark.parametrize("repetition", range(cases(3, whole=100)))
def test_fifty_votes_against_fifty_stops_freeze_exactly_what_was_accepted(
    store: Store, repetition: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow_put(monkeypatch)
    assert votes_against_stops(store, 50) == []


def test_without_the_lock_votes_against_stops_go_wrong(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    slow_put(monkeypatch)
    unlock(store, monkeypatch)
    assert any(votes_against_stops(store, 50) for _try in range(5))


def test_a_stop_is_not_kept_waiting_by_people_who_go_on_voting(store: Store) -> None:
    """Eight lines vote on as fast as they can, each at most five hundred times: the stop gets in before any is through."""
    evening, step, tokens = an_open_step(store, 40)
    round_id = evening.round_id(step)
    is_going = Event()

    def go_on(mine: list[str]) -> list[Receipt | WorkshopError]:
        answers: list[Receipt | WorkshopError] = []
        for change in range(1, 501):
            got = cast_ballots(store, [Cast(t, round_id, ballot(change % 5 + 1), f"b{change}", change) for t in mine])
            answers += got
            if isinstance(got[0], WorkshopError):
                break
            if change == 3:
                is_going.set()
        return answers

    def stop() -> None:
        assert is_going.wait(60)
        running.stop_step(store, evening.facilitator, step)

    *answers, stopped = at_once([*[lambda n=n: go_on(tokens[n::8]) for n in range(8)], stop])
    assert [a for a in [*answers, stopped] if isinstance(a, Exception)] == []
    assert [getattr(line[-1], "kind", "none") for line in answers] == ["closed"] * 8


# -- one device, several tabs -------------------------------------------------------------------------------------


def test_one_cookie_in_five_tabs_is_one_ballot_and_every_tab_was_told_a_ballot_that_was_given(store: Store) -> None:
    evening, step, (token, *_others) = an_open_step(store, 5)
    round_id = evening.round_id(step)
    for turn in range(1, 6):
        told = at_once(
            [
                lambda k=k, turn=turn: door.cast(store, [Cast(token, round_id, ballot(k), f"tab {k}", turn)])
                for k in range(1, 6)
            ]
        )
        answers = [answer for (answer,), _news in told]
        assert {news.count.complete for _answers, (news,) in told} == {1}
        assert [type(a).__name__ for a in answers] == ["Receipt"] * 5
        assert {a.change for a in answers} == {turn}
        (kept,) = rows_of(store, round_id)
        assert json.dumps(kept, sort_keys=True) in {answer_of(a) for a in answers}


def test_fifty_identical_ballots_over_five_lines_are_one_row_and_fifty_equal_receipts(store: Store) -> None:
    evening, step, (token, *_others) = an_open_step(store, 3)
    cast = Cast(token, evening.round_id(step), ballot(4), "one and the same", 1)
    answers = at_once([lambda: [cast_ballots(store, [cast])[0] for _n in range(10)]] * 5)
    told = [a for line in answers for a in line]
    assert told == [told[0]] * 50 and isinstance(told[0], Receipt)
    assert len(rows_of(store, cast.round_id)) == 1


def test_without_the_key_identical_ballots_are_counted_more_than_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening, step, (token, *_others) = an_open_step(store, 3)
    numbers = count()
    monkeypatch.setattr(casts, "ballot_key", lambda _t, _r: next(numbers).to_bytes(16, "big"))
    cast = Cast(token, evening.round_id(step), ballot(4), "one and the same", 1)
    at_once([lambda: [cast_ballots(store, [cast])[0] for _n in range(10)]] * 5)
    assert len(rows_of(store, cast.round_id)) > 1


def a_newer_ballot_overtakes(store: Store, monkeypatch: pytest.MonkeyPatch) -> tuple[int, Receipt, Receipt]:
    """An older change waits before writing while a newer one is stored: (stance kept, older and newer receipt)."""
    evening, step, (token, *_others) = an_open_step(store, 3)
    round_id = evening.round_id(step)
    put, put_at_once = vote_path.put, vote_path.put_at_once
    is_writing, is_overtaken = Event(), Event()

    def put_the_older_later(conn: Connection, rows: list[dict[str, Any]]) -> Any:
        if any(row["change"] == 1 for row in rows):
            is_writing.set()
            assert is_overtaken.wait(60)
        return put(conn, rows)

    def put_in_its_turn(conn: Connection, sent: list[vote_path.Sent]) -> Any:
        # On SQLite the transaction stands in the queue of one writer, so here nobody can overtake.
        is_writing.set()
        return put_at_once(conn, sent)

    monkeypatch.setattr(vote_path, "put", put_the_older_later)
    monkeypatch.setattr(vote_path, "put_at_once", put_in_its_turn)

    def later() -> Receipt:
        assert is_writing.wait(60)
        told = cast_ballots(store, [Cast(token, round_id, ballot(5), "newer", 2)])[0]
        is_overtaken.set()
        return told  # type: ignore[return-value]

    older, newer = at_once([lambda: cast_ballots(store, [Cast(token, round_id, ballot(1), "older", 1)])[0], later])
    (kept,) = rows_of(store, round_id)
    return kept["stance"], older, newer


def test_an_older_ballot_that_comes_late_undoes_nothing_and_is_told_what_is_stored(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    stance, older, newer = a_newer_ballot_overtakes(store, monkeypatch)
    assert stance == 5
    assert (newer.values["stance"], newer.change) == ("5", 2)
    # On SQLite the older one goes first as a whole; on PostgreSQL it is overtaken and must not be told otherwise.
    assert (older.values["stance"], older.change) == (("1", 1) if store.is_sqlite else ("5", 2))


def test_without_the_condition_on_the_change_a_late_ballot_undoes_a_newer_one(
    new_postgres_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(new_postgres_url())
    monkeypatch.setattr(vote_path, "_NEWER", "TRUE")
    stance, _older, newer = a_newer_ballot_overtakes(store, monkeypatch)
    assert newer.values["stance"] == "5" and stance == 1
    store.close()


def crossing_batches(store: Store, *, times: int = 60) -> list[Any]:
    """Two processes that each send the same devices' ballots, in opposite order."""
    evening, step, tokens = an_open_step(store, 60)
    round_id = evening.round_id(step)

    def send(order: list[str], odd: int) -> list[Any]:
        answers: list[Any] = []
        for change in range(odd + 2, odd + 2 + 2 * times, 2):
            try:
                answers += cast_ballots(
                    store, [Cast(t, round_id, ballot(change % 5 + 1), f"{odd}{change}", change) for t in order]
                )
            except Exception as raised:  # noqa: BLE001 - judged by the test
                answers.append(raised)
        return answers

    both = at_once([lambda: send(tokens, 0), lambda: send(tokens[::-1], 1)])
    return [a for line in both for a in line if not isinstance(a, Receipt)]


def test_batches_with_the_same_devices_in_another_order_do_not_block_each_other(store: Store) -> None:
    assert crossing_batches(store) == []


# -- two facilitators ---------------------------------------------------------------------------------------------


def two_facilitators(store: Store) -> dict[str, Any]:
    """Both press the same button at once, through a whole step: what was written down and what they heard."""
    evening = plan_evening(store, sprint=1)
    step = evening.step("commitment")
    press = {
        "room": lambda: running.open_room(store, evening.facilitator, evening.session_id),
        "open": lambda: running.open_step(store, evening.facilitator, step),
        "stop": lambda: running.stop_step(store, evening.facilitator, step),
        "show": lambda: running.show_outcome(store, evening.facilitator, step),
        "settle": lambda: settling.settle_step(store, evening.facilitator, step, goes_on=[conclusion]),
        "fix": lambda: fixing.fix_result(store, evening.facilitator, evening.wijkplan_id, 1, unseen_reason="Later"),
    }
    heard: dict[str, list[str]] = {}
    conclusion = ""
    for name, move in press.items():
        if name == "settle":
            conclusion = notes.add_item(
                store,
                evening.facilitator,
                evening.wijkplan_id,
                kind=ItemKind.CONCLUSION,
                written=Written("We bellen terug."),
                step_id=step,
            )
            joint_task.write_joint_task(store, evening.facilitator, evening.wijkplan_id, "Samen veilig.")
        heard[name] = sorted(
            "fault" if _is_fault(a) else "refused" if isinstance(a, Exception) else "done"
            for a in at_once([move, move])
        )
        if name == "open":
            people = evening.people(5)
            cast_ballots(store, [Cast(t, evening.round_id(step), ballot(3), "b") for t in people])
    with store.read() as conn:
        lines = conn.execute(
            select(schema.journal.c.action).where(schema.journal.c.chain == evening.wijkplan_id)
        ).scalars()
        written = Counter(lines)
        rounds = rooms.rounds_of(conn, step)
        broken = journal.first_broken_line(conn, evening.wijkplan_id)
    return {
        "heard": heard,
        "written": {a: written[a] for a in ("session.open", "step.open", "step.stop", "step.show", "result.fix")},
        "rounds": [(r.number, r.outcome["n"] if r.outcome else None, r.state.value) for r in rounds],
        "versions": [r.version for r in fixing.see_results(store, evening.facilitator, evening.wijkplan_id)],
        "broken": broken,
    }


def _is_fault(answer: Any) -> bool:
    return isinstance(answer, Exception) and not isinstance(answer, WorkshopError)


def test_two_facilitators_who_press_at_once_do_it_once(store: Store) -> None:
    told = two_facilitators(store)
    assert not [name for name, answers in told["heard"].items() if "fault" in answers], told["heard"]
    assert told["written"] == {"session.open": 1, "step.open": 1, "step.stop": 1, "step.show": 1, "result.fix": 1}
    assert told["rounds"] == [(1, 5, "shown")]
    assert told["versions"] == [1] and told["broken"] is None
    assert told["heard"]["stop"] == told["heard"]["show"] == ["done", "done"]


def test_without_the_lock_of_the_wijkplan_two_facilitators_get_in_each_others_way(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    unlock(store, monkeypatch)
    right = {"session.open": 1, "step.open": 1, "step.stop": 1, "step.show": 1, "result.fix": 1}
    for _try in range(5):
        try:
            told = two_facilitators(store)
        except Exception:  # noqa: BLE001 - a trace is going wrong as well
            return
        if told["written"] != right or told["broken"] or any("fault" in a for a in told["heard"].values()):
            return
    pytest.fail("without the lock nothing went wrong: the test above proves nothing")
