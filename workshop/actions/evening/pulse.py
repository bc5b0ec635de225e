"""The few numbers that wall and console follow while people vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from workshop.actions.evening.running import (
    step_now,
)
from workshop.actions.evening.votes.door import Tally, count, left_after_voting, questions_of, tally
from workshop.domain.errors import NotFound
from workshop.domain.evening.moves import StepState
from workshop.domain.thread.items import ItemState
from workshop.store import Store, ballots, rooms, seats
from workshop.store.kept import kept
from workshop.werkvormen import werkvorm


@dataclass(frozen=True)
class Pulse:
    """A few numbers for the stream; ``tally`` only in a running open step.

    ``present``: who counts for the step that is open: people here, cards on paper, and the ``left`` who answered and went.
    """

    session_id: str
    revision: int
    stage_revision: int
    step_id: str | None
    round_id: str | None
    state: str | None
    done: int
    started: int
    present: int
    paper: int
    notes_waiting: int
    notes_released: int
    tally: Tally | None = None
    left: int = 0
    groups: Mapping[str, int] = field(default_factory=dict)  # people here by group, for the list on the console


@dataclass(frozen=True)
class _Beat:
    """What of a pulse can only change together with the revision."""

    step_id: str | None
    round_id: str | None
    state: str | None
    is_running: bool
    is_open_tally: bool
    stopped: tuple[int, int, int]  # complete, all, on paper: of a round that does not run anymore


@kept(256)
def _beat_at(store: Store, session_id: str, revision: int) -> _Beat:  # noqa: ARG001 - under which it is kept
    with store.read() as conn:
        steps = rooms.steps_of(conn, session_id)
        step = step_now(steps, rooms.stage(conn, session_id))
        round_ = rooms.last_round(conn, step.id) if step else None
        if step is None or round_ is None:
            return _Beat(step.id if step else None, None, step.state.value if step else None, False, False, (0, 0, 0))
        is_running = round_.state is StepState.OPEN
        if is_running:
            # Read once before the hall votes, so that the first vote does not wait for it.
            questions_of(store, round_.id)
        return _Beat(
            step.id,
            round_.id,
            step.state.value,
            is_running,
            is_running and not step.is_secret and werkvorm(step.werkvorm).asks_ballot,
            (0, 0, 0) if is_running else ballots.count(conn, round_.id),
        )


def see_pulse(store: Store, session_id: str) -> Pulse:
    """The numbers that the stream pushes after every batch and change; a handful of counts, never a story."""
    with store.read() as conn:
        found = seats.revisions(conn, session_id)
        if found is None:
            raise NotFound()
        beat = _beat_at(store, session_id, found[0])
        complete, started, paper = beat.stopped
        counted_open = None
        if beat.is_running and beat.round_id is not None:
            counted = count(conn, beat.round_id)
            complete, started, paper = counted.complete, counted.all, counted.paper
            if beat.is_open_tally:
                counted_open = tally(store, conn, beat.round_id)
        groups = dict(sorted((name or "", n) for name, n in rooms.present_by_group(conn, session_id).items()))
        left = left_after_voting(conn, beat.round_id) if beat.round_id is not None else 0
        notes = seats.count_notes(conn, session_id)
    return Pulse(
        session_id=session_id,
        revision=found[0],
        stage_revision=found[1],
        step_id=beat.step_id,
        round_id=beat.round_id,
        state=beat.state,
        done=complete,
        started=started,
        present=max(complete, sum(groups.values()) + paper + left),
        paper=paper,
        notes_waiting=notes.get(ItemState.WAITING, 0),
        notes_released=notes.get(ItemState.RELEASED, 0),
        tally=counted_open,
        left=left,
        groups=groups,
    )


def see_tally(store: Store, round_id: str) -> Tally:
    """The tally of a running open round, for the stream between two pulses.

    Raises:
        NotFound: no such round, or a secret one: its tally is nobody's before it is shown.
    """
    with store.read() as conn:
        return tally(store, conn, round_id)
