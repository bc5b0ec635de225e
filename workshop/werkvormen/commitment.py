"""Commitment baseline (nulmeting): where each group stands, how earlier promises went, what would make people join.

Source: CCV, key factor 1: begin by mapping what was done on commitment and where people stand (domain paper 1.3).
The five steps in words and the reading of "doet mee" (4-5) and "twijfelt" (2-3) are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import count_answers
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.questions import Choice, NoteForm, Option, Question, Scale
from workshop.domain.evening.stories import GroupRow, GroupsPicture, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import group_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import Ballot, StepContext, Werkvorm, tally_frame, turnout_sentence

STANCE, EXPERIENCE = "stance", "experience"
EXPERIENCES = ("disappointed", "neutral", "good")


def stance_words() -> tuple[str, ...]:
    """The five steps, from standing outside to pulling."""
    return (
        _("Ik doe niet mee"),
        _("Ik twijfel sterk"),
        _("Ik kijk het nog aan"),
        _("Ik doe mee"),
        _("Ik help trekken"),
    )


def experience_words() -> dict[str, str]:
    return {"disappointed": _("Teleurgesteld"), "neutral": _("Neutraal"), "good": _("Goed")}


def _stances(ballots: Sequence[Ballot]) -> list[int]:
    counts = count_answers(ballots, STANCE)
    return [counts.get(step, 0) for step in range(1, 6)]


class Commitment(Werkvorm):
    key = "commitment"
    sprints = (1, 3, 7)
    makes = frozenset({ItemKind.CONDITION, ItemKind.INITIATIVE, ItemKind.CONCLUSION})
    ends_in_joint_task = True
    default_minutes = 20

    def title(self) -> str:
        return _("Nulmeting: waar sta jij?")

    def prompt(self) -> str:
        return _("Waar sta jij nu? En hoe ging het met eerdere beloftes?")

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (
            Scale(STANCE, _("Doe jij mee met een plan voor deze wijk?"), stance_words()),
            Choice(
                EXPERIENCE,
                _("Wat is je ervaring met eerdere beloftes in de wijk?"),
                tuple(Option(value, label) for value, label in experience_words().items()),
            ),
        )

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "condition",
                ItemKind.CONDITION,
                _("Wat zou je laten meedoen?"),
                _("Bijvoorbeeld: dat we na een maand horen wat ermee gebeurt."),
                limit=200,
            ),
            NoteForm(
                "initiative",
                ItemKind.INITIATIVE,
                _("Wat is er eerder gedaan in de wijk?"),
                _("Bijvoorbeeld: de buurtapp van 2021."),
                second_prompt=_("Wat leerden we daarvan?"),
                limit=200,
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        experiences = count_answers(ballots, EXPERIENCE)
        frame["stance"] = _stances(ballots)
        frame["experience"] = {e: experiences.get(e, 0) for e in EXPERIENCES}
        frame["stance_per_group"] = {label: _stances(given) for label, given in of_group.items()}
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        before = context.previous
        rows = tuple(
            GroupRow(
                group_name(label),
                tuple(counts),
                tuple(before["stance_per_group"][label]) if before and label in before["stance_per_group"] else None,
            )
            for label, counts in sorted(
                outcome["stance_per_group"].items(), key=lambda pair: (pair[0] == OTHERS, pair[0])
            )
        )
        everyone = GroupRow(_("Iedereen samen"), tuple(outcome["stance"]), tuple(before["stance"]) if before else None)
        words = stance_words()
        tables = [
            Table(
                _("Waar staan we nu, in aantal mensen"),
                (_("Groep"), *words, _("Samen")),
                tuple((row.label, *row.counts, sum(row.counts)) for row in (everyone, *rows)),
            ),
            Table(
                _("Ervaring met eerdere beloftes"),
                (_("Ervaring"), _("Aantal")),
                tuple((experience_words()[e], outcome["experience"][e]) for e in EXPERIENCES),
            ),
        ]
        return Story(
            lead=_standing(everyone),
            sentences=(*(_standing(row) for row in rows if len(rows) > 1), _experience(outcome)),
            picture=GroupsPicture((everyone, *(rows if len(rows) > 1 else ())), words),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
        )


def _standing(row: GroupRow) -> str:
    """People, not averages: how many join and how many doubt, with the time before when there was one."""
    total, joining, doubting = sum(row.counts), sum(row.counts[3:]), sum(row.counts[1:3])
    joins = n_("{joining} van de {total} doet mee", "{joining} van de {total} doen mee", joining)
    doubts = n_("{doubting} twijfelt", "{doubting} twijfelen", doubting)
    sentence = _("{group}: {joins}, {doubts}.").format(
        group=row.label,
        joins=joins.format(joining=joining, total=total),
        doubts=doubts.format(doubting=doubting),
    )
    if row.before is None:
        return sentence
    joined = sum(row.before[3:])
    return n_(
        "{now} De vorige keer deed er {joining} van de {total} mee (deels andere mensen).",
        "{now} De vorige keer deden er {joining} van de {total} mee (deels andere mensen).",
        joined,
    ).format(now=sentence, joining=joined, total=sum(row.before))


def _experience(outcome: Mapping[str, Any]) -> str:
    counted = outcome["experience"]
    return _("Eerdere beloftes: {disappointed} teleurgesteld, {neutral} neutraal, {good} goed.").format(**counted)


WERKVORM = Commitment()
