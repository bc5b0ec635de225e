"""Risk voting on a 5×5 field: how often, how bad, blind, with a second round that shows the movement.

The two axes follow the neighbourhood version of the regional risk profile (domain paper 3.4: frequency A-E and
impact 1-5). Median, spread and the order of *Bespreek eerst* are ours and are explained on the screen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import one_by_one
from workshop.domain.evening.questions import Field, Question, Scale
from workshop.domain.evening.scoring import middle, spread
from workshop.domain.evening.stories import FieldPicture, FieldPoint, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import group_name
from workshop.locale import _, format_number
from workshop.werkvormen.contract import Ballot, StepContext, Werkvorm, tally_frame, turnout_sentence

FIELD, OFTEN, BAD = "field", "often", "bad"


def often_words() -> tuple[str, ...]:
    return (_("Bijna nooit"), _("Niet elk jaar"), _("Elk jaar"), _("Elke maand"), _("Elke week of vaker"))


def bad_words() -> tuple[str, ...]:
    return (_("Bijna niet erg"), _("Een beetje erg"), _("Erg"), _("Heel erg"), _("Heel ernstig"))


class RiskField(Werkvorm):
    key = "risk_field"
    sprints = (2,)
    takes = frozenset({ItemKind.FINDING, ItemKind.RISK})
    makes = frozenset({ItemKind.RISK})
    needs_items = True
    default_minutes = 25

    def title(self) -> str:
        return _("Hoe vaak en hoe erg?")

    def prompt(self) -> str:
        return _("Kies per onderwerp hoe vaak het gebeurt en hoe erg het is.")

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (
            Field(
                FIELD,
                _("Hoe vaak gebeurt dit? En hoe erg is het?"),
                context.subjects,
                across=Scale(OFTEN, _("Hoe vaak?"), often_words()),
                up=Scale(BAD, _("Hoe erg?"), bad_words()),
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["field"] = {item.id: _judged(item.id, ballots) for item in context.items}
        frame["medians_per_group"] = {
            label: {item.id: _judged(item.id, given)["median"] for item in context.items}
            for label, given in of_group.items()
        }
        if context.is_secret and frame["n"] < 5:
            for judged in frame["field"].values():
                judged["votes"] = None
        if not context.is_secret:
            frame["positions"] = [
                {"organisation": b.organisation or b.group, "field": b.answers.get(FIELD, {})}
                for b in one_by_one(ballots)
            ]
        return frame

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        points = tuple(
            _point(number, item.id, item.text, outcome["field"][item.id], context.previous)
            for number, item in enumerate(context.items, start=1)
        )
        discuss = sorted(
            (p for p in points if p.spread is not None and sum(p.spread) > 0), key=lambda p: -sum(p.spread or (0, 0))
        )
        rows = tuple(
            (p.number, p.label, _num(p.median, 0), _num(p.median, 1), _num(p.spread, 0), _num(p.spread, 1), p.n)
            for p in points
        )
        header = (
            _("Nummer"), _("Onderwerp"), _("Hoe vaak (midden)"), _("Hoe erg (midden)"),
            _("Verschil bij hoe vaak"), _("Verschil bij hoe erg"), _("Stemmen"),
        )  # fmt: skip
        tables = [Table(_("Hoe vaak en hoe erg, per onderwerp"), header, rows)]
        groups = sorted(outcome["medians_per_group"])
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Het midden per groep (hoe vaak / hoe erg)"),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple(
                        (text[p.item_id], *(_pair(outcome["medians_per_group"][g][p.item_id]) for g in groups))
                        for p in points
                    ),
                )
            )
        if outcome.get("positions"):
            tables.append(_open_positions(outcome, text))
        return Story(
            lead=_highest(points),
            sentences=tuple(_movement(p) for p in points if p.before is not None),
            picture=FieldPicture(points, often_words(), bad_words(), _("Hoe vaak?"), _("Hoe erg?")),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            discuss=tuple(_why(p) for p in discuss),
            formula=_(
                "Het midden is de middelste stem. Het verschil is hoe ver de stemmen gemiddeld van het midden liggen: "
                "tel alle afstanden tot het midden op en deel door het aantal stemmen."
            ),
            scores={
                p.item_id: _("vaak {often}, erg {bad}").format(often=_num(p.median, 0), bad=_num(p.median, 1))
                for p in points
                if p.median is not None
            },
        )


def _judged(item_id: str, ballots: Sequence[Ballot]) -> dict[str, Any]:
    """Votes on the 5×5 field, median and spread of both axes; a half-filled pair counts on no axis."""
    votes = [[0] * 5 for _column in range(5)]
    for ballot in ballots:
        pair = ballot.answers.get(FIELD, {}).get(item_id)
        if pair and None not in pair:
            often, bad = pair
            votes[often - 1][bad - 1] += ballot.times
    per_often = [sum(column) for column in votes]
    per_bad = [sum(row) for row in zip(*votes, strict=True)]
    n = sum(per_often)
    return {
        "n": n,
        "votes": votes,
        "median": [middle(per_often), middle(per_bad)] if n else None,
        "spread": [spread(per_often), spread(per_bad)] if n else None,
    }


def _point(
    number: int, item_id: str, label: str, judged: Mapping[str, Any], previous: Mapping[str, Any] | None
) -> FieldPoint:
    before = (previous or {}).get("field", {}).get(item_id) or {}
    return FieldPoint(
        item_id,
        number,
        label,
        tuple(tuple(column) for column in judged["votes"] or ()),
        tuple(judged["median"]) if judged["median"] else None,
        tuple(judged["spread"]) if judged["spread"] else None,
        judged["n"],
        tuple(before["median"]) if before.get("median") else None,
    )


def _num(pair: tuple[float, float] | None, axis: int) -> str:
    return "–" if pair is None else format_number(round(pair[axis], 2))


def _pair(median: Sequence[float] | None) -> str:
    return "–" if median is None else f"{format_number(median[0])} / {format_number(median[1])}"


def _highest(points: Sequence[FieldPoint]) -> str:
    known = [p for p in points if p.median is not None]
    if not known:
        return _("Er zijn nog geen stemmen.")
    top = max(known, key=lambda p: (p.median[0] * p.median[1], p.median[1]))  # type: ignore[index]
    return _("Vaakst en ergst samen: “{label}” (hoe vaak {often}, hoe erg {bad}).").format(
        label=top.label, often=_num(top.median, 0), bad=_num(top.median, 1)
    )


def _why(point: FieldPoint) -> str:
    assert point.spread is not None
    axis = _("hoe vaak") if point.spread[0] >= point.spread[1] else _("hoe erg")
    return _("“{label}”: de meningen liggen het verst uit elkaar bij {axis} (verschil {spread}).").format(
        label=point.label, axis=axis, spread=format_number(round(max(point.spread), 2))
    )


def _movement(point: FieldPoint) -> str:
    if point.median is None or point.before is None:
        return _("“{label}”: in deze ronde geen stemmen.").format(label=point.label)
    if point.median == point.before:
        return _("“{label}”: bleef gelijk.").format(label=point.label)
    return _("“{label}”: hoe vaak van {o1} naar {o2}, hoe erg van {b1} naar {b2}.").format(
        label=point.label,
        o1=_num(point.before, 0),
        o2=_num(point.median, 0),
        b1=_num(point.before, 1),
        b2=_num(point.median, 1),
    )


def _open_positions(outcome: Mapping[str, Any], text: Mapping[str, str]) -> Table:
    return Table(
        _("Wie koos wat (hoe vaak / hoe erg)"),
        (_("Organisatie"), *text.values()),
        tuple(
            (p["organisation"], *("{} / {}".format(*p["field"][i]) if i in p["field"] else "–" for i in text))
            for p in outcome["positions"]
        ),
    )


WERKVORM = RiskField()
