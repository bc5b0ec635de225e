"""The slide (glijbaan): where each group stands between seeing no problem and being ready to move; again in 3 and 7.

Source: CCV after Karin de Galan (domain paper 1.2). Top and middle are sourced; the bottom is our reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot, count_answers
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.questions import Question, Scale
from workshop.domain.evening.stories import GroupRow, GroupsPicture, Story, Table
from workshop.domain.words import group_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import StepContext, Werkvorm, tally_frame, turnout_sentence

PLACE = "place"
STEPS = 3


def slide_words() -> tuple[str, ...]:
    """The three places, from the top down."""
    return (
        _("Bovenaan: ik heb hier geen last van"),
        _("Halverwege: ik heb er last van, maar zie geen uitweg"),
        _("Onderaan: ik heb er last van en wil nu iets doen"),
    )


class Slide(Werkvorm):
    key = "slide"
    sprints = (1, 3, 7)
    default_minutes = 10

    def title(self) -> str:
        return _("De glijbaan")

    def prompt(self) -> str:
        return _("Waar sta jij op de glijbaan?")

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (Scale(PLACE, _("Kies je plek."), slide_words()),)

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["places"] = _places(ballots)
        frame["places_per_group"] = {label: _places(given) for label, given in of_group.items()}
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        before: Mapping[str, Any] = context.previous or {}
        everyone = _row(_("Iedereen samen"), outcome["places"], before.get("places"))
        groups = outcome["places_per_group"]
        rows = tuple(
            _row(group_name(label), groups[label], before.get("places_per_group", {}).get(label))
            for label in sorted(groups, key=lambda label: (label == OTHERS, label))
        )
        rows = rows if len(rows) > 1 else ()
        words = slide_words()
        return Story(
            lead=_standing(everyone) if outcome["n"] else _("Er zijn nog geen stemmen."),
            sentences=tuple(_standing(row) for row in rows),
            picture=GroupsPicture((everyone, *rows), words),
            tables=(
                Table(
                    _("De glijbaan, in aantal mensen"),
                    (_("Groep"), *words, _("Samen")),
                    tuple((row.label, *row.counts, sum(row.counts)) for row in (everyone, *rows)),
                ),
            ),
            turnout=turnout_sentence(outcome),
        )


def _places(ballots: Sequence[Ballot]) -> list[int]:
    counts = count_answers(ballots, PLACE)
    return [counts.get(place, 0) for place in range(1, STEPS + 1)]


def _row(label: str, counts: Sequence[int], before: Sequence[int] | None) -> GroupRow:
    return GroupRow(label, tuple(counts), tuple(before) if before else None)


def _standing(row: GroupRow) -> str:
    """People, not averages: who is ready, who is stuck, and the time before when there was one."""
    top, middle, bottom = row.counts
    wants = n_("{bottom} van de {n} wil nu iets doen", "{bottom} van de {n} willen nu iets doen", bottom)
    stuck = n_("{middle} ziet geen uitweg", "{middle} zien geen uitweg", middle)
    free = n_("{top} heeft er geen last van", "{top} hebben er geen last van", top)
    sentence = _("{group}: {wants}, {stuck}, {free}.").format(
        group=row.label,
        wants=wants.format(bottom=bottom, n=sum(row.counts)),
        stuck=stuck.format(middle=middle),
        free=free.format(top=top),
    )
    if row.before is None:
        return sentence
    return n_(
        "{now} De vorige keer wilde {bottom} van de {n} iets doen (deels andere mensen).",
        "{now} De vorige keer wilden {bottom} van de {n} iets doen (deels andere mensen).",
        row.before[2],
    ).format(now=sentence, bottom=row.before[2], n=sum(row.before))


WERKVORM = Slide()
