"""The wijkplan: where it is about, what was agreed with the commissioner, who takes part and who may do what in it.

Whoever holds a role in it may read; the owner changes. Roles are given by the owner, or by an administrator, so that a
wijkplan whose owner left is not lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from workshop.actions.people.gate import require_role, require_staff
from workshop.actions.wijkplan.definitions import (
    Definition,
    check_definition,
    check_named,
    check_optional,
    definition_from,
    definition_json,
)
from workshop.actions.wijkplan.partners import (
    LONGEST_NAME,
    LONGEST_PARTNER,
    changing,
    check_names,
    preset_groups,
)
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text, same_text
from workshop.locale import _
from workshop.store import Conn, Store
from workshop.store import wijkplannen as rows
from workshop.store.wijkplannen import AreaRow, MemberRow, NamedRow
from workshop.store.writing import Write, writing

LONGEST_TITLE = 200
MOST_AREAS = 50
RETENTION_MONTHS = (1, 24)
DEFAULT_RETENTION = 6

_CODE = re.compile(r"GM\d{4}|WK\d{6}|BU\d{8}")
_LEVELS = {"GM": "gemeente", "WK": "wijk", "BU": "buurt"}


@dataclass(frozen=True)
class PlanArea:
    """An area of the CBS list: ``GM0308``, ``WK030801`` or ``BU03080100`` with its name and level."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class NewWijkplan:
    """What is needed to make a wijkplan. ``lead`` is one of ``partners``. Areas or a theme: at least one of the two."""

    title: str
    municipality_code: str
    municipality_name: str
    areas: tuple[PlanArea, ...] = ()
    theme: str = ""
    definition: Definition = field(default_factory=Definition)
    partners: tuple[str, ...] = ()
    lead: str | None = None
    groups: tuple[str, ...] = ()
    retention_months: int = DEFAULT_RETENTION


@dataclass(frozen=True)
class Named:
    """A partner or a group of a wijkplan."""

    id: str
    name: str
    is_archived: bool = False
    is_lead: bool = False


@dataclass(frozen=True)
class Member:
    """Somebody with a role. ``is_active`` is false when the account was closed."""

    account_id: str
    display_name: str
    role: Role
    is_active: bool = True


@dataclass(frozen=True)
class WijkplanRow:
    """One line in the list of wijkplannen."""

    id: str
    title: str
    municipality_name: str
    area_names: tuple[str, ...]
    theme: str | None
    roles: frozenset[Role]
    sessions: int
    is_demo: bool
    is_archived: bool
    created_at: datetime


@dataclass(frozen=True)
class Wijkplan:
    """Everything about one wijkplan but its sessions. Partners and groups include the archived ones, in order."""

    id: str
    title: str
    municipality_code: str
    municipality_name: str
    areas: tuple[PlanArea, ...]
    theme: str | None
    definition: Definition
    partners: tuple[Named, ...]
    groups: tuple[Named, ...]
    members: tuple[Member, ...]
    retention_months: int
    joint_task: str | None
    is_demo: bool
    is_archived: bool

    @property
    def open_partners(self) -> tuple[Named, ...]:
        return tuple(partner for partner in self.partners if not partner.is_archived)

    @property
    def open_groups(self) -> tuple[Named, ...]:
        return tuple(group for group in self.groups if not group.is_archived)

    @property
    def lead(self) -> Named | None:
        """The partner that leads, or None: then the municipality does."""
        return next((partner for partner in self.open_partners if partner.is_lead), None)


# -- checks ------------------------------------------------------------------------------------------------------


def check_title(raw: str) -> str:
    return check_named(raw, "title", _("Titel"), limit=LONGEST_TITLE)


def check_retention(months: int) -> int:
    least, most = RETENTION_MONTHS
    if isinstance(months, bool) or not isinstance(months, int) or not least <= months <= most:
        raise WorkshopError(
            _("Bewaartermijn: kies een aantal maanden van {least} tot en met {most}.").format(least=least, most=most),
            field="retention_months",
        )
    return months


