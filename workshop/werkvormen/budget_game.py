"""Budget game: everybody spends the same amount of pretend money over ideas, in notes of a fixed value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot, people
from workshop.domain.evening.questions import Dots, Question
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import group_name
from workshop.locale import _, format_number
from workshop.werkvormen.contract import Setting, StepContext, Werkvorm, spoken, tally_frame, turnout_sentence

MONEY = "money"


class BudgetGame(Werkvorm):
    key = "budget_game"
    sprints = (4, 5, 7)
    takes = frozenset({ItemKind.IDEA, ItemKind.INTERVENTION, ItemKind.WISH, ItemKind.ACTION})
    needs_items = True
    default_minutes = 20

    def title(self) -> str:
        return _("Verdeel het geld")

    def prompt(self) -> str:
        return _("Waar geef jij het geld aan uit? Dit is een spel: het gaat om wat je belangrijk vindt.")

    def settings(self) -> tuple[Setting, ...]:
        return (
            Setting("notes", _("Briefjes per persoon"), 10, 1, 100),
            Setting("euros", _("Euro per briefje"), 1_000, 1, 1_000_000),
            Setting("cap", _("Hoogstens op één idee"), 10, 1, 100),
        )

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (
            Dots(
                MONEY,
                _("Waar geef jij het geld aan uit? Eén stip is één briefje van {euros} euro.").format(
                    euros=format_number(_euros(context))
                ),
                context.subjects,
                budget=context.settings.get("notes", 10),
                cap=context.settings.get("cap", 10),
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["euros"] = _spent(context, ballots)
        frame["spenders"] = {
            i.id: people(b for b in ballots if i.id in b.answers.get(MONEY, {})) for i in context.items
        }
        frame["euros_per_group"] = {label: _spent(context, given) for label, given in of_group.items()}
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        order = in_order({key: outcome["euros"][key] for key in text})
        groups = sorted(outcome["euros_per_group"])
        tables = [
            Table(
                _("Geld per onderwerp, in euro"),
                (_("Plaats"), _("Onderwerp"), _("Euro"), _("Aantal mensen")),
                tuple((rank, text[key], n, outcome["spenders"][key]) for rank, key, n in order),
            )
        ]
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Geld per groep, in euro"),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple((text[key], *(outcome["euros_per_group"][g][key] for g in groups)) for _r, key, _n in order),
                )
            )
        best = "; ".join(f"{spoken(text[key])} ({format_number(n)} euro)" for rank, key, n in order if rank <= 3 and n)
        return Story(
            lead=_("Het meeste geld gaat naar: {list}.").format(list=best)
            if best
            else _("Er is nog geen geld verdeeld."),
            picture=BarsPicture(tuple(Bar(text[key], n, item_id=key) for _r, key, n in order), _("euro")),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            scores={key: _("{n} euro").format(n=format_number(n)) for _r, key, n in order},
        )


def _euros(context: StepContext) -> int:
    return context.settings.get("euros", 1_000)


def _spent(context: StepContext, ballots: Sequence[Ballot]) -> dict[str, int]:
    """Euro per item: the number of notes times the value of one."""
    spent = {item.id: 0 for item in context.items}
    for ballot in ballots:
        for item_id, notes in ballot.answers.get(MONEY, {}).items():
            spent[item_id] += notes * _euros(context) * ballot.times
    return spent


WERKVORM = BudgetGame()
