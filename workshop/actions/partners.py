"""Partner organisations and the groups people choose from at the door; the owner of the wijkplan changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from workshop.actions.definitions import check_named
from workshop.actions.gate import require_role
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import same_text
from workshop.locale import _
from workshop.store import Store
from workshop.store import wijkplannen as rows
from workshop.store.wijkplannen import NamedRow
from workshop.store.writing import Write, writing

LONGEST_NAME = 80
LONGEST_PARTNER = 120
MOST_NAMES = 60
"""Partners or groups of one wijkplan, archived ones included."""


def preset_partners() -> tuple[str, ...]:
    """Organisations that often take part, to tick. Never people."""
    return (
        _("Gemeente"),
        _("Politie"),
        _("Woningcorporatie"),
        _("Welzijnsorganisatie"),
        _("Jongerenwerk"),
        _("School"),
        _("GGD"),
        _("Wijkteam"),
        _("Ondernemersvereniging"),
        _("Bewonersvereniging"),
        _("Openbaar Ministerie"),
        _("Omgevingsdienst"),
        _("RIEC"),
        _("Zorg- en Veiligheidshuis"),
    )


def preset_groups() -> tuple[str, ...]:
    """Groups a participant can choose from; the first things asked of people in the room."""
    return (
        _("Bewoners"),
        _("Ondernemers"),
        _("Jongeren"),
        _("Politie"),
        _("Boa's"),
        _("Woningcorporatie"),
        _("Welzijn"),
        _("Gemeente"),
    )


def check_names(raw: Iterable[str], name: str, what: str, limit: int) -> list[str]:
    kept: list[str] = []
    for each in raw:
        text = check_named(each, name, what, limit=limit)
        if not any(same_text(text, other) for other in kept):
            kept.append(text)
    if len(kept) > MOST_NAMES:
        raise WorkshopError(_("{what}: kies er hooguit {n}.").format(what=what, n=MOST_NAMES), field=name)
    return kept


class changing:
    """A write by the owner on a wijkplan that is not archived."""

    def __init__(self, store: Store, actor: Actor, wijkplan_id: str) -> None:
        owner = require_role(actor, wijkplan_id, Role.OWNER)
        self._wijkplan_id = wijkplan_id
        self._open = writing(store, owner.account_id, wijkplan_id=wijkplan_id)

    def __enter__(self) -> Write:
        write = self._open.__enter__()
        try:
            found = rows.plan(write.conn, self._wijkplan_id)
            if found is None or found.archived_at is not None:
                raise Refused(_("Dit wijkplan is gearchiveerd. Zet het eerst terug."))
        except BaseException as error:
            self._open.__exit__(type(error), error, error.__traceback__)
            raise
        return write

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        self._open.__exit__(kind, error, trace)


def _find(found: Iterable[NamedRow], wanted_id: str) -> NamedRow:
    row = next((row for row in found if row.id == wanted_id), None)
    if row is None:
        raise NotFound()
    return row


def _refuse_double(found: Iterable[NamedRow], name: str, *, but: str | None = None) -> None:
    if any(row.id != but and same_text(row.name, name) for row in found):
        raise WorkshopError(_("Deze naam staat al in de lijst. Kies een andere."), field="name")


def _add(
    write: Write,
    found: list[NamedRow],
    name: str,
    add: Callable[..., None],
    change: Callable[..., None],
) -> str:
    """Add a name, or bring back the archived row that bears it already."""
    same = next((row for row in found if same_text(row.name, name)), None)
    if same is not None and same.is_archived:
        change(write.conn, same.id, {"archived_at": None})
        return same.id
    _refuse_double(found, name)
    if len(found) >= MOST_NAMES:
        raise WorkshopError(_("De lijst is vol. Archiveren maakt geen plaats; hernoem een naam die je niet gebruikt."))
    new_id = uuid4().hex
    add(write.conn, write.wijkplan_id, new_id, name, max((row.position for row in found), default=-1) + 1)
    return new_id


def add_partner(store: Store, actor: Actor, wijkplan_id: str, name: str) -> str:
    """Add a partner organisation; returns its id. A name that was archived comes back.

    Raises:
        NotFound: not the owner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    with changing(store, actor, wijkplan_id) as write:
        text = check_named(name, "name", _("Naam"), limit=LONGEST_PARTNER)
        partner_id = _add(write, rows.partners(write.conn, wijkplan_id), text, rows.add_partner, rows.change_partner)
        write.journal("add_partner", partner_id)
    return partner_id


