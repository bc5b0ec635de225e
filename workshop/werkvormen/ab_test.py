"""A/B test set-up: two variants, the same measure, a norm agreed beforehand; and what was seen afterwards.

Source: the CCV names the activity (A/B testen); the set-up is our reading.
"""

from __future__ import annotations

from workshop.domain.evening.questions import NoteForm
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.notes_activity import NotePart, NotesActivity


class ABTest(NotesActivity):
    key = "ab_test"
    sprints = (6, 5)
    takes = frozenset({ItemKind.INTERVENTION, ItemKind.ASSUMPTION})
    makes = frozenset({ItemKind.INTERVENTION, ItemKind.ASSUMPTION, ItemKind.FEEDBACK})
    default_minutes = 45

    def title(self) -> str:
        return _("A/B-test opzetten")

    def prompt(self) -> str:
        return _("Welke twee manieren vergelijken we, en wanneer is het gelukt?")

    def parts(self) -> tuple[NotePart, ...]:
        return (
            NotePart(
                _("Variant"),
                NoteForm(
                    "variant",
                    ItemKind.INTERVENTION,
                    _("Beschrijf één variant. Begin met A of met B."),
                    _("Bijvoorbeeld: A – de buurtkamer open op dinsdagmiddag."),
                    second_prompt=_("Waar en hoe lang proberen we dit uit?"),
                ),
            ),
            NotePart(
                _("Verwachting"),
                NoteForm(
                    "expected",
                    ItemKind.ASSUMPTION,
                    _("Wat verwachten we te zien, en hoe tellen we dat?"),
                    second_prompt=_("Vanaf welk getal is het gelukt?"),
                ),
            ),
            NotePart(_("Gezien"), NoteForm("seen", ItemKind.FEEDBACK, _("Wat zagen we bij A, en wat bij B?"))),
        )


WERKVORM = ABTest()
