"""Notes: items the moment they are written. Participants write and withdraw; staff release, blacken, hide, merge, undo."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from workshop.actions.gate import token_hash
from workshop.actions.screening import check_free_text, screen
from workshop.actions.steps import about_of, assisting_write, session_to_assist, step_for
from workshop.domain.errors import NotFound, PersonalData, Refused, WorkshopError
from workshop.domain.groups import OTHERS
from workshop.domain.items import LONGEST_TEXT, Environment, Item, ItemKind, ItemState, Moment, Tone
from workshop.domain.moves import SessionState, StepState
from workshop.domain.questions import EXTRA, Line, NoteForm, accept_extras
from workshop.domain.roles import Actor, Role, Staff, TableHelper
from workshop.domain.sessions import Round, Session, Step
from workshop.domain.texts import blacken as blackened
from workshop.locale import _
from workshop.store import Store, items, rooms, vote_path
from workshop.store.engine import Change
from workshop.store.writing import Write, writing
from workshop.werkvormen import StepContext, all_werkvormen, werkvorm

#: Most notes one participant may send in one step. Source: issue 4, floods; an evening never needs more.
MOST_NOTES = 60

#: The extra fields of a note as a form sends them: names that begin with ``EXTRA``.
Extras = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class OwnNote:
    """A note as its writer sees it, with what became of it in words."""

    item: Item
    fate: str
    can_withdraw: bool
    help_text: str | None = None


def owner_key(token: str, session_id: str) -> bytes:
    """What ties a note to its writer's cookie: HMAC-SHA-256 of the session under the token."""
    return hmac.new(token.encode("utf-8", "surrogatepass"), f"note:{session_id}".encode(), hashlib.sha256).digest()[:16]


def _environments(raw: Sequence[str]) -> frozenset[Environment]:
    try:
        return frozenset(Environment(value) for value in raw)
    except ValueError:
        raise WorkshopError(_("Kies uit de vier omgevingen."), field="environments") from None


def _tone(raw: str | None) -> Tone | None:
    try:
        return Tone(raw) if raw else None
    except ValueError:
        raise WorkshopError(_("Kies: gaat goed of gaat niet goed."), field="tone") from None


def _moment(raw: str | None) -> Moment | None:
    try:
        return Moment(raw) if raw else None
    except ValueError:
        raise WorkshopError(_("Kies: vroeger, nu of straks."), field="moment") from None


def _form_of(step_werkvorm: str, form_key: str) -> NoteForm:
    for form in werkvorm(step_werkvorm).note_forms(StepContext()):
        if form.key == form_key:
            return form
    raise NotFound()


@dataclass(frozen=True)
class _Written:
    """What stands on a note, checked. ``help_text`` is set when the writer may need somebody to talk to."""

    form: NoteForm
    text: str
    lesson: str
    fields: Mapping[str, Any]
    environments: frozenset[Environment]
    tone: Tone | None
    moment: Moment | None
    help_text: str | None


def _read_note(
    step: Step,
    form_key: str,
    *,
    text: str,
    second: str,
    environments: Sequence[str],
    tone: str | None,
    moment: str | None,
    confirmed: bool,
    extras: Extras,
) -> _Written:
    """Check a note against the form of its step, the same for a phone and for a note on paper."""
    form = _form_of(step.werkvorm, form_key)
    kept = check_free_text(text, confirmed=confirmed, limit=form.limit)
    lesson = (
        check_free_text(second, confirmed=confirmed, limit=form.limit) if form.second_prompt and second.strip() else ""
    )
    touched = _environments(environments) if form.asks_environments else frozenset()
    if form.asks_environments and not touched:
        raise WorkshopError(_("Kies waar dit over gaat. Je mag er meer kiezen."), field="environments")
    how, when = (_tone(tone) if form.asks_tone else None), (_moment(moment) if form.asks_moment else None)
    if form.asks_tone and how is None:
        raise WorkshopError(_("Kies: gaat goed of gaat niet goed."), field="tone")
    fields = accept_extras(form, extras)
    for extra in form.extras:
        key = extra.key.removeprefix(EXTRA)
        if isinstance(extra, Line) and isinstance(fields.get(key), str):
            fields[key] = _clean_line(extra, fields[key], confirmed)
    return _Written(form, kept, lesson, fields, touched, how, when, screen(kept).help_text)