def rename_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str, name: str) -> None:
    """Give a partner another name.

    Raises:
        NotFound: not the owner, or no such partner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    with changing(store, actor, wijkplan_id) as write:
        found = rows.partners(write.conn, wijkplan_id)
        _find(found, partner_id)
        text = check_named(name, "name", _("Naam"), limit=LONGEST_PARTNER)
        _refuse_double(found, text, but=partner_id)
        rows.change_partner(write.conn, partner_id, {"name": text})
        write.journal("rename_partner", partner_id)


def archive_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str) -> None:
    """Take a partner out of the lists; what it did stays. A lead that is archived leads no longer.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    with changing(store, actor, wijkplan_id) as write:
        _find(rows.partners(write.conn, wijkplan_id), partner_id)
        rows.change_partner(write.conn, partner_id, {"archived_at": write.now, "is_lead": False})
        write.journal("archive_partner", partner_id)


def restore_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str) -> None:
    """Bring an archived partner back.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    with changing(store, actor, wijkplan_id) as write:
        _find(rows.partners(write.conn, wijkplan_id), partner_id)
        rows.change_partner(write.conn, partner_id, {"archived_at": None})
        write.journal("restore_partner", partner_id)


def set_lead(store: Store, actor: Actor, wijkplan_id: str, partner_id: str | None) -> None:
    """Let a partner lead; None: the municipality leads.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    with changing(store, actor, wijkplan_id) as write:
        if partner_id is not None and _find(rows.partners(write.conn, wijkplan_id), partner_id).is_archived:
            raise NotFound()
        rows.put_lead(write.conn, wijkplan_id, partner_id)
        write.journal("set_lead", partner_id or "")


def add_group(store: Store, actor: Actor, wijkplan_id: str, name: str) -> str:
    """Add a group people can choose when they join; returns its id. A name that was archived comes back.

    Raises:
        NotFound: not the owner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    with changing(store, actor, wijkplan_id) as write:
        text = check_named(name, "name", _("Naam"), limit=LONGEST_NAME)
        group_id = _add(write, rows.groups(write.conn, wijkplan_id), text, rows.add_group, rows.change_group)
        write.journal("add_group", group_id)
    return group_id


def rename_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str, name: str) -> None:
    """Give a group another name. Ballots that were cast keep the name of then.

    Raises:
        NotFound: not the owner, or no such group.
        WorkshopError: a name that cannot be used or stands there already.
    """
    with changing(store, actor, wijkplan_id) as write:
        found = rows.groups(write.conn, wijkplan_id)
        _find(found, group_id)
        text = check_named(name, "name", _("Naam"), limit=LONGEST_NAME)
        _refuse_double(found, text, but=group_id)
        rows.change_group(write.conn, group_id, {"name": text})
        write.journal("rename_group", group_id)


def archive_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str) -> None:
    """Take a group out of the choice at the door; who is in it stays in it.

    Raises:
        NotFound: not the owner, or no such group.
        Refused: it is the last one.
    """
    with changing(store, actor, wijkplan_id) as write:
        found = rows.groups(write.conn, wijkplan_id)
        _find(found, group_id)
        if all(row.is_archived or row.id == group_id for row in found):
            raise Refused(
                _("Dit is de laatste groep. Deelnemers moeten er één kunnen kiezen; voeg eerst een andere toe.")
            )
        rows.change_group(write.conn, group_id, {"archived_at": write.now})
        write.journal("archive_group", group_id)


def restore_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str) -> None:
    """Bring an archived group back.

    Raises:
        NotFound: not the owner, or no such group.
    """
    with changing(store, actor, wijkplan_id) as write:
        _find(rows.groups(write.conn, wijkplan_id), group_id)
        rows.change_group(write.conn, group_id, {"archived_at": None})
        write.journal("restore_group", group_id)


def move_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str, position: int) -> None:
    """Put a group at a place (0 = first) in the list at the door; beyond the end is last.

    Raises:
        NotFound: not the owner, or no such group.
    """
    with changing(store, actor, wijkplan_id) as write:
        found = rows.groups(write.conn, wijkplan_id)
        _find(found, group_id)
        order = [row.id for row in found if row.id != group_id]
        order.insert(max(0, position), group_id)
        rows.put_group_order(write.conn, order)
        write.journal("move_group", group_id, details={"position": position})
