"""Accounts of people of the organisation: made and closed by an administrator, never shared (BIO2 5.16.02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from workshop.actions.people.gate import IDLE, require_admin, require_staff
from workshop.actions.people.passwords import check_new_password, hash_password
from workshop.actions.people.signing_in import LONGEST_NAME, check_password, is_possible_name, normal_name
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role, Staff
from workshop.domain.texts import clean_text
from workshop.locale import _, languages
from workshop.store import Store
from workshop.store import accounts as rows
from workshop.store import wijkplannen as plans
from workshop.store.writing import writing

LONGEST_DISPLAY_NAME = 120


@dataclass(frozen=True)
class AccountSeen:
    """One account on the administrator's list. ``last_seen_at`` is None when nobody is signed in with it now."""

    id: str
    username: str
    display_name: str
    is_admin: bool
    is_active: bool
    created_at: datetime
    last_seen_at: datetime | None
    roles: tuple[tuple[str, str, Role], ...]  # (wijkplan id, title, role)


@dataclass(frozen=True)
class OwnAccount:
    """What somebody sees of the own account."""

    username: str
    display_name: str
    language: str


def new_account_values(
    store: Store, *, username: str, display_name: str, password: str, is_admin: bool
) -> dict[str, Any]:
    """Checked values of a new account row, with a new id.

    Raises:
        WorkshopError: with the field to mend.
    """
    name = check_username(username)
    shown = check_display_name(display_name)
    check_new_password(password, username=name)
    return {
        "id": uuid4().hex,
        "username": name,
        "display_name": shown,
        "password_hash": hash_password(password),
        "is_admin": is_admin,
        "is_active": True,
        "language": "nl",
        "created_at": store.now(),
    }


def check_username(username: str) -> str:
    """The user name in its stored form.

    Raises:
        WorkshopError: empty, too long, or with signs that are hard to type (field ``username``).
    """
    name = normal_name(username)
    if not name:
        raise WorkshopError(_("Vul een gebruikersnaam in, bijvoorbeeld een mailadres."), field="username")
    if len(name) > LONGEST_NAME:
        raise WorkshopError(
            _("Deze gebruikersnaam is te lang. Kies er een van hooguit {n} tekens.").format(n=LONGEST_NAME),
            field="username",
        )
    if not is_possible_name(name):
        raise WorkshopError(
            _("Gebruik in de gebruikersnaam alleen letters zonder accent, cijfers, punt, streepje en @."),
            field="username",
        )
    return name


def check_display_name(display_name: str) -> str:
    """The name as colleagues see it.

    Raises:
        WorkshopError: empty or too long (field ``display_name``).
    """
    try:
        return clean_text(display_name, limit=LONGEST_DISPLAY_NAME, multiline=False)
    except WorkshopError as error:
        raise WorkshopError(
            _("Vul een naam in zoals collega's die kennen, van hooguit {n} tekens.").format(n=LONGEST_DISPLAY_NAME),
            field="display_name",
        ) from error


def make_account(
    store: Store, actor: Actor, *, username: str, display_name: str, password: str, is_admin: bool = False
) -> str:
    """Make an account; returns its id. Roles in a wijkplan are given apart.

    Raises:
        NotFound: not an administrator.
        WorkshopError: a value that cannot be used, or a user name that is taken.
    """
    admin = require_admin(actor)
    values = new_account_values(
        store, username=username, display_name=display_name, password=password, is_admin=is_admin
    )
    with writing(store, admin.account_id) as write:
        rows.lock_installation(write.conn)
        if rows.account_by_name(write.conn, values["username"]) is not None:
            raise WorkshopError(
                _("Er is al een account met deze gebruikersnaam. Kies een andere, of zet dat account weer aan."),
                field="username",
            )
        rows.add_account(write.conn, values)
        write.journal("account.make", values["id"], details={"is_admin": is_admin})
    return str(values["id"])


def change_password(store: Store, actor: Actor, account_id: str, *, new: str, current: str | None = None) -> None:
    """Change a password and end every sign-in of that account.

    For the own account the current password is asked, and wrong ones count like at the log-in form.

    Raises:
        NotFound: another's account while not an administrator, or no such account.
        WorkshopError: wrong current password, or a new one that cannot be used.
    """
    staff = require_staff(actor)
    is_own = staff.account_id == account_id
    if not is_own:
        require_admin(staff)
    with store.read() as conn:
        found = rows.account(conn, account_id)
    if found is None:
        raise NotFound()
    check_new_password(new, username=found.username)
    if is_own:
        try:
            check_password(store, found.username, current or "-")
        except WorkshopError as error:
            raise WorkshopError(
                _("Je huidige wachtwoord klopt niet, of er is te vaak geprobeerd. Er is niets veranderd."),
                field="current",
            ) from error
    hashed = hash_password(new)
    with writing(store, staff.account_id) as write:
        rows.lock_installation(write.conn)
        rows.change_account(write.conn, account_id, {"password_hash": hashed})
        rows.revoke_all_sign_ins(write.conn, account_id, write.now)
        write.journal("account.change_password", account_id)


