"""Who is this, and may they? Asked on every request and every rerun, from the cookie and nothing else (T01, T03).

A refusal never tells whether something exists: a stranger gets ``NotFound`` like for an address that is not there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import timedelta

from workshop.domain.errors import NotFound
from workshop.domain.roles import Actor, Participant, Role, Staff, Stranger
from workshop.store import Store, seats
from workshop.store import accounts as rows

#: A sign-in ends after this much silence, and in any case after ABSOLUTE. Source: assurance T06 (BIO2).
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
#: How often being there is written down; every read in between costs no write.
REFRESH = timedelta(minutes=1)


def new_token() -> str:
    """A secret of 256 bits that may stand in a cookie or an address: 43 characters."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 in hex: what is stored of a token. The token itself is random enough to need no salt."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def staff_by_cookie(store: Store, token: str | None) -> Staff | Stranger:
    """The account behind a sign-in cookie; a stranger when it is absent, unknown, revoked, idle or too old.

    Asking counts as being there: a console that follows the room keeps its facilitator signed in.
    """
    if not token:
        return Stranger()
    hashed = token_hash(token)
    now = store.now()
    with store.read() as conn:
        found = rows.sign_in(conn, hashed)
        if (
            found is None
            or found.revoked_at is not None
            or not found.account.is_active
            or found.expires_at <= now
            or now - found.last_seen_at > IDLE
        ):
            return Stranger()
        account = found.account
        staff = Staff(
            account_id=account.id,
            display_name=account.display_name,
            is_admin=account.is_admin,
            roles=found.roles,
            language=account.language,
        )
    if now - found.last_seen_at >= REFRESH:
        with store.write() as conn:
            rows.touch_sign_in(conn, hashed, now)
    return staff


def participant_by_cookie(store: Store, token: str | None, session_id: str) -> Participant | Stranger:
    """The participant behind a room cookie in one session; a stranger when not (or no longer) in it."""
    if not token or not session_id:
        return Stranger()
    with store.read() as conn:
        seat = rows.seat(conn, token_hash(token), session_id)
    if seat is None:
        return Stranger()
    return Participant(
        participant_id=seat.participant_id,
        session_id=seat.session_id,
        wijkplan_id=seat.wijkplan_id,
        token=token,
        group_id=seat.group_id,
        group=seat.group,
        organisation=seat.organisation,
    )


def is_known_device(store: Store, *, staff_token: str | None, room_token: str | None) -> bool:
    """Whether a device holds a sign-in that is valid now, or a seat in any session; a made-up cookie is neither."""
    if room_token:
        with store.read() as conn:
            if seats.seats(conn, [token_hash(room_token)]):
                return True
    return isinstance(staff_by_cookie(store, staff_token), Staff)


def require_staff(actor: Actor) -> Staff:
    """Somebody with an account.

    Raises:
        NotFound: anybody else.
    """
    if not isinstance(actor, Staff):
        raise NotFound()
    return actor


def require_admin(actor: Actor) -> Staff:
    """An administrator of the installation.

    Raises:
        NotFound: anybody else.
    """
    staff = require_staff(actor)
    if not staff.is_admin:
        raise NotFound()
    return staff


def require_role(actor: Actor, wijkplan_id: str, *roles: Role) -> Staff:
    """Somebody who holds one of ``roles`` in this wijkplan; without roles: any role in it.

    An owner may do what every role may. An administrator as such may not: looking after accounts is no reason to read
    what a neighbourhood said.

    Raises:
        NotFound: anybody else, with the answer they would get for a wijkplan that does not exist.
    """
    staff = require_staff(actor)
    if not staff.has(wijkplan_id, *(roles or tuple(Role))):
        raise NotFound()
    return staff


def owner_key(token: str, session_id: str) -> bytes:
    """What ties a note to its writer's cookie: HMAC-SHA-256 of the session under the token."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), f"note:{session_id}".encode(), hashlib.sha256).digest()[:16]