def _clean_line(line: Line, value: str, confirmed: bool) -> str:
    try:
        return check_free_text(value, confirmed=confirmed, limit=line.limit, multiline=False, field=line.key)
    except PersonalData as found:
        # A masked line is not offered: it would take the place of the note's own text.
        raise PersonalData(found.message, found.findings, final=found.final, masked="", field=line.key) from None
    except WorkshopError as refused:
        raise WorkshopError(f"{line.prompt} {refused.message}", field=line.key) from None


def _add_note(conn: Any, note: _Written, session: Session, round_: Round, *, group_id: str | None, **more: Any) -> str:
    """Store a checked note, waiting, under the label that its group may have in this round. Returns its id."""
    return items.add_item(
        conn,
        wijkplan_id=session.wijkplan_id,
        kind=note.form.kind,
        state=ItemState.WAITING,
        text=note.text,
        environments=sorted(note.environments),
        tone=note.tone,
        moment=note.moment,
        details={
            "form": note.form.key,
            **({"lesson": note.lesson} if note.lesson else {}),
            **({"fields": dict(note.fields)} if note.fields else {}),
        },
        group_label=round_.folding.get(group_id or "", OTHERS),
        sprint=session.sprint,
        session_id=session.id,
        step_id=round_.step_id,
        round_id=round_.id,
        needs_care=note.help_text is not None,
        **more,
    )


