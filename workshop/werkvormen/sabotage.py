"""Sabotage session: make it fail on purpose, on paper, and then close the holes.

Source: the CCV names the activity (Sabotagesessie); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class Sabotage(NotesActivity):
    key = "sabotage"
    sprints = (6, 5)
    takes = frozenset({ItemKind.INTERVENTION, ItemKind.IDEA})
    makes = frozenset({ItemKind.RISK})
    default_minutes = 60

    def title(self) -> str:
        return _("Sabotagesessie")

    def prompt(self) -> str:
        return _("Hoe zorg je dat dit plan zeker mislukt?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Zo mislukt het"),
                NoteForm(
                    "failure",
                    ItemKind.RISK,
                    _("Hoe laat je dit plan mislukken?"),
                    _("Bijvoorbeeld: niemand weet wie de sleutel heeft."),
                    second_prompt=_("Wat voorkomt dit, of beperkt de schade?"),
                ),
            ),
        )


WERKVORM = Sabotage()
