"""Show me your life: somebody shows the places and hours of an ordinary day, and tells what they mean.

Source: the CCV names the activity (Toon me je leven); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class ShowMeYourLife(NotesActivity):
    key = "show_me_your_life"
    sprints = (2, 1)
    makes = frozenset({ItemKind.FINDING, ItemKind.PAIN, ItemKind.NEED})
    default_minutes = 120

    def title(self) -> str:
        return _("Toon me je leven")

    def prompt(self) -> str:
        return _("Hoe ziet jouw gewone dag eruit? Waar kom je graag, en waar liever niet?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Plek"),
                NoteForm(
                    "place",
                    ItemKind.FINDING,
                    _("Welke plek hoort bij jouw dag, en wat doe je daar?"),
                    _("Bijvoorbeeld: het bankje bij de flat, na school."),
                    asks_environments=True,
                ),
            ),
            NotePart(_("Pijn"), NoteForm("pain", ItemKind.PAIN, _("Waar zit het tegen, en waarom?"))),
            NotePart(_("Behoefte"), NoteForm("need", ItemKind.NEED, _("Wat heb je daar nodig?"))),
        )


WERKVORM = ShowMeYourLife()
