"""Rows of jobs: asked once, taken by one, given back when their server is gone, deleted with their result in time.

Taking is one statement. PostgreSQL skips rows another process is taking (``FOR UPDATE SKIP LOCKED``); on SQLite it is
one ``UPDATE … RETURNING`` under the writer lock.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.jobs import KEPT, MOST_TRIES, Failure, Job, JobState, Progress
from workshop.store import schema as t
from workshop.store.rooms import new_id

HELD = timedelta(minutes=1)
"""So long a taken job is believed to be worked on; its server says so again long before (:func:`hold`)."""

_FREE = {"busy_with": None, "taken_by": None, "taken_until": None}
_table = t.job


@dataclass(frozen=True)
class Made:
    """A result: the bytes of a file and the two headers it is sent with."""

    data: bytes
    media_type: str
    disposition: str


def ask(conn: Connection, *, wijkplan_id: str, kind: str, language: str, asked_by: str, now: datetime) -> str:
    """Add a job, or find the one that waits or runs for the same; returns its id."""
    arguments = {"language": language}
    same = f"{wijkplan_id} {kind} {json.dumps(arguments, sort_keys=True)}"
    put = (postgresql if conn.dialect.name == "postgresql" else sqlite).insert(_table)
    while True:
        made = new_id()
        values = {
            "id": made, "wijkplan_id": wijkplan_id, "kind": kind, "arguments": arguments, "asked_by": asked_by,
            "asked_at": now, "state": JobState.WAITING, "progress": Progress.NOT_BEGUN, "busy_with": same, "tries": 0,
        }  # fmt: skip
        # The database decides who was first, also between two servers.
        if conn.execute(put.values(values).on_conflict_do_nothing(index_elements=["busy_with"])).rowcount == 1:
            return made
        found = conn.scalar(select(_table.c.id).where(_table.c.busy_with == same))
        if found is not None:  # else it was finished in between
            return str(found)


def job(conn: Connection, job_id: str) -> Job | None:
    row = conn.execute(select(_table).where(_table.c.id == job_id)).first()
    return None if row is None else _job(row)


def latest(conn: Connection, wijkplan_id: str, kind: str, language: str, now: datetime) -> Job | None:
    """The job of this kind that was asked last and has not expired."""
    rows = conn.execute(
        select(_table)
        .where(_table.c.wijkplan_id == wijkplan_id, _table.c.kind == kind)
        .where(or_(_table.c.expires_at.is_(None), _table.c.expires_at > now))
        .order_by(_table.c.asked_at.desc(), _table.c.id)
    )
    return next((found for found in map(_job, rows) if found.language == language), None)


def result(conn: Connection, job_id: str, now: datetime) -> Made | None:
    """What the job made; None when it is not done, or expired."""
    row = conn.execute(
        select(_table).where(_table.c.id == job_id, _table.c.state == JobState.DONE, _table.c.expires_at > now)
    ).first()
    if row is None:
        return None
    parts = conn.scalars(select(t.job_part.c.data).where(t.job_part.c.job_id == job_id).order_by(t.job_part.c.number))
    return Made(b"".join(parts), row.media_type, row.disposition)


# -- the side that works ---------------------------------------------------------------------------------------------


def is_any(conn: Connection) -> bool:
    """Whether there is any job at all: what an idle server asks every second."""
    return bool(conn.scalar(select(exists().select_from(_table))))


def take(conn: Connection, now: datetime, *, asked_before: datetime) -> tuple[Job, str] | None:
    """Take the job that waits longest, asked at ``asked_before`` or earlier; with the name of this attempt."""
    attempt = new_id()
    row = conn.execute(
        update(_table)
        .where(_table.c.id == _first(asked_before).scalar_subquery(), _table.c.state == JobState.WAITING)
        .values(
            state=JobState.RUNNING, progress=Progress.READING, taken_by=attempt, taken_until=now + HELD,
            tries=_table.c.tries + 1,
        )
        .returning(*_table.c)
    ).first()  # fmt: skip
    return None if row is None else (_job(row), attempt)


def _first(asked_before: datetime) -> Select[tuple[str]]:
    return (
        select(_table.c.id)
        .where(_table.c.state == JobState.WAITING, _table.c.asked_at <= asked_before)
        .order_by(_table.c.asked_at, _table.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )


def hold(conn: Connection, job_id: str, attempt: str, now: datetime, progress: Progress) -> bool:
    """Say that this attempt still works on it, and how far it is. False: it is no longer this attempt's."""
    return _change(conn, _held(job_id, attempt), taken_until=now + HELD, progress=progress) == 1


def clear_parts(conn: Connection, job_id: str) -> None:
    conn.execute(delete(t.job_part).where(t.job_part.c.job_id == job_id))


def add_part(conn: Connection, job_id: str, attempt: str, number: int, data: bytes) -> bool:
    """Store a part of the result. False: the job is no longer this attempt's, and nothing was stored."""
    if conn.scalar(select(_table.c.id).where(_held(job_id, attempt)).with_for_update()) is None:
        return False
    conn.execute(insert(t.job_part).values(job_id=job_id, number=number, data=data))
    return True


