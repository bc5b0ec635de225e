"""Parking lot: what matters but does not belong here now; nothing is lost, it comes back on a later agenda."""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class ParkingLot(NotesActivity):
    key = "parking_lot"
    sprints = (1, 2, 3, 4, 5, 6, 7)
    makes = frozenset({ItemKind.PARKED})
    default_minutes = 5

    def title(self) -> str:
        return _("Parkeerplaats")

    def prompt(self) -> str:
        return _("Wat wil je niet kwijt, maar hoort nu niet hier?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Geparkeerd"),
                NoteForm(
                    "parked",
                    ItemKind.PARKED,
                    _("Wat parkeer je?"),
                    _("Bijvoorbeeld: het verkeer bij de school."),
                    second_prompt=_("Wanneer of met wie komt dit terug?"),
                ),
            ),
        )


WERKVORM = ParkingLot()
