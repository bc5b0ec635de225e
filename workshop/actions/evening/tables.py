"""Helpers at the tables (tafelbegeleiders): a link for one evening, with the rights that go with paper and notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workshop.actions.evening.steps import session_for, session_to_assist, session_write
from workshop.actions.people.gate import new_token, token_hash
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.roles import Actor, Role, Stranger, TableHelper
from workshop.domain.texts import clean_text
from workshop.domain.thread.items import Item, ItemState
from workshop.locale import _
from workshop.store import Store, items, rooms, tables

#: How many characters of a link's hash stand for it in lists and in the journal.
SHOWN = 12

#: Most links per session.
MOST_LINKS = 20


@dataclass(frozen=True)
class TableLink:
    """A link as the console lists it; the secret itself is shown once, when it is made."""

    link_id: str
    label: str
    made_at: datetime
    is_revoked: bool


@dataclass(frozen=True)
class TableStep:
    """A step on which cards can be entered: its round is open or stopped and not shown."""

    step_id: str
    round_id: str
    title: str
    state: StepState


@dataclass(frozen=True)
class TableView:
    """What a helper at a table sees."""

    session_id: str
    session_title: str
    label: str
    code: str
    step: TableStep | None
    groups: tuple[tuple[str, str], ...]
    organisations: tuple[str, ...]
    notes_waiting: tuple[Item, ...]
    notes_released: tuple[Item, ...]


def make_table_link(store: Store, actor: Actor, session_id: str, label: str) -> str:
    """Make a link for one table; returns its secret, which is shown once and kept as a hash."""
    name = clean_text(label, limit=80, multiline=False)
    secret = new_token()
    with session_write(store, actor, session_id) as (write, session):
        if session.state is SessionState.CLOSED:
            raise Refused(_("Deze bijeenkomst is afgelopen. Een link voor een tafel heeft nu geen zin."))
        if len(tables.links_of(write.conn, session_id)) >= MOST_LINKS:
            raise Refused(_("Er zijn al {most} links gemaakt. Trek er eerst een in.").format(most=MOST_LINKS))
        tables.add_link(
            write.conn,
            token_hash=token_hash(secret),
            session_id=session_id,
            label=name,
            made_by=write.actor,
            made_at=write.now,
        )
        write.journal("table.link", session_id)
    return secret


def revoke_table_link(store: Store, actor: Actor, session_id: str, link_id: str) -> None:
    """Make a link useless at once, also where it is open."""
    with session_write(store, actor, session_id) as (write, _session):
        if len(link_id) != SHOWN or not tables.revoke(write.conn, session_id, link_id, write.now):
            raise NotFound()
        write.journal("table.revoke", session_id)


def see_table_links(store: Store, actor: Actor, session_id: str) -> list[TableLink]:
    """The links of a session; for its facilitators."""
    with store.read() as conn:
        session_for(conn, actor, session_id, Role.FACILITATOR)
        return [
            TableLink(row.token_hash[:SHOWN], row.label, row.made_at, row.revoked_at is not None)
            for row in tables.links_of(conn, session_id)
        ]


def helper_by_token(store: Store, secret: str | None) -> TableHelper | Stranger:
    """The helper behind a link: only while the session is not closed and the link not revoked."""
    if not secret:
        return Stranger()
    with store.read() as conn:
        row = tables.link(conn, token_hash(secret))
    if row is None or row.revoked_at is not None or row.state == SessionState.CLOSED:
        return Stranger()
    return TableHelper(row.token_hash[:SHOWN], row.session_id, row.wijkplan_id, row.label)


def see_table(store: Store, actor: Actor, session_id: str) -> TableView:
    """What is going on, for a helper at a table (or a facilitator who looks along). Blind like every other screen."""
    with store.read() as conn:
        _name, session = session_to_assist(conn, actor, session_id)
        steps = rooms.steps_of(conn, session_id)
        running = next((s for s in steps if s.state in (StepState.OPEN, StepState.STOPPED)), None)
        round_ = rooms.last_round(conn, running.id) if running else None
        place = {step.id: n for n, step in enumerate(steps)}
        made = sorted(items.items_of(conn, session_id=session_id), key=lambda item: place[item.step_id or ""])
        return TableView(
            session_id=session_id,
            session_title=session.title,
            label=actor.label if isinstance(actor, TableHelper) else "",
            code=session.code or "",
            step=TableStep(running.id, round_.id, running.title, running.state) if running and round_ else None,
            groups=tuple(rooms.groups_of(conn, session.wijkplan_id)),
            organisations=tuple(rooms.partners_of(conn, session.wijkplan_id)),
            notes_waiting=tuple(item for item in made if item.state is ItemState.WAITING),
            notes_released=tuple(item for item in made if item.state is ItemState.RELEASED),
        )
