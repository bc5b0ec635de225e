"""How big a card on paper may be set: big type when it fits on A6, closer and smaller when not, a larger sheet at last.

Heights are reckoned in millimetres from the number of characters, a little too high rather than too low; the test
measures every card in Chromium. The numbers are those of ``assets/print.css``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from workshop.actions.evening.paper import Card
from workshop.domain.evening.questions import Choice, Dots, Field, NoteForm, PerItem, Question, Ranking, Scale
from workshop.domain.thread.items import Environment, Moment, Tone
from workshop.domain.words import environment_name, environment_street_name, moment_name, tone_name

_POINT = 0.3528  # millimetres
_HEIGHT = 148.0
_LETTER = 0.53
"""Width of a letter on average, in em, with what a line loses at its end."""


_SPARE = 4.0
"""Millimetres that stay empty for a word that breaks off early."""


@dataclass(frozen=True)
class _Setting:
    """How close and how small: ``type`` and ``head`` in points, the rest in millimetres."""

    density: str
    type: float
    leading: float
    head: float
    side: float
    top: float
    gap: float
    above: float
    line: float
    in_rows: bool

    def rows(self, text: str, width: float = 0, type: float = 0) -> float:
        """Height of a text in a column of ``width``."""
        per_row = (width or 105 - 2 * self.side) / (_LETTER * (type or self.type) * _POINT)
        return ceil(max(1, len(text)) / per_row) * (type or self.type) * self.leading * _POINT

    def listed(self, texts: Sequence[str], *, in_rows: bool, width: float = 0) -> float:
        """Height of boxes with words behind them: one below the other, or running on."""
        if not in_rows:
            return sum(self.rows("xxx" + text, width) + 0.3 for text in texts) + self.gap
        width = width or 105 - 2 * self.side
        used, n_rows = 0.0, 1
        for text in texts:
            wide = 9 + len(text) * _LETTER * self.type * _POINT
            if used and used + wide > width:
                n_rows, used = n_rows + 1, 0.0
            used += wide
            while used > width:
                n_rows, used = n_rows + 1, used - width
        return n_rows * (self.type * self.leading * _POINT + 0.3) + self.gap


_WIDE = _Setting("", 10.5, 1.25, 14, 7, 6, 1.5, 2, 8, in_rows=False)
_CLOSE = _Setting("dicht", 10, 1.2, 12.5, 6, 5, 1, 1.3, 7, in_rows=True)
_FULL = _Setting("vol", 9, 1.17, 11.5, 5, 4, 0.6, 0.9, 6, in_rows=True)
_STEPS = ((_WIDE, 3), (_CLOSE, 3), (_CLOSE, 2), (_FULL, 2), (_FULL, 1))


@dataclass(frozen=True)
class Fit:
    """``size``: ``a6``, ``a5`` or ``a4``; ``density``: class of the card; ``lines`` to write on for each text."""

    size: str
    density: str
    lines: int


def fitting(card: Card, *, is_large: bool = False) -> Fit:
    """The biggest type with which everything fits on A6; ``is_large`` wants big type on a larger sheet instead.

    Nothing is ever cut off: what does not fit in 9 points goes to A5, and then to A4.
    """
    if not is_large:
        for setting, lines in _STEPS:
            if height(card, setting, lines) <= _HEIGHT:
                return Fit("a6", setting.density, lines)
    # Two columns lose what does not fit at the foot of the first one, and the type is larger.
    return Fit("a5" if height(card, _WIDE, 3) <= 1.5 * _HEIGHT else "a4", "", 3)


def height(card: Card, setting: _Setting, lines: int) -> float:
    """Millimetres that a card takes, with its margins."""
    s = setting
    total = 2 * s.top + s.rows(card.title, type=s.head * 1.08) * 1.25 / s.leading + s.gap
    total += sum(s.rows(text) + s.gap for text in (card.prompt, *card.translations.values()))
    small = s.rows("", type=8) + s.gap
    total += 2 * small
    asked = s.rows("") + s.gap + s.above
    if card.groups:
        total += asked + s.listed([name for _id, name in card.groups], in_rows=True)
    if card.organisations:
        total += asked + s.line + s.gap
    total += sum(_question_height(question, s, small) for question in card.questions)
    total += sum(_note_height(form, s, lines) for form in card.note_forms)
    if not card.note_forms and s.density != "vol":
        total += asked + s.line + s.gap
    return total + _SPARE


def _note_height(form: NoteForm, s: _Setting, lines: int) -> float:
    asked = s.gap + s.above
    total = s.rows(form.prompt) + asked + lines * (s.line + s.gap)
    for extra in form.extras:
        total += s.rows(extra.prompt) + asked
        if isinstance(extra, Choice):
            total += s.listed([option.label for option in extra.options], in_rows=True)
        else:
            total += s.line + s.gap
    if form.second_prompt:
        total += s.rows(form.second_prompt) + asked + s.line + s.gap
    if form.asks_environments:
        words = [f"{environment_street_name(e)} ({environment_name(e)})" for e in Environment]
        total += s.listed(words, in_rows=s.in_rows)
    if form.asks_tone:
        total += s.listed([tone_name(tone) for tone in Tone], in_rows=True)
    if form.asks_moment:
        total += s.listed([moment_name(moment) for moment in Moment], in_rows=True)
    return total


def _question_height(question: Question, s: _Setting, small: float) -> float:
    total = s.rows(question.prompt) + s.gap + s.above
    width = 105 - 2 * s.side
    match question:
        case Scale():
            return total + s.listed([f"1. {word}" for word in question.words], in_rows=s.in_rows)
        case Choice():
            return total + s.listed([option.label for option in question.options], in_rows=s.in_rows)
        case Dots():
            beside = width - 5 - 4.5 * question.cap
            return total + 2 * small + sum(_row(s, subject.text, beside) for subject in question.subjects)
        case Ranking():
            return total + 2 * small + sum(_row(s, subject.text, width - 32) for subject in question.subjects)
        case PerItem():
            half = 0.55 * width - 3
            beside = sum(s.rows("xxxx" + option.label, half) + 0.3 for option in question.options)
            return total + sum(max(_row(s, x.text, 0.45 * width - 3), beside + 3.5) for x in question.subjects)
        case Field():
            explained = sum(
                s.rows(f"{axis.prompt} " + "; ".join(f"1 = {word}" for word in axis.words), type=8.8) + s.gap
                for axis in (question.across, question.up)
            )
            beside = width - 2 * (4 + s.type * _POINT * len(question.across.words) * 1.1)
            return total + explained + 2 * s.rows("") + 6 + sum(_row(s, x.text, beside) for x in question.subjects)


def _row(s: _Setting, text: str, width: float) -> float:
    return s.rows("1. " + text, width) + 2.2
