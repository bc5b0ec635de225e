"""Items: what the room produced, its earlier forms, where it came from, and what was decided about it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, or_, select, update

from workshop.domain.thread.basis import BASIS, as_details, read_basis
from workshop.domain.thread.details import Authority, Details
from workshop.domain.thread.items import Environment, Item, ItemKind, ItemState, Moment, Tone
from workshop.store import schema as t
from workshop.store.rooms import new_id

#: The columns that make up the form of an item: what a version keeps and an undo restores.
FORM = ("state", "text", "environments", "tone", "moment", "details", "merged_into")


@dataclass(frozen=True)
class Decided:
    """A decision about an item in a ``sprint``: at the end of a step, or at the desk (no ``step_id``)."""

    item_id: str
    kind: ItemKind
    step_id: str | None
    sprint: int
    goes_on: bool
    reason: str
    score: str
    decided_at: datetime


@dataclass(frozen=True)
class Verdict:
    """What is decided about one item: whether it goes on, else why not, and its score in words."""

    item_id: str
    goes_on: bool
    reason: str = ""
    score: str = ""


# -- details, as the column holds them -----------------------------------------------------------------------------


def _read_authority(kept: object) -> Authority | None:
    return Authority(kept) if isinstance(kept, str) and kept in set(Authority) else None


def _read_text(kept: object) -> str | None:
    return kept if isinstance(kept, str) else None


def _read_fields(kept: object) -> Mapping[str, Any] | None:
    return kept if isinstance(kept, Mapping) else None


#: How each name in the column is read; None is what this program cannot read.
_READERS: Mapping[str, Callable[[object], object]] = {
    "form": _read_text,
    "lesson": _read_text,
    "fields": _read_fields,
    "translation": _read_text,
    "authority": _read_authority,
    "authority_note": _read_text,
    BASIS: read_basis,
}


def _read_details(kept: Mapping[str, Any]) -> Details:
    """Details out of their JSON; what this program does not know or cannot read is kept in ``others`` as it was."""
    found = {name: _READERS[name](value) for name, value in kept.items() if name in _READERS}
    read: dict[str, Any] = {name: value for name, value in found.items() if value is not None}
    return Details(**read, others={name: value for name, value in kept.items() if name not in read})


def _kept_details(details: Details) -> dict[str, Any]:
    """Details as JSON: what is empty is left out, so that the same details are always the same value."""
    known = {
        "form": details.form,
        "lesson": details.lesson,
        "fields": dict(details.fields),
        "translation": details.translation,
        "authority": details.authority.value if details.authority else None,
        "authority_note": details.authority_note,
        BASIS: as_details(details.basis) if details.basis else None,
    }
    return {**details.others, **{name: value for name, value in known.items() if value}}


def emptied() -> dict[str, Any]:
    """What stands in an item or an earlier form of it once its words are gone: nothing, also beside the text."""
    return {"text": "", "details": _kept_details(Details())}


def _item(row: Row[Any], origin: Sequence[str]) -> Item:
    return Item(
        id=row.id,
        wijkplan_id=row.wijkplan_id,
        kind=ItemKind(row.kind),
        text=row.text,
        state=ItemState(row.state),
        environments=frozenset(Environment(e) for e in row.environments),
        tone=Tone(row.tone) if row.tone else None,
        moment=Moment(row.moment) if row.moment else None,
        details=_read_details(row.details),
        group=row.group_label,
        source=row.source,
        sprint=row.sprint,
        session_id=row.session_id,
        step_id=row.step_id,
        round_id=row.round_id,
        merged_into=row.merged_into,
        origin=tuple(origin),
        created_at=row.created_at,
        version=row.version,
    )


def _with_origins(conn: Connection, query: Select[Any], *, lock: bool = False) -> list[Item]:
    """The items that ``query`` finds, with what they came from: two statements, however many they are."""
    rows = conn.execute(query.with_for_update() if lock else query).all()
    if not rows:
        return []
    asked = query.with_only_columns(t.item.c.id).order_by(None)
    origins: dict[str, list[str]] = {}
    for link in conn.execute(
        select(t.item_origin.c.item_id, t.item_origin.c.origin_id)
        .where(t.item_origin.c.item_id.in_(asked))
        .order_by(t.item_origin.c.origin_id)
    ):
        origins.setdefault(link.item_id, []).append(link.origin_id)
    return [_item(row, origins.get(row.id, ())) for row in rows]


def item(conn: Connection, item_id: str, *, lock: bool = False) -> Item | None:
    return next(iter(_with_origins(conn, select(t.item).where(t.item.c.id == item_id), lock=lock)), None)


def items_by_id(conn: Connection, item_ids: Sequence[str]) -> list[Item]:
    """Items in the order of ``item_ids``; ids that do not exist are left out."""
    if not item_ids:
        return []
    found = {item.id: item for item in _with_origins(conn, select(t.item).where(t.item.c.id.in_(list(item_ids))))}
    return [found[i] for i in item_ids if i in found]


def items_of(
    conn: Connection,
    *,
    wijkplan_id: str | None = None,
    step_id: str | None = None,
    session_id: str | None = None,
    states: Collection[ItemState] | None = None,
    kinds: Collection[ItemKind] | None = None,
) -> list[Item]:
    """Items of a wijkplan, of one step or of all steps of a session, oldest first."""
    query = select(t.item).order_by(t.item.c.created_at, t.item.c.id)
    if wijkplan_id is not None:
        query = query.where(t.item.c.wijkplan_id == wijkplan_id)
    if step_id is not None:
        query = query.where(t.item.c.step_id == step_id)
    if session_id is not None:
        query = query.where(t.item.c.step_id.in_(select(t.step.c.id).where(t.step.c.session_id == session_id)))
    if states is not None:
        query = query.where(t.item.c.state.in_([s.value for s in states]))
    if kinds is not None:
        query = query.where(t.item.c.kind.in_([k.value for k in kinds]))
    return _with_origins(conn, query)


def count_by_state(conn: Connection, step_ids: Collection[str]) -> dict[ItemState, int]:
    """How many items of these steps are in each state."""
    rows = conn.execute(
        select(t.item.c.state, func.count()).where(t.item.c.step_id.in_(list(step_ids))).group_by(t.item.c.state)
    )
    return {ItemState(state): n for state, n in rows}


def owned(conn: Connection, owner_key: bytes) -> list[Item]:
    """The notes of one owner, oldest first."""
    return _with_origins(conn, select(t.item).where(t.item.c.owner_key == owner_key).order_by(t.item.c.created_at))


def owner_key_of(conn: Connection, item_id: str) -> bytes | None:
    found = conn.execute(select(t.item.c.owner_key).where(t.item.c.id == item_id)).scalar()
    return None if found is None else bytes(found)


def by_note_id(conn: Connection, owner_key: bytes, note_id: str) -> Item | None:
    """The note that a phone already sent under this id."""
    found = _with_origins(conn, select(t.item).where(t.item.c.owner_key == owner_key, t.item.c.note_id == note_id))
    return found[0] if found else None


def add_item(conn: Connection, *, origin: Iterable[str] = (), details: Details | None = None, **values: Any) -> str:
    """Insert an item and the items it came from; returns its id."""
    values.setdefault("id", new_id())
    values.setdefault("environments", [])
    values.setdefault("version", 1)
    values.setdefault("needs_care", False)
    values.setdefault("source", "room")
    conn.execute(insert(t.item).values(**values, details=_kept_details(details or Details())))
    links = [{"item_id": values["id"], "origin_id": o} for o in dict.fromkeys(origin)]
    if links:
        conn.execute(insert(t.item_origin), links)
    return str(values["id"])


def change_item(conn: Connection, item_id: str, *, by: str | None, at: datetime, **values: Any) -> None:
    """Change the form of an item; the form before is kept as a version, never overwritten."""
    row = conn.execute(select(t.item).where(t.item.c.id == item_id).with_for_update()).one()
    before = {name: getattr(row, name) for name in FORM}
    conn.execute(
        insert(t.item_version).values(item_id=item_id, version=row.version, before=before, changed_by=by, changed_at=at)
    )
    if "details" in values:
        values["details"] = _kept_details(values["details"])
    conn.execute(update(t.item).where(t.item.c.id == item_id).values(**values, version=row.version + 1))


def form_before(conn: Connection, item_id: str) -> dict[str, Any] | None:
    """The form of the item before its last change, or None when it never changed."""
    row = conn.execute(
        select(t.item_version.c.before)
        .where(t.item_version.c.item_id == item_id)
        .order_by(t.item_version.c.version.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    told = {"details": _read_details(row.before["details"])} if "details" in row.before else {}
    return {**row.before, **told}


def erase_versions(conn: Connection, item_id: str) -> None:
    """Empty the texts of earlier forms (the writer took the note back); that they existed stays."""
    rows = conn.execute(select(t.item_version).where(t.item_version.c.item_id == item_id)).all()
    for row in rows:
        conn.execute(
            update(t.item_version)
            .where(t.item_version.c.item_id == item_id, t.item_version.c.version == row.version)
            .values(before={**row.before, **emptied()})
        )


def erase_item(conn: Connection, item_id: str) -> None:
    """Take the text out of an item for good: a tombstone stays, so that counts and the chain stay whole."""
    conn.execute(update(t.item).where(t.item.c.id == item_id).values(**emptied(), state=ItemState.WITHDRAWN))
    erase_versions(conn, item_id)


def is_cared_for(conn: Connection, item_ids: Collection[str]) -> set[str]:
    """Which of these items were flagged when they were written (somebody may need help)."""
    rows = conn.execute(select(t.item.c.id).where(t.item.c.id.in_(list(item_ids)), t.item.c.needs_care.is_(True)))
    return {row.id for row in rows}


# -- decisions -----------------------------------------------------------------------------------------------------


def latest_decisions(conn: Connection, wijkplan_id: str, *, within: str | None = None) -> dict[str, Decided]:
    """What holds for every item of a wijkplan that was ever decided about, by item id. See :func:`all_decisions`."""
    return {d.item_id: d for d in all_decisions(conn, wijkplan_id, within=within)}


def all_decisions(conn: Connection, wijkplan_id: str, *, within: str | None = None) -> list[Decided]:
    """Every decision about items of a wijkplan, oldest first.

    Decisions of a practice evening count only ``within`` that session itself.
    """
    rows = conn.execute(
        _decisions()
        .where(t.item.c.wijkplan_id == wijkplan_id)
        .where(or_(t.session.c.id.is_(None), t.session.c.is_practice.is_(False), t.session.c.id == within))
        .order_by(t.decision.c.decided_at, t.decision.c.number)
    )
    return [_decided(r) for r in rows]


def _decisions() -> Select[Any]:
    """Decisions with the sprint they were taken in: that of the evening, or the one the desk decided about."""
    return (
        select(t.decision, t.item.c.kind, func.coalesce(t.session.c.sprint, t.decision.c.sprint).label("of_sprint"))
        .join(t.item, t.decision.c.item_id == t.item.c.id)
        .outerjoin(t.step, t.decision.c.step_id == t.step.c.id)
        .outerjoin(t.session, t.step.c.session_id == t.session.c.id)
    )


def _decided(row: Row[Any]) -> Decided:
    return Decided(
        row.item_id, ItemKind(row.kind), row.step_id, row.of_sprint or 0, row.goes_on, row.reason, row.score,
        row.decided_at,
    )  # fmt: skip


def decisions_of_step(conn: Connection, step_id: str) -> dict[str, Decided]:
    """The latest decision of one step about each item."""
    rows = conn.execute(_decisions().where(t.decision.c.step_id == step_id).order_by(t.decision.c.number))
    return {r.item_id: _decided(r) for r in rows}


def add_decisions(
    conn: Connection,
    verdicts: Sequence[Verdict],
    *,
    step_id: str | None = None,
    sprint: int | None = None,
    at: datetime,
    by: str,
) -> None:
    """Add what was decided in one go: at the end of a step, or without a step at the desk about a sprint.

    The decisions before stay; the number says which is the latest.

    Args:
        at: when (UTC).
        by: id of the account that decided.
    """
    if not verdicts:
        return
    number = _next_number(conn, step_id, [each.item_id for each in verdicts])
    here = {"step_id": step_id, "sprint": sprint, "number": number, "decided_at": at, "decided_by": by}
    conn.execute(insert(t.decision), [{"id": new_id(), **asdict(each), **here} for each in verdicts])


def _next_number(conn: Connection, step_id: str | None, item_ids: Collection[str]) -> int:
    """The next number of a step; without a step (at the desk) the next over the decisions there about these items."""
    query = select(func.max(t.decision.c.number)).where(t.decision.c.step_id == step_id)
    if step_id is None:
        query = query.where(t.decision.c.item_id.in_(list(item_ids)))
    return (conn.execute(query).scalar() or 0) + 1
