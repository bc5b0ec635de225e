"""Consent round: a proposal goes on when nobody has a grave objection, and an objection comes with its reason.

Source: the CCV names the activity (Samen gedragen beslissingen nemen); the three answers and their words are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from workshop.domain.evening.questions import NoteForm, Option
from workshop.domain.evening.stories import Story
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.contract import StepContext, spoken
from workshop.werkvormen.per_item import Counts, PerItemActivity

AGREE, CAN_LIVE, OBJECTION = "agree", "can_live", "objection"


class Consent(PerItemActivity):
    key = "consent"
    sprints = (3, 4, 7)
    makes = frozenset({ItemKind.CONDITION})
    favourable = (AGREE, CAN_LIVE)
    default_minutes = 30

    def title(self) -> str:
        return _("Samen gedragen besluit")

    def prompt(self) -> str:
        return _("Kun je achter dit voorstel staan? Overwegend bezwaar betekent: dit schaadt wat we samen willen.")

    def options(self) -> tuple[Option, ...]:
        return (
            Option(AGREE, _("Akkoord")),
            Option(CAN_LIVE, _("Ik kan ermee leven")),
            Option(OBJECTION, _("Overwegend bezwaar")),
        )

    def unit(self) -> str:
        return _("mensen zonder overwegend bezwaar")

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "objection",
                ItemKind.CONDITION,
                _("Heb je een overwegend bezwaar? Schrijf bij welk voorstel, en waarom."),
                _("Bijvoorbeeld: de buurtkamer – omwonenden zijn nog niet gevraagd."),
                second_prompt=_("Wat moet er anders, zodat je wel mee kunt?"),
            ),
        )

    def lead(self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]) -> str:
        carried = [text[key] for _rank, key, n in order if n and not counts[key][OBJECTION]]
        if not carried:
            return _("Bij elk voorstel is er nog een overwegend bezwaar.")
        return _("Gedragen, zonder overwegend bezwaar: {list}.").format(list="; ".join(carried))

    def discuss(self, text: Mapping[str, str], counts: Mapping[str, Counts]) -> tuple[str, ...]:
        objected = sorted((key for key in text if counts[key][OBJECTION]), key=lambda key: -counts[key][OBJECTION])
        return tuple(
            _("{label}: {n} keer overwegend bezwaar. Pas het voorstel aan en doe nog een ronde.").format(
                label=text[key], n=counts[key][OBJECTION]
            )
            for key in objected
        )

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        """The same with, in a second round, where the number of objections changed."""
        before = (context.previous or {}).get("counts", {})
        moved = tuple(
            _("{label}: overwegend bezwaar van {old} naar {new}.").format(
                label=spoken(item.text), old=before[item.id][OBJECTION], new=outcome["counts"][item.id][OBJECTION]
            )
            for item in context.items
            if item.id in before and before[item.id][OBJECTION] != outcome["counts"][item.id][OBJECTION]
        )
        return replace(super().tell(context, outcome), sentences=moved)


WERKVORM = Consent()
