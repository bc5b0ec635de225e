"""A document as a Word file: one case per kind of block."""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from workshop.documents.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Keynote,
    Pairs,
    Picture,
    Points,
    Table,
    Text,
    Title,
    Weight,
)
from workshop.exports.paper import Paper
from workshop.exports.pictures import draw
from workshop.locale import in_language

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ENDING = "docx"


def write_docx(document: Document) -> bytes:
    """The document as Office Open XML; a block in another language than the whole is marked as such."""
    with in_language(document.language):
        paper = Paper(
            title=document.title,
            author=document.author,
            moment=document.as_of,
            footer=document.footer,
            language=document.language,
        )
        _write_all(paper, document.blocks)
        return paper.bytes()


def _write_all(paper: Paper, blocks: Iterable[Block]) -> None:
    for block in blocks:
        with paper.speaking(block.language), in_language(block.language):
            _write(paper, block)


def _write(paper: Paper, block: Block) -> None:  # noqa: C901 - one case per kind of block, each one line
    match block:
        case Title():
            paper.title(block.text, block.under)
        case Heading():
            paper.heading(block.text, block.level, new_page=block.begins_page)
        case Text():
            _say(paper, block.text, block.weight)
        case Facts():
            _say(paper, " · ".join(block.facts), block.weight)
        case Points():
            paper.bullets(block.points)
        case Pairs():
            for heading, text in block.pairs:
                paper.pair(heading, text)
        case Keynote():
            paper.box(block.heading, block.text, block.under)
        case Table():
            paper.table(block.caption, block.header, block.rows, block.widths)
        case Picture():
            _draw(paper, block)
        case _:
            assert_never(block)


def _say(paper: Paper, text: str, weight: Weight) -> None:
    match weight:
        case Weight.PLAIN:
            paper.text(text)
        case Weight.STRONG:
            paper.text(text, bold=True)
        case Weight.QUIET:
            paper.small(text)
        case _:
            assert_never(weight)


def _draw(paper: Paper, block: Picture) -> None:
    try:
        paper.picture(draw(block.picture), block.alternative)
    except Exception:  # noqa: BLE001 - one picture that cannot be drawn must not cost the whole report
        paper.text(block.instead)
