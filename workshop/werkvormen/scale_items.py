"""A score from 1 to 5 for every item, against one criterion that the facilitator names in the title of the step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.domain.evening.questions import Option
from workshop.domain.evening.scoring import middle
from workshop.locale import _, format_number
from workshop.werkvormen.per_item import Counts, PerItemActivity, top_three

STEPS = ("1", "2", "3", "4", "5")


class ScaleItems(PerItemActivity):
    key = "scale_items"
    sprints = (4, 3, 5, 6, 7)
    favourable = ("4", "5")
    default_minutes = 15

    def title(self) -> str:
        return _("Geef een cijfer van 1 tot 5")

    def prompt(self) -> str:
        return _("Hoe goed past dit, van 1 tot 5?")

    def options(self) -> tuple[Option, ...]:
        words = (_("Helemaal niet"), _("Een beetje"), _("Redelijk"), _("Goed"), _("Heel goed"))
        return tuple(Option(step, f"{step} – {word}") for step, word in zip(STEPS, words, strict=True))

    def unit(self) -> str:
        return _("mensen gaven een 4 of 5")

    def score(self, counts: Counts) -> str:
        given = [counts[step] for step in STEPS]
        mid = middle(given)
        if mid is None:
            return _("nog geen cijfers")
        return _("{high} van de {n} gaven een 4 of 5, midden {mid}").format(
            high=counts["4"] + counts["5"], n=sum(given), mid=format_number(mid)
        )

    def lead(self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]) -> str:
        best = top_three(order, text)
        return _("Het vaakst een 4 of 5: {list}.").format(list=best) if best else _("Niets kreeg een 4 of 5.")


WERKVORM = ScaleItems()
