"""1-2-4-all: think alone, then in twos, in fours, and with everybody; the timer stands in the content file."""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class OneTwoFourAll(NotesActivity):
    key = "one_two_four_all"
    sprints = (4, 1, 2, 3, 7)
    takes = frozenset({ItemKind.FINDING, ItemKind.RISK, ItemKind.WISH, ItemKind.CONCLUSION})
    makes = frozenset({ItemKind.IDEA, ItemKind.CONCLUSION})
    default_minutes = 25

    def title(self) -> str:
        return _("Alleen, met twee, met vier, met allen")

    def prompt(self) -> str:
        return _("Denk eerst alleen na. Praat dan met twee, dan met vier. Schrijf op wat jullie het sterkst vinden.")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(_("Alleen"), NoteForm("alone", ItemKind.IDEA, _("Wat bedacht jij zelf?"))),
            NotePart(
                _("Met vier"),
                NoteForm(
                    "together",
                    ItemKind.CONCLUSION,
                    _("Wat vinden jullie met vier het sterkst? Eén kaartje per viertal."),
                    second_prompt=_("Waarom dit?"),
                ),
            ),
        )


WERKVORM = OneTwoFourAll()
