"""Ranking: everybody puts a few items in order; points by place, most points first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot, one_by_one, people
from workshop.domain.evening.questions import Question, Ranking
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.words import group_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import Setting, StepContext, Werkvorm, tally_frame, turnout_sentence
from workshop.werkvormen.per_item import JUDGED, top_three

ORDER = "order"


class RankItems(Werkvorm):
    key = "ranking"
    sprints = (4, 2, 3, 5)
    takes = JUDGED
    needs_items = True
    default_minutes = 15

    def title(self) -> str:
        return _("Zet op volgorde")

    def prompt(self) -> str:
        return _("Wat komt eerst? Geef plaats 1 aan wat voor jou het belangrijkst is.")

    def settings(self) -> tuple[Setting, ...]:
        return (Setting("places", _("Plaatsen om te verdelen"), 5, 2, 20),)

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (Ranking(ORDER, _("Wat komt voor jou eerst?"), context.subjects, self._places(context)),)

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["points"] = self._points(context, ballots)
        frame["first"] = {
            i.id: people(b for b in ballots if b.answers.get(ORDER, {}).get(i.id) == 1) for i in context.items
        }
        frame["named"] = {i.id: people(b for b in ballots if i.id in b.answers.get(ORDER, {})) for i in context.items}
        frame["points_per_group"] = {label: self._points(context, given) for label, given in of_group.items()}
        if not context.is_secret:
            frame["positions"] = [
                {"organisation": b.organisation or b.group, "order": b.answers.get(ORDER, {})}
                for b in one_by_one(ballots)
            ]
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        order = in_order({key: outcome["points"][key] for key in text})
        groups = sorted(outcome["points_per_group"])
        tables = [
            Table(
                _("Punten per onderwerp"),
                (_("Plaats"), _("Onderwerp"), _("Punten"), _("Keer op 1"), _("Aantal mensen")),
                tuple((rank, text[key], n, outcome["first"][key], outcome["named"][key]) for rank, key, n in order),
            )
        ]
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Punten per groep"),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple((text[key], *(outcome["points_per_group"][g][key] for g in groups)) for _r, key, _n in order),
                )
            )
        if outcome.get("positions"):
            tables.append(
                Table(
                    _("Wie gaf welke plaats"),
                    (_("Organisatie"), *(text[key] for _r, key, _n in order)),
                    tuple(
                        (p["organisation"] or "–", *(p["order"].get(key, "–") for _r, key, _n in order))
                        for p in outcome["positions"]
                    ),
                )
            )
        best = top_three(order, text)
        return Story(
            lead=_("Bovenaan staat: {list}.").format(list=best) if best else _("Er is nog niets op volgorde gezet."),
            picture=BarsPicture(tuple(Bar(text[key], n, item_id=key) for _r, key, n in order), _("punten")),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            formula=_(
                "Plaats 1 geeft {first} punten, elke plaats lager één punt minder. Geen plaats geeft geen punten."
            ).format(first=self._places(context)),
            scores={key: n_("{n} punt", "{n} punten", n).format(n=n) for _r, key, n in order},
        )

    def _places(self, context: StepContext) -> int:
        return min(context.settings.get("places", 5), len(context.items))

    def _points(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, int]:
        """Borda points: with ``p`` places to give, place 1 is worth ``p`` and place ``p`` is worth 1."""
        places = self._places(context)
        points = {item.id: 0 for item in context.items}
        for ballot in ballots:
            for item_id, place in ballot.answers.get(ORDER, {}).items():
                points[item_id] += (places + 1 - place) * ballot.times
        return points


WERKVORM = RankItems()
