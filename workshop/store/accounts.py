"""Reads and writes about people of the organisation: accounts, sign-ins, tickets and failed tries.

Every function takes an open connection; what may happen is decided in ``workshop.actions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, or_, select, text, update

from workshop.domain.roles import Role
from workshop.store import schema


@dataclass(frozen=True)
class AccountRow:
    """One account as stored. ``password_hash`` never leaves the actions."""

    id: str
    username: str
    display_name: str
    password_hash: str
    is_admin: bool
    is_active: bool
    language: str
    created_at: datetime


@dataclass(frozen=True)
class SignIn:
    """One sign-in with its account."""

    account: AccountRow
    last_seen_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    roles: Mapping[str, frozenset[Role]]  # per wijkplan


@dataclass(frozen=True)
class Guard:
    """Failed tries under one name."""

    failures: int
    locked_until: datetime | None
    last_failure_at: datetime


@dataclass(frozen=True)
class Seat:
    """A participant as the gate needs it."""

    participant_id: str
    session_id: str
    wijkplan_id: str
    group_id: str | None
    group: str | None
    organisation: str | None


#: Key of the advisory lock; any number that nothing else uses.
_INSTALLATION = 0x4B56

_ACCOUNT = [
    schema.account.c[name]
    for name in ("id", "username", "display_name", "password_hash", "is_admin", "is_active", "language", "created_at")
]


def _account_row(row: Any) -> AccountRow:
    return AccountRow(**{column.name: getattr(row, column.name) for column in _ACCOUNT})


# -- accounts ----------------------------------------------------------------------------------------------------


def account(conn: Connection, account_id: str) -> AccountRow | None:
    row = conn.execute(select(*_ACCOUNT).where(schema.account.c.id == account_id)).first()
    return _account_row(row) if row else None


def account_by_name(conn: Connection, username: str) -> AccountRow | None:
    """The account with this name; ``username`` is already in lower case."""
    row = conn.execute(select(*_ACCOUNT).where(schema.account.c.username == username)).first()
    return _account_row(row) if row else None


def accounts(conn: Connection) -> list[AccountRow]:
    """All accounts, by name as people read it."""
    table = schema.account
    return [_account_row(row) for row in conn.execute(select(*_ACCOUNT).order_by(table.c.display_name, table.c.id))]


def count_active_admins(conn: Connection) -> int:
    table = schema.account
    return int(conn.scalar(select(func.count()).where(table.c.is_admin.is_(True), table.c.is_active.is_(True))) or 0)


def add_account(conn: Connection, values: Mapping[str, Any]) -> None:
    conn.execute(insert(schema.account).values(**values))


def change_account(conn: Connection, account_id: str, values: Mapping[str, Any]) -> None:
    conn.execute(update(schema.account).where(schema.account.c.id == account_id).values(**values))


def lock_installation(conn: Connection) -> None:
    """Make writers about people wait for each other: the journal of the installation counts on, and the last
    administrator cannot vanish twice at once. On SQLite every write already waits.
    """
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _INSTALLATION})


def roles_of(conn: Connection, account_id: str) -> dict[str, frozenset[Role]]:
    """Roles per wijkplan of one account."""
    table = schema.membership
    held: dict[str, set[Role]] = {}
    for row in conn.execute(select(table.c.wijkplan_id, table.c.role).where(table.c.account_id == account_id)):
        held.setdefault(row.wijkplan_id, set()).add(Role(row.role))
    return {wijkplan_id: frozenset(roles) for wijkplan_id, roles in held.items()}


# -- sign-ins ----------------------------------------------------------------------------------------------------


def sign_in(conn: Connection, token_hash: str) -> SignIn | None:
    """A sign-in with its account and the roles it holds now, from one statement: it is asked at every click."""
    signed, held = schema.sign_in, schema.membership
    rows = conn.execute(
        select(*_ACCOUNT, signed.c.last_seen_at, signed.c.expires_at, signed.c.revoked_at)
        .add_columns(held.c.wijkplan_id.label("of_plan"), held.c.role.label("held"))
        .join(schema.account, schema.account.c.id == signed.c.account_id)
        .outerjoin(held, held.c.account_id == schema.account.c.id)
        .where(signed.c.token_hash == token_hash)
    ).all()
    if not rows:
        return None
    roles: dict[str, set[Role]] = {}
    for row in rows:
        if row.of_plan is not None:
            roles.setdefault(row.of_plan, set()).add(Role(row.held))
    frozen = {wijkplan_id: frozenset(of_plan) for wijkplan_id, of_plan in roles.items()}
    first = rows[0]
    return SignIn(_account_row(first), first.last_seen_at, first.expires_at, first.revoked_at, frozen)


def add_sign_in(conn: Connection, token_hash: str, account_id: str, now: datetime, expires_at: datetime) -> None:
    conn.execute(
        insert(schema.sign_in).values(
            token_hash=token_hash, account_id=account_id, created_at=now, last_seen_at=now, expires_at=expires_at
        )
    )


def touch_sign_in(conn: Connection, token_hash: str, now: datetime) -> None:
    """Somebody is still there. A moment that lies earlier (a clock that was set back) changes nothing."""
    signed = schema.sign_in
    conn.execute(
        update(signed).where(signed.c.token_hash == token_hash, signed.c.last_seen_at < now).values(last_seen_at=now)
    )


def revoke_sign_in(conn: Connection, token_hash: str, now: datetime) -> str | None:
    """End one sign-in; returns whose it was, or None when there was nothing to end."""
    signed = schema.sign_in
    still = signed.c.token_hash == token_hash, signed.c.revoked_at.is_(None)
    account_id = conn.scalar(select(signed.c.account_id).where(*still))
    if account_id is not None:
        conn.execute(update(signed).where(*still).values(revoked_at=now))
    return account_id


def revoke_all_sign_ins(conn: Connection, account_id: str, now: datetime) -> int:
    """End all sign-ins of an account and burn its tickets; returns how many were still open."""
    signed, ticket = schema.sign_in, schema.ticket
    ended = conn.execute(
        update(signed)
        .where(signed.c.account_id == account_id, signed.c.revoked_at.is_(None), signed.c.expires_at > now)
        .values(revoked_at=now)
    ).rowcount
    conn.execute(
        update(ticket).where(ticket.c.account_id == account_id, ticket.c.used_at.is_(None)).values(used_at=now)
    )
    return ended


def open_sign_ins(conn: Connection, now: datetime, seen_after: datetime) -> dict[str, datetime]:
    """Per account with a sign-in that still holds: when it was last seen."""
    signed = schema.sign_in
    return {
        row.account_id: row.seen
        for row in conn.execute(
            select(signed.c.account_id, func.max(signed.c.last_seen_at, type_=schema.Utc()).label("seen"))
            .where(signed.c.revoked_at.is_(None), signed.c.expires_at > now, signed.c.last_seen_at > seen_after)
            .group_by(signed.c.account_id)
        )
    }


def forget_old_sign_ins(conn: Connection, before: datetime) -> None:
    """Throw away sign-ins and tickets that ended before this moment; the journal keeps who signed in when."""
    conn.execute(delete(schema.sign_in).where(schema.sign_in.c.expires_at < before))
    conn.execute(delete(schema.ticket).where(schema.ticket.c.expires_at < before))


# -- one-time tickets --------------------------------------------------------------------------------------------


def add_ticket(
    conn: Connection,
    token_hash: str,
    purpose: str,
    expires_at: datetime,
    *,
    account_id: str | None = None,
    bound_to: str | None = None,
) -> None:
    conn.execute(
        insert(schema.ticket).values(
            token_hash=token_hash, purpose=purpose, account_id=account_id, bound_to=bound_to, expires_at=expires_at
        )
    )


def burn_tickets(conn: Connection, purpose: str, now: datetime) -> None:
    """Make every open ticket of this kind worthless."""
    ticket = schema.ticket
    conn.execute(update(ticket).where(ticket.c.purpose == purpose, ticket.c.used_at.is_(None)).values(used_at=now))


def take_ticket(conn: Connection, token_hash: str, purpose: str, now: datetime) -> tuple[str | None, str | None] | None:
    """Use up a ticket; returns (account id, hash it is bound to), or None when unknown, used or too late.

    The update itself decides, so of two who come at once one gets nothing.
    """
    ticket = schema.ticket
    used = conn.execute(
        update(ticket)
        .where(
            ticket.c.token_hash == token_hash,
            ticket.c.purpose == purpose,
            ticket.c.used_at.is_(None),
            ticket.c.expires_at > now,
        )
        .values(used_at=now)
    )
    if used.rowcount != 1:
        return None
    row = conn.execute(select(ticket.c.account_id, ticket.c.bound_to).where(ticket.c.token_hash == token_hash)).one()
    return row.account_id, row.bound_to


def ticket_holds(conn: Connection, token_hash: str, purpose: str, now: datetime) -> bool:
    """Whether a ticket could be used now; uses nothing up."""
    ticket = schema.ticket
    return (
        conn.execute(
            select(ticket.c.token_hash).where(
                ticket.c.token_hash == token_hash,
                ticket.c.purpose == purpose,
                ticket.c.used_at.is_(None),
                ticket.c.expires_at > now,
            )
        ).first()
        is not None
    )


# -- failed tries ------------------------------------------------------------------------------------------------


def guard(conn: Connection, name_hash: str, *, for_update: bool = False) -> Guard | None:
    table = schema.login_guard
    asked = select(table.c.failures, table.c.locked_until, table.c.last_failure_at).where(
        table.c.name_hash == name_hash
    )
    row = conn.execute(asked.with_for_update() if for_update else asked).first()
    return Guard(row.failures, row.locked_until, row.last_failure_at) if row else None


def put_guard(conn: Connection, name_hash: str, new: Guard) -> None:
    table = schema.login_guard
    values = {
        "failures": new.failures,
        "locked_until": new.locked_until,
        "last_failure_at": new.last_failure_at,
    }
    if conn.execute(update(table).where(table.c.name_hash == name_hash).values(**values)).rowcount == 0:
        conn.execute(insert(table).values(name_hash=name_hash, **values))


def clear_guard(conn: Connection, name_hash: str) -> None:
    conn.execute(delete(schema.login_guard).where(schema.login_guard.c.name_hash == name_hash))


def forget_old_guards(conn: Connection, before: datetime) -> None:
    table = schema.login_guard
    conn.execute(
        delete(table).where(
            table.c.last_failure_at < before, or_(table.c.locked_until.is_(None), table.c.locked_until < before)
        )
    )


# -- participants, as far as the gate needs them ------------------------------------------------------------------


def seat(conn: Connection, token_hash: str, session_id: str) -> Seat | None:
    """The participant with this token in this session, unless left or removed."""
    person, meeting, group = schema.participant, schema.session, schema.stakeholder_group
    row = conn.execute(
        select(
            person.c.id,
            person.c.session_id,
            meeting.c.wijkplan_id,
            person.c.group_id,
            group.c.name,
            person.c.organisation,
        )
        .join(meeting, meeting.c.id == person.c.session_id)
        .outerjoin(group, group.c.id == person.c.group_id)
        .where(
            person.c.token_hash == token_hash,
            person.c.session_id == session_id,
            person.c.left_at.is_(None),
            person.c.removed_at.is_(None),
        )
    ).first()
    return Seat(row.id, row.session_id, row.wijkplan_id, row.group_id, row.name, row.organisation) if row else None
