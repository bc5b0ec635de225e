"""Signing in and out: the guard against guessing, the one-time ticket, the session.

1. The log-in form asks :func:`check_password`; wrong, unknown and locked take the same time and look the same.
2. :func:`hand_out_ticket` gives a ticket of 60 seconds, bound to the cookie of before signing in.
3. The route exchanges it once with :func:`redeem_ticket` for the token in our own HttpOnly cookie (house ruling 5).
"""

from __future__ import annotations

import hmac
from datetime import timedelta

from workshop.actions.people.gate import ABSOLUTE, new_token, token_hash
from workshop.actions.people.passwords import dummy_hash, is_password
from workshop.domain.errors import WorkshopError
from workshop.locale import _, n_
from workshop.store import Store
from workshop.store import accounts as rows
from workshop.store.writing import Write, writing

TICKET = timedelta(seconds=60)
#: From this many wrong tries on, a name is locked: 1, 2, 4 ... minutes, at most LONGEST_LOCK.
TRIES = 5
LONGEST_LOCK = timedelta(minutes=15)
#: After this much quiet the count starts again.
FORGET = timedelta(hours=24)
LONGEST_NAME = 80


def normal_name(username: str) -> str:
    """A user name as it is stored and compared: without blanks around it, in lower case."""
    return username.strip().lower()


def is_possible_name(name: str) -> bool:
    """Whether an account could bear this name. What else is typed is never asked of the database."""
    return 0 < len(name) <= LONGEST_NAME and all(
        sign.isascii() and (sign.isalnum() or sign in ".-_@+") for sign in name
    )


def check_password(store: Store, username: str, password: str) -> str:
    """The id of the account with this name and password.

    The try is counted before the password is looked at, so that many at once cannot slip past the lock.

    Raises:
        WorkshopError: nothing typed, wrong, or too many tries; which of name and password was wrong is not told.
    """
    name = normal_name(username)
    if not name or not password:
        raise WorkshopError(_("Vul je gebruikersnaam en je wachtwoord in."), field="username")
    key = token_hash(name)
    now = store.now()
    with store.write() as conn:
        rows.lock_installation(conn)
        rows.forget_old_guards(conn, now - FORGET)
        guard = rows.guard(conn, key, for_update=True)
        locked_until = guard.locked_until if guard else None
        is_locked = locked_until is not None and locked_until > now
        failures = guard.failures if guard else 0
        if not is_locked:
            failures += 1
            locked_until = now + _lock_time(failures) if failures >= TRIES else None
            rows.put_guard(conn, key, rows.Guard(failures, locked_until, now))
        account = rows.account_by_name(conn, name) if is_possible_name(name) and not is_locked else None
    usable = account if account is not None and account.is_active else None
    # Outside the transaction: a quarter of a second is long for everybody who waits behind us.
    # The first time a process needs the dummy it is made, which costs a hash too: known names wait for that as well.
    dummy = dummy_hash()
    fits = is_password(password, usable.password_hash if usable else dummy)
    if fits and usable is not None:
        with store.write() as conn:
            rows.clear_guard(conn, key)
        return usable.id
    if locked_until is not None:
        if not is_locked:
            with writing(store, usable.id if usable else "unknown") as write:
                rows.lock_installation(write.conn)
                write.journal("sign_in.begin", usable.id if usable else "unknown", result="locked")
        raise _locked(locked_until - now)
    raise WorkshopError(_("Je gebruikersnaam of je wachtwoord klopt niet. Probeer het nog een keer."), field="username")


def _lock_time(failures: int) -> timedelta:
    return min(timedelta(minutes=2 ** min(failures - TRIES, 10)), LONGEST_LOCK)


def _locked(left: timedelta) -> WorkshopError:
    minutes = max(1, -(-int(left.total_seconds()) // 60))
    return WorkshopError(
        n_(
            "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {n} minuut en probeer het dan opnieuw.",
            "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht {n} minuten en probeer het dan opnieuw.",
            minutes,
        ).format(n=minutes),
        field="username",
    )


def hand_out_ticket(store: Store, account_id: str, pre_cookie: str | None) -> str:
    """A one-time ticket for the browser that holds this cookie of before signing in.

    Raises:
        WorkshopError: the browser has no such cookie.
    """
    if not pre_cookie:
        raise WorkshopError(
            _("Je browser bewaart geen cookies. Sta cookies toe voor deze site en laad de pagina opnieuw.")
        )
    ticket = new_token()
    now = store.now()
    with store.write() as conn:
        rows.forget_old_sign_ins(conn, now - timedelta(days=1))
        rows.add_ticket(
            conn, token_hash(ticket), "sign_in", now + TICKET, account_id=account_id, bound_to=token_hash(pre_cookie)
        )
    return ticket


def redeem_ticket(store: Store, ticket: str, pre_cookie: str | None) -> str:
    """Exchange a ticket for the token of a new sign-in. Works once; a wrong browser uses the ticket up as well.

    Raises:
        WorkshopError: unknown, used, too late, another browser, or the account was closed in the meantime.
    """
    token = new_token()
    # The refusal comes after the commit: raised inside, it would give the ticket back.
    with writing(store, "unknown") as write:
        account_id = _redeem(write, ticket, pre_cookie, token)
    if account_id is None:
        raise WorkshopError(_("Het inloggen duurde te lang. Log nog een keer in."))
    return token


def _redeem(write: Write, ticket: str, pre_cookie: str | None, token: str) -> str | None:
    rows.lock_installation(write.conn)
    taken = rows.take_ticket(write.conn, token_hash(ticket), "sign_in", write.now)
    if taken is None:
        return None
    account_id, bound_to = taken
    is_same_browser = hmac.compare_digest(bound_to or "", token_hash(pre_cookie or ""))
    account = rows.account(write.conn, account_id or "")
    if not is_same_browser or account is None or not account.is_active:
        return None
    rows.add_sign_in(write.conn, token_hash(token), account.id, write.now, write.now + ABSOLUTE)
    write.actor = account.id
    write.journal("sign_in.begin", account.id)
    return account.id


def sign_out(store: Store, token: str | None) -> None:
    """End the sign-in with this token; a token that means nothing (any more) changes nothing."""
    if not token:
        return
    with writing(store, "unknown") as write:
        rows.lock_installation(write.conn)
        account_id = rows.revoke_sign_in(write.conn, token_hash(token), write.now)
        if account_id is not None:
            write.actor = account_id
            write.journal("sign_in.end", account_id)