def write_note(
    store: Store,
    token: str,
    *,
    step_id: str,
    form_key: str,
    text: str,
    second: str = "",
    environments: Sequence[str] = (),
    tone: str | None = None,
    moment: str | None = None,
    note_id: str,
    confirmed: bool = False,
    extras: Extras | None = None,
) -> OwnNote:
    """Store one note of a participant; it waits for the facilitator's release. The same ``note_id`` again is the same note.

    Raises:
        PersonalData: the text seems to hold data about a person (a BSN is refused, the rest can be confirmed).
        WorkshopError: the step is not open, a choice is missing, or there are already too many notes.
    """
    if not isinstance(note_id, str) or not 1 <= len(note_id) <= 64:
        raise WorkshopError(_("Dit kaartje konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    with store.read() as conn:
        step = rooms.step(conn, step_id)
    if step is None:
        raise NotFound()
    written = _read_note(
        step,
        form_key,
        text=text,
        second=second,
        environments=environments,
        tone=tone,
        moment=moment,
        confirmed=confirmed,
        extras=extras or {},
    )
    with store.write() as conn:
        seat = rooms.participant(conn, step.session_id, token_hash(token))
        if seat is None or seat.removed_at is not None:
            raise NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
        owner = owner_key(token, step.session_id)
        sent = items.by_note_id(conn, owner, note_id)
        if sent is not None:
            return _own(sent, written.help_text)
        session = rooms.session(conn, step.session_id)
        running = rooms.last_round(conn, step_id)
        # In line with the votes: shared with others who write, not with who stops the round.
        running_now = vote_path.lock_rounds(conn, [running.id]).get(running.id) if running else None
        is_past = step.open_until is not None and step.open_until <= store.now()
        if (
            session is None
            or running is None
            or running_now is None
            or is_past
            or running_now.state is not StepState.OPEN
        ):
            raise WorkshopError(
                _("Dit onderdeel is gestopt. Je kaartje is niet verstuurd. Je tekst staat er nog."), kind="closed"
            )
        if sum(i.step_id == step_id for i in items.owned(conn, owner)) >= MOST_NOTES:
            raise Refused(
                _("Je hebt al {most} kaartjes geschreven. Dat is het meeste dat kan.").format(most=MOST_NOTES)
            )
        item_id = _add_note(
            conn,
            written,
            session,
            running,
            group_id=seat.group_id,
            origin=about_of(step, running),
            owner_key=owner,
            note_id=note_id,
            created_at=store.now(),
        )
        made = items.item(conn, item_id)
        change = Change(session.id, "notes")
        Write(conn, store.now(), "room", changes=[change]).notify(store)
    store.tell(change)
    assert made is not None
    return _own(made, written.help_text)


def _own(item: Item, help_text: str | None = None) -> OwnNote:
    fates = {
        ItemState.WAITING: _("De begeleider kijkt er nog naar."),
        ItemState.RELEASED: _("Staat op het scherm."),
        ItemState.HIDDEN: _("Staat niet op het scherm."),
        ItemState.MERGED: _("Samengevoegd met een ander kaartje."),
        ItemState.WITHDRAWN: _("Door jou weggehaald."),
    }
    return OwnNote(item, fates[item.state], item.state is not ItemState.WITHDRAWN, help_text)


def own_notes(store: Store, token: str, session_id: str) -> list[OwnNote]:
    """The notes of this participant in this session, oldest first."""
    with store.read() as conn:
        return [_own(item) for item in items.owned(conn, owner_key(token, session_id))]


def withdraw_note(store: Store, token: str, item_id: str) -> None:
    """Take an own note back: the text is erased everywhere, that there was a note stays (counts and chain stay whole)."""
    with store.write() as conn:
        item = items.item(conn, item_id, lock=True)
        if item is None or item.session_id is None:
            raise NotFound()
        if items.owner_key_of(conn, item_id) != owner_key(token, item.session_id):
            raise NotFound()
        items.erase_item(conn, item_id)
        write = Write(conn, store.now(), "room")
        _touch(write, item)
        write.notify(store)
    for change in write.changes:
        store.tell(change)


# -- staff -----------------------------------------------------------------------------------------------------------


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
        elif isinstance(actor, Staff) and actor.has(found.wijkplan_id, Role.FACILITATOR):
            name = actor.account_id
        else:
            raise NotFound()
    with writing(store, name, wijkplan_id=found.wijkplan_id) as write:
        again = items.item(write.conn, item_id, lock=True)
        assert again is not None
        if again.state is ItemState.WITHDRAWN:
            raise Refused(_("Dit kaartje is door de schrijver weggehaald."))
        yield write, again


def _touch(write: Write, item: Item) -> None:
    """Tell every room that may show the item: its own, and the open ones of the wijkplan that took it over."""
    rooms_showing = {s.id for s in rooms.sessions_of(write.conn, item.wijkplan_id) if s.state is SessionState.OPEN}
    for session_id in sorted(rooms_showing | ({item.session_id} if item.session_id else set())):
        write.changed(session_id, "notes")


def add_item(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    kind: ItemKind,
    text: str,
    step_id: str | None = None,
    origin: Sequence[str] = (),
    environments: Sequence[str] = (),
    tone: str | None = None,
    moment: str | None = None,
    details: Mapping[str, str] | None = None,
    confirmed: bool = False,
) -> str:
    """Add an item at the desk or the console (a conclusion, a risk in other words); released at once. Returns its id."""
    if not isinstance(actor, Staff) or not actor.has(wijkplan_id, Role.FACILITATOR):
        raise NotFound()
    kept = check_free_text(text, confirmed=confirmed, limit=LONGEST_TEXT)
    extra = {
        name: check_free_text(value, confirmed=confirmed, limit=LONGEST_TEXT)
        for name, value in (details or {}).items()
        if value
    }
    with writing(store, actor.account_id, wijkplan_id=wijkplan_id) as write:
        session_id = sprint = None
        if step_id is not None:
            _staff, session, step = step_for(write.conn, actor, step_id, Role.FACILITATOR)
            if session.wijkplan_id != wijkplan_id:
                raise NotFound()
            session_id, sprint = session.id, session.sprint
            origin = origin or about_of(step, rooms.last_round(write.conn, step.id))
        if any(i.wijkplan_id != wijkplan_id for i in items.items_by_id(write.conn, list(origin))):
            raise NotFound()
        item_id = items.add_item(
            write.conn,
            wijkplan_id=wijkplan_id,
            kind=kind,
            state=ItemState.RELEASED,
            text=kept,
            environments=sorted(_environments(environments)),
            tone=_tone(tone),
            moment=_moment(moment),
            details=extra,
            source="desk",
            sprint=sprint,
            session_id=session_id,
            step_id=step_id,
            created_at=write.now,
            origin=origin,
        )
        if session_id is not None:
            write.changed(session_id, "notes")
        write.journal("item.add", item_id, details={"kind": kind.value})
        return item_id


def write_paper_note(
    store: Store,
    actor: Actor,
    step_id: str,
    *,
    form_key: str,
    text: str,
    second: str = "",
    environments: Sequence[str] = (),
    tone: str | None = None,
    moment: str | None = None,
    group_id: str | None = None,
    confirmed: bool = False,
    extras: Extras | None = None,
) -> str:
    """Copy a note that somebody wrote on paper; it waits like any other, and nobody can take it back from a phone.

    For facilitators and the helpers at the tables, while the round is open or stopped. Returns the id of the item.

    Raises:
        PersonalData: as in :func:`write_note`.
        WorkshopError: the step did not open yet, its outcome was shown, or a choice is missing.
    """
    with assisting_write(store, actor, step_id) as (write, session, step):
        written = _read_note(
            step,
            form_key,
            text=text,
            second=second,
            environments=environments,
            tone=tone,
            moment=moment,
            confirmed=confirmed,
            extras=extras or {},
        )
        running = rooms.last_round(write.conn, step_id)
        if running is None:
            raise Refused(_("Dit onderdeel is nog niet open. Open het eerst."))
        if running.state is StepState.SHOWN:
            raise Refused(_("De uitslag is al getoond. Kaartjes op papier kun je nu niet meer toevoegen."))
        if group_id is not None and group_id not in running.folding:
            raise Refused(_("Kies een groep uit de lijst."), field="group")
        item_id = _add_note(
            write.conn,
            written,
            session,
            running,
            group_id=group_id,
            origin=about_of(step, running),
            source="paper",
            created_at=write.now,
        )
        write.changed(session.id, "notes")
        write.journal("note.paper", item_id, details={"round": running.number})
        return item_id


def _set_state(store: Store, actor: Actor, item_ids: Collection[str], state: ItemState, action: str) -> None:
    for item_id in dict.fromkeys(item_ids):
        with _item_write(store, actor, item_id, assists=True) as (write, item):
            if item.state is state:
                continue
            items.change_item(write.conn, item_id, by=write.actor, at=write.now, state=state)
            _touch(write, item)
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
        if text == item.text and details == dict(item.details):
            raise Refused(_("Deze woorden staan niet in het kaartje. Kies woorden uit de tekst."))
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, text=text, details=details)
        _touch(write, item)
        write.journal("item.blacken", item_id, details={"words": len(words)})


def _blackened_beside(details: Mapping[str, Any], words: Sequence[str]) -> dict[str, Any]:
    """The same for what stands beside the text: the second line and the lines that were filled in."""

    def one(value: Any) -> Any:
        return blackened(value, words) if isinstance(value, str) else value

    told = {key: one(value) if key in ("lesson", "translation") else value for key, value in details.items()}
    if isinstance(details.get("fields"), Mapping):
        asked = _form_lines(details)
        told["fields"] = {key: one(value) if key in asked else value for key, value in details["fields"].items()}
    return told


def words_beside(item: Item) -> str:
    """All that the writer wrote beside the text and that can be blackened, as one text."""
    fields = item.details.get("fields", {})
    told = [
        item.details.get("lesson", ""),
        *(fields[key] for key in sorted(_form_lines(item.details)) if key in fields),
    ]
    return " ".join(each for each in told if isinstance(each, str))


def _form_lines(details: Mapping[str, Any]) -> set[str]:
    """Which of the fields beside a note hold words of the writer, and not a choice out of a list."""
    forms = (form for activity in all_werkvormen() for form in activity.note_forms(StepContext()))
    return {
        extra.key.removeprefix(EXTRA)
        for form in forms
        if form.key == details.get("form")
        for extra in form.extras
        if isinstance(extra, Line)
    }


def rewrite(store: Store, actor: Actor, item_id: str, text: str, *, confirmed: bool = False) -> None:
    """Put an item in other words; only items that staff added, never somebody else's note."""
    kept = check_free_text(text, confirmed=confirmed, limit=LONGEST_TEXT)
    with _item_write(store, actor, item_id) as (write, item):
        if item.source != "desk":
            raise Refused(_("Dit is het kaartje van een deelnemer. Maak er een nieuw onderwerp van in jouw woorden."))
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, text=kept)
        _touch(write, item)
        write.journal("item.rewrite", item_id)


