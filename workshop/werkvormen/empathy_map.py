"""Empathy map: what somebody thinks, hears, sees, says and does; where the pain is, and what the behaviour yields.

Source: the CCV names the activity (Hoe is het werkelijk met jou) and its seven places; the questions are ours.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class EmpathyMap(NotesActivity):
    key = "empathy_map"
    sprints = (2, 1)
    takes = frozenset({ItemKind.PAIN, ItemKind.FINDING, ItemKind.CONDITION})
    makes = frozenset({ItemKind.FINDING, ItemKind.PAIN, ItemKind.NEED})
    default_minutes = 90

    def title(self) -> str:
        return _("Hoe is het werkelijk met jou?")

    def prompt(self) -> str:
        return _("Kruip in de huid van één groep. Hoe is het om dat te zijn?")

    def parts(self) -> tuple[NotePart, ...]:
        seen = (
            ("thinks", _("Denkt"), _("Wat denkt deze groep, zonder het te zeggen?")),
            ("hears", _("Hoort"), _("Wat hoort deze groep om zich heen, en van wie?")),
            ("sees", _("Ziet"), _("Wat ziet deze groep elke dag?")),
            ("says", _("Zegt"), _("Wat zegt deze groep hardop?")),
            ("does", _("Doet"), _("Wat doet deze groep?")),
        )
        return (
            *(NotePart(label, NoteForm(key, ItemKind.FINDING, prompt)) for key, label, prompt in seen),
            NotePart(_("Pijn"), NoteForm("pain", ItemKind.PAIN, _("Wat doet pijn of kost moeite?"))),
            NotePart(
                _("Winst"), NoteForm("gain", ItemKind.NEED, _("Wat levert het gedrag van nu op? Wat is er dus nodig?"))
            ),
        )


WERKVORM = EmpathyMap()
