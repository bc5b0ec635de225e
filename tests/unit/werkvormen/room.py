"""A small room without a database: items, notes and ballots for the tests of one activity."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale
from workshop.domain.evening.stories import Story
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import Environment, Item, ItemKind, Moment, Tone
from workshop.werkvormen import StepContext, Werkvorm
from workshop.werkvormen.contract import clean_settings

TEXTS = ("Donker pad bij de speeltuin", "Lawaai op het plein", "Leegstand in de winkelstraat")


def items(activity: Werkvorm, texts: Sequence[str] = TEXTS) -> list[Item]:
    """Items ``i1``, ``i2`` … of a kind that the activity takes over."""
    kind = min(activity.takes, default=ItemKind.FINDING)
    return [Item(f"i{n}", "w", kind, text) for n, text in enumerate(texts, start=1)]


def notes(activity: Werkvorm, texts: Mapping[str, Sequence[str]] | None = None) -> list[Item]:
    """Released notes per form key; one for every form when nothing is said."""
    made = []
    for form in activity.note_forms(StepContext()):
        listed = (texts or {}).get(form.key, () if texts else (f"Kaartje bij {form.key}",))
        for number, text in enumerate(listed, start=1):
            made.append(
                Item(
                    f"{form.key}{number}",
                    "w",
                    ItemKind(form.kind),
                    text,
                    environments=frozenset({Environment.SOCIAL, Environment.PHYSICAL})
                    if form.asks_environments
                    else frozenset(),
                    tone=Tone.BAD if form.asks_tone else None,
                    moment=Moment.NOW if form.asks_moment else None,
                    details=Details(form.key, "Les" if form.second_prompt else ""),
                )
            )
    return made


def context(activity: Werkvorm, **more: Any) -> StepContext:
    """A step with three items, a note per form and the settings as they come."""
    given: dict[str, Any] = {
        "items": items(activity),
        "notes": notes(activity),
        "settings": clean_settings(activity, {}),
    }
    return StepContext(**{**given, **more})


def example(question: Question, n: int = 0) -> dict[str, list[str]]:
    """A whole answer to a question, as a form; another ``n`` answers differently."""
    match question:
        case Choice():
            return {question.key: [question.options[n % len(question.options)].value]}
        case Scale():
            return {question.key: [str(n % len(question.words) + 1)]}
        case Dots():
            return {f"{question.key}.{question.subjects[n % len(question.subjects)].id}": ["1"]}
        case Field():
            return {
                f"{question.key}.{subject.id}.{axis.key}": [str((n + at) % len(axis.words) + 1)]
                for at, subject in enumerate(question.subjects)
                for axis in (question.across, question.up)
            }
        case PerItem():
            return {
                f"{question.key}.{subject.id}": [question.options[(n + at) % len(question.options)].value]
                for at, subject in enumerate(question.subjects)
            }
        case Ranking():
            size = len(question.subjects)
            places = {subject.id: (n + at) % size + 1 for at, subject in enumerate(question.subjects)}
            return {f"{question.key}.{key}": [str(place)] for key, place in places.items() if place <= question.highest}


def form(activity: Werkvorm, around: StepContext, n: int = 0) -> dict[str, list[str]]:
    """A whole ballot as a form."""
    filled: dict[str, list[str]] = {}
    for question in activity.questions(around):
        filled |= example(question, n)
    return filled


def cast(activity: Werkvorm, around: StepContext, groups: Mapping[str, int]) -> list[Ballot]:
    """As many ballots per group as said, each a little different."""
    people = [group for group, n in groups.items() for _person in range(n)]
    return [Ballot(*activity.accept(around, form(activity, around, n)), group=group) for n, group in enumerate(people)]


def told(activity: Werkvorm, around: StepContext, ballots: Sequence[Ballot]) -> Story:
    """Count and tell."""
    return activity.story(around, activity.outcome(around, ballots))
