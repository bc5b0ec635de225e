"""A database of an earlier program opens, is read and exported; what was fixed in it keeps its digest.

``files/demo-0.1.0.db.gz`` is the demo as version 0.1.0 (schema 0008) made it, and beside it the JSON download that version
gave of it. A file of every old version stays here.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx
from workshop.actions.sprints.fixing import record_digest
from workshop.actions.sprints.material import Snapshot, read_snapshot
from workshop.exports.shelf import make_file
from workshop.store import Store, open_store

FILES = Path(__file__).with_name("files")
MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def earlier(tmp_path: Path) -> Iterator[Store]:
    path = tmp_path / "koppelvlak.db"
    path.write_bytes(gzip.decompress((FILES / "demo-0.1.0.db.gz").read_bytes()))
    store = open_store(f"sqlite:///{path}", clock=lambda: MADE)
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def snapshot_of(store: Store) -> Snapshot:
    with store.read() as conn:
        wijkplan_id = conn.execute(text("SELECT id FROM wijkplan")).scalar_one()
        return read_snapshot(conn, wijkplan_id, MADE)


def test_the_json_download_says_what_it_said(earlier: Store) -> None:
    said = json.loads(gzip.decompress((FILES / "demo-0.1.0.json.gz").read_bytes()))
    says = read_json(make_file("json", snapshot_of(earlier)).data)
    assert says == said


def test_every_other_file_is_made_of_it_and_holds_its_items(earlier: Store) -> None:
    snapshot = snapshot_of(earlier)
    assert (len(snapshot.sessions), len(snapshot.items), len(snapshot.results)) == (17, 160, 9)
    texts = {item.text for item in snapshot.items}
    report = docx_text(make_file("docx", snapshot).data)
    assert [words for words in texts if words not in report] == []
    for tables in (read_xlsx(make_file("xlsx", snapshot).data), read_csv_zip(make_file("csv", snapshot).data)):
        cells = {str(cell) for rows in tables.values() for row in rows for cell in row}
        assert [words for words in texts if words not in cells] == []


def test_what_was_fixed_keeps_its_digest(earlier: Store) -> None:
    results = snapshot_of(earlier).results
    assert [result.version for result in results if record_digest(result.record) != result.digest] == []
    assert {result.sprint for result in results} == {1, 2, 3, 4, 5, 6, 7}


def test_a_record_that_was_changed_has_another_digest(earlier: Store) -> None:
    """The twin."""
    result = snapshot_of(earlier).results[0]
    changed: dict[str, Any] = {**result.record, "joint_task": "Iets anders"}
    assert record_digest(changed) != result.digest
