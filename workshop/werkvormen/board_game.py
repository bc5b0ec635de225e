"""Scenarios as a board game: play the intervention at the table; the phone takes what the game taught.

Source: the CCV names the activity (Scenario's in een bordspel); the rules are our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class BoardGame(NotesActivity):
    key = "board_game"
    sprints = (5,)
    takes = frozenset({ItemKind.IDEA, ItemKind.INTERVENTION})
    makes = frozenset({ItemKind.RISK, ItemKind.NEED, ItemKind.INTERVENTION})
    default_minutes = 120

    def title(self) -> str:
        return _("Scenario’s in een bordspel")

    def prompt(self) -> str:
        return _("Speel het plan aan tafel. Schrijf na elke ronde op wat je leerde.")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Tegenslag"),
                NoteForm("setback", ItemKind.RISK, _("Wat ging er mis?"), second_prompt=_("Wat hielp daartegen?")),
            ),
            NotePart(_("Gemist"), NoteForm("missing", ItemKind.NEED, _("Wie of wat misten jullie aan tafel?"))),
            NotePart(_("Beter"), NoteForm("better", ItemKind.INTERVENTION, _("Hoe gaat het plan er nu uitzien?"))),
        )


WERKVORM = BoardGame()
