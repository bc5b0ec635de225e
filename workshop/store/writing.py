"""One write: take the lock, raise the revision, check, write, journal; tell the others after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text, update

from workshop.domain.errors import NotFound
from workshop.store import journal, schema
from workshop.store.engine import Change, Hand, Store

#: The PostgreSQL channel over which processes tell each other that something changed.
CHANNEL = "koppelvlak"


@dataclass
class Write:
    """An open write. ``conn`` is its transaction; nothing may be drawn and nobody waited for while it is open."""

    conn: Connection
    now: datetime
    actor: str
    wijkplan_id: str | None = None
    changes: list[Change] = field(default_factory=list)

    def journal(self, action: str, what: str, *, result: str = "ok", details: Mapping[str, Any] | None = None) -> None:
        """Add a line to the chain of this wijkplan (or of the installation): never texts, ballots, codes or tokens."""
        journal.append(
            self.conn,
            chain=self.wijkplan_id or "",
            at=self.now,
            actor=self.actor,
            action=action,
            what=what,
            result=result,
            details=details or {},
        )

    def changed(self, session_id: str, kind: str = "session", *, moves_stage: bool = False) -> None:
        """Raise the session's revision (and the stage's when the room moves) and tell after the commit.

        Revisions are raised inside the writing transaction and never derived from ids (design, section 3).
        """
        table = schema.session
        values: dict[str, Any] = {"revision": table.c.revision + 1}
        if moves_stage:
            values["stage_revision"] = table.c.stage_revision + 1
        if self.conn.execute(update(table).where(table.c.id == session_id).values(values)).rowcount != 1:
            raise NotFound()
        self.note_change(Change(session_id, "stage" if moves_stage else kind))

    def tell_every_room(self) -> None:
        """Raise the revision of every other session of this wijkplan and tell it: names, groups, figures, agreements and
        items of a plan stand on the screens of all its rooms, and nobody who writes has to know on which.
        """
        table = schema.session
        known = [change.session_id for change in self.changes]
        others = table.c.wijkplan_id == self.wijkplan_id, table.c.id.not_in(known)
        raised = update(table).where(*others).values(revision=table.c.revision + 1).returning(table.c.id)
        for session_id in sorted(self.conn.scalars(raised)):
            self.note_change(Change(session_id, "session"))

    def note_change(self, change: Change) -> None:
        """Tell about ``change`` after the commit without raising a revision (ballots do not)."""
        if change not in self.changes:
            self.changes.append(change)

    def notify(self, store: Store) -> None:
        """Tell other processes about the changes, see :func:`notify`."""
        notify(store, self.conn, self.changes)


def notify(store: Store, conn: Connection | Hand, changes: Iterable[Change]) -> None:
    """Tell other processes, inside the transaction: PostgreSQL delivers it when and only when it commits."""
    if store.is_sqlite:
        return
    assert isinstance(conn, Connection)
    for change in changes:
        payload = f"{store.process}:{change.session_id}:{change.kind}"
        conn.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


@contextmanager
def writing(store: Store, actor: str, *, wijkplan_id: str | None = None) -> Iterator[Write]:
    """Open a write. With ``wijkplan_id`` it takes that wijkplan's lock first by raising its revision.

    Every room of the wijkplan is told at the end; what moves the phones is said with :meth:`Write.changed`.

    Raises:
        NotFound: the wijkplan does not exist.
    """
    with store.write() as conn:
        write = Write(conn, store.now(), actor, wijkplan_id)
        if wijkplan_id is not None:
            table = schema.wijkplan
            bumped = conn.execute(update(table).where(table.c.id == wijkplan_id).values(revision=table.c.revision + 1))
            if bumped.rowcount != 1:
                raise NotFound()
        yield write
        if wijkplan_id is not None:
            write.tell_every_room()
        write.notify(store)
    for change in write.changes:
        store.tell(change)
