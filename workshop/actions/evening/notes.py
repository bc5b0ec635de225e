"""Notes: items the moment they are written, on a phone, on paper or at the desk; and taking one's own back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.actions.evening.steps import about_of, assisting_write, items_on_phones, step_for
from workshop.actions.evening.votes.door import state_while_writing
from workshop.actions.people.gate import owner_key, require_role, token_hash
from workshop.domain.errors import NotFound, PersonalData, Refused, WorkshopError
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.questions import EXTRA, Line, NoteForm, accept_extras
from workshop.domain.evening.sessions import Round, Session, Step
from workshop.domain.roles import Actor, Role
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import LONGEST_TEXT, Environment, Item, ItemKind, ItemState, Moment, Tone
from workshop.domain.thread.written import Written
from workshop.locale import _
from workshop.screening.free_text import check_free_text, screen
from workshop.store import Conn, Store, items, jobs, rooms
from workshop.store.engine import Change
from workshop.store.writing import Write, writing
from workshop.werkvormen import StepContext, werkvorm

#: Most notes one participant may send in one step. Source: issue 4, floods; an evening never needs more.
MOST_NOTES = 60


@dataclass(frozen=True)
class Note:
    """A note of a participant on its way in.

    ``note_id`` is chosen by the sender and stays the same over retries. ``confirmed``: the writer was asked whether it
    holds data about a person, and says that it does not.
    """

    token: str
    step_id: str
    note_id: str
    written: Written
    confirmed: bool = False


@dataclass(frozen=True)
class OwnNote:
    """A note as its writer sees it, with what became of it in words."""

    item: Item
    fate: str
    can_withdraw: bool
    help_text: str | None = None


def environments_from(raw: Sequence[str]) -> frozenset[Environment]:
    """The environments a form names. Raises WorkshopError for anything else; so do the two below."""
    try:
        return frozenset(Environment(value) for value in raw)
    except ValueError:
        raise WorkshopError(_("Kies uit de vier omgevingen."), field="environments") from None


def tone_from(raw: str | None) -> Tone | None:
    try:
        return Tone(raw) if raw else None
    except ValueError:
        raise WorkshopError(_("Kies: gaat goed of gaat niet goed."), field="tone") from None


def moment_from(raw: str | None) -> Moment | None:
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
class _Checked:
    """What stands on a note, checked. ``help_text`` is set when the writer may need somebody to talk to."""

    form: NoteForm
    text: str
    lesson: str
    fields: Mapping[str, Any]
    environments: frozenset[Environment]
    tone: Tone | None
    moment: Moment | None
    help_text: str | None


def _check_note(step: Step, written: Written, *, confirmed: bool) -> _Checked:
    """Check a note against the form of its step, the same for a phone and for a note on paper."""
    form = _form_of(step.werkvorm, written.form_key)
    kept = check_free_text(written.text, confirmed=confirmed, limit=form.limit)
    lesson = ""
    if form.second_prompt and written.second.strip():
        lesson = check_free_text(written.second, confirmed=confirmed, limit=form.limit)
    touched = environments_from(written.environments) if form.asks_environments else frozenset()
    if form.asks_environments and not touched:
        raise WorkshopError(_("Kies waar dit over gaat. Je mag er meer kiezen."), field="environments")
    how = tone_from(written.tone) if form.asks_tone else None
    when = moment_from(written.moment) if form.asks_moment else None
    if form.asks_tone and how is None:
        raise WorkshopError(_("Kies: gaat goed of gaat niet goed."), field="tone")
    fields = accept_extras(form, written.extras)
    for extra in form.extras:
        key = extra.key.removeprefix(EXTRA)
        if isinstance(extra, Line) and isinstance(fields.get(key), str):
            fields[key] = _clean_line(extra, fields[key], confirmed)
    return _Checked(form, kept, lesson, fields, touched, how, when, screen(kept).help_text)


def _clean_line(line: Line, value: str, confirmed: bool) -> str:
    try:
        return check_free_text(value, confirmed=confirmed, limit=line.limit, multiline=False, field=line.key)
    except PersonalData as found:
        # A masked line is not offered: it would take the place of the note's own text.
        raise PersonalData(found.message, found.findings, final=found.final, masked="", field=line.key) from None
    except WorkshopError as refused:
        raise WorkshopError(f"{line.prompt} {refused.message}", field=line.key) from None


def _add_note(conn: Conn, note: _Checked, session: Session, round_: Round, *, group_id: str | None, **more: Any) -> str:
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
        details=Details(note.form.key, note.lesson, note.fields),
        group_label=round_.folding.get(group_id or "", OTHERS),
        sprint=session.sprint,
        session_id=session.id,
        step_id=round_.step_id,
        round_id=round_.id,
        needs_care=note.help_text is not None,
        **more,
    )


def write_note(store: Store, note: Note) -> OwnNote:
    """Store one note of a participant; it waits for the facilitator's release. The same ``note_id`` again is the same note.

    Raises:
        PersonalData: the text seems to hold data about a person (a BSN is refused, the rest can be confirmed).
        WorkshopError: the step is not open, a choice is missing, or there are already too many notes.
    """
    if not isinstance(note.note_id, str) or not 1 <= len(note.note_id) <= 64:
        raise WorkshopError(_("Dit kaartje konden we niet lezen. Ververs de pagina en probeer het opnieuw."))
    with store.read() as conn:
        step = rooms.step(conn, note.step_id)
    if step is None:
        raise NotFound()
    checked = _check_note(step, note.written, confirmed=note.confirmed)
    with store.write() as conn:
        seat = rooms.participant(conn, step.session_id, token_hash(note.token))
        if seat is None or seat.removed_at is not None:
            raise NotFound(_("Je bent niet (meer) in deze zaal. Vul de code opnieuw in."))
        owner = owner_key(note.token, step.session_id)
        sent = items.by_note_id(conn, owner, note.note_id)
        if sent is not None:
            return _own(sent, checked.help_text)
        session = rooms.session(conn, step.session_id)
        running = rooms.last_round(conn, step.id)
        # In line with the votes: shared with others who write, not with who stops the round.
        running_now = state_while_writing(conn, running.id) if running else None
        is_past = step.open_until is not None and step.open_until <= store.now()
        if session is None or running is None or is_past or running_now is not StepState.OPEN:
            raise WorkshopError(
                _("Dit onderdeel is gestopt. Je kaartje is niet verstuurd. Je tekst staat er nog."), kind="closed"
            )
        if sum(i.step_id == step.id for i in items.owned(conn, owner)) >= MOST_NOTES:
            raise Refused(
                _("Je hebt al {most} kaartjes geschreven. Dat is het meeste dat kan.").format(most=MOST_NOTES)
            )
        item_id = _add_note(
            conn,
            checked,
            session,
            running,
            group_id=seat.group_id,
            origin=about_of(step, running),
            owner_key=owner,
            note_id=note.note_id,
            created_at=store.now(),
        )
        made = items.item(conn, item_id)
        change = Change(session.id, "notes")
        Write(conn, store.now(), "room", changes=[change]).notify(store)
    store.tell(change)
    assert made is not None
    return _own(made, checked.help_text)


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
    with store.read() as conn:
        found = items.item(conn, item_id)
        if found is None or found.session_id is None:
            raise NotFound()
        if items.owner_key_of(conn, item_id) != owner_key(token, found.session_id):
            raise NotFound()
    with writing(store, "room", wijkplan_id=found.wijkplan_id) as write:
        # Whoever erased the text meanwhile erased whose it was as well.
        item = items.item(write.conn, item_id, lock=True)
        if item is None or items.owner_key_of(write.conn, item_id) != owner_key(token, found.session_id):
            raise NotFound()
        items.erase_item(write.conn, item_id)
        jobs.forget_results(write.conn, found.wijkplan_id)
        touch(write, item)


def touch(write: Write, *touched: Item) -> None:
    """Tell the rooms that show these items; phones only when they have one of them in sight."""
    ids = {item.id for item in touched}
    for session in rooms.sessions_of(write.conn, touched[0].wijkplan_id):
        if session.state is SessionState.OPEN and ids & items_on_phones(write.conn, session.id):
            write.changed(session.id, moves_stage=True)
        elif any(item.session_id == session.id for item in touched):
            write.changed(session.id, "notes")


# -- staff -------------------------------------------------------------------------------------------------------------


def add_item(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    kind: ItemKind,
    written: Written,
    step_id: str | None = None,
    origin: Sequence[str] = (),
    lesson: str = "",
    confirmed: bool = False,
) -> str:
    """Add an item at the desk or the console (a conclusion, a risk in other words); released at once. Returns its id."""
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    kept = check_free_text(written.text, confirmed=confirmed, limit=LONGEST_TEXT)
    learned = check_free_text(lesson, confirmed=confirmed, limit=LONGEST_TEXT) if lesson else ""
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
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
            environments=sorted(environments_from(written.environments)),
            tone=tone_from(written.tone),
            moment=moment_from(written.moment),
            details=Details(lesson=learned),
            source="desk",
            sprint=sprint,
            session_id=session_id,
            step_id=step_id,
            created_at=write.now,
            origin=origin,
        )
        made = items.item(write.conn, item_id)
        assert made is not None
        touch(write, made)
        write.journal("item.add", item_id, details={"kind": kind.value})
        return item_id


def write_paper_note(
    store: Store,
    actor: Actor,
    step_id: str,
    written: Written,
    *,
    group_id: str | None = None,
    confirmed: bool = False,
) -> str:
    """Copy a note that somebody wrote on paper; it waits like any other, and nobody can take it back from a phone.

    For facilitators and the helpers at the tables, while the round is open or stopped. Returns the id of the item.

    Raises:
        PersonalData: as in :func:`write_note`.
        WorkshopError: the step did not open yet, its outcome was shown, or a choice is missing.
    """
    with assisting_write(store, actor, step_id) as (write, session, step):
        checked = _check_note(step, written, confirmed=confirmed)
        running = rooms.last_round(write.conn, step_id)
        if running is None:
            raise Refused(_("Dit onderdeel is nog niet open. Open het eerst."))
        if running.state is StepState.SHOWN:
            raise Refused(_("De uitslag is al getoond. Kaartjes op papier kun je nu niet meer toevoegen."))
        if group_id is not None and group_id not in running.folding:
            raise Refused(_("Kies een groep uit de lijst."), field="group")
        item_id = _add_note(
            write.conn,
            checked,
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
