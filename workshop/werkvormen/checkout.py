"""Check-out: three questions at the end of an evening, kept over sessions.

Was it worth it, were you heard, what should be different: ours, after issue "an evening with real people", point 9.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import count_answers
from workshop.domain.evening.questions import NoteForm, Question, Scale
from workshop.domain.evening.stories import GroupRow, GroupsPicture, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.contract import Ballot, StepContext, Werkvorm, tally_frame, turnout_sentence

WORTH, HEARD = "worth", "heard"


def _words() -> tuple[str, ...]:
    return (_("Helemaal niet"), _("Een beetje"), _("Gaat wel"), _("Ja"), _("Ja, heel erg"))


class CheckOut(Werkvorm):
    key = "checkout"
    sprints = (1, 2, 3, 4, 5, 6, 7)
    makes = frozenset({ItemKind.FEEDBACK})
    default_minutes = 5

    def title(self) -> str:
        return _("Hoe was het vandaag?")

    def prompt(self) -> str:
        return _("Twee korte vragen, en wat er een volgende keer anders moet.")

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (
            Scale(WORTH, _("Was deze bijeenkomst het waard?"), _words()),
            Scale(HEARD, _("Is er naar je geluisterd?"), _words()),
        )

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "different",
                ItemKind.FEEDBACK,
                _("Wat moet een volgende keer anders?"),
                _("Bijvoorbeeld: meer tijd om te praten."),
                limit=200,
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, _of_group = tally_frame(context, ballots)
        for question in (WORTH, HEARD):
            counts = count_answers(ballots, question)
            frame[question] = [counts.get(step, 0) for step in range(1, 6)]
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        words, before = _words(), context.previous
        rows = tuple(
            GroupRow(label, tuple(outcome[key]), tuple(before[key]) if before else None)
            for key, label in ((WORTH, _("Het was het waard")), (HEARD, _("Er is naar mij geluisterd")))
        )
        heard = rows[1]
        lead = _("{yes} van de {n} vinden dat er naar hen is geluisterd.").format(
            yes=sum(heard.counts[3:]), n=sum(heard.counts)
        )
        return Story(
            lead=lead if sum(heard.counts) else _("Er zijn nog geen stemmen."),
            sentences=(
                _("Voor {yes} van de {n} was het de moeite waard.").format(
                    yes=sum(rows[0].counts[3:]), n=sum(rows[0].counts)
                ),
            )
            if sum(rows[0].counts)
            else (),
            picture=GroupsPicture(rows, words),
            tables=(
                Table(
                    _("Hoe was het vandaag, in aantal mensen"),
                    (_("Vraag"), *words, _("Samen")),
                    tuple((row.label, *row.counts, sum(row.counts)) for row in rows),
                ),
            ),
            turnout=turnout_sentence(outcome),
        )


WERKVORM = CheckOut()