def deactivate_account(store: Store, actor: Actor, account_id: str) -> None:
    """Close an account: nobody can sign in with it, what it did stays in the journal. Undo: :func:`reactivate_account`.

    Raises:
        NotFound: not an administrator, or no such account.
        Refused: it is the last administrator.
    """
    admin = require_admin(actor)
    with writing(store, admin.account_id) as write:
        rows.lock_installation(write.conn)
        found = rows.account(write.conn, account_id)
        if found is None:
            raise NotFound()
        if not found.is_active:
            return
        if found.is_admin and rows.count_active_admins(write.conn) <= 1:
            raise Refused(_("Dit is de enige beheerder. Maak eerst iemand anders beheerder."))
        rows.change_account(write.conn, account_id, {"is_active": False})
        rows.revoke_all_sign_ins(write.conn, account_id, write.now)
        write.journal("account.close", account_id)


def reactivate_account(store: Store, actor: Actor, account_id: str) -> None:
    """Open a closed account again, with the roles it had.

    Raises:
        NotFound: not an administrator, or no such account.
    """
    admin = require_admin(actor)
    with writing(store, admin.account_id) as write:
        rows.lock_installation(write.conn)
        found = rows.account(write.conn, account_id)
        if found is None:
            raise NotFound()
        if not found.is_active:
            rows.change_account(write.conn, account_id, {"is_active": True})
            write.journal("account.reopen", account_id)


def make_administrator(store: Store, actor: Actor, account_id: str, is_admin: bool) -> None:
    """Make somebody an administrator, or (``is_admin`` false) no longer one.

    Raises:
        NotFound: not an administrator, or no such account.
        Refused: it is the last administrator.
    """
    admin = require_admin(actor)
    with writing(store, admin.account_id) as write:
        rows.lock_installation(write.conn)
        found = rows.account(write.conn, account_id)
        if found is None:
            raise NotFound()
        if found.is_admin == is_admin:
            return
        if not is_admin and found.is_active and rows.count_active_admins(write.conn) <= 1:
            raise Refused(_("Dit is de enige beheerder. Maak eerst iemand anders beheerder."))
        rows.change_account(write.conn, account_id, {"is_admin": is_admin})
        write.journal("account.make_administrator" if is_admin else "account.take_administrator", account_id)


def sign_out_everywhere(store: Store, actor: Actor, account_id: str) -> int:
    """Sign an account out on every device; returns how many sign-ins ended.

    Raises:
        NotFound: another's account while not an administrator, or no such account.
    """
    staff = require_staff(actor)
    if staff.account_id != account_id:
        require_admin(staff)
    with writing(store, staff.account_id) as write:
        rows.lock_installation(write.conn)
        if rows.account(write.conn, account_id) is None:
            raise NotFound()
        ended = rows.revoke_all_sign_ins(write.conn, account_id, write.now)
        write.journal("sign_in.end_all", account_id, details={"ended": ended})
    return ended


def see_accounts(store: Store, actor: Actor) -> list[AccountSeen]:
    """All accounts with their roles, by name.

    Raises:
        NotFound: not an administrator.
    """
    require_admin(actor)
    now = store.now()
    with store.read() as conn:
        found = rows.accounts(conn)
        seen = rows.open_sign_ins(conn, now, now - IDLE)
        held = plans.memberships(conn)
    return [
        AccountSeen(
            account.id,
            account.username,
            account.display_name,
            account.is_admin,
            account.is_active,
            account.created_at,
            seen.get(account.id),
            tuple(held.get(account.id, ())),
        )
        for account in found
    ]


def see_own_account(store: Store, actor: Actor) -> OwnAccount:
    """The account of whoever asks.

    Raises:
        NotFound: nobody with an account.
    """
    staff = require_staff(actor)
    with store.read() as conn:
        found = rows.account(conn, staff.account_id)
    if found is None:
        raise NotFound()
    return OwnAccount(found.username, found.display_name, found.language)


def change_own_account(store: Store, actor: Actor, *, display_name: str, language: str) -> None:
    """Change the own name and language.

    Raises:
        NotFound: nobody with an account.
        WorkshopError: a name that cannot be used, or a language there is no catalogue for.
    """
    staff: Staff = require_staff(actor)
    shown = check_display_name(display_name)
    if language not in languages():
        raise WorkshopError(_("Kies een van de talen in de lijst."), field="language")
    with writing(store, staff.account_id) as write:
        rows.lock_installation(write.conn)
        rows.change_account(write.conn, staff.account_id, {"display_name": shown, "language": language})
        write.journal("account.change_own", staff.account_id)
