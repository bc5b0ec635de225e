"""What staff does with notes that were written: release, hide, blacken, rewrite, place, merge, undo, translate."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from workshop.actions.evening.notes import environments_from, moment_from, tone_from, touch
from workshop.actions.evening.steps import session_to_assist
from workshop.actions.people.gate import require_role
from workshop.domain.errors import NotFound, Refused
from workshop.domain.evening.questions import EXTRA, Choice
from workshop.domain.roles import Actor, Role, TableHelper
from workshop.domain.texts import blacken as blackened
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import LONGEST_TEXT, Item, ItemState
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Store, items, jobs
from workshop.store.writing import Write, writing
from workshop.werkvormen import StepContext, all_werkvormen


@contextmanager
def _item_write(store: Store, actor: Actor, item_id: str, *, assists: bool = False) -> Iterator[tuple[Write, Item]]:
    """Check that the actor may change the item, lock its wijkplan, read it again.

    Facilitators of the wijkplan; with ``assists`` also a helper at a table of the item's session.
    """
    with store.read() as conn:
        found = items.item(conn, item_id)
        if found is None:
            raise NotFound()
        if assists and isinstance(actor, TableHelper) and found.session_id is not None:
            name, _session = session_to_assist(conn, actor, found.session_id)
        else:
            name = require_role(actor, found.wijkplan_id, Role.FACILITATOR).account_id
    with writing(store, name, wijkplan_id=found.wijkplan_id) as write:
        again = items.item(write.conn, item_id, lock=True)
        assert again is not None
        if again.state is ItemState.WITHDRAWN:
            raise Refused(_("Dit kaartje is door de schrijver weggehaald."))
        yield write, again


def _set_state(store: Store, actor: Actor, item_ids: Collection[str], state: ItemState, action: str) -> None:
    for item_id in dict.fromkeys(item_ids):
        with _item_write(store, actor, item_id, assists=True) as (write, item):
            if item.state is state:
                continue
            items.change_item(write.conn, item_id, by=write.actor, at=write.now, state=state)
            if state is ItemState.HIDDEN:
                jobs.forget_results(write.conn, item.wijkplan_id)
            touch(write, item)
            write.journal(action, item_id)


def release(store: Store, actor: Actor, item_ids: Collection[str]) -> None:
    """Let notes be seen by the room."""
    _set_state(store, actor, item_ids, ItemState.RELEASED, "item.release")


def hide(store: Store, actor: Actor, item_ids: Collection[str]) -> None:
    """Take notes off the wall and the phones; they are kept."""
    _set_state(store, actor, item_ids, ItemState.HIDDEN, "item.hide")


def blacken(store: Store, actor: Actor, item_id: str, words: Sequence[str]) -> None:
    """Make words unreadable. The version before keeps them until raw retention ends, for undo by staff."""
    with _item_write(store, actor, item_id) as (write, item):
        text, details = blackened(item.text, words), _blackened_beside(item.details, words)
        if text == item.text and details == item.details:
            raise Refused(_("Deze woorden staan niet in het kaartje. Kies woorden uit de tekst."))
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, text=text, details=details)
        jobs.forget_results(write.conn, item.wijkplan_id)
        touch(write, item)
        write.journal("item.blacken", item_id, details={"words": len(words)})


def _blackened_beside(details: Details, words: Sequence[str]) -> Details:
    """The same for everything people wrote beside the text."""
    return details.reworded(lambda told: blackened(told, words), choices=_choices_of(details))


def words_beside(item: Item) -> str:
    """All that the writer wrote beside the text and that can be blackened, as one text."""
    choices, fields = _choices_of(item.details), item.details.fields
    told = [item.details.lesson, *(fields[key] for key in sorted(fields) if key not in choices)]
    return " ".join(each for each in told if isinstance(each, str))


def _choices_of(details: Details) -> set[str]:
    """Which of the fields beside a note are a choice out of a list, and not words of the writer."""
    forms = (form for activity in all_werkvormen() for form in activity.note_forms(StepContext()))
    return {
        extra.key.removeprefix(EXTRA)
        for form in forms
        if form.key == details.form
        for extra in form.extras
        if isinstance(extra, Choice)
    }


def rewrite(store: Store, actor: Actor, item_id: str, text: str, *, confirmed: bool = False) -> None:
    """Put an item in other words; only items that staff added, never somebody else's note."""
    kept = check_free_text(text, confirmed=confirmed, limit=LONGEST_TEXT)
    with _item_write(store, actor, item_id) as (write, item):
        if item.source != "desk":
            raise Refused(_("Dit is het kaartje van een deelnemer. Maak er een nieuw onderwerp van in jouw woorden."))
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, text=kept)
        touch(write, item)
        write.journal("item.rewrite", item_id)