def place(
    store: Store, actor: Actor, item_id: str, *, environments: Sequence[str], tone: str | None, moment: str | None
) -> None:
    """Correct where a note belongs."""
    where = sorted(_environments(environments))
    with _item_write(store, actor, item_id) as (write, item):
        items.change_item(
            write.conn,
            item_id,
            by=write.actor,
            at=write.now,
            environments=where,
            tone=_tone(tone),
            moment=_moment(moment),
        )
        _touch(write, item)
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
        forms = {i.details.get("form") for i in found}
        new = items.add_item(
            write.conn,
            wijkplan_id=first.wijkplan_id,
            kind=first.kind,
            state=ItemState.RELEASED,
            text=kept,
            environments=sorted(frozenset().union(*(i.environments for i in found))),
            tone=first.tone if len(tones) == 1 else None,
            moment=first.moment if len({i.moment for i in found}) == 1 else None,
            details={"form": first.details["form"]} if len(forms) == 1 and "form" in first.details else {},
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
        _touch(write, first)
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
        _touch(write, item)
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
        details = {name: value for name, value in item.details.items() if name != "translation"}
        if kept:
            details["translation"] = kept
        items.change_item(write.conn, item_id, by=write.actor, at=write.now, details=details)
        _touch(write, item)
        write.journal("item.translate", item_id)
