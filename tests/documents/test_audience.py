"""Every chapter says who may see it, and a document for everybody holds nothing that is not for everybody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.exports.evenings import full_evening
from tests.exports.readers import docx_text, read_csv_zip
from workshop.documents import audience
from workshop.documents.audience import SEEN_BY, Audience, Chapter, may_see
from workshop.documents.blocks import Heading, Text, book_for, chapter, document_for
from workshop.documents.material import figures_of
from workshop.documents.report import report_of
from workshop.documents.sheets.book import book_of
from workshop.exports.csv_zip import write_csv_zip
from workshop.exports.docx import write_docx

DOCUMENTS = Path(audience.__file__).parent
SNAPSHOT = full_evening()
FIGURES = figures_of(SNAPSHOT)

#: What a part of the evening tells of somebody, or somebody wrote for the desk: by the chapter it stands in.
NOT_FOR_EVERYBODY = {
    "Wethouder leefbaarheid": Chapter.AGREED,
    "Zonder beheerder wordt het een klaagmuur": Chapter.ITEMS,
    "Loopt al bij verkeer: snelheidsmeting in januari": Chapter.DECISIONS,
    "Buren die elkaar kennen.": Chapter.SPRINT_RECORDS,
    "Wie besluit over de brandgang?": Chapter.KEY_FACTORS,
    "Als er licht komt": Chapter.APPROVALS,
    "Sanne de Wit": Chapter.RESULTS,
}


def functions_that_tell(source: str) -> Iterator[tuple[str, Chapter | None]]:
    """Every function for others that makes blocks or sheets, with the chapter it is placed in."""
    for node in ast.parse(source).body:
        if not isinstance(node, ast.FunctionDef) or node.name.startswith("_") or node.returns is None:
            continue
        if ast.unparse(node.returns) not in ("Iterator[Block]", "Iterator[Sheet]"):
            continue
        placed = [ast.unparse(each) for each in node.decorator_list]
        names = [each.removeprefix("chapter(Chapter.").removesuffix(")") for each in placed if "Chapter." in each]
        yield node.name, Chapter[names[0]] if names else None


def told() -> dict[str, Chapter | None]:
    return {
        f"{path.relative_to(DOCUMENTS)}:{name}": placed
        for path in sorted(DOCUMENTS.rglob("*.py"))
        for name, placed in functions_that_tell(path.read_text(encoding="utf-8"))
    }


def test_every_function_that_tells_has_a_chapter_and_every_chapter_says_who_may_see_it() -> None:
    assert [where for where, placed in told().items() if placed is None] == []
    assert set(told().values()) == set(Chapter) == set(SEEN_BY)


def test_twin_a_function_without_a_chapter_is_found() -> None:
    planted = "def tell_more(x) -> Iterator[Block]:\n    yield x\n"
    assert list(functions_that_tell(planted)) == [("tell_more", None)]


def test_a_chapter_of_which_nobody_decided_who_may_see_it_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SEEN_BY, Chapter.APPROVALS)  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        chapter(Chapter.APPROVALS)
    assert set(told().values()) != set(SEEN_BY)


def test_a_block_that_stands_in_no_chapter_is_for_nobody_outside() -> None:
    assert not may_see(Audience.PUBLIC, Text("nergens geplaatst").seen_by)


def test_every_block_stands_in_a_chapter_and_tells_who_may_see_it() -> None:
    blocks = (*report_of(SNAPSHOT, FIGURES).blocks, *book_of(SNAPSHOT, FIGURES).sheets)
    assert {(block.chapter, block.seen_by) for block in blocks} <= set(SEEN_BY.items())


def leaked(by: Audience) -> dict[str, set[str]]:
    """What stands in a report and in tables for these eyes of what is not for everybody."""
    report = docx_text(write_docx(document_for(by, report_of(SNAPSHOT, FIGURES))))
    tables = read_csv_zip(write_csv_zip(book_for(by, book_of(SNAPSHOT, FIGURES))))
    cells = "\n".join(field for rows in tables.values() for row in rows for field in row)
    return {
        "report": {words for words in NOT_FOR_EVERYBODY if words in report},
        "tables": {words for words in NOT_FOR_EVERYBODY if words in cells},
    }


def test_what_is_internal_stands_in_no_file_for_everybody() -> None:
    assert leaked(Audience.PUBLIC) == {"report": set(), "tables": set()}
    assert leaked(Audience.INTERNAL) == {"report": set(NOT_FOR_EVERYBODY), "tables": set(NOT_FOR_EVERYBODY)}


@pytest.mark.parametrize("words", NOT_FOR_EVERYBODY)
def test_twin_a_row_that_says_public_lets_it_out(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SEEN_BY, NOT_FOR_EVERYBODY[words], Audience.PUBLIC)  # type: ignore[misc]
    document = document_for(Audience.PUBLIC, report_of(SNAPSHOT, FIGURES))
    assert words in repr(document.blocks)


def test_a_report_for_everybody_is_a_whole_report() -> None:
    blocks = document_for(Audience.PUBLIC, report_of(SNAPSHOT, FIGURES)).blocks
    levels = [block.level for block in blocks if isinstance(block, Heading)]
    assert levels[0] == 1 and all(now - before <= 1 for before, now in pairwise(levels))
    last = {
        (a.text, b.text)
        for a, b in pairwise(blocks)
        if isinstance(a, Heading) and isinstance(b, Heading) and b.level <= a.level
    }
    assert last == set(), "a heading under which nothing is left"
