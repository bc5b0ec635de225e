"""Partner organisations and the groups people choose from at the door; the owner of the wijkplan changes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from workshop.actions.people.gate import require_role
from workshop.actions.wijkplan.definitions import check_named
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


@dataclass(frozen=True)
class _Names:
    """One of the two lists of names: how it is read and changed, and the word for it in the journal."""

    word: str
    longest: int
    read: Callable[[Any, str], list[NamedRow]]
    insert: Callable[..., None]
    change: Callable[[Any, str, dict[str, Any]], None]

    def add(self, store: Store, actor: Actor, wijkplan_id: str, raw: str) -> str:
        """Add a name, or bring back the archived row that bears it already."""
        with changing(store, actor, wijkplan_id) as write:
            name, found = self._checked(raw), self.read(write.conn, wijkplan_id)
            same = next((row for row in found if same_text(row.name, name)), None)
            if same is not None and same.is_archived:
                self.change(write.conn, same.id, {"archived_at": None})
                row_id = same.id
            else:
                _refuse_double(found, name)
                if len(found) >= MOST_NAMES:
                    raise WorkshopError(
                        _("De lijst is vol. Archiveren maakt geen plaats; hernoem een naam die je niet gebruikt.")
                    )
                row_id = uuid4().hex
                last = max((row.position for row in found), default=-1)
                self.insert(write.conn, wijkplan_id, row_id, name, last + 1)
            write.journal(f"{self.word}.add", row_id)
        return row_id

    def rename(self, store: Store, actor: Actor, wijkplan_id: str, row_id: str, raw: str) -> None:
        with changing(store, actor, wijkplan_id) as write:
            found = self.read(write.conn, wijkplan_id)
            _find(found, row_id)
            name = self._checked(raw)
            _refuse_double(found, name, but=row_id)
            self.change(write.conn, row_id, {"name": name})
            write.journal(f"{self.word}.rename", row_id)

    def restore(self, store: Store, actor: Actor, wijkplan_id: str, row_id: str) -> None:
        with changing(store, actor, wijkplan_id) as write:
            _find(self.read(write.conn, wijkplan_id), row_id)
            self.change(write.conn, row_id, {"archived_at": None})
            write.journal(f"{self.word}.restore", row_id)

    def _checked(self, raw: str) -> str:
        return check_named(raw, "name", _("Naam"), limit=self.longest)


def _refuse_double(found: Iterable[NamedRow], name: str, *, but: str | None = None) -> None:
    if any(row.id != but and same_text(row.name, name) for row in found):
        raise WorkshopError(_("Deze naam staat al in de lijst. Kies een andere."), field="name")


_PARTNERS = _Names("partner", LONGEST_PARTNER, rows.partners, rows.add_partner, rows.change_partner)
_GROUPS = _Names("group", LONGEST_NAME, rows.groups, rows.add_group, rows.change_group)


def add_partner(store: Store, actor: Actor, wijkplan_id: str, name: str) -> str:
    """Add a partner organisation; returns its id. A name that was archived comes back.

    Raises:
        NotFound: not the owner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    return _PARTNERS.add(store, actor, wijkplan_id, name)


def rename_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str, name: str) -> None:
    """Give a partner another name.

    Raises:
        NotFound: not the owner, or no such partner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    _PARTNERS.rename(store, actor, wijkplan_id, partner_id, name)


def archive_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str) -> None:
    """Take a partner out of the lists; what it did stays. A lead that is archived leads no longer.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    with changing(store, actor, wijkplan_id) as write:
        _find(rows.partners(write.conn, wijkplan_id), partner_id)
        rows.change_partner(write.conn, partner_id, {"archived_at": write.now, "is_lead": False})
        write.journal("partner.archive", partner_id)


def restore_partner(store: Store, actor: Actor, wijkplan_id: str, partner_id: str) -> None:
    """Bring an archived partner back.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    _PARTNERS.restore(store, actor, wijkplan_id, partner_id)


def set_lead(store: Store, actor: Actor, wijkplan_id: str, partner_id: str | None) -> None:
    """Let a partner lead; None: the municipality leads.

    Raises:
        NotFound: not the owner, or no such partner.
    """
    with changing(store, actor, wijkplan_id) as write:
        if partner_id is not None and _find(rows.partners(write.conn, wijkplan_id), partner_id).is_archived:
            raise NotFound()
        rows.put_lead(write.conn, wijkplan_id, partner_id)
        write.journal("partner.lead", partner_id or "")


def add_group(store: Store, actor: Actor, wijkplan_id: str, name: str) -> str:
    """Add a group people can choose when they join; returns its id. A name that was archived comes back.

    Raises:
        NotFound: not the owner.
        WorkshopError: a name that cannot be used or stands there already.
    """
    return _GROUPS.add(store, actor, wijkplan_id, name)


def rename_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str, name: str) -> None:
    """Give a group another name. Ballots that were cast keep the name of then.

    Raises:
        NotFound: not the owner, or no such group.
        WorkshopError: a name that cannot be used or stands there already.
    """
    _GROUPS.rename(store, actor, wijkplan_id, group_id, name)


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
        write.journal("group.archive", group_id)


def restore_group(store: Store, actor: Actor, wijkplan_id: str, group_id: str) -> None:
    """Bring an archived group back.

    Raises:
        NotFound: not the owner, or no such group.
    """
    _GROUPS.restore(store, actor, wijkplan_id, group_id)


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
        write.journal("group.move", group_id, details={"position": position})