def finish(conn: Connection, job_id: str, attempt: str, now: datetime, media_type: str, disposition: str) -> bool:
    """The result is stored whole. False: the job is no longer this attempt's."""
    told = {"media_type": media_type, "disposition": disposition, "finished_at": now, "expires_at": now + KEPT}
    return _change(conn, _held(job_id, attempt), state=JobState.DONE, **told, **_FREE) == 1


def fail(conn: Connection, job_id: str, attempt: str, now: datetime, failure: Failure) -> None:
    if _change(conn, _held(job_id, attempt), **_failed(now, failure)):
        clear_parts(conn, job_id)


def give_back(conn: Connection, job_id: str, attempt: str) -> None:
    """A server that stops in good order leaves its job to the next one; that is no try."""
    _change(conn, _held(job_id, attempt), **_waits_again(), tries=_table.c.tries - 1)


def is_hanging(conn: Connection, now: datetime) -> bool:
    """Whether a running job has been left alone for too long."""
    hangs = (_table.c.state == JobState.RUNNING) & (_table.c.taken_until <= now)
    return bool(conn.scalar(select(exists().select_from(_table).where(hangs))))


def free_hanging(conn: Connection, now: datetime, *, all_of_them: bool = False) -> None:
    """Let jobs wait again whose server no longer says that it works on them, or let them fail at the last try.

    With ``all_of_them`` every running job: for a server that starts alone on its database.
    """
    hangs = _table.c.state == JobState.RUNNING
    if not all_of_them:
        hangs &= _table.c.taken_until <= now
    _change(conn, hangs & (_table.c.tries >= MOST_TRIES), **_failed(now, Failure.INTERRUPTED))
    _change(conn, hangs, **_waits_again())


def expired(conn: Connection, now: datetime) -> list[str]:
    """The jobs whose hour is over."""
    return list(conn.scalars(select(_table.c.id).where(_table.c.expires_at <= now)))


def delete_expired_part(conn: Connection, job_id: str, now: datetime) -> bool:
    """Delete one part of an expired result, or at last the job itself; returns whether there is more to delete."""
    if conn.scalar(select(_table.c.id).where(_table.c.id == job_id, _table.c.expires_at <= now)) is None:
        return False
    number = conn.scalar(select(t.job_part.c.number).where(t.job_part.c.job_id == job_id).limit(1))
    if number is None:
        conn.execute(delete(_table).where(_table.c.id == job_id))
        return False
    conn.execute(delete(t.job_part).where(t.job_part.c.job_id == job_id, t.job_part.c.number == number))
    return True


def forget_results(conn: Connection, wijkplan_id: str) -> None:
    """A text of this wijkplan was taken away: what was made with it goes, and what is being made is begun again."""
    of_plan = _table.c.wijkplan_id == wijkplan_id
    ids = list(conn.scalars(select(_table.c.id).where(of_plan, _table.c.state != JobState.WAITING)))
    if not ids:
        return
    conn.execute(delete(t.job_part).where(t.job_part.c.job_id.in_(ids)))
    _change(conn, of_plan & (_table.c.state == JobState.RUNNING), **_waits_again(), tries=_table.c.tries - 1)
    conn.execute(delete(_table).where(of_plan, _table.c.state.in_([JobState.DONE, JobState.FAILED])))


def open_werkvormen(conn: Connection) -> list[str]:
    """The kinds of steps that are open now in a hall; rounds that stay open for days afterwards are none of them."""
    found = conn.scalars(
        select(t.step.c.werkvorm)
        .join(t.round, t.round.c.step_id == t.step.c.id)
        .join(t.session, t.step.c.session_id == t.session.c.id)
        .where(t.round.c.state == StepState.OPEN, t.round.c.is_later.is_(False), t.session.c.state == SessionState.OPEN)
    )
    return list(found)


def _change(conn: Connection, which: ColumnElement[bool], **values: Any) -> int:
    return conn.execute(update(_table).where(which).values(**values)).rowcount


def _held(job_id: str, attempt: str) -> ColumnElement[bool]:
    return (_table.c.id == job_id) & (_table.c.taken_by == attempt) & (_table.c.state == JobState.RUNNING)


def _waits_again() -> dict[str, Any]:
    return {"state": JobState.WAITING, "progress": Progress.NOT_BEGUN, "taken_by": None, "taken_until": None}


def _failed(now: datetime, failure: Failure) -> dict[str, Any]:
    return {"state": JobState.FAILED, "failure": failure, "finished_at": now, "expires_at": now + KEPT, **_FREE}


def _job(row: Any) -> Job:
    return Job(
        id=row.id,
        wijkplan_id=row.wijkplan_id,
        kind=row.kind,
        language=row.arguments["language"],
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=JobState(row.state),
        progress=Progress(row.progress),
        failure=Failure(row.failure) if row.failure else None,
        finished_at=row.finished_at,
        expires_at=row.expires_at,
    )
