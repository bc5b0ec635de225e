"""Hopes and fears: what people hope this becomes and what they dread; both at the start, before anything is planned."""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class HopesAndFears(NotesActivity):
    key = "hopes_and_fears"
    sprints = (1, 3)
    makes = frozenset({ItemKind.WISH, ItemKind.RISK})
    default_minutes = 20

    def title(self) -> str:
        return _("Hoop en vrees")

    def prompt(self) -> str:
        return _("Waar hoop je op, en waar ben je bang voor?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(_("Hoop"), NoteForm("hope", ItemKind.WISH, _("Over een jaar hoop ik dat …"))),
            NotePart(
                _("Vrees"),
                NoteForm(
                    "fear",
                    ItemKind.RISK,
                    _("Ik ben bang dat …"),
                    second_prompt=_("Waardoor zou dat niet gebeuren?"),
                ),
            ),
        )


WERKVORM = HopesAndFears()
