"""Field safari: go and look, together, at another hour and through other eyes; the yield is typed on the way.

Source: the CCV names the activity (Praktijksafari), its yield, group and time; route and questions are ours.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class FieldSafari(NotesActivity):
    key = "field_safari"
    sprints = (1, 2)
    makes = frozenset({ItemKind.FINDING, ItemKind.ASSUMPTION})
    default_minutes = 150

    def title(self) -> str:
        return _("Praktijksafari")

    def prompt(self) -> str:
        return _("Loop door de wijk. Wat zie, hoor en ruik je? Schrijf het op de plek zelf op.")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Gezien"),
                NoteForm(
                    "seen",
                    ItemKind.FINDING,
                    _("Wat zag, hoorde of rook je, en op welke plek?"),
                    _("Bijvoorbeeld: bij het plein zit om acht uur niemand meer."),
                    asks_environments=True,
                    asks_tone=True,
                ),
            ),
            NotePart(_("Verrassing"), NoteForm("surprise", ItemKind.ASSUMPTION, _("Wat was anders dan je dacht?"))),
        )


WERKVORM = FieldSafari()
