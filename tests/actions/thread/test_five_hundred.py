"""Five hundred items of two thousand characters: settled, handed over, fixed and exported, whole.

An item whose origin was parked keeps its chain; results with empty parts say so and lose nothing.
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from docx import Document

from tests.evening import Evening, plan_evening, session_in
from tests.exports.readers import opened_by_libreoffice, read_json
from tests.sprint_world import fix, write
from workshop.actions.evening import moderation, notes, running, sessions, settling, wall_view
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.sprints import fixing
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.thread import herkomst
from workshop.domain.errors import WorkshopError
from workshop.domain.thread.items import LONGEST_TEXT, ItemKind, ItemState
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.store import Store, items, rooms
from workshop.werkvormen.risk_dots import DOTS

MANY = 500


def long_text(number: int) -> str:
    """Exactly two thousand characters, different for every number, with what breaks files in it."""
    head = f"{number:03d} =SOM(A1) <b>&amp;</b> ’s avonds \U0001f3e1 بيت\n"
    return (head + "Het is er donker en er komt niemand. " * 60)[:LONGEST_TEXT].rstrip().ljust(LONGEST_TEXT, ".")


@pytest.fixture(scope="module")
def texts() -> list[str]:
    made = [long_text(n) for n in range(MANY)]
    assert {len(text) for text in made} == {LONGEST_TEXT}
    return made


def filled(evening: Evening, step: str, texts: list[str]) -> list[str]:
    """Every text added at the desk and put on the ballot; all but the first ten in one write, for the time it takes."""
    ids = []
    for text in texts[:10]:
        ids.append(
            notes.add_item(
                evening.store,
                evening.facilitator,
                evening.wijkplan_id,
                kind=ItemKind.RISK,
                written=Written(text),
                confirmed=True,
            )
        )
        sessions.put_item_on_step(evening.store, evening.facilitator, step, ids[-1])
    with evening.store.write() as conn:
        for text in texts[10:]:
            ids.append(
                items.add_item(
                    conn, wijkplan_id=evening.wijkplan_id, kind=ItemKind.RISK, state=ItemState.RELEASED, text=text,
                    source="desk", created_at=evening.store.now(),
                )
            )  # fmt: skip
            rooms.set_exception(conn, step, ids[-1], is_on=True)
    return ids


def test_five_hundred_long_items_go_all_the_way(sqlite_store: Store, texts: list[str], tmp_path: Path) -> None:
    store = sqlite_store
    evening = plan_evening(store, sprint=2)
    step = evening.step("risk_dots")
    ids = filled(evening, step, texts)
    evening.open_room()
    people = evening.people(6)
    running.open_step(store, evening.facilitator, step)
    round_id = evening.round_id(step)
    casts = [Cast(t, round_id, {f"{DOTS}.{ids[n]}": ["1"]}, f"b{n}") for n, t in enumerate(people)]
    assert {type(answer).__name__ for answer in cast_ballots(store, casts)} == {"Receipt"}
    evening.run(step)
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    assert wall is not None

    goes_on, stays = ids[: MANY // 2], ids[MANY // 2 :]
    listed = settling.see_settling(store, evening.facilitator, step)
    assert sorted(row.item.text for row in listed.rows) == sorted(texts)
    settling.settle_step(store, evening.facilitator, step, goes_on=goes_on, rest_reason="Later " * 80)
    write(evening, 1, "main_question", "Waarom?")
    fix(evening, 1)
    assert fix(evening, 2) == 1
    (fixed,) = [r for r in fixing.see_results(store, evening.facilitator, evening.wijkplan_id) if r.sprint == 2]
    assert {item["text"] for item in fixed.record["items"]} == set(texts)
    assert fixing.record_digest(fixed.record) == fixed.digest

    session_in(store, evening.facilitator, evening.wijkplan_id, title="Wensen", sprint=3)
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert {item.id for item in path.sprint(3).taken_over} == set(goes_on)
    assert {item.id for item in path.sprint(3).parked} == set(stays)

    # A wish out of everything, the parked ones too: the chain is whole on both sides.
    wish = herkomst.add_from_desk(
        store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.WISH,
        written=Written(texts[0]),
        sprint=3,
        origin=ids,
        confirmed=True,
    )
    told = herkomst.see_herkomst(store, evening.facilitator, evening.wijkplan_id, wish)
    assert {node.id for node in told.before[0]} == set(ids)
    assert sum(node.goes_on is False for node in told.before[0]) == len(stays)
    assert told.line == "wens ← 500 risico's ← aan het bureau toegevoegd"

    snapshot = see_snapshot(store, evening.facilitator, evening.wijkplan_id)
    json_file, workbook, report, zipped = (make_file(kind, snapshot).data for kind in ("json", "xlsx", "docx", "csv"))
    assert {i["text"] for i in read_json(json_file)["items"] if i["kind"] == "risk"} == set(texts)
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)["Risico's"]
    column = [row[1] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(column) == MANY and {len(str(cell)) for cell in column} <= {LONGEST_TEXT, LONGEST_TEXT + 1}
    paragraphs = "\n".join(cell.text for table in Document(io.BytesIO(report)).tables for cell in table._cells)
    assert [n for n in range(MANY) if f"{n:03d} =SOM(A1) <b>" not in paragraphs] == []
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        assert archive.testzip() is None
    whole_xml(workbook)
    whole_xml(report)
    converted = opened_by_libreoffice(workbook, "xlsx", "csv:Text - txt - csv (StarCalc):59,34,76,1", tmp_path)
    assert converted.startswith(b"\xef\xbb\xbf") or b";" in converted


def whole_xml(office_file: bytes) -> None:
    """Every part of the file is XML that a strict reader takes."""
    with zipfile.ZipFile(io.BytesIO(office_file)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314 - our own file


@pytest.mark.parametrize("length", [LONGEST_TEXT, LONGEST_TEXT + 1])
def test_the_desk_takes_two_thousand_characters_and_says_so_at_one_more(sqlite_store: Store, length: int) -> None:
    evening = plan_evening(sqlite_store)
    who = (sqlite_store, evening.facilitator, evening.wijkplan_id)
    text = "x" * length

    def everywhere() -> list[str]:
        first = notes.add_item(*who, kind=ItemKind.RISK, written=Written(text))
        second = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written(text), sprint=1)
        moderation.rewrite(sqlite_store, evening.facilitator, first, "y" * length)
        moderation.translate(sqlite_store, evening.facilitator, first, text)
        return [moderation.merge(sqlite_store, evening.facilitator, [first, second], text)]

    if length == LONGEST_TEXT:
        assert len(everywhere()) == 1
        (kept,) = see_snapshot(*who).items
        assert kept.text == text
        return
    with pytest.raises(WorkshopError, match=r"Je tekst is 2\.001 tekens\. Kort hem in tot 2\.000\."):
        everywhere()
    assert see_snapshot(*who).items == ()


def test_a_note_from_a_phone_stays_short_and_says_how_short(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store)
    step = evening.step("environments")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(sqlite_store, evening.facilitator, step)

    def note(length: int) -> notes.Note:
        return notes.Note(token, step, "n", Written("x" * length, "finding", environments=["social"], tone="bad"))

    with pytest.raises(WorkshopError, match=r"Je tekst is 2\.000 tekens\. Kort hem in tot 280\."):
        notes.write_note(sqlite_store, note(2_000))
    assert notes.own_notes(sqlite_store, token, evening.session_id) == []
    assert notes.write_note(sqlite_store, note(280)).item.text == "x" * 280


def test_a_result_with_empty_parts_is_refused_in_a_sentence_and_keeps_what_is_there(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store)
    with pytest.raises(WorkshopError, match="Er is in deze sprint nog geen uitslag getoond"):
        fix(evening, 1)
    with pytest.raises(WorkshopError, match=r"Pijn en behoefte per groep, regel 1: vul “Pijn” in"):
        write(evening, 1, "groups", [{"group": "Jongeren"}])
    assert write(evening, 1, "groups", [{"group": "", "pain": " "}, {}]) == 1
    write(evening, 1, "main_question", "Waarom?")
    assert fix(evening, 1) == 1
    snapshot = see_snapshot(sqlite_store, evening.facilitator, evening.wijkplan_id)
    assert [(p.part, p.content) for p in snapshot.parts] == [
        ("groups", {"rows": []}), ("main_question", {"text": "Waarom?"})
    ]  # fmt: skip
    for kind in ("json", "xlsx", "docx", "csv"):
        assert make_file(kind, snapshot).data