def place(
    store: Store, actor: Actor, item_id: str, *, environments: Sequence[str], tone: str | None, moment: str | None
) -> None:
    """Correct where a note belongs."""
    where = sorted(environments_from(environments))
    with _item_write(store, actor, item_id) as (write, item):
        items.change_item(
            write.conn,
            item_id,
            by=write.actor,
            at=write.now,
            environments=where,
            tone=tone_from(tone),
            moment=moment_from(moment),
        )
        touch(write, item)
        write.journal("item.place", item_id)


def merge(store: Store, actor: Actor, item_ids: Sequence[str], text: str) -> str:
    """Make one item of several; the originals are kept behind it. Returns the id of the new one. Undo: :func:`undo`."""
    ids = list(dict.fromkeys(item_ids))
    if len(ids) < 2:
        raise Refused(_("Kies twee of meer kaartjes om samen te voegen."))
    kept = check_free_text(text, confirmed=True, limit=LONGEST_TEXT)
    with _item_write(store, actor, ids[0]) as (write, first):
        found = items.items_by_id(write.conn, ids)
        if len(found) != len(ids) or any(i.wijkplan_id != first.wijkplan_id for i in found):
            raise NotFound()
        if any(i.state in (ItemState.MERGED, ItemState.WITHDRAWN) for i in found):
            raise Refused(_("Een van deze kaartjes is al samengevoegd of weggehaald. Kies opnieuw."))
        tones = {i.tone for i in found}
        forms = {i.details.form for i in found}
        new = items.add_item(
            write.conn,
            wijkplan_id=first.wijkplan_id,
            kind=first.kind,
            state=ItemState.RELEASED,
            text=kept,
            environments=sorted(frozenset().union(*(i.environments for i in found))),
            tone=first.tone if len(tones) == 1 else None,
            moment=first.moment if len({i.moment for i in found}) == 1 else None,
            details=Details(first.details.form if len(forms) == 1 else ""),
            source="desk",
            sprint=first.sprint,
            session_id=first.session_id,
            step_id=first.step_id,
            round_id=first.round_id,
            created_at=write.now,
            origin=ids,
        )
        for item in found:
            items.change_item(
                write.conn, item.id, by=write.actor, at=write.now, state=ItemState.MERGED, merged_into=new
            )
        touch(write, *found)
        write.journal("item.merge", new, details={"from": ids})
        return new


def undo(store: Store, actor: Actor, item_id: str) -> None:
    """Take back the last change of an item; of a merged item: give the originals back and put it away.

    Raises:
        Refused: nothing was changed yet.
    """
    with _item_write(store, actor, item_id) as (write, item):
        parts = [
            i
            for i in items.items_by_id(write.conn, item.origin)
            if i.state is ItemState.MERGED and i.merged_into == item_id
        ]
        if parts:
            for part in parts:
                _restore(write, part)
            items.change_item(write.conn, item_id, by=write.actor, at=write.now, state=ItemState.HIDDEN)
        elif not _restore(write, item):
            raise Refused(_("Er is niets om ongedaan te maken."))
        touch(write, item, *parts)
        write.journal("item.undo", item_id)


def _restore(write: Write, item: Item) -> bool:
    before: dict[str, Any] | None = items.form_before(write.conn, item.id)
    if before is None:
        return False
    items.change_item(write.conn, item.id, by=write.actor, at=write.now, **before)
    return True


def translate(store: Store, actor: Actor, item_id: str, text: str, *, confirmed: bool = False) -> None:
    """Put a Dutch translation beside a note that was written in another language; both are kept, the original stays."""
    kept = check_free_text(text, confirmed=confirmed, limit=LONGEST_TEXT) if text.strip() else ""
    with _item_write(store, actor, item_id) as (write, item):
        details = replace(item.details, translation=kept)
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, details=details)
        touch(write, item)
        write.journal("item.translate", item_id)
