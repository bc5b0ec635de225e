"""Agree, disagree or pass on statements: quick, safe, and it shows where groups differ (the round Polis made known)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.domain.evening.questions import Option
from workshop.locale import _
from workshop.werkvormen.per_item import Counts, PerItemActivity, top_three

AGREE, DISAGREE, PASS = "agree", "disagree", "pass"


class Statements(PerItemActivity):
    key = "statements"
    sprints = (2, 3, 1, 4, 7)
    favourable = (AGREE,)
    default_minutes = 15

    def title(self) -> str:
        return _("Eens, oneens of pas")

    def prompt(self) -> str:
        return _("Ben je het eens met deze stelling?")

    def options(self) -> tuple[Option, ...]:
        return (Option(AGREE, _("Eens")), Option(DISAGREE, _("Oneens")), Option(PASS, _("Pas")))

    def unit(self) -> str:
        return _("mensen eens")

    def lead(self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]) -> str:
        best = top_three(order, text)
        return (
            _("De meeste mensen zijn het eens met: {list}.").format(list=best)
            if best
            else _("Niemand is het ergens mee eens.")
        )

    def discuss(self, text: Mapping[str, str], counts: Mapping[str, Counts]) -> tuple[str, ...]:
        """The three statements that divide the room most: by the smaller side, from two people on."""
        divided = sorted(text, key=lambda key: -min(counts[key][AGREE], counts[key][DISAGREE]))[:3]
        return tuple(
            _("{label}: de meningen zijn verdeeld ({agree} eens, {disagree} oneens).").format(
                label=text[key], agree=counts[key][AGREE], disagree=counts[key][DISAGREE]
            )
            for key in divided
            if min(counts[key][AGREE], counts[key][DISAGREE]) >= 2
        )


WERKVORM = Statements()
