"""Pairwise choice: two items at a time, which of the two? Easier than a long list, and it shows what beats what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot, count_answers
from workshop.domain.evening.questions import Choice, Option, Question
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import Item
from workshop.domain.words import group_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import StepContext, Werkvorm, spoken, tally_frame, turnout_sentence
from workshop.werkvormen.per_item import JUDGED, top_three

#: Most items: seven make 21 pairs, as many as a person answers with attention. Ours.
MOST = 7


def pairs_of(items: Sequence[Item]) -> list[tuple[Item, Item]]:
    """Every pair once, in the order of the list."""
    return list(combinations(items, 2))


def _key(pair: tuple[Item, Item]) -> str:
    return f"pair.{pair[0].id}.{pair[1].id}"


class Pairwise(Werkvorm):
    key = "pairwise"
    sprints = (4, 2, 3, 5)
    takes = JUDGED
    needs_items = True
    default_minutes = 15

    def title(self) -> str:
        return _("Kies steeds uit twee")

    def prompt(self) -> str:
        return _("Welke van de twee weegt voor jou zwaarder?")

    def is_ready(self, context: StepContext) -> None:
        super().is_ready(context)
        if not 2 <= len(context.items) <= MOST:
            raise WorkshopError(
                _("Kies twee tot en met {most} onderwerpen. Met meer wordt de lijst met paren te lang.").format(
                    most=MOST
                )
            )

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return tuple(
            Choice(_key(pair), self.prompt(), tuple(Option(item.id, item.text) for item in pair))
            for pair in pairs_of(context.items)
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["duels"] = [
            {"items": [item.id for item in pair], "won": _won(pair, ballots)} for pair in pairs_of(context.items)
        ]
        frame["wins"] = _wins(context, ballots)
        frame["wins_per_group"] = {label: _wins(context, given) for label, given in of_group.items()}
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        order = in_order({key: outcome["wins"][key] for key in text})
        groups = sorted(outcome["wins_per_group"])
        tables = [
            Table(
                _("Hoe vaak gekozen"),
                (_("Plaats"), _("Onderwerp"), _("Keer gekozen")),
                tuple((rank, text[key], n) for rank, key, n in order),
            ),
            Table(
                _("Per paar"),
                (_("Het een"), _("Het ander"), _("Koos het een"), _("Koos het ander")),
                tuple((*(text[key] for key in duel["items"]), *duel["won"]) for duel in outcome["duels"]),
            ),
        ]
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Hoe vaak gekozen, per groep"),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple((text[key], *(outcome["wins_per_group"][g][key] for g in groups)) for _r, key, _n in order),
                )
            )
        best = top_three(order, text)
        champion = _beats_all(outcome["duels"], list(text))
        return Story(
            lead=_("Het vaakst gekozen: {list}.").format(list=best) if best else _("Er is nog niets gekozen."),
            sentences=(_("{label} wint van elk ander onderwerp.").format(label=spoken(text[champion])),)
            if champion
            else (),
            picture=BarsPicture(tuple(Bar(text[key], n, item_id=key) for _r, key, n in order), _("keer gekozen")),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            scores={key: n_("{n} keer gekozen", "{n} keer gekozen", n).format(n=n) for _r, key, n in order},
        )


def _won(pair: tuple[Item, Item], ballots: Sequence[Ballot]) -> list[int]:
    """How many people chose the one and how many the other."""
    chosen = count_answers(ballots, _key(pair))
    return [chosen.get(item.id, 0) for item in pair]


def _wins(context: StepContext, ballots: Sequence[Ballot]) -> dict[str, int]:
    """How often each item was chosen, all its pairs together."""
    wins = {item.id: 0 for item in context.items}
    for pair in pairs_of(context.items):
        for item, n in zip(pair, _won(pair, ballots), strict=True):
            wins[item.id] += n
    return wins


def _beats_all(duels: Sequence[Mapping[str, Any]], ids: Sequence[str]) -> str | None:
    """The item that more people chose in every pair it stood in; None when there is no such item."""
    for item_id in ids:
        own = [duel for duel in duels if item_id in duel["items"]]
        if own and all(
            duel["won"][duel["items"].index(item_id)] > duel["won"][1 - duel["items"].index(item_id)] for duel in own
        ):
            return item_id
    return None


WERKVORM = Pairwise()
