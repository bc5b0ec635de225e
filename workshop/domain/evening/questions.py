"""The ways a step can ask something. One class per way; each knows what it accepts.

A question reads its own fields out of a submitted form (``Mapping[str, Sequence[str]]``, as HTML sends them) and
answers with plain JSON values, so that the phone's form, the page on a laptop and a card on paper pass the same rule.
The number of ways is small on purpose: a new werkvorm combines them, only a new way of asking touches templates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.domain.errors import WorkshopError
from workshop.locale import _, n_

Form = Mapping[str, Sequence[str]]


def _one(form: Form, name: str) -> str | None:
    """The single value of a field, or None when it was left empty.

    Raises:
        WorkshopError: the field came more than once or is no text.
    """
    values = form.get(name, ())
    if not isinstance(values, (list, tuple)) or any(not isinstance(v, str) for v in values):
        raise WorkshopError(
            _("Dit antwoord konden we niet lezen. Kies opnieuw en verstuur het nog een keer."), field=name
        )
    if len(values) > 1:
        raise WorkshopError(_("Kies één antwoord."), field=name)
    return values[0].strip() or None if values else None


def _whole(text: str, name: str) -> int:
    """A whole number in ordinary digits, at most four of them."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise WorkshopError(_("Vul hele getallen in, zonder komma of minteken."), field=name)
    return int(text)


@dataclass(frozen=True)
class Option:
    """One possible answer: the value that is stored and the words people read."""

    value: str
    label: str
    explanation: str = ""


@dataclass(frozen=True)
class Choice:
    """Pick one of a few options."""

    key: str
    prompt: str
    options: tuple[Option, ...]
    is_required: bool = True
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.key,)

    def accept(self, form: Form) -> str | None:
        value = _one(form, self.key)
        if value is None:
            return None
        if value not in {option.value for option in self.options}:
            raise WorkshopError(_("Dit antwoord staat niet op de lijst. Kies opnieuw."), field=self.key)
        return value

    def is_answered(self, answer: Any) -> bool:
        return answer is not None or not self.is_required


@dataclass(frozen=True)
class Scale:
    """Pick a step on a scale of 1 to ``len(words)``; every step has its words."""

    key: str
    prompt: str
    words: tuple[str, ...]
    is_required: bool = True
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return (self.key,)

    def accept(self, form: Form) -> int | None:
        text = _one(form, self.key)
        if text is None:
            return None
        score = _whole(text, self.key)
        if not 1 <= score <= len(self.words):
            raise WorkshopError(
                _("Kies een stap van 1 tot en met {highest}.").format(highest=len(self.words)), field=self.key
            )
        return score

    def is_answered(self, answer: Any) -> bool:
        return answer is not None or not self.is_required


@dataclass(frozen=True)
class Subject:
    """Something on the ballot to judge: the item's id and its text."""

    id: str
    text: str


@dataclass(frozen=True)
class Dots:
    """Spread a budget of dots over items, at most ``cap`` on one."""

    key: str
    prompt: str
    subjects: tuple[Subject, ...]
    budget: int
    cap: int
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{self.key}.{subject.id}" for subject in self.subjects)

    def accept(self, form: Form) -> dict[str, int]:
        _only_known(self.key, self.fields, form)
        dots: dict[str, int] = {}
        for subject in self.subjects:
            name = f"{self.key}.{subject.id}"
            text = _one(form, name)
            n = _whole(text, name) if text is not None else 0
            if n > self.cap:
                raise WorkshopError(
                    n_(
                        "Je mag hoogstens {cap} stip op één onderwerp zetten. Haal er een weg.",
                        "Je mag hoogstens {cap} stippen op één onderwerp zetten. Haal er een paar weg.",
                        self.cap,
                    ).format(cap=self.cap),
                    field=name,
                )
            if n:
                dots[subject.id] = n
        used = sum(dots.values())
        if used > self.budget:
            raise WorkshopError(
                _("Je hebt {used} stippen gebruikt en er zijn er {budget}. Haal er {extra} weg.").format(
                    used=used, budget=self.budget, extra=used - self.budget
                ),
                field=self.key,
            )
        return dots

    def is_answered(self, answer: Any) -> bool:
        return bool(answer)


@dataclass(frozen=True)
class Field:
    """Judge every item on two scales at once (how often, how bad)."""

    key: str
    prompt: str
    subjects: tuple[Subject, ...]
    across: Scale
    up: Scale
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{self.key}.{s.id}.{axis}" for s in self.subjects for axis in (self.across.key, self.up.key))

    def accept(self, form: Form) -> dict[str, list[int | None]]:
        _only_known(self.key, self.fields, form)
        judged: dict[str, list[int | None]] = {}
        for subject in self.subjects:
            pair: list[int | None] = []
            for axis in (self.across, self.up):
                scale = Scale(f"{self.key}.{subject.id}.{axis.key}", axis.prompt, axis.words)
                pair.append(scale.accept(form))
            if pair != [None, None]:
                judged[subject.id] = pair
        return judged

    def is_answered(self, answer: Any) -> bool:
        return bool(answer) and all(
            subject.id in answer and None not in answer[subject.id] for subject in self.subjects
        )


@dataclass(frozen=True)
class PerItem:
    """Pick one of the same few options for every item (eens, oneens, pas)."""

    key: str
    prompt: str
    subjects: tuple[Subject, ...]
    options: tuple[Option, ...]
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{self.key}.{subject.id}" for subject in self.subjects)

    def accept(self, form: Form) -> dict[str, str]:
        _only_known(self.key, self.fields, form)
        chosen: dict[str, str] = {}
        for subject in self.subjects:
            value = Choice(f"{self.key}.{subject.id}", subject.text, self.options).accept(form)
            if value is not None:
                chosen[subject.id] = value
        return chosen

    def is_answered(self, answer: Any) -> bool:
        return bool(answer) and all(subject.id in answer for subject in self.subjects)


