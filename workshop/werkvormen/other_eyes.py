"""Look through the eyes of …: invent from a borrowed point of view (a child, a shopkeeper, a newcomer).

Source: the CCV names the activity (Kijk door de bril van); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class OtherEyes(NotesActivity):
    key = "other_eyes"
    sprints = (4,)
    takes = frozenset({ItemKind.WISH, ItemKind.RISK, ItemKind.CAUSE})
    makes = frozenset({ItemKind.IDEA})
    default_minutes = 60

    def title(self) -> str:
        return _("Kijk door de bril van …")

    def prompt(self) -> str:
        return _("Zet de bril van iemand anders op. Wat zou jij dan doen?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Idee"),
                NoteForm(
                    "idea",
                    ItemKind.IDEA,
                    _("Welk idee krijg je met deze bril op?"),
                    second_prompt=_("Welke bril had je op? Noem een rol, geen naam."),
                ),
            ),
        )


WERKVORM = OtherEyes()
