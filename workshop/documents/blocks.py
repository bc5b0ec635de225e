"""The blocks a document is made of. Data only: no fonts, no bytes, no markup; people's text stands in them as it is kept.

A writer of a format has one case per kind of block and ends in ``assert_never``: the type checker names the writers
that lack a new kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from workshop.documents.audience import SEEN_BY, Audience, Chapter, may_see
from workshop.domain.evening.stories import Picture as StoryPicture
from workshop.locale import current_language

#: What a cell holds. A day stays a day and a number a number; no cell holds a time of day.
Cell = str | int | float | bool | date | None


class Weight(StrEnum):
    """How much a sentence asks to be read."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """What every block knows: its chapter, who may see it, and the language (code) it was told in.

    A block that no chapter placed yet is internal.
    """

    chapter: Chapter | None = None
    seen_by: Audience = Audience.INTERNAL
    language: str = field(default_factory=current_language)


@dataclass(frozen=True)
class Title(Placed):
    text: str
    under: str


@dataclass(frozen=True)
class Heading(Placed):
    """``level`` 1 to 3; ``begins_page`` where paper turns the page."""

    text: str
    level: int
    begins_page: bool = False


@dataclass(frozen=True)
class Text(Placed):
    text: str
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True)
class Facts(Placed):
    """Short facts on one line, such as day, place and number of people."""

    facts: tuple[str, ...]
    weight: Weight = Weight.PLAIN


@dataclass(frozen=True)
class Points(Placed):
    """A list without an order."""

    points: tuple[str, ...]


@dataclass(frozen=True)
class Pairs(Placed):
    """Words and what they say: (heading, text)."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Keynote(Placed):
    """The one thing that heads everything, set apart."""

    heading: str
    text: str
    under: str = ""


@dataclass(frozen=True)
class Table(Placed):
    """Every row as long as ``header``; ``widths`` are shares of the page, or empty: by what stands in it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Picture(Placed):
    """A picture as data, what it says for who cannot see it, and what stands there when it cannot be drawn."""

    picture: StoryPicture
    alternative: str
    instead: str


Block = Title | Heading | Text | Facts | Points | Pairs | Keynote | Table | Picture


@dataclass(frozen=True)
class Column:
    """A column of a sheet: ``key`` never changes, ``heading`` is in the language of the reader."""

    key: str
    heading: str


@dataclass(frozen=True)
class Sheet(Placed):
    """One flat table of data: ``key`` names its file and never changes, every row is as long as ``columns``."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.columns)


@dataclass(frozen=True)
class Document:
    """Something to be read from top to bottom, as of one moment (UTC)."""

    title: str
    author: str
    as_of: datetime
    footer: str
    language: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Book:
    """Data to calculate with, as of one moment (UTC)."""

    title: str
    author: str
    as_of: datetime
    language: str
    sheets: tuple[Sheet, ...]


P = ParamSpec("P")
B = TypeVar("B", bound=Placed)


def chapter(name: Chapter) -> Callable[[Callable[P, Iterable[B]]], Callable[P, tuple[B, ...]]]:
    """What a function tells belongs to this chapter; blocks it took from another chapter stay where they belong.

    Raises:
        KeyError: nobody decided who may see this chapter.
    """
    SEEN_BY[name]

    def place(tell: Callable[P, Iterable[B]]) -> Callable[P, tuple[B, ...]]:
        @wraps(tell)
        def placed(*args: P.args, **kwargs: P.kwargs) -> tuple[B, ...]:
            return tuple(
                block if block.chapter else replace(block, chapter=name, seen_by=SEEN_BY[name])
                for block in tell(*args, **kwargs)
            )

        return placed

    return place


def document_for(audience: Audience, document: Document) -> Document:
    """The document without the blocks that are not for these eyes."""
    return replace(document, blocks=tuple(b for b in document.blocks if may_see(audience, b.seen_by)))


def book_for(audience: Audience, book: Book) -> Book:
    """The book without the sheets that are not for these eyes."""
    return replace(book, sheets=tuple(s for s in book.sheets if may_see(audience, s.seen_by)))
