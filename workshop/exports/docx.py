"""The report: what the room said, what it decided and where that came from, for whoever was not there."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound, SnapshotSession, SnapshotStep
from workshop.domain.evening.moves import SessionState
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import environment_names, group_name, kind_name, local_day
from workshop.exports.cells import line, unreadable
from workshop.exports.paper import Paper
from workshop.exports.pictures import describe, draw
from workshop.exports.presence import presence_lines
from workshop.exports.sheets import definition_rows, in_no_order
from workshop.exports.sprints import write_programme, write_sprints
from workshop.exports.words import (
    decision_name,
    level_name,
    moment_of,
    moment_word,
    per_group,
    session_state_name,
    tone_word,
    turnout_line,
)
from workshop.locale import _, format_date, n_
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure, area_text, origin_text, shown, value_text

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDING = "docx"


def make_docx(snapshot: Snapshot, figures: Sequence[Figure]) -> bytes:
    """The report as a Word document, in the language of whoever downloads it."""
    moment = moment_of(snapshot)
    paper = Paper(
        title=snapshot.wijkplan.title,
        author=snapshot.wijkplan.municipality_name,
        moment=snapshot.as_of,
        footer=f"{snapshot.wijkplan.title} · {moment}",
    )
    _head(paper, snapshot, moment)
    _definition(paper, snapshot)
    held = [session for session in snapshot.sessions if session.state != SessionState.PLANNED]
    for session in held:
        _session(paper, snapshot, session)
    _what_goes_on(paper, snapshot)
    _loose_items(paper, snapshot)
    write_sprints(paper, snapshot)
    _still_to_come(paper, [session for session in snapshot.sessions if session not in held])
    _results(paper, snapshot)
    _figures(paper, figures)
    _account(paper, moment)
    return paper.bytes()


def _head(paper: Paper, snapshot: Snapshot, moment: str) -> None:
    plan = snapshot.wijkplan
    areas = ", ".join(area.name for area in plan.areas)
    under = _("Gemeente {name}").format(name=plan.municipality_name)
    if areas:
        under = f"{under} · {areas}"
    if plan.theme:
        under = f"{under} · {plan.theme}"
    paper.title(plan.title, under)
    if plan.is_demo:
        paper.text(_("Dit is een verzonnen voorbeeld, geen echte wijk."), bold=True)
    if snapshot.joint_tasks:
        task = snapshot.joint_tasks[-1]
        written = _("Versie {version}, geschreven op {day}.").format(
            version=task.version, day=format_date(local_day(task.written_at))
        )
        paper.box(_("Gezamenlijke opgave"), task.text, written)
    else:
        paper.box(_("Gezamenlijke opgave"), _("De groep schreef nog geen gezamenlijke opgave."))
    paper.small(moment + ". " + _("Uitslagen die nog niet getoond zijn, staan er niet in."))
    write_programme(paper, snapshot)
    leads = [
        f"{line(step.title)}: {shown_round.story.lead}"
        for session in snapshot.sessions
        for step in session.steps
        if step.rounds
        for shown_round in step.rounds[-1:]
    ]
    paper.heading(_("In het kort"), 1)
    if leads:
        paper.bullets(leads)
    else:
        paper.text(_("Er is nog geen uitslag getoond. Dit rapport vult zich met elke bijeenkomst."))


def _definition(paper: Paper, snapshot: Snapshot) -> None:
    rows = definition_rows(snapshot)
    partners = [partner.name for partner in snapshot.wijkplan.open_partners]
    if not rows and not partners:
        return
    paper.heading(_("Wat we afspraken"), 1)
    for heading, text in rows:
        paper.pair(heading, text)
    if partners:
        paper.pair(_("Partners"), ", ".join(partners))


def _session(paper: Paper, snapshot: Snapshot, session: SnapshotSession) -> None:
    paper.heading(_("Sprint {sprint}: {title}").format(sprint=session.sprint, title=session.title), 1, new_page=True)
    where = " · ".join(
        part
        for part in (
            format_date(session.held_on, "full"),
            session.place,
            session_state_name(session.state),
            n_("{n} deelnemer", "{n} deelnemers", session.total).format(n=session.total),
        )
        if part
    )
    paper.small(where)
    if session.participants:
        rows = per_group(session.participants, session.total)
        paper.table(_("Wie er waren"), (_("Groep"), _("Deelnemers")), rows, (0.6, 0.2))
    on_paper = max((shown.paper for step in session.steps for shown in step.rounds), default=0)
    if session.total or on_paper:
        areas = [area.code for area in snapshot.wijkplan.areas]
        paper.small(" ".join(presence_lines(session.total, session.participants, areas, on_paper=on_paper)))
    if not session.steps:
        paper.text(_("Voor deze bijeenkomst staat nog geen onderdeel klaar."))
    for step in session.steps:
        _step(paper, snapshot, session.sprint, step)


def _step(paper: Paper, snapshot: Snapshot, sprint: int, step: SnapshotStep) -> None:
    paper.heading(step.title, 2)
    kept = _("Er is geheim gestemd.") if step.is_secret else _("Er is open gestemd: wie wat koos, mocht iedereen zien.")
    if step.state == "skipped":
        paper.text(_("Dit onderdeel is overgeslagen. {reason}").format(reason=step.skip_reason).strip())
        return
    if not step.rounds:
        paper.text(_("Van dit onderdeel is nog geen uitslag getoond."))
    for shown_round in step.rounds:
        if len(step.rounds) > 1:
            paper.heading(_("Ronde {n}").format(n=shown_round.number), 3)
        _round(paper, shown_round, kept if shown_round.ballots else "")
    made = in_no_order([item.in_sprint(sprint) for item in snapshot.items if item.step_id == step.id])
    _items(paper, _("Wat hier is ingebracht"), made)


def _round(paper: Paper, shown_round: SnapshotRound, kept: str) -> None:
    story = shown_round.story
    paper.text(story.lead, bold=True)
    for sentence in story.sentences:
        paper.text(sentence)
    if shown_round.ballots:
        paper.small(f"{turnout_line(shown_round)}. {kept}".strip())
    if story.picture is not None:
        try:
            paper.picture(draw(story.picture), f"{story.lead} {describe(story.picture)}")
        except Exception:  # noqa: BLE001 - one picture that cannot be drawn must not cost the whole report
            paper.text(_("[deze afbeelding lukte niet; de tabel hieronder heeft dezelfde aantallen]"))
    if story.discuss:
        paper.text(_("Bespreek eerst"), bold=True)
        paper.bullets(story.discuss, numbered=False)
    for table in story.tables:
        paper.table(table.caption, table.header, table.rows)
    if shown_round.groups:
        rows = per_group(shown_round.groups, shown_round.ballots)
        paper.table(_("Opkomst per groep"), (_("Groep"), _("Stemmen")), rows, (0.6, 0.2))
    if story.formula:
        paper.small(story.formula)


def _items(paper: Paper, caption: str, items: Sequence[SnapshotItem]) -> None:
    if not items:
        return
    rows = []
    for item in items:
        try:
            rows.append((_item_text(item), _item_place(item), _item_origin(item), _item_decision(item)))
        except Exception:  # noqa: BLE001 - one broken item must not cost the others (assurance T26)
            rows.append((unreadable(), "", "", ""))
    paper.table(caption, (_("Tekst"), _("Waar en wat"), _("Herkomst"), _("Besluit")), rows, (0.33, 0.16, 0.31, 0.2))


def _item_text(item: SnapshotItem) -> str:
    return f"{item.text}\n{_('Les')}: {item.lesson}" if item.lesson else item.text


def _item_place(item: SnapshotItem) -> str:
    parts = [
        environment_names(item.environments),
        tone_word(item.tone),
        moment_word(item.moment),
        group_name(item.group) if item.group else "",
    ]
    known = ", ".join(part for part in parts if part)
    return f"{kind_name(item.kind)}\n{known}" if known else kind_name(item.kind)


def _item_origin(item: SnapshotItem) -> str:
    return item.origin_line


def _item_decision(item: SnapshotItem) -> str:
    parts = [decision_name(item) if item.goes_on is not None else "", item.score, item.reason]
    return "\n".join(part for part in parts if part)


def _what_goes_on(paper: Paper, snapshot: Snapshot) -> None:
    decided = [item for item in snapshot.items if item.goes_on is not None]
    if not decided:
        return
    paper.heading(_("Wat gaat mee, en wat blijft liggen"), 1, new_page=True)
    for goes_on, heading, empty in (
        (True, _("Dit gaat mee naar de volgende stap"), _("Nog niets.")),
        (False, _("Dit blijft hier, met de reden"), _("Niets.")),
    ):
        paper.heading(heading, 2)
        chosen = in_no_order([item for item in decided if item.goes_on is goes_on])
        if not chosen:
            paper.text(empty)
            continue
        last = _("Uitkomst") if goes_on else _("Reden")
        paper.table(
            "",
            (_("Wat"), _("Soort"), _("Herkomst"), last),
            [
                (_item_text(i), kind_name(i.kind), _item_origin(i), i.score if goes_on else _why_it_stays(i))
                for i in chosen
            ],
            (0.32, 0.14, 0.36, 0.18),
        )


def _why_it_stays(item: SnapshotItem) -> str:
    return item.reason or item.score


def _still_to_come(paper: Paper, planned: Sequence[SnapshotSession]) -> None:
    if not planned:
        return
    paper.heading(_("Wat er nog komt"), 1)
    rows = [(session.sprint, session.title, format_date(session.held_on), session.place) for session in planned]
    header = (_("Sprint"), _("Bijeenkomst"), _("Datum"), _("Plaats"))
    paper.table("", header, rows, (0.1, 0.42, 0.24, 0.24))


def _loose_items(paper: Paper, snapshot: Snapshot) -> None:
    """What was added outside a step: it would otherwise be in the workbook and not in the report."""
    steps = {step.id for session in snapshot.sessions for step in session.steps}
    loose = [item for item in snapshot.items if item.step_id not in steps]
    if not loose:
        return
    paper.heading(_("Buiten een bijeenkomst toegevoegd"), 1)
    for kind in ItemKind:
        _items(paper, kind_name(kind), in_no_order([item for item in loose if item.kind == kind]))


def _results(paper: Paper, snapshot: Snapshot) -> None:
    paper.heading(_("Vastgelegde resultaten"), 1)
    if not snapshot.results:
        paper.text(_("Er is nog geen resultaat vastgelegd."))
        return
    paper.table(
        "",
        (_("Sprint"), _("Versie"), _("Vastgelegd op"), _("Door"), _("Geldt nog?"), _("Vingerafdruk")),
        [
            (
                result.sprint,
                result.version,
                format_date(local_day(result.fixed_at)),
                result.fixed_by,
                _("mogelijk verouderd") if result.is_stale else _("ja"),
                result.digest[:16],
            )
            for result in snapshot.results
        ],
    )
    paper.small(_("De vingerafdruk verandert als er één letter verandert. De hele staat in het Excel-bestand."))


def _figures(paper: Paper, figures: Sequence[Figure]) -> None:
    if not figures:
        return
    paper.heading(_("De wijk in cijfers"), 1, new_page=True)
    paper.text(_("Herken je dit? Cijfers zeggen niet alles: leg ze naast wat de bewoners vertelden."))
    rows = [
        (
            figure.label_nl,
            f"{area_text(figure)} ({level_name(figure.level)})",
            value_text(figure),
            "\n".join(
                f"{name}: {shown(value, figure.unit, figure.decimals)}" for _level, name, value in figure.reference
            ),
            origin_text(figure),
        )
        for figure in figures
    ]
    paper.table(
        _("Cijfers met jaar, bron en het gebied waarvoor ze gelden"),
        (_("Cijfer"), _("Gebied"), _("Waarde"), _("Ter vergelijking"), _("Jaar en bron")),
        rows,
        (0.3, 0.2, 0.13, 0.18, 0.19),
    )
    # A note often holds for several areas: it stands once, under the table.
    notes = dict.fromkeys(f"{figure.label_nl}: {figure.note}" for figure in figures if figure.note)
    for note in notes:
        paper.small(note)


def _account(paper: Paper, moment: str) -> None:
    paper.heading(_("Hoe dit rapport is gemaakt"), 1)
    paper.bullets(
        [
            _("{moment}. Alle bestanden van dit moment bevatten dezelfde getallen.").format(moment=moment),
            _("Geheime stemmen staan er alleen opgeteld in. Groepen van minder dan vijf mensen staan samen."),
            _("Teksten zijn van deelnemers. Ze staan in een volgorde die niets zegt over wie eerst was."),
        ]
    )
    paper.heading(_("Bronnen"), 2)
    paper.bullets(attributions())
