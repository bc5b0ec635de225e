"""Who may do what in a wijkplan: roles are given by its owner, or by an administrator when the owner left."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.actions.people.gate import require_admin, require_role, require_staff
from workshop.domain.errors import NotFound, Refused
from workshop.domain.roles import Actor, Role, Staff
from workshop.locale import _
from workshop.store import Store
from workshop.store import accounts as people
from workshop.store import wijkplannen as rows
from workshop.store.writing import writing


@dataclass(frozen=True)
class Assignable:
    """An account that could get a role."""

    account_id: str
    display_name: str


def _may_give_roles(actor: Actor, wijkplan_id: str) -> Staff:
    staff = require_staff(actor)
    return staff if staff.is_admin else require_role(staff, wijkplan_id, Role.OWNER)


def give_role(store: Store, actor: Actor, wijkplan_id: str, account_id: str, role: Role) -> None:
    """Give somebody a role in a wijkplan; a role that is held already changes nothing.

    Raises:
        NotFound: neither owner nor administrator, or no such wijkplan or open account.
    """
    staff = _may_give_roles(actor, wijkplan_id)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        account = people.account(write.conn, account_id)
        if account is None or not account.is_active:
            raise NotFound()
        if rows.add_member(write.conn, wijkplan_id, account_id, Role(role)):
            write.journal("role.give", account_id, details={"role": Role(role).value})


def take_role(store: Store, actor: Actor, wijkplan_id: str, account_id: str, role: Role) -> None:
    """Take a role from somebody; one that is not held changes nothing.

    Raises:
        NotFound: neither owner nor administrator, or no such wijkplan.
        Refused: it is the last owner.
    """
    staff = _may_give_roles(actor, wijkplan_id)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        owners = {
            member.account_id
            for member in rows.members(write.conn, wijkplan_id)
            if member.role is Role.OWNER and member.is_active
        }
        if Role(role) is Role.OWNER and owners == {account_id}:
            raise Refused(_("Dit is de enige eigenaar van het wijkplan. Maak eerst iemand anders eigenaar."))
        if rows.remove_member(write.conn, wijkplan_id, account_id, Role(role)):
            write.journal("role.take", account_id, details={"role": Role(role).value})


def see_assignable(store: Store, actor: Actor, wijkplan_id: str) -> list[Assignable]:
    """Accounts that could get a role in this wijkplan, by name.

    Raises:
        NotFound: neither owner nor administrator.
    """
    _may_give_roles(actor, wijkplan_id)
    with store.read() as conn:
        return [Assignable(row.id, row.display_name) for row in people.accounts(conn) if row.is_active]


def see_titles(store: Store, actor: Actor) -> list[tuple[str, str]]:
    """(id, title) of every wijkplan of the installation, to give roles in; an administrator sees no more than that.

    Raises:
        NotFound: not an administrator.
    """
    require_admin(actor)
    with store.read() as conn:
        return sorted(((row.id, row.title) for row in rows.plans(conn)), key=lambda pair: (pair[1].casefold(), pair[0]))
