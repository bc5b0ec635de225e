"""The first administrator: made by whoever can read the console of the machine, through a link that works once."""

from __future__ import annotations

from datetime import timedelta

from workshop.actions.people.accounts import new_account_values
from workshop.actions.people.gate import new_token, token_hash
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Role, Staff
from workshop.locale import _
from workshop.store import Store
from workshop.store import accounts as rows
from workshop.store import wijkplannen as plans
from workshop.store.writing import writing

LINK_LASTS = timedelta(hours=24)


def set_up_link_token(store: Store) -> str | None:
    """A new token for the set-up link, or None once there is an administrator. Earlier links stop working."""
    token = new_token()
    now = store.now()
    with store.write() as conn:
        rows.lock_installation(conn)
        if rows.count_active_admins(conn):
            return None
        rows.burn_tickets(conn, "set_up", now)
        rows.add_ticket(conn, token_hash(token), "set_up", now + LINK_LASTS)
    return token


def is_set_up_link(store: Store, token: str) -> bool:
    """Whether this token still opens the set-up page."""
    with store.read() as conn:
        return not rows.count_active_admins(conn) and rows.ticket_holds(conn, token_hash(token), "set_up", store.now())


def make_first_administrator(store: Store, token: str, username: str, display_name: str, password: str) -> Staff:
    """Make the first administrator and use the link up; when something is wrong with the values it stays usable.

    Raises:
        NotFound: unknown, used or old link, or there is an administrator already.
        WorkshopError: a value that cannot be used, with its field.
    """
    if not is_set_up_link(store, token):
        raise NotFound()
    values = new_account_values(store, username=username, display_name=display_name, password=password, is_admin=True)
    with writing(store, values["id"]) as write:
        rows.lock_installation(write.conn)
        if rows.count_active_admins(write.conn):
            raise NotFound()
        if rows.take_ticket(write.conn, token_hash(token), "set_up", write.now) is None:
            raise NotFound()
        if rows.account_by_name(write.conn, values["username"]) is not None:
            raise WorkshopError(_("Er is al een account met deze gebruikersnaam. Kies een andere."), field="username")
        rows.add_account(write.conn, values)
        for plan in plans.plans(write.conn):
            if plan.is_demo:  # its own facilitator has no way in; whoever sets the installation up may look around
                plans.add_member(write.conn, plan.id, values["id"], Role.OWNER)
        write.journal("account.make_first", values["id"])
        roles = rows.roles_of(write.conn, values["id"])
    return Staff(account_id=values["id"], display_name=values["display_name"], is_admin=True, roles=roles)
