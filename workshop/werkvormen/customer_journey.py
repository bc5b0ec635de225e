"""Draw the journey (klantreis): step by step through a day or a contact, with what it felt like and what was wished.

Source: the CCV names the activity (Teken de "klantreis"); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class CustomerJourney(NotesActivity):
    key = "customer_journey"
    sprints = (3, 2)
    takes = frozenset({ItemKind.PAIN, ItemKind.NEED, ItemKind.RISK, ItemKind.CAUSE})
    makes = frozenset({ItemKind.FINDING, ItemKind.PAIN, ItemKind.WISH})
    default_minutes = 120

    def title(self) -> str:
        return _("Teken de klantreis")

    def prompt(self) -> str:
        return _("Loop de reis stap voor stap door. Waar gaat het mis, en wat had je dan gewild?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Moment"),
                NoteForm(
                    "moment",
                    ItemKind.FINDING,
                    _("Welke stap is dit? Begin met het nummer van de stap."),
                    _("Bijvoorbeeld: 3 – ik bel de gemeente over het lawaai."),
                    asks_tone=True,
                ),
            ),
            NotePart(_("Pijn"), NoteForm("pain", ItemKind.PAIN, _("Wat ging hier mis, en wat deed dat met je?"))),
            NotePart(
                _("Wens"),
                NoteForm("wish", ItemKind.WISH, _("Wat had je hier gewild?"), _("Begin met: ik wil dat …")),
            ),
        )


WERKVORM = CustomerJourney()
