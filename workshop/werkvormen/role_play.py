"""Role play: act out the contact on which the intervention depends; the phone takes what worked and what is needed.

Source: the CCV names the activity (Interactie in een rollenspel); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class RolePlay(NotesActivity):
    key = "role_play"
    sprints = (5,)
    takes = frozenset({ItemKind.IDEA, ItemKind.INTERVENTION})
    makes = frozenset({ItemKind.FEEDBACK, ItemKind.NEED, ItemKind.INTERVENTION})
    default_minutes = 90

    def title(self) -> str:
        return _("Interactie in een rollenspel")

    def prompt(self) -> str:
        return _("Speel het gesprek na. De anderen kijken: wat werkte, en wat niet?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Gezien"),
                NoteForm("seen", ItemKind.FEEDBACK, _("Welk woord of gebaar werkte, of juist niet?"), asks_tone=True),
            ),
            NotePart(_("Nodig"), NoteForm("need", ItemKind.NEED, _("Wat heeft degene die dit straks doet nodig?"))),
            NotePart(
                _("Zo doen we het"), NoteForm("agreed", ItemKind.INTERVENTION, _("Hoe pakken we dit gesprek aan?"))
            ),
        )


WERKVORM = RolePlay()
