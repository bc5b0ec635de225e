"""Closing: tick what goes on with a reason for what stays, the joint task, and fixing a sprint's result."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from workshop.actions.evening.pointing_back import loose_of
from workshop.actions.evening.steps import (
    context_of,
    items_of_step,
    notes_of_step,
    outcome_to_show,
    step_for,
    step_write,
)
from workshop.actions.sprints.material import Snapshot, read_snapshot, sprint_record
from workshop.actions.sprints.missing import missing_of
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.sprints.keyfactors import unseen
from workshop.domain.texts import clean_text
from workshop.domain.thread.items import Item
from workshop.locale import _, n_
from workshop.screening.free_text import check_free_text
from workshop.store import Store, items, results, rooms
from workshop.store.results import FixedResult, JointTask
from workshop.store.writing import writing
from workshop.werkvormen import werkvorm

#: Longest reason, in characters.
REASON_LIMIT = 500
#: Where a fixed record keeps which key factors nobody looked at, and why it was fixed all the same.
UNSEEN = "unseen_key_factors"


@dataclass(frozen=True)
class SettlingRow:
    """One item at the end of a step: its score in words, and what was decided (None: nothing yet)."""

    item: Item
    score: str
    goes_on: bool | None
    reason: str
    is_loose: bool = False  # made here and pointing back to nothing earlier, while there are earlier sprints


@dataclass(frozen=True)
class Settling:
    """The list with which a step is closed, in the order of weight."""

    step_id: str
    title: str
    is_settled: bool
    rows: tuple[SettlingRow, ...]


def _candidates(conn: Any, session: Session, step: Step, round_: Round | None) -> list[Item]:
    """What can go on from a step: the notes it made, and what was voted on."""
    made = notes_of_step(conn, step)
    if werkvorm(step.werkvorm).asks_ballot and round_ is not None:
        voted = items_of_step(conn, session.wijkplan_id, step, round_)
        return [*voted, *(i for i in made if i.id not in {v.id for v in voted})]
    return made


def _scores(conn: Any, session: Session, step: Step, round_: Round | None) -> dict[str, str]:
    if round_ is None or round_.state is not StepState.SHOWN:
        return {}
    return werkvorm(step.werkvorm).scores(
        context_of(conn, session, step, round_), outcome_to_show(conn, session, step, round_)
    )


def see_settling(store: Store, actor: Actor, step_id: str) -> Settling:
    """The list at the end of a step. Scores appear only once the outcome was shown."""
    with store.read() as conn:
        _staff, session, step = step_for(conn, actor, step_id, Role.FACILITATOR)
        last = rooms.evening_round(conn, step_id)
        scores = _scores(conn, session, step, last)
        decided = items.decisions_of_step(conn, step_id)
        order = {item_id: n for n, item_id in enumerate(scores)}
        found = sorted(_candidates(conn, session, step, last), key=lambda i: order.get(i.id, len(order)))
        loose = loose_of(conn, session, [item for item in found if item.step_id == step_id])
    rows = tuple(
        SettlingRow(
            item,
            scores.get(item.id, ""),
            decided[item.id].goes_on if item.id in decided else None,
            decided[item.id].reason if item.id in decided else "",
            item.id in loose,
        )
        for item in found
    )
    return Settling(step_id, step.title, step.settled_at is not None, rows)


def verdicts(
    known: Collection[str], *, goes_on: Collection[str], reasons: Mapping[str, str] | None, rest_reason: str
) -> dict[str, tuple[bool, str]]:
    """For every known item whether it goes on, and else why not.

    Raises:
        Refused: something stays without any reason.
        NotFound: an id is not known.
    """
    own = {i: clean_text(text, limit=REASON_LIMIT) for i, text in (reasons or {}).items() if text.strip()}
    rest = clean_text(rest_reason, limit=REASON_LIMIT) if rest_reason.strip() else ""
    chosen, listed = set(goes_on), set(known)
    if not chosen <= listed or not set(own) <= listed:
        raise NotFound()
    if any(not (own.get(i) or rest) for i in listed - chosen):
        raise Refused(
            _("Schrijf waarom iets blijft staan. Eén reden voor alles wat overblijft is genoeg."),
            field="rest_reason",
        )
    return {i: (True, "") if i in chosen else (False, own.get(i, rest)) for i in known}


def settle_step(
    store: Store,
    actor: Actor,
    step_id: str,
    *,
    goes_on: Collection[str],
    reasons: Mapping[str, str] | None = None,
    rest_reason: str = "",
) -> None:
    """Record for every item of a step whether it goes on; what stays is parked with a reason, nothing is deleted.

    Args:
        goes_on: ids of the items that go on.
        reasons: why one item stays, by id.
        rest_reason: one reason for all that stays without its own.

    Raises:
        Refused: the step is still open, or something stays without any reason.
        NotFound: an id is not on the list of this step.
    """
    with step_write(store, actor, step_id) as (write, session, step):
        if step.state not in (StepState.STOPPED, StepState.SHOWN):
            raise Refused(_("Rond eerst het onderdeel af: stop de stemming en laat de uitslag zien."))
        last = rooms.evening_round(write.conn, step_id)
        scores = _scores(write.conn, session, step, last)
        found = _candidates(write.conn, session, step, last)
        decided = verdicts([item.id for item in found], goes_on=goes_on, reasons=reasons, rest_reason=rest_reason)
        number = items.next_decision_number(write.conn, step_id)
        items.add_decisions(
            write.conn,
            [
                {
                    "id": rooms.new_id(),
                    "item_id": item.id,
                    "step_id": step_id,
                    "goes_on": decided[item.id][0],
                    "reason": decided[item.id][1],
                    "score": scores.get(item.id, ""),
                    "number": number,
                    "decided_at": write.now,
                    "decided_by": write.actor,
                }
                for item in found
            ],
        )
        rooms.change_step(write.conn, step_id, settled_at=write.now)
        write.changed(session.id)
        write.journal(
            "step.settle", step_id, details={"goes_on": len(set(goes_on)), "stays": len(found) - len(set(goes_on))}
        )


# -- the joint task ----------------------------------------------------------------------------------------------------


def write_joint_task(store: Store, actor: Actor, wijkplan_id: str, text: str) -> int:
    """Write the next version of the gezamenlijke opgave; it heads every sprint, session and export from now on.

    Returns:
        the version; writing the same text again makes none.
    """
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, Role.FACILITATOR):
        raise NotFound()
    kept = check_free_text(text, confirmed=True, limit=500)
    with writing(store, actor.account_id, wijkplan_id=wijkplan_id) as write:
        versions = results.joint_tasks(write.conn, wijkplan_id)
        if versions and versions[-1].text == kept:
            return versions[-1].version
        version = len(versions) + 1
        results.add_joint_task(
            write.conn,
            wijkplan_id=wijkplan_id,
            version=version,
            text=kept,
            written_at=write.now,
            written_by=actor.account_id,
        )
        for session in rooms.sessions_of(write.conn, wijkplan_id):
            if session.state == "open":
                write.changed(session.id)
        write.journal("joint_task.write", wijkplan_id, details={"version": version})
        return version


def joint_task_versions(store: Store, actor: Actor, wijkplan_id: str) -> list[JointTask]:
    """All versions, oldest first; for anybody with a role in the wijkplan."""
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, *Role):
        raise NotFound()
    with store.read() as conn:
        return results.joint_tasks(conn, wijkplan_id)


# -- fixing a sprint's result --------------------------------------------------------------------------------------------


def missing_for_fixing(snapshot: Snapshot, sprint: int) -> list[str]:
    """What must still happen before the result of a sprint can be fixed, as sentences; empty when nothing."""
    return [each.sentence for each in missing_of(snapshot, sprint)]


def fix_result(store: Store, actor: Actor, wijkplan_id: str, sprint: int, *, unseen_reason: str = "") -> FixedResult:
    """Fix (*vastleggen*) the result of a sprint: a numbered, immutable copy with digest, who and when.

    The digest covers a digest per item and per part, so that erasing a text later leaves a tombstone and a whole chain
    (ruling 9). Results of later sprints are marked *mogelijk verouderd*.

    Args:
        unseen_reason: why it is fixed although a key factor was not looked at; it is kept in the record.

    Raises:
        Refused: something is still missing; the message says what comes first. With ``kind="warning"`` and
            ``field="unseen_reason"``: a key factor was not looked at and no reason is given.
    """
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, Role.FACILITATOR):
        raise NotFound()
    with writing(store, actor.account_id, wijkplan_id=wijkplan_id) as write:
        snapshot = read_snapshot(write.conn, wijkplan_id, write.now)
        missing = missing_for_fixing(snapshot, sprint)
        if missing:
            raise Refused(missing[0])
        record = sprint_record(snapshot, sprint)
        before = [r for r in snapshot.results if r.sprint == sprint]
        if is_as_fixed(snapshot, sprint):
            raise Refused(_("Er is niets veranderd sinds versie {n}.").format(n=before[-1].version))
        not_looked_at = unseen(snapshot.looks, sprint)
        if not_looked_at:
            record[UNSEEN] = {"factors": list(not_looked_at), "reason": _why_unseen(len(not_looked_at), unseen_reason)}
        digest = record_digest(record)
        version = len(before) + 1
        results.add_result(
            write.conn,
            wijkplan_id=wijkplan_id,
            sprint=sprint,
            version=version,
            record=record,
            digest=digest,
            is_stale=False,
            fixed_at=write.now,
            fixed_by=actor.account_id,
        )
        later = snapshot.order[snapshot.order.index(sprint) + 1 :]
        stale = results.mark_stale(write.conn, wijkplan_id, later)
        write.journal(
            "result.fix",
            wijkplan_id,
            details={
                "sprint": sprint,
                "version": version,
                "digest": digest,
                "stale": stale,
                "unseen_factors": list(not_looked_at),
            },
        )
        return next(r for r in results.results(write.conn, wijkplan_id) if (r.sprint, r.version) == (sprint, version))


def is_as_fixed(snapshot: Snapshot, sprint: int) -> bool:
    """Whether the result is fixed and nothing of it changed since: then there is nothing to fix."""
    before = [r for r in snapshot.results if r.sprint == sprint]
    if not before:
        return False
    return record_digest(_without_reason(before[-1].record)) == record_digest(sprint_record(snapshot, sprint))


def _why_unseen(n: int, reason: str) -> str:
    if reason.strip():
        return check_free_text(reason, confirmed=True, limit=REASON_LIMIT, field="unseen_reason")
    refused = Refused(
        n_(
            "{n} sleutelfactor is in deze sprint nog niet bekeken. Bekijk hem, of schrijf waarom je toch vastlegt.",
            "{n} sleutelfactoren zijn in deze sprint nog niet bekeken. Bekijk ze, of schrijf waarom je toch vastlegt.",
            n,
        ).format(n=n),
        field="unseen_reason",
    )
    refused.kind = "warning"
    raise refused


def _without_reason(record: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key != UNSEEN}


def record_digest(record: Mapping[str, Any]) -> str:
    """SHA-256 over the record with every text of an item or a part replaced by its own digest."""
    told = dict(record)
    for name in ("items", "parts"):
        if name in record:
            told[name] = [
                {k: v for k, v in each.items() if k not in ("text", "details", "content")} for each in record[name]
            ]
    body = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(body.encode()).hexdigest()


def see_results(store: Store, actor: Actor, wijkplan_id: str) -> list[FixedResult]:
    """All fixed results by sprint and version; for anybody with a role in the wijkplan."""
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, *Role):
        raise NotFound()
    with store.read() as conn:
        return results.results(conn, wijkplan_id)