@dataclass(frozen=True)
class Ranking:
    """Put items in order: place 1 for the first, up to ``places``; each place once, the rest stays empty."""

    key: str
    prompt: str
    subjects: tuple[Subject, ...]
    places: int
    help: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(f"{self.key}.{subject.id}" for subject in self.subjects)

    @property
    def highest(self) -> int:
        """The last place that can be given: there are never more places than items."""
        return min(self.places, len(self.subjects))

    def accept(self, form: Form) -> dict[str, int]:
        _only_known(self.key, self.fields, form)
        order: dict[str, int] = {}
        for subject in self.subjects:
            name = f"{self.key}.{subject.id}"
            text = _one(form, name)
            if text is None:
                continue
            place = _whole(text, name)
            if not 1 <= place <= self.highest:
                raise WorkshopError(
                    _("Kies een plaats van 1 tot en met {highest}.").format(highest=self.highest), field=name
                )
            if place in order.values():
                raise WorkshopError(
                    _("Plaats {place} staat er twee keer. Geef elke plaats aan één onderwerp.").format(place=place),
                    field=name,
                )
            order[subject.id] = place
        return order

    def is_answered(self, answer: Any) -> bool:
        return bool(answer) and sorted(answer.values()) == list(range(1, self.highest + 1))


def _only_known(key: str, fields: Sequence[str], form: Form) -> None:
    """Refuse fields of this question about an item that is not on the ballot."""
    known = set(fields)
    if any(name.startswith(f"{key}.") and name not in known for name in form):
        raise WorkshopError(_("Een van de onderwerpen hoort niet bij deze stemming. Kies opnieuw."), field=key)


Question = Choice | Scale | Dots | Field | PerItem | Ranking


#: What the name of an extra field beside a note begins with, in a form.
EXTRA = "extra."


@dataclass(frozen=True)
class Line:
    """One short line beside a note: words, or a whole number from ``low`` to ``high`` (a year)."""

    key: str
    prompt: str
    limit: int = 80
    low: int = 0
    high: int = 0

    def accept(self, form: Form) -> str | int | None:
        value = _one(form, self.key)
        if value is None or not self.high:
            return value
        if not (value.isascii() and value.isdigit() and len(value) <= 4 and self.low <= int(value) <= self.high):
            raise WorkshopError(
                _("{label} Vul een heel getal in van {low} tot en met {high}, of laat het leeg.").format(
                    label=self.prompt, low=self.low, high=self.high
                ),
                field=self.key,
            )
        return int(value)


@dataclass(frozen=True)
class NoteForm:
    """What a step asks when it takes notes: one text, and which extra fields stand beside it.

    ``key`` tells two note forms of one step apart; ``kind`` is the :class:`~workshop.domain.thread.items.ItemKind` made.
    """

    key: str
    kind: str
    prompt: str
    placeholder: str = ""
    asks_environments: bool = False
    asks_tone: bool = False
    asks_moment: bool = False
    second_prompt: str = ""  # an extra line kept as the lesson of its details
    limit: int = 280
    #: More that may be filled in, each under a key that begins with ``EXTRA``; kept as the fields of its details.
    extras: tuple[Line | Choice, ...] = ()


def accept_extras(asked: NoteForm, form: Form) -> dict[str, Any]:
    """What was filled in beside a note, by key without ``EXTRA``; what was left empty is not in it.

    Raises:
        WorkshopError: a value is not allowed; ``field`` names it.
    """
    told = {extra.key.removeprefix(EXTRA): extra.accept(form) for extra in asked.extras}
    return {key: value for key, value in told.items() if value is not None}


def extra_words(asked: NoteForm, fields: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What was filled in beside a note, as pairs of what was asked and the words."""
    told = []
    for extra in asked.extras:
        value = fields.get(extra.key.removeprefix(EXTRA))
        if value is None:
            continue
        words = {option.value: option.label for option in extra.options} if isinstance(extra, Choice) else {}
        told.append((extra.prompt, words.get(str(value), str(value))))
    return told


def accept_all(questions: Sequence[Question], form: Form) -> tuple[dict[str, Any], bool]:
    """Read a whole ballot out of a form.

    Returns:
        the answers by question key (unanswered ones left out) and whether every required question is answered.

    Raises:
        WorkshopError: a value is not allowed, or nothing at all was chosen.
    """
    answers: dict[str, Any] = {}
    complete = True
    for question in questions:
        answer = question.accept(form)
        if answer not in (None, {}):
            answers[question.key] = answer
        complete = complete and question.is_answered(answer)
    if not answers:
        raise WorkshopError(
            _("Kies eerst iets. Verstuur daarna je antwoord."), field=questions[0].key if questions else None
        )
    return answers, complete


def as_form(questions: Sequence[Question], answers: Mapping[str, Any]) -> dict[str, str]:
    """The field values that show ``answers`` again, for *wijzigen* and for reading back what was sent."""
    values: dict[str, str] = {}
    for question in questions:
        answer = answers.get(question.key)
        if answer is None:
            continue
        match question:
            case Choice() | Scale():
                values[question.key] = str(answer)
            case Dots() | PerItem() | Ranking():
                values.update({f"{question.key}.{item}": str(n) for item, n in answer.items()})
            case Field():
                for item, pair in answer.items():
                    for axis, score in zip((question.across, question.up), pair, strict=True):
                        if score is not None:
                            values[f"{question.key}.{item}.{axis.key}"] = str(score)
    return values
