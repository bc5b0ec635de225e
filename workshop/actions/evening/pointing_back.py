"""New items point back: what a step is about, what still points to nothing, and linking many at once.

The chain rule (domain paper 1.1): every new item points back to at least one earlier item. A note from a phone gets its
origin from the step it was written in; what has none is shown at the end of the step and linked in one go.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from workshop.actions.evening.steps import about_of, carried_items, step_for, step_write
from workshop.actions.thread.herkomst import read_graph
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.herkomst import would_circle
from workshop.domain.thread.items import Item, ItemKind, ItemState
from workshop.locale import _
from workshop.store import Conn, Store, items, rooms, sprints
from workshop.store.writing import Write

#: Kinds that need no earlier item: what is put aside is no result.
_EXEMPT = frozenset({ItemKind.PARKED})
#: States of an item that can still point somewhere.
_LIVING = (ItemState.WAITING, ItemState.RELEASED, ItemState.HIDDEN)


@dataclass(frozen=True)
class StepAbout:
    """What a step is about and could be about: items beside the work first, then what goes on, then the rest."""

    step_id: str
    chosen: tuple[str, ...]
    options: tuple[Item, ...]


def see_about(store: Store, actor: Actor, step_id: str) -> StepAbout:
    """What the notes of a step point back to, and what else they could; for a facilitator."""
    with store.read() as conn:
        _staff, session, step = step_for(conn, actor, step_id, Role.FACILITATOR)
        last = rooms.last_round(conn, step_id)
        beside = list(last.items) if last else [i.id for i in carried_items(conn, session.wijkplan_id, step)]
        decided = items.latest_decisions(conn, session.wijkplan_id, within=session.id)
        practice = {s.id for s in rooms.sessions_of(conn, session.wijkplan_id) if s.is_practice} - {session.id}
        released = items.items_of(conn, wijkplan_id=session.wijkplan_id, states=[ItemState.RELEASED])
    going_on = {i for i, decision in decided.items() if decision.goes_on}
    return about_from(step, last, beside, [item for item in released if item.session_id not in practice], going_on)


def about_from(
    step: Step, last: Round | None, beside: Sequence[str], released: Iterable[Item], going_on: Collection[str]
) -> StepAbout:
    """The same from what was read before: what lies beside the work, what the room may see, and the ids that go on."""
    chosen = about_of(step, last)
    if step.about is None and last is None:
        chosen = tuple(beside) if len(beside) == 1 else ()
    first = {i: n for n, i in enumerate(dict.fromkeys([*chosen, *beside]))}
    found = [item for item in released if item.step_id != step.id]
    found.sort(key=lambda i: (first.get(i.id, len(first)), i.id not in going_on, i.text.casefold()))
    return StepAbout(step.id, chosen, tuple(found))


def set_about(store: Store, actor: Actor, step_id: str, item_ids: Sequence[str]) -> int:
    """Say on which items a step works: every note that is written from now on points back to them.

    Notes of the step that pointed to nothing so far point to them as well. An empty choice: the notes get no origin.

    Returns:
        how many notes that were there already point back now.

    Raises:
        NotFound: an item is not one of this wijkplan, or the step made it itself.
    """
    wanted = list(dict.fromkeys(item_ids))
    with step_write(store, actor, step_id) as (write, session, _step):
        found = items.items_by_id(write.conn, wanted)
        if len(found) != len(wanted) or any(
            i.wijkplan_id != session.wijkplan_id or i.state is not ItemState.RELEASED or i.step_id == step_id
            for i in found
        ):
            raise NotFound()
        rooms.change_step(write.conn, step_id, about=wanted)
        linked = 0
        if wanted:
            graph = read_graph(write.conn, session.wijkplan_id, within=session.id)
            for item in items.items_of(write.conn, step_id=step_id, states=_LIVING):
                if _rests_on_nothing(item) and not would_circle(graph, item.id, wanted):
                    sprints.replace_origins(write.conn, item.id, wanted)
                    linked += 1
        write.changed(session.id, "notes")
        write.journal("step.about", step_id, details={"items": len(wanted), "linked": linked})
        return linked


def link_back(store: Store, actor: Actor, step_id: str, item_ids: Collection[str], origin: Sequence[str]) -> None:
    """Let several items of a step point back to the same earlier items; what they pointed to already stays.

    Raises:
        Refused: nothing was chosen, or an item would become its own ancestor.
        NotFound: an item is not of this step, or an origin not of this wijkplan.
    """
    wanted = list(dict.fromkeys(origin))
    with step_write(store, actor, step_id) as (write, session, _step):
        chosen = items.items_by_id(write.conn, list(dict.fromkeys(item_ids)))
        if not chosen or not wanted:
            raise Refused(_("Kies welke onderwerpen je koppelt, en waar ze uit voortkomen."), field="origin")
        sources = items.items_by_id(write.conn, wanted)
        if (
            len(chosen) != len(set(item_ids))
            or len(sources) != len(wanted)
            or any(i.step_id != step_id for i in chosen)
            or any(i.wijkplan_id != session.wijkplan_id for i in sources)
        ):
            raise NotFound()
        _link(write, session, chosen, wanted)
        write.changed(session.id, "notes")
        write.journal("step.link_back", step_id, details={"items": len(chosen), "origins": len(wanted)})


def _link(write: Write, session: Session, chosen: list[Item], wanted: list[str]) -> None:
    graph = read_graph(write.conn, session.wijkplan_id, within=session.id)
    for item in chosen:
        if would_circle(graph, item.id, wanted):
            raise Refused(
                _("Dit kan niet: dan komt iets uit zichzelf voort. Kies een ouder onderwerp."), field="origin"
            )
        sprints.replace_origins(write.conn, item.id, list(dict.fromkeys([*item.origin, *wanted])))


def _rests_on_nothing(item: Item) -> bool:
    return not item.origin and item.details.authority is None and item.details.basis is None


def loose_of(conn: Conn, session: Session, made: Sequence[Item]) -> frozenset[str]:
    """The ids of items of one step that point back to nothing outside it. In the first sprint nothing has to."""
    if session.sprint == 1:
        return frozenset()
    step_ids = {item.step_id for item in made if item.step_id}
    # Also what was merged away; beyond the step itself nothing is followed, so one look further is enough.
    known = {item.id: item for step_id in step_ids for item in items.items_of(conn, step_id=step_id)}
    beyond = {origin for item in known.values() for origin in item.origin} - known.keys()
    known.update({item.id: item for item in items.items_by_id(conn, sorted(beyond))})

    def is_loose(item: Item, seen: frozenset[str]) -> bool:
        if item.step_id not in step_ids or item.kind in _EXEMPT:
            return False
        if not item.origin:
            return _rests_on_nothing(item)
        earlier = [o for i in item.origin if i not in seen and (o := known.get(i)) is not None]
        return all(is_loose(other, seen | {item.id}) for other in earlier)

    return frozenset(item.id for item in made if is_loose(item, frozenset()))
