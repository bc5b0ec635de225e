"""What the report begins and ends with: the joint task, the whole in short, what was agreed, how it was made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from workshop.actions.sprints.material import Snapshot
from workshop.actions.wijkplan.definitions import definition_labels
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Heading, Keynote, Pairs, Points, Text, Title, Weight, chapter
from workshop.documents.words import moment_of, one_line
from workshop.domain.words import local_day
from workshop.locale import _, format_date
from workshop.sources.attribution import attributions


@chapter(Chapter.OPENING)
def tell_opening(snapshot: Snapshot) -> Iterator[Block]:
    plan = snapshot.wijkplan
    under = (
        _("Gemeente {name}").format(name=plan.municipality_name),
        ", ".join(area.name for area in plan.areas),
        plan.theme,
    )
    yield Title(plan.title, " · ".join(part for part in under if part))
    if plan.is_demo:
        yield Text(_("Dit is een verzonnen voorbeeld, geen echte wijk."), Weight.STRONG)
    if snapshot.joint_tasks:
        task = snapshot.joint_tasks[-1]
        written = _("Versie {version}, geschreven op {day}.").format(
            version=task.version, day=format_date(local_day(task.written_at))
        )
        yield Keynote(_("Gezamenlijke opgave"), task.text, written)
    else:
        yield Keynote(_("Gezamenlijke opgave"), _("De groep schreef nog geen gezamenlijke opgave."))
    yield Text(moment_of(snapshot) + ". " + _("Uitslagen die nog niet getoond zijn, staan er niet in."), Weight.QUIET)


@chapter(Chapter.IN_SHORT)
def tell_in_short(snapshot: Snapshot) -> Iterator[Block]:
    """The last outcome of every step in one sentence."""
    leads = tuple(
        f"{one_line(step.title)}: {shown.story.lead}"
        for session in snapshot.sessions
        for step in session.steps
        for shown in step.rounds[-1:]
    )
    yield Heading(_("In het kort"), 1)
    if leads:
        yield Points(leads)
    else:
        yield Text(_("Er is nog geen uitslag getoond. Dit rapport vult zich met elke bijeenkomst."))


@chapter(Chapter.AGREED)
def tell_agreed(snapshot: Snapshot) -> Iterator[Block]:
    """The project definition and the partners; nothing while nothing was agreed."""
    partners = ", ".join(partner.name for partner in snapshot.wijkplan.open_partners)
    pairs = (*definition_rows(snapshot), *([(_("Partners"), partners)] if partners else []))
    if pairs:
        yield Heading(_("Wat we afspraken"), 1)
        yield Pairs(pairs)


def definition_rows(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The agreed project definition as pairs of heading and text; what was left empty is not in it."""
    agreed = snapshot.wijkplan.definition
    found = ((heading, getattr(agreed, name)) for name, heading in definition_labels().items())
    return tuple((heading, _said(value)) for heading, value in found if value)


def _said(value: str | date) -> str:
    return value if isinstance(value, str) else format_date(value)


@chapter(Chapter.ACCOUNT)
def tell_account(snapshot: Snapshot) -> Iterator[Block]:
    """How the report was made, and whose figures it shows."""
    yield Heading(_("Hoe dit rapport is gemaakt"), 1)
    yield Points(
        (
            _("{moment}. Alle bestanden van dit moment bevatten dezelfde getallen.").format(moment=moment_of(snapshot)),
            _("Geheime stemmen staan er alleen opgeteld in. Groepen van minder dan vijf mensen staan samen."),
            _("Teksten zijn van deelnemers. Ze staan in een volgorde die niets zegt over wie eerst was."),
        )
    )
    yield Heading(_("Bronnen"), 2)
    yield Points(tuple(attributions()))
