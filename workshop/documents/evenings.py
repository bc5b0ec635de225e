"""The evenings: who was there, what each step asked, what came out and how many took part."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.actions.sprints.material import Snapshot, SnapshotRound, SnapshotSession, SnapshotStep
from workshop.documents.alternatives import describe
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Facts, Heading, Picture, Points, Table, Text, Weight, chapter
from workshop.documents.items import tell_made_here
from workshop.documents.presence import presence_lines
from workshop.documents.words import per_group, session_state_name, turnout_line
from workshop.domain.evening.moves import SessionState, StepState
from workshop.locale import _, format_date, n_


@chapter(Chapter.EVENINGS)
def tell_evening(snapshot: Snapshot, session: SnapshotSession) -> Iterator[Block]:
    """One evening whole, with the presence, the outcomes and the items in their own chapters."""
    heading = _("Sprint {sprint}: {title}").format(sprint=session.sprint, title=session.title)
    yield Heading(heading, 1, begins_page=True)
    came = n_("{n} deelnemer", "{n} deelnemers", session.total).format(n=session.total)
    facts = (format_date(session.held_on, "full"), session.place, session_state_name(session.state), came)
    yield Facts(tuple(fact for fact in facts if fact), Weight.QUIET)
    yield from tell_presence(snapshot, session)
    if not session.steps:
        yield Text(_("Voor deze bijeenkomst staat nog geen onderdeel klaar."))
    for step in session.steps:
        yield Heading(step.title, 2)
        if step.state is StepState.SKIPPED:
            yield Text(_("Dit onderdeel is overgeslagen. {reason}").format(reason=step.skip_reason).strip())
            continue
        yield from tell_outcomes(step)
        yield from tell_made_here(snapshot, session.sprint, step.id)


@chapter(Chapter.PRESENCE)
def tell_presence(snapshot: Snapshot, session: SnapshotSession) -> Iterator[Block]:
    """How many of which group, and the room beside the neighbourhood."""
    if session.participants:
        rows = per_group(session.participants, session.total)
        yield Table(_("Wie er waren"), (_("Groep"), _("Deelnemers")), rows, (0.6, 0.2))
    on_paper = max((shown.paper for step in session.steps for shown in step.rounds), default=0)
    if session.total or on_paper:
        areas = [area.code for area in snapshot.wijkplan.areas]
        lines = presence_lines(session.total, session.participants, areas, on_paper=on_paper)
        yield Text(" ".join(lines), Weight.QUIET)


@chapter(Chapter.OUTCOMES)
def tell_outcomes(step: SnapshotStep) -> Iterator[Block]:
    """Every shown round of a step: the sentence, the picture and the tables that say the same."""
    kept = _("Er is geheim gestemd.") if step.is_secret else _("Er is open gestemd: wie wat koos, mocht iedereen zien.")
    if not step.rounds:
        yield Text(_("Van dit onderdeel is nog geen uitslag getoond."))
    for shown in step.rounds:
        if len(step.rounds) > 1:
            yield Heading(_("Ronde {n}").format(n=shown.number), 3)
        yield from _round(shown, kept)


def _round(shown: SnapshotRound, kept: str) -> Iterator[Block]:
    story = shown.story
    yield Text(story.lead, Weight.STRONG)
    for sentence in story.sentences:
        yield Text(sentence)
    if shown.ballots:
        yield from tell_turnout(shown, kept)
    if story.picture is not None:
        failed = _("[deze afbeelding lukte niet; de tabel hieronder heeft dezelfde aantallen]")
        yield Picture(story.picture, f"{story.lead} {describe(story.picture)}", failed)
    if story.discuss:
        yield Text(_("Bespreek eerst"), Weight.STRONG)
        yield Points(story.discuss)
    for table in story.tables:
        yield Table(table.caption, table.header, table.rows)
    if shown.groups:
        yield from tell_turnout_per_group(shown)
    if story.formula:
        yield Text(story.formula, Weight.QUIET)


@chapter(Chapter.TURNOUT)
def tell_turnout(shown: SnapshotRound, kept: str) -> Iterator[Block]:
    yield Text(f"{turnout_line(shown)}. {kept}", Weight.QUIET)


@chapter(Chapter.TURNOUT)
def tell_turnout_per_group(shown: SnapshotRound) -> Iterator[Block]:
    rows = per_group(shown.groups, shown.ballots)
    yield Table(_("Opkomst per groep"), (_("Groep"), _("Stemmen")), rows, (0.6, 0.2))


@chapter(Chapter.TO_COME)
def tell_to_come(snapshot: Snapshot) -> Iterator[Block]:
    """The evenings that are planned; nothing when there is none."""
    planned = [session for session in snapshot.sessions if session.state == SessionState.PLANNED]
    if not planned:
        return
    yield Heading(_("Wat er nog komt"), 1)
    yield Table(
        "",
        (_("Sprint"), _("Bijeenkomst"), _("Datum"), _("Plaats")),
        tuple((s.sprint, s.title, format_date(s.held_on), s.place) for s in planned),
        (0.1, 0.42, 0.24, 0.24),
    )
