"""Running the evening: open, stop, show, again; the wall; and the one obvious next thing for the clicker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from workshop.actions.evening.sessions import close_room, open_room
from workshop.actions.evening.steps import (
    carried_items,
    context_of,
    count_round,
    session_for,
    session_write,
    step_write,
)
from workshop.actions.evening.votes.door import hold_voting
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.groups import OTHERS, Folding, fold
from workshop.domain.evening.moves import Move, SessionState, StepState, next_step_state
from workshop.domain.evening.sessions import Session, Step
from workshop.domain.evening.stage import Stage, View
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text
from workshop.locale import _
from workshop.store import Conn, Store, ballots, items, rooms
from workshop.store.writing import Write
from workshop.werkvormen import werkvorm

#: Longest text at the end of the evening, in characters: it must fit beside the QR code on the wall.
LONGEST_CLOSING = 400


def folding_at_opening(conn: Conn, session: Session, step: Step) -> Folding:
    """How the groups that are here now may stand on a ballot of this step: folded when it is secret."""
    return folding_of(rooms.present_by_group(conn, session.id), step)


def folding_of(present: Mapping[str | None, int], step: Step) -> Folding:
    """The same from how many are here now, per group name."""
    named = {name or OTHERS: n for name, n in present.items()}
    return fold(named) if step.is_secret else fold(named, k=1)


def open_round(write: Write, session: Session, step: Step, item_ids: list[str], *, is_later: bool = False) -> None:
    """Add the next round of a step inside an open write: its items and the folding of groups are frozen here."""
    last = rooms.last_round(write.conn, step.id)
    folding = folding_at_opening(write.conn, session, step)
    groups = rooms.groups_of(write.conn, session.wijkplan_id)
    # A group nobody of is here yet goes to the others when the step is secret: one late person must not stand alone.
    labels = {gid: folding.label(name) if step.is_secret else name for gid, name in groups}
    rooms.add_round(
        write.conn,
        id=rooms.new_id(),
        step_id=step.id,
        number=last.number + 1 if last else 1,
        state=StepState.OPEN,
        items=item_ids,
        folding=labels,
        is_later=is_later,
        opened_at=write.now,
    )


def open_step(store: Store, actor: Actor, step_id: str) -> None:
    """Open a prepared step: the items on it are frozen, the groups folded, the phones moved, the wall follows."""
    with step_write(store, actor, step_id) as (write, session, step):
        state = next_step_state(step.state, Move.OPEN)
        _open(write, session, step, state)
        write.journal("step.open", step_id)


def again(store: Store, actor: Actor, step_id: str) -> None:
    """Ask the same once more as a new round; the earlier round is kept and shown as the starting point."""
    with step_write(store, actor, step_id) as (write, session, step):
        state = next_step_state(step.state, Move.AGAIN)
        _open(write, session, step, state)
        write.journal("step.again", step_id)


def _open(write: Write, session: Session, step: Step, state: StepState) -> None:
    if session.state is not SessionState.OPEN:
        raise Refused(_("De zaal is nog niet open. Open eerst de zaal."))
    others = [s for s in rooms.steps_of(write.conn, session.id) if s.state is StepState.OPEN and s.id != step.id]
    if others:
        raise Refused(_("“{title}” is nog open. Stop dat eerst.").format(title=others[0].title))
    activity = werkvorm(step.werkvorm)
    found = carried_items(write.conn, session.wijkplan_id, step)
    if step.about and not activity.asks_ballot:
        found = items.items_by_id(write.conn, step.about)  # what the room writes about is what it has beside it
    activity.is_ready(context_of(write.conn, session, step, None))
    open_round(write, session, step, [item.id for item in found])
    rooms.change_step(write.conn, step.id, state=state, started_at=step.started_at or write.now, ended_at=None)
    rooms.set_stage(write.conn, session.id, View.STEP, step.id, None)
    write.changed(session.id, moves_stage=True)


def stop_step(store: Store, actor: Actor, step_id: str) -> None:
    """Stop the running round: count it, copy the outcome, and take away what tied ballots to cookies.

    Stopping a stopped round changes nothing, so that two facilitators who press at once get the same answer.
    """
    with step_write(store, actor, step_id) as (write, session, step):
        if step.state is StepState.STOPPED:
            return
        state = next_step_state(step.state, Move.STOP)
        running = rooms.last_round(write.conn, step_id)
        assert running is not None
        hold_voting(write.conn, running.id)
        running = rooms.last_round(write.conn, step_id, lock=True)
        assert running is not None
        complete, _all, paper = ballots.count(write.conn, running.id)
        ballots.strip_keys(write.conn, running.id, folds_groups=step.is_secret)
        outcome, digest = count_round(write.conn, session, step, running)
        present = sum(rooms.present_by_group(write.conn, session.id).values())
        rooms.change_round(
            write.conn,
            running.id,
            state=state,
            stopped_at=write.now,
            outcome=outcome,
            tally_hash=digest,
            expected=complete if running.is_later else max(complete, present + paper + running.left_after_voting),
        )
        rooms.change_step(write.conn, step_id, state=state, ended_at=write.now)
        write.changed(session.id, moves_stage=True)
        write.journal(
            "step.stop", step_id, details={"round": running.number, "ballots": outcome.get("n", 0), "tally": digest}
        )
    ballots.forget_order(store)


def show_outcome(store: Store, actor: Actor, step_id: str) -> None:
    """Show the outcome of the stopped round on the wall and on every phone."""
    with step_write(store, actor, step_id) as (write, session, step):
        if step.state is StepState.SHOWN:
            return
        state = next_step_state(step.state, Move.SHOW)
        stopped = rooms.last_round(write.conn, step_id, lock=True)
        assert stopped is not None
        outcome, digest = count_round(write.conn, session, step, stopped)
        rooms.change_round(write.conn, stopped.id, state=state, shown_at=write.now, outcome=outcome, tally_hash=digest)
        rooms.change_step(write.conn, step_id, state=state)
        rooms.set_stage(write.conn, session.id, View.OUTCOME, step_id, None)
        write.changed(session.id, moves_stage=True)
        write.journal("step.show", step_id, details={"round": stopped.number, "tally": digest})


# -- the wall ------------------------------------------------------------------------------------------------------


def put_on_wall(
    store: Store, actor: Actor, session_id: str, view: View, *, step_id: str | None = None, text: str | None = None
) -> None:
    """Show something else on the wall. Phones are told what the room looks at; an open step stays open for them.

    The text at ``View.CLOSING`` says when people hear more; without one, what was written before stays.
    """
    is_end = view is View.CLOSING
    message = clean_text(text, limit=LONGEST_CLOSING if is_end else 200, multiline=is_end) if text else None
    with session_write(store, actor, session_id) as (write, _session):
        if step_id is not None:
            step = rooms.step(write.conn, step_id)
            if step is None or step.session_id != session_id:
                raise NotFound()
            if view is View.OUTCOME and step.state is not StepState.SHOWN:
                raise Refused(_("Deze uitslag is nog niet getoond. Stop de stemming en kies “Laat de uitslag zien”."))
        elif view in (View.STEP, View.NOTES, View.OUTCOME):
            raise Refused(_("Kies bij welk onderdeel dit hoort."), field="step_id")
        if is_end and message is None:
            message = rooms.closing_text(write.conn, session_id) or None
        rooms.set_stage(write.conn, session_id, view, step_id, message)
        write.changed(session_id, moves_stage=True)
        write.journal("wall.show", session_id, details={"view": view.value, "step": step_id})


def blank_wall(store: Store, actor: Actor, session_id: str, is_blank: bool) -> None:
    """Darken the wall, or light it again with what stood there."""
    with session_write(store, actor, session_id) as (write, _session):
        rooms.blank_stage(write.conn, session_id, is_blank=is_blank)
        # A phone says what is on the wall, to who cannot see it.
        write.changed(session_id, moves_stage=True)
        write.journal("wall.blank", session_id, details={"is_blank": is_blank})


def enlarge_wall(store: Store, actor: Actor, session_id: str, is_large: bool) -> None:
    """Bigger letters and less at once on the wall, or back to the usual size; stays so for the whole evening."""
    with session_write(store, actor, session_id) as (write, _session):
        rooms.enlarge_stage(write.conn, session_id, is_large=bool(is_large))
        write.changed(session_id)
        write.journal("wall.enlarge", session_id, details={"is_large": bool(is_large)})


def step_back(store: Store, actor: Actor, session_id: str) -> bool:
    """Show what stood on the wall before; nothing that was given or counted is lost. False when there is no earlier view."""
    with session_write(store, actor, session_id) as (write, _session):
        went = rooms.step_stage_back(write.conn, session_id)
        if went:
            write.changed(session_id, moves_stage=True)
            write.journal("wall.back", session_id)
        return went


# -- the one obvious next thing --------------------------------------------------------------------------------------


class Primary(StrEnum):
    """The next thing that makes sense, for the big button and the clicker."""

    OPEN_ROOM = "open_room"
    ANNOUNCE = "announce"
    OPEN = "open"
    STOP = "stop"
    SHOW = "show"
    CLOSE_ROOM = "close_room"
    NOTHING = "nothing"


@dataclass(frozen=True)
class PrimaryMove:
    """What to do next, with which step, and the words on the button. ``asks``: it was not done, it must be asked first."""

    key: Primary
    label: str
    step_id: str | None = None
    asks: bool = False


def step_now(steps: list[Step], stage: Stage) -> Step | None:
    """The step the evening is at: running or stopped, else the announced one, else the last one shown."""
    for step in steps:
        if step.state in (StepState.OPEN, StepState.STOPPED):
            return step
    announced = next((s for s in steps if s.id == stage.step_id and s.state is StepState.PREPARED), None)
    if announced:
        return announced
    shown = [s for s in steps if s.state is StepState.SHOWN]
    return max(shown, key=lambda s: (s.started_at is not None, s.started_at)) if shown else None


def step_next(steps: list[Step], now: Step | None) -> Step | None:
    """The first prepared step after the one that is now (or the first of all prepared ones)."""
    prepared = [s for s in steps if s.state is StepState.PREPARED and (now is None or s.id != now.id)]
    later = [s for s in prepared if now is None or s.position > now.position]
    return next(iter(later or prepared), None)


def primary_move(session: Session, steps: list[Step], stage: Stage) -> PrimaryMove:
    """The one thing to do next."""
    if session.state is SessionState.PLANNED:
        return PrimaryMove(Primary.OPEN_ROOM, _("Open de zaal"))
    if session.state is SessionState.CLOSED:
        return PrimaryMove(Primary.NOTHING, _("De bijeenkomst is afgelopen"))
    now = step_now(steps, stage)
    if now is not None and now.state is not StepState.SHOWN:
        has_ballot = werkvorm(now.werkvorm).asks_ballot
        words = {
            StepState.PREPARED: (Primary.OPEN, _("Open de stemming") if has_ballot else _("Open het onderdeel")),
            StepState.OPEN: (Primary.STOP, _("Stop de stemming") if has_ballot else _("Stop met kaartjes")),
            StepState.STOPPED: (
                Primary.SHOW,
                _("Laat de uitslag zien") if has_ballot else _("Laat het overzicht zien"),
            ),
        }
        key, label = words[now.state]
        return PrimaryMove(key, label, now.id)
    following = step_next(steps, now)
    if following is not None:
        return PrimaryMove(Primary.ANNOUNCE, _("Kondig aan: {title}").format(title=following.title), following.id)
    return PrimaryMove(Primary.CLOSE_ROOM, _("Sluit de bijeenkomst"))


def press_next(store: Store, actor: Actor, session_id: str, *, sure_of: str | None = None) -> PrimaryMove:
    """Do the one obvious next thing (PageDown of the clicker); ending the evening is never done by a clicker.

    A stopped round cannot be opened again, so stopping is only done when ``sure_of`` is the id of that step.

    Returns:
        what was done; the key is ``NOTHING`` when only ending is left. With ``asks`` nothing was done: it would stop
        the step ``step_id``, so press again with that in ``sure_of``.
    """
    with store.read() as conn:
        _staff, session = session_for(conn, actor, session_id, Role.FACILITATOR)
        move = primary_move(session, rooms.steps_of(conn, session_id), rooms.stage(conn, session_id))
    match move.key:
        case Primary.OPEN_ROOM:
            open_room(store, actor, session_id)
        case Primary.ANNOUNCE:
            put_on_wall(store, actor, session_id, View.STEP, step_id=move.step_id)
        case Primary.OPEN:
            open_step(store, actor, move.step_id or "")
        case Primary.STOP if move.step_id != sure_of:
            return replace(move, asks=True)
        case Primary.STOP:
            stop_step(store, actor, move.step_id or "")
        case Primary.SHOW:
            show_outcome(store, actor, move.step_id or "")
        case Primary.CLOSE_ROOM | Primary.NOTHING:
            return PrimaryMove(Primary.NOTHING, move.label)
    return move


__all__ = [
    "LONGEST_CLOSING", "Primary", "PrimaryMove", "again", "blank_wall", "close_room", "enlarge_wall",
    "folding_at_opening", "open_room", "open_step",
    "press_next", "primary_move", "put_on_wall", "show_outcome", "step_back", "step_next", "step_now", "stop_step",
]  # fmt: skip
