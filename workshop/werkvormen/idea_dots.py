"""Dots on ideas: the same ballot as risk dots, asked about ideas and wishes."""

from __future__ import annotations

from dataclasses import replace

from workshop.domain.evening.questions import Dots, Question
from workshop.domain.thread.items import ItemKind
from workshop.locale import _
from workshop.werkvormen.contract import StepContext
from workshop.werkvormen.risk_dots import RiskDots


class IdeaDots(RiskDots):
    key = "idea_dots"
    sprints = (4, 3, 5)  # type: ignore[assignment]
    takes = frozenset({ItemKind.IDEA, ItemKind.WISH, ItemKind.INTERVENTION})
    makes = frozenset()

    def title(self) -> str:
        return _("Stippen plakken bij ideeën")

    def prompt(self) -> str:
        return _("Zet je stippen bij wat jij wilt uitwerken.")

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return tuple(
            replace(question, prompt=_("Wat wil jij uitwerken?")) if isinstance(question, Dots) else question
            for question in super().questions(context)
        )


WERKVORM = IdeaDots()
