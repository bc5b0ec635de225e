"""Silent brainstorm: everybody writes alone first, so that the loudest voice does not set the tone; then cluster."""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class Brainstorm(NotesActivity):
    key = "brainstorm"
    sprints = (4, 3, 5)
    takes = frozenset({ItemKind.WISH, ItemKind.RISK, ItemKind.CAUSE, ItemKind.CONCLUSION})
    makes = frozenset({ItemKind.IDEA})
    default_minutes = 20

    def title(self) -> str:
        return _("Stille brainstorm")

    def prompt(self) -> str:
        return _("Welke ideeën heb jij? Schrijf één idee per kaartje. Praten komt straks.")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Idee"),
                NoteForm(
                    "idea",
                    ItemKind.IDEA,
                    _("Wat is jouw idee?"),
                    _("Bijvoorbeeld: de sporthal op vrijdag langer open. Uitbreiden wat er al is, telt ook."),
                ),
            ),
        )


WERKVORM = Brainstorm()
