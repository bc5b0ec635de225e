"""Socratic dialogue: ask on, do not judge, and find the question behind the question.

Source: the CCV names the activity, its yield, group and time; the questions are ours.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class Socratic(NotesActivity):
    key = "socratic"
    sprints = (1, 2)
    makes = frozenset({ItemKind.PAIN, ItemKind.CAUSE, ItemKind.ASSUMPTION})
    default_minutes = 90

    def title(self) -> str:
        return _("Onderzoek en praat als Socrates")

    def prompt(self) -> str:
        return _("Wat is het echte probleem? Vraag door en geef nog geen oplossing.")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Het probleem"),
                NoteForm(
                    "pain",
                    ItemKind.PAIN,
                    _("Wat is er precies aan de hand, en voor wie?"),
                    second_prompt=_("Wat merken mensen daarvan?"),
                ),
            ),
            NotePart(_("Waarom"), NoteForm("cause", ItemKind.CAUSE, _("Waarom is dat zo? En waarom dát?"))),
            NotePart(
                _("Losgelaten"),
                NoteForm(
                    "assumption",
                    ItemKind.ASSUMPTION,
                    _("Wat dachten we vooraf, en blijkt niet zo te zijn?"),
                    second_prompt=_("Wat weten we nu?"),
                ),
            ),
        )


WERKVORM = Socratic()