def check_areas(areas: Iterable[PlanArea], municipality_code: str, theme: str) -> tuple[PlanArea, ...]:
    """Areas without doubles, all in the municipality.

    Raises:
        WorkshopError: none while there is no theme either, too many, or one that lies elsewhere.
    """
    if not re.fullmatch(r"GM\d{4}", municipality_code):
        raise WorkshopError(_("Gemeente: kies een gemeente uit de lijst."), field="municipality")
    chosen = {area.code: area for area in areas}
    if not chosen and not theme:
        raise WorkshopError(
            _("Gebied: kies minstens één wijk of buurt, of vul een thema in voor de hele gemeente."), field="areas"
        )
    if len(chosen) > MOST_AREAS:
        raise WorkshopError(_("Gebied: kies er hooguit {n}.").format(n=MOST_AREAS), field="areas")
    for area in chosen.values():
        if not _CODE.fullmatch(area.code) or _LEVELS[area.code[:2]] != area.level or not area.name:
            raise WorkshopError(_("Gebied: kies een wijk of buurt uit de lijst."), field="areas")
        if area.code[2:6] != municipality_code[2:6]:
            raise WorkshopError(
                _("Gebied: {area} ligt niet in de gekozen gemeente. Haal het weg.").format(area=area.name),
                field="areas",
            )
    return tuple(chosen.values())


# -- making and changing -----------------------------------------------------------------------------------------


def make_wijkplan(store: Store, actor: Actor, new: NewWijkplan, *, confirmed: bool = False) -> str:
    """Make a wijkplan and become its owner; returns its id.

    Without groups the preset ones are taken. Anybody with an account may make one; nobody else sees it until the owner
    gives a role.

    Raises:
        NotFound: nobody with an account.
        WorkshopError: a value that cannot be used, with its field.
    """
    staff = require_staff(actor)
    title = check_title(new.title)
    theme = check_optional(new.theme, "theme", _("Thema"), LONGEST_TITLE, confirmed=confirmed, multiline=False)
    areas = check_areas(new.areas, new.municipality_code, theme)
    definition = check_definition(new.definition, confirmed=confirmed)
    months = check_retention(new.retention_months)
    partners = check_names(new.partners, "partners", _("Partners"), LONGEST_PARTNER)
    groups = check_names(new.groups or preset_groups(), "groups", _("Groepen"), LONGEST_NAME)
    wijkplan_id = uuid4().hex
    with store.write() as conn:
        now = store.now()
        write = Write(conn, now, staff.account_id, wijkplan_id)
        rows.add_plan(
            conn,
            {
                "id": wijkplan_id,
                "title": title,
                "municipality_code": new.municipality_code,
                "municipality_name": clean_text(new.municipality_name, limit=120, multiline=False),
                "theme": theme or None,
                "definition": definition_json(definition),
                "retention_months": months,
                "is_demo": False,
                "revision": 1,
                "created_at": now,
            },
        )
        rows.put_areas(conn, wijkplan_id, [AreaRow(area.code, area.name, area.level) for area in areas])
        for position, name in enumerate(partners):
            partner_id = uuid4().hex
            rows.add_partner(conn, wijkplan_id, partner_id, name, position)
            if new.lead is not None and same_text(name, new.lead):
                rows.put_lead(conn, wijkplan_id, partner_id)
        for position, name in enumerate(groups):
            rows.add_group(conn, wijkplan_id, uuid4().hex, name, position)
        rows.add_member(conn, wijkplan_id, staff.account_id, Role.OWNER)
        write.journal("wijkplan.make", wijkplan_id)
    return wijkplan_id


def change_wijkplan(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    title: str | None = None,
    areas: Iterable[PlanArea] | None = None,
    theme: str | None = None,
    definition: Definition | None = None,
    retention_months: int | None = None,
    confirmed: bool = False,
) -> None:
    """Change what is given; None leaves a part as it is, an empty theme takes it away. The municipality stays.

    Raises:
        NotFound: not the owner.
        WorkshopError: a value that cannot be used, or the wijkplan is archived.
    """
    with changing(store, actor, wijkplan_id) as write:
        now = rows.plan(write.conn, wijkplan_id)
        if now is None:  # the lock was taken, so it is there; this is for the type checker
            raise NotFound()
        values: dict[str, Any] = {}
        if title is not None:
            values["title"] = check_title(title)
        if theme is not None:
            text = check_optional(theme, "theme", _("Thema"), LONGEST_TITLE, confirmed=confirmed, multiline=False)
            values["theme"] = text or None
        if definition is not None:
            values["definition"] = definition_json(check_definition(definition, confirmed=confirmed))
        if retention_months is not None:
            values["retention_months"] = check_retention(retention_months)
        if areas is not None or theme is not None:
            stored = rows.areas(write.conn, [wijkplan_id]).get(wijkplan_id, [])
            wanted = [PlanArea(area.code, area.name, area.level) for area in stored] if areas is None else areas
            kept = check_areas(wanted, now.municipality_code, str(values.get("theme", now.theme) or ""))
            rows.put_areas(write.conn, wijkplan_id, [AreaRow(area.code, area.name, area.level) for area in kept])
        rows.change_plan(write.conn, wijkplan_id, values)
        write.journal(
            "wijkplan.change",
            wijkplan_id,
            details={"parts": sorted([*values, *(["areas"] if areas is not None else [])])},
        )


