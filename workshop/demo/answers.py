"""Ballots of people who do not exist: by chance, around what the story says, and always the same."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale

Form = dict[str, list[str]]


class Voter:
    """Fills in ballots of one round.

    Args:
        told: what the story says about the answers:
            ``scales``: per question and group the answers of its people, one digit or letter each, gone round again
            when there are more people; ``weights``: how often an item is chosen, 1 when not named; ``field``: the
            middle of (how often, how bad) per item; ``options``: per item the weights of the answers in their order.
        names: what the story calls the items, by id. Items are gone through by name, so that ids leave no trace.
    """

    def __init__(self, told: Mapping[str, Any], names: Mapping[str, str], chance: random.Random, spread: int) -> None:
        self._told, self._names, self._chance, self._spread = told, names, chance, spread
        self._seen: dict[str, int] = {}

    def form(self, questions: Sequence[Question], group: str) -> Form:
        """The ballot of the next person of a group."""
        number = self._seen.get(group, 0)
        self._seen[group] = number + 1
        form: Form = {}
        for question in questions:
            form.update(self._answer(question, group, number))
        return form

    def _answer(self, question: Question, group: str, number: int) -> Form:
        match question:
            case Scale():
                return {question.key: [self._given(question.key, group, number)]}
            case Choice() if question.key in self._told.get("scales", {}):
                letter = self._given(question.key, group, number)
                return {question.key: [next(o.value for o in question.options if o.value.startswith(letter))]}
            case Choice():
                one, other = sorted(question.options, key=lambda option: self._name(option.value))
                weights = [self._weight(one.value), self._weight(other.value)]
                return {question.key: [self._chance.choices([one.value, other.value], weights)[0]]}
            case Dots():
                return self._dots(question)
            case Field():
                return self._field(question)
            case PerItem():
                return self._per_item(question)
            case Ranking():
                return self._ranking(question)

    def _given(self, key: str, group: str, number: int) -> str:
        given: str = self._told["scales"][key][group]
        return given[number % len(given)]

    def _dots(self, question: Dots) -> Form:
        """Dots as people put them: most on what weighs most, never over budget or cap."""
        ids = self._by_name([subject.id for subject in question.subjects])
        given: dict[str, int] = {}
        for _dot in range(question.budget):
            chosen = self._chance.choices(ids, [self._weight(i) for i in ids])[0]
            if given.get(chosen, 0) < question.cap:
                given[chosen] = given.get(chosen, 0) + 1
        return {f"{question.key}.{item}": [str(n)] for item, n in given.items()}

    def _field(self, question: Field) -> Form:
        form: Form = {}
        for item in self._by_name([subject.id for subject in question.subjects]):
            for axis, middle in zip(
                (question.across, question.up), self._told["field"].get(self._name(item), (3, 3)), strict=True
            ):
                score = middle + self._chance.randint(-self._spread, self._spread)
                form[f"{question.key}.{item}.{axis.key}"] = [str(min(5, max(1, score)))]
        return form

    def _per_item(self, question: PerItem) -> Form:
        form: Form = {}
        values = [option.value for option in question.options]
        for item in self._by_name([subject.id for subject in question.subjects]):
            weights = self._told["options"][self._name(item)]
            form[f"{question.key}.{item}"] = self._chance.choices(values, weights)
        return form

    def _ranking(self, question: Ranking) -> Form:
        left = self._by_name([subject.id for subject in question.subjects])
        form: Form = {}
        for place in range(1, question.highest + 1):
            chosen = self._chance.choices(left, [self._weight(i) for i in left])[0]
            left.remove(chosen)
            form[f"{question.key}.{chosen}"] = [str(place)]
        return form

    def _name(self, item_id: str) -> str:
        return self._names.get(item_id, "")

    def _weight(self, item_id: str) -> float:
        weight: float = self._told.get("weights", {}).get(self._name(item_id), 1)
        return weight

    def _by_name(self, ids: Sequence[str]) -> list[str]:
        return sorted(ids, key=self._name)
