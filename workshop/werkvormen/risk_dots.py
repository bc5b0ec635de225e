"""Risk voting with dots: a budget per person, a cap per item; the default for residents (issue "an evening", point 8)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import one_by_one, people
from workshop.domain.evening.questions import Dots, Question
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import group_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import Ballot, Setting, StepContext, Werkvorm, tally_frame, turnout_sentence

DOTS = "dots"


class RiskDots(Werkvorm):
    key = "risk_dots"
    sprints = (2,)
    takes = frozenset({ItemKind.FINDING, ItemKind.RISK})
    makes = frozenset({ItemKind.RISK})
    needs_items = True
    default_minutes = 15

    def title(self) -> str:
        return _("Wat weegt het zwaarst? (stippen)")

    def prompt(self) -> str:
        return _("Zet je stippen bij wat jij het belangrijkst vindt.")

    def settings(self) -> tuple[Setting, ...]:
        return (
            Setting("budget", _("Stippen per persoon"), 5, 1, 20),
            Setting("cap", _("Hoogstens op één onderwerp"), 3, 1, 20),
        )

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (
            Dots(
                DOTS,
                _("Wat weegt voor jou het zwaarst?"),
                context.subjects,
                budget=context.settings.get("budget", 5),
                cap=context.settings.get("cap", 3),
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["totals"] = _totals(context, ballots)
        frame["voters"] = {i.id: people(b for b in ballots if i.id in b.answers.get(DOTS, {})) for i in context.items}
        frame["totals_per_group"] = {label: _totals(context, given) for label, given in of_group.items()}
        if not context.is_secret:
            frame["positions"] = [
                {"organisation": b.organisation or b.group, "dots": b.answers.get(DOTS, {})}
                for b in one_by_one(ballots)
            ]
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        order = in_order({item.id: outcome["totals"][item.id] for item in context.items})
        groups = sorted(outcome["totals_per_group"])
        tables = [
            Table(
                _("Stippen per onderwerp"),
                (_("Plaats"), _("Onderwerp"), _("Stippen"), _("Aantal mensen")),
                tuple((rank, text[key], total, outcome["voters"][key]) for rank, key, total in order),
            )
        ]
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Stippen per groep"),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple(
                        (text[key], *(outcome["totals_per_group"][g][key] for g in groups)) for _rank, key, _n in order
                    ),
                )
            )
        if outcome.get("positions"):
            tables.append(
                Table(
                    _("Wie zette stippen waar"),
                    (_("Organisatie"), *(text[key] for _rank, key, _n in order)),
                    tuple(
                        (p["organisation"], *(p["dots"].get(key, 0) for _rank, key, _n in order))
                        for p in outcome["positions"]
                    ),
                )
            )
        return Story(
            lead=_top_three(order, text),
            sentences=_tie(order, text),
            picture=BarsPicture(tuple(Bar(text[key], total, item_id=key) for _rank, key, total in order), _("stippen")),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            scores={key: n_("{n} stip", "{n} stippen", total).format(n=total) for _rank, key, total in order},
        )


def _totals(context: StepContext, ballots: Sequence[Ballot]) -> dict[str, int]:
    totals = {item.id: 0 for item in context.items}
    for ballot in ballots:
        for item_id, dots in ballot.answers.get(DOTS, {}).items():
            totals[item_id] += dots * ballot.times
    return totals


def _top_three(order: list[tuple[int, str, int]], text: Mapping[str, str]) -> str:
    top = [(text[key], total) for rank, key, total in order if rank <= 3 and total > 0]
    if not top:
        return _("Er zijn nog geen stippen gezet.")
    return _("Het zwaarst wegen: {list}.").format(list="; ".join(f"“{label}” ({total})" for label, total in top))


def _tie(order: list[tuple[int, str, int]], text: Mapping[str, str]) -> tuple[str, ...]:
    """The tie that matters most: the one at the first shared place within the first three."""
    for rank, _key, total in order:
        tied = [f"“{text[key]}”" for r, key, _n in order if r == rank]
        if rank <= 3 and total > 0 and len(tied) > 1:
            return (_("Gelijk op plaats {rank}: {list}.").format(rank=rank, list="; ".join(tied)),)
    return ()


WERKVORM = RiskDots()