def archive_wijkplan(store: Store, actor: Actor, wijkplan_id: str) -> None:
    """Put a wijkplan away; nothing in it is lost. Undo: :func:`restore_wijkplan`.

    Raises:
        NotFound: not the owner.
    """
    _put_away(store, actor, wijkplan_id, is_archived=True)


def restore_wijkplan(store: Store, actor: Actor, wijkplan_id: str) -> None:
    """Take a wijkplan out of the archive.

    Raises:
        NotFound: not the owner.
    """
    _put_away(store, actor, wijkplan_id, is_archived=False)


def _put_away(store: Store, actor: Actor, wijkplan_id: str, *, is_archived: bool) -> None:
    owner = require_role(actor, wijkplan_id, Role.OWNER)
    with writing(store, owner.account_id, wijkplan_id=wijkplan_id) as write:
        rows.change_plan(write.conn, wijkplan_id, {"archived_at": write.now if is_archived else None})
        write.journal("wijkplan.archive" if is_archived else "wijkplan.restore", wijkplan_id)


# -- reading -----------------------------------------------------------------------------------------------------


def see_wijkplannen(store: Store, actor: Actor) -> list[WijkplanRow]:
    """The wijkplannen in which the actor holds a role, newest first, archived ones last.

    Raises:
        NotFound: nobody with an account.
    """
    staff = require_staff(actor)
    if not staff.roles:
        return []
    with store.read() as conn:
        found = rows.plans(conn, only=list(staff.roles))
        areas = rows.areas(conn, list(staff.roles))
        sessions = rows.count_sessions(conn, list(staff.roles))
    listed = [
        WijkplanRow(
            id=row.id,
            title=row.title,
            municipality_name=row.municipality_name,
            area_names=tuple(area.name for area in areas.get(row.id, [])),
            theme=row.theme,
            roles=staff.roles[row.id],
            sessions=sessions.get(row.id, 0),
            is_demo=row.is_demo,
            is_archived=row.archived_at is not None,
            created_at=row.created_at,
        )
        for row in found
    ]
    return sorted(listed, key=lambda row: row.is_archived)


def see_wijkplan(store: Store, actor: Actor, wijkplan_id: str) -> Wijkplan:
    """One wijkplan.

    Raises:
        NotFound: no role in it, or no such wijkplan.
    """
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return read_wijkplan(conn, wijkplan_id)


def read_wijkplan(conn: Conn, wijkplan_id: str) -> Wijkplan:
    """The same inside an open transaction, for reads that have checked already.

    Raises:
        NotFound: no such wijkplan.
    """
    found = rows.plan(conn, wijkplan_id)
    if found is None:
        raise NotFound()
    partners, groups = rows.partners_and_groups(conn, wijkplan_id)
    return Wijkplan(
        id=found.id,
        title=found.title,
        municipality_code=found.municipality_code,
        municipality_name=found.municipality_name,
        areas=tuple(
            PlanArea(area.code, area.name, area.level) for area in rows.areas(conn, [wijkplan_id]).get(wijkplan_id, [])
        ),
        theme=found.theme,
        definition=definition_from(found.definition),
        partners=_named(partners),
        groups=_named(groups),
        members=tuple(_member(row) for row in rows.members(conn, wijkplan_id)),
        retention_months=found.retention_months,
        joint_task=found.joint_task,
        is_demo=found.is_demo,
        is_archived=found.archived_at is not None,
    )


def _named(found: Iterable[NamedRow]) -> tuple[Named, ...]:
    return tuple(Named(row.id, row.name, row.is_archived, row.is_lead) for row in found)


def _member(row: MemberRow) -> Member:
    return Member(row.account_id, row.display_name, row.role, row.is_active)
