"""Herkomst: where an item came from, what became of it, and what has no voice behind it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from workshop.actions.people.gate import owner_key, require_role
from workshop.actions.thread.material import READABLE, kept_thread, read_thread
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.details import Authority, Details
from workshop.domain.thread.herkomst import (
    Node,
    backwards,
    chain_line,
    fate_line,
    forwards,
    would_circle,
)
from workshop.domain.thread.items import LONGEST_TEXT, Environment, Item, ItemKind, ItemState
from workshop.domain.thread.written import Written
from workshop.domain.wijkplan.order import SPRINTS
from workshop.locale import _, format_date
from workshop.screening.free_text import check_free_text
from workshop.store import Conn, Store, items, sprints
from workshop.store.writing import writing

#: Longest words with an authority, in characters.
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Herkomst:
    """All the page of one item needs. ``before`` and ``after`` are layers, nearest first, without the item itself."""

    node: Node
    line: str
    fate: str
    before: tuple[tuple[Node, ...], ...]
    after: tuple[tuple[Node, ...], ...]


@dataclass(frozen=True)
class Fate:
    """What became of one own contribution: its text and the line in words."""

    item_id: str
    text: str
    line: str


def read_graph(conn: Conn, wijkplan_id: str, *, within: str | None = None) -> dict[str, Node]:
    """Every item of a wijkplan, in whatever state, with its origins and last decision; five statements.

    What a practice evening made counts only ``within`` that session itself.
    """
    return read_thread(conn, wijkplan_id, within=within).graph


def see_herkomst(store: Store, actor: Actor, wijkplan_id: str, item_id: str, *, within: str | None = None) -> Herkomst:
    """One item with everything before and after it; for anybody with a role in the wijkplan."""
    graph = see_graph(store, actor, wijkplan_id, within=within)
    if item_id not in graph:
        raise NotFound()
    return Herkomst(
        node=graph[item_id],
        line=chain_line(graph, item_id, format_date),
        fate=fate_line(graph, item_id),
        before=tuple(backwards(graph, item_id)[1:]),
        after=tuple(forwards(graph, item_id)[1:]),
    )


def see_graph(store: Store, actor: Actor, wijkplan_id: str, *, within: str | None = None) -> dict[str, Node]:
    """The whole chain of a wijkplan, for choosing an item or an origin. ``within``: see :func:`read_graph`."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return kept_thread(conn, wijkplan_id, within=within).graph


def fate_of_own(store: Store, token: str, session_id: str) -> list[Fate]:
    """What became of a participant's own notes in one session, oldest first; only the own cookie leads to it.

    Only what has something to tell: a decision, or something that came from it. What the facilitator did not let the
    room see, and what was withdrawn, tells nothing further.
    """
    with store.read() as conn:
        own = items.owned(conn, owner_key(token, session_id))
        if not own:
            return []
        graph = kept_thread(conn, own[0].wijkplan_id).graph
    told = []
    for item in own:
        if item.state not in READABLE or item.id not in graph:
            continue
        if graph[item.id].goes_on is not None or len(forwards(graph, item.id)) > 1:
            told.append(Fate(item.id, item.text, fate_line(graph, item.id)))
    return told


# -- at the desk -------------------------------------------------------------------------------------------------------


def add_from_desk(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    kind: ItemKind,
    written: Written,
    sprint: int,
    origin: Collection[str] = (),
    authority: Authority | None = None,
    authority_note: str = "",
    confirmed: bool = False,
) -> str:
    """Add an item to a sprint at the desk; it points back to an earlier item, or names the authority it rests on.

    Raises:
        Refused: neither an origin nor an authority (from sprint 2 on: the chain rule, domain paper 1).
        PersonalData: a text seems to hold data about a person.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in SPRINTS:
        raise WorkshopError(_("Kies een sprint van 1 tot en met 7."), field="sprint")
    kept = check_free_text(written.text, confirmed=confirmed, limit=LONGEST_TEXT, field="text")
    note = ""
    if authority is not None and authority_note.strip():
        note = check_free_text(
            authority_note, confirmed=confirmed, limit=LONGEST_NOTE, multiline=False, field="authority_note"
        )
    if not origin and authority is None and sprint > 1:
        raise Refused(
            _(
                "Kies waar dit vandaan komt. Komt het niet uit de wijk, kies dan de wettelijke taak, de driehoek of "
                "de raad."
            ),
            field="origin",
        )
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        _known(items.items_by_id(write.conn, list(origin)), wijkplan_id, origin)
        item_id = items.add_item(
            write.conn,
            wijkplan_id=wijkplan_id,
            kind=kind,
            state=ItemState.RELEASED,
            text=kept,
            environments=sorted(Environment(e) for e in written.environments),
            details=Details(authority=authority, authority_note=note),
            source="desk",
            sprint=sprint,
            created_at=write.now,
            origin=origin,
        )
        write.journal("item.add", item_id, details={"kind": kind.value, "sprint": sprint})
        return item_id


def point_back(
    store: Store,
    actor: Actor,
    item_id: str,
    *,
    origin: Sequence[str],
    authority: Authority | None = None,
    authority_note: str = "",
    confirmed: bool = False,
) -> None:
    """Say what an item came from: earlier items, an authority, or both. What stood there before is replaced.

    Raises:
        Refused: an item would become its own ancestor, or a merged item would lose what it was made of.
    """
    note = ""
    if authority is not None and authority_note.strip():
        note = check_free_text(authority_note, confirmed=confirmed, limit=LONGEST_NOTE, multiline=False)
    with store.read() as conn:
        found = items.item(conn, item_id)
    if found is None:
        raise NotFound()
    staff = require_role(actor, found.wijkplan_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=found.wijkplan_id) as write:
        wanted = list(dict.fromkeys(origin))
        _known(items.items_by_id(write.conn, wanted), found.wijkplan_id, wanted)
        graph = read_graph(write.conn, found.wijkplan_id)
        if would_circle(graph, item_id, wanted):
            raise Refused(
                _("Dit kan niet: dan komt iets uit zichzelf voort. Kies een ouder onderwerp."), field="origin"
            )
        parts = {i.id for i in items.items_by_id(write.conn, list(found.origin)) if i.merged_into == item_id}
        if not parts <= set(wanted):
            raise Refused(
                _("Dit onderwerp is samengevoegd uit andere kaartjes. Die horen erbij; kies ze ook."), field="origin"
            )
        details = replace(found.details, authority=authority, authority_note=note)
        if details != found.details:
            items.change_item(write.conn, item_id, by=write.actor, at=write.now, details=details)
        sprints.replace_origins(write.conn, item_id, wanted)
        write.journal("item.point_back", item_id, details={"origins": len(wanted)})


def _known(found: list[Item], wijkplan_id: str, wanted: Collection[str]) -> None:
    if len(found) != len(set(wanted)) or any(item.wijkplan_id != wijkplan_id for item in found):
        raise NotFound()
