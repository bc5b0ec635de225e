"""I like, I wish, I wonder: a balanced round of feedback in three sentences.

Source: the CCV names the activity ("Ik hou van, ik wens, ik vraag me af…"); the way of working is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class LoveWishWonder(NotesActivity):
    key = "love_wish_wonder"
    sprints = (7, 6)
    takes = frozenset({ItemKind.INTERVENTION, ItemKind.ACTION, ItemKind.CONCLUSION})
    makes = frozenset({ItemKind.FEEDBACK})
    default_minutes = 45

    def title(self) -> str:
        return _("Ik hou van, ik wens, ik vraag me af …")

    def prompt(self) -> str:
        return _("Maak een zin af: ik hou van …, ik wens … of ik vraag me af …")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(_("Ik hou van"), NoteForm("love", ItemKind.FEEDBACK, _("Ik hou van …"))),
            NotePart(_("Ik wens"), NoteForm("wish", ItemKind.FEEDBACK, _("Ik wens …"))),
            NotePart(_("Ik vraag me af"), NoteForm("wonder", ItemKind.FEEDBACK, _("Ik vraag me af …"))),
        )


WERKVORM = LoveWishWonder()
