"""How would … solve this: borrow the way of working of an organisation that has nothing to do with the problem.

Source: the CCV names the activity (Hoe zouden … dit oplossen); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class HowWouldThey(NotesActivity):
    key = "how_would_they"
    sprints = (4,)
    takes = frozenset({ItemKind.WISH, ItemKind.RISK, ItemKind.CAUSE})
    makes = frozenset({ItemKind.IDEA})
    default_minutes = 45

    def title(self) -> str:
        return _("Hoe zouden … dit oplossen?")

    def prompt(self) -> str:
        return _("Hoe zou een voetbalclub, een supermarkt of een camping dit aanpakken?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Idee"),
                NoteForm(
                    "idea",
                    ItemKind.IDEA,
                    _("Wat kunnen wij van hen overnemen?"),
                    second_prompt=_("Van welke organisatie of club keek je dit af?"),
                ),
            ),
        )


WERKVORM = HowWouldThey()
