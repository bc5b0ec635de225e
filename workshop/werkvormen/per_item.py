"""What all activities share that ask the same short question about every item: counting, per group, and telling."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from workshop.domain.evening.ballots import Ballot, one_by_one
from workshop.domain.evening.questions import Option, PerItem, Question
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import group_name
from workshop.locale import _
from workshop.werkvormen.contract import StepContext, Werkvorm, spoken, tally_frame, turnout_sentence

#: What can be judged: everything the room made, but not what was put aside.
JUDGED = frozenset(ItemKind) - {ItemKind.PARKED}

ANSWER = "answer"
Counts = Mapping[str, int]


class PerItemActivity(Werkvorm):
    """An activity with one choice per item. ``favourable`` are the options whose number makes the bar."""

    takes = JUDGED
    needs_items = True
    favourable: ClassVar[tuple[str, ...]]

    @abstractmethod
    def options(self) -> tuple[Option, ...]:
        """The answers, the same for every item."""

    @abstractmethod
    def lead(self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]) -> str:
        """The one sentence for the wall, with at least one ballot. ``order`` is (rank, item id, favourable answers)."""

    def unit(self) -> str:
        return _("mensen")

    def score(self, counts: Counts) -> str:
        """The score of one item in words: how many gave which answer."""
        return ", ".join(f"{counts[option.value]} {option.label.lower()}" for option in self.options())

    def discuss(self, text: Mapping[str, str], counts: Mapping[str, Counts]) -> tuple[str, ...]:
        """What to talk about first and why; nothing unless the activity says so."""
        return ()

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        return (PerItem(ANSWER, _("Kies bij elk onderwerp één antwoord."), context.subjects, self.options()),)

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        frame, of_group = tally_frame(context, ballots)
        frame["counts"] = self._counted(context, ballots)
        frame["counts_per_group"] = {label: self._counted(context, given) for label, given in of_group.items()}
        if not context.is_secret:
            frame["positions"] = [
                {"organisation": b.organisation or b.group, "answers": b.answers.get(ANSWER, {})}
                for b in one_by_one(ballots)
            ]
        return frame

    def _counted(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, dict[str, int]]:
        values = [option.value for option in self.options()]
        counts = {item.id: dict.fromkeys(values, 0) for item in context.items}
        for ballot in ballots:
            for item_id, value in ballot.answers.get(ANSWER, {}).items():
                counts[item_id][value] += ballot.times
        return counts

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        text = {item.id: item.text for item in context.items}
        told = {key: spoken(words) for key, words in text.items()}
        counts: Mapping[str, Counts] = outcome["counts"]
        order = in_order({key: sum(counts[key][value] for value in self.favourable) for key in text})
        words = {option.value: option.label for option in self.options()}
        tables = [self._table(order, text, counts)]
        groups = sorted(outcome["counts_per_group"])
        if len(groups) > 1:
            tables.append(
                Table(
                    _("Antwoorden per groep ({words})").format(words=" / ".join(words.values())),
                    (_("Onderwerp"), *(group_name(g) for g in groups)),
                    tuple(
                        (
                            text[key],
                            *(" / ".join(str(n) for n in outcome["counts_per_group"][g][key].values()) for g in groups),
                        )
                        for _rank, key, _n in order
                    ),
                )
            )
        if outcome.get("positions"):
            tables.append(
                Table(
                    _("Wie koos wat"),
                    (_("Organisatie"), *(text[key] for _rank, key, _n in order)),
                    tuple(
                        (p["organisation"] or "–", *(words.get(p["answers"].get(key), "–") for _rank, key, _n in order))
                        for p in outcome["positions"]
                    ),
                )
            )
        return Story(
            lead=self.lead(order, told, counts) if outcome["n"] else _("Er zijn nog geen stemmen."),
            picture=BarsPicture(
                tuple(Bar(text[key], n, self.score(counts[key]), item_id=key) for _rank, key, n in order), self.unit()
            ),
            tables=tuple(tables),
            turnout=turnout_sentence(outcome),
            discuss=self.discuss(told, counts),
            scores={key: self.score(counts[key]) for _rank, key, _n in order},
        )

    def _table(
        self, order: Sequence[tuple[int, str, int]], text: Mapping[str, str], counts: Mapping[str, Counts]
    ) -> Table:
        """All answers per item; with several favourable ones also what the bar adds up."""
        words = {option.value: option.label for option in self.options()}
        added = len(self.favourable) > 1
        together = (" + ".join(words[value] for value in self.favourable),) if added else ()
        return Table(
            _("Antwoorden per onderwerp"),
            (_("Plaats"), _("Onderwerp"), *words.values(), *together, _("Samen")),
            tuple(
                (rank, text[key], *(counts[key][v] for v in words), *((n,) if added else ()), sum(counts[key].values()))
                for rank, key, n in order
            ),
        )


def top_three(order: Sequence[tuple[int, str, int]], text: Mapping[str, str]) -> str:
    """The first three places with their number, ties included, as a list; empty when nothing was chosen."""
    return "; ".join(f"{spoken(text[key])} ({n})" for rank, key, n in order if rank <= 3 and n > 0)
