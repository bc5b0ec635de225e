"""Assumption analysis: which assumptions under the plan held, which were refuted, which are still open.

Source: the CCV names the activity (Aanname-analyse); the way of working is our reading.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.domain.evening.questions import NoteForm, Option
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.contract import StepContext
from workshop.werkvormen.per_item import Counts, PerItemActivity, top_three

HELD, REFUTED, OPEN = "held", "refuted", "open"


class Assumptions(PerItemActivity):
    key = "assumptions"
    sprints = (7, 5, 6)
    takes = frozenset({ItemKind.ASSUMPTION})
    makes = frozenset({ItemKind.ASSUMPTION})
    favourable = (HELD,)
    default_minutes = 60

    def title(self) -> str:
        return _("Aanname-analyse")

    def prompt(self) -> str:
        return _("Klopte deze aanname?")

    def options(self) -> tuple[Option, ...]:
        return (Option(HELD, _("Klopte")), Option(REFUTED, _("Klopte niet")), Option(OPEN, _("Weten we nog niet")))

    def unit(self) -> str:
        return _("mensen: klopte")

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "assumption",
                ItemKind.ASSUMPTION,
                _("Welke aanname zit er nog onder ons plan?"),
                _("Bijvoorbeeld: jongeren komen als de deur tot negen uur open is."),
                second_prompt=_("Waaraan zien we of dit klopt?"),
            ),
        )

    def lead(self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]) -> str:
        held = top_three(order, text)
        return (
            _("Dit klopte het vaakst: {list}.").format(list=held) if held else _("Volgens niemand klopte een aanname.")
        )

    def discuss(self, text: Mapping[str, str], counts: Mapping[str, Counts]) -> tuple[str, ...]:
        return tuple(
            _("{label}: {n} keer “weten we nog niet”. Spreek af hoe je dit blijft meten.").format(
                label=text[key], n=counts[key][OPEN]
            )
            for key in sorted(text, key=lambda key: -counts[key][OPEN])[:3]
            if counts[key][OPEN]
        )


WERKVORM = Assumptions()
