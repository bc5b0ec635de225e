"""One definition writes the JSON file, reads it and is published; what was written before is still read whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests.exports.evenings import empty_plan, full_evening, poisoned
from tests.exports.test_poison import ALL
from workshop.actions.sprints.material import Snapshot
from workshop.documents.contract import SCHEMA
from workshop.documents.data import data_of
from workshop.documents.material import figures_of
from workshop.domain.errors import WorkshopError
from workshop.exports.json_file import read_json, schema, write_json

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "exports-schema.json"
#: Written by the program of November 2026, before there was a definition.
KEPT = Path(__file__).parent / "files" / "koppelvlak-wijkplan-1.json"


#: An item that rests on a figure, and one in which more was filled in than a text.
BASIS = {
    "sort": "figure", "label": "Misdrijven", "area": "Centrum", "area_code": "BU03080000", "value": 41.5,
    "shown": "41,5", "unit": "per 1.000", "period": "2023", "source": "Politie", "table": "47018NED",
}  # fmt: skip
FIELDS = {"organisation": "Welzijn Baarn", "reuse": True, "people": 12}


def rich_evening() -> Snapshot:
    evening = full_evening()
    first, second, *others = evening.items
    return replace(evening, items=(replace(first, basis=BASIS), replace(second, fields=FIELDS), *others))


def written(snapshot: Snapshot) -> bytes:
    return write_json(data_of(snapshot, figures_of(snapshot)))


def lost(before: Any, after: Any, path: str = "") -> list[str]:
    """Where ``after`` does not hold what ``before`` held; keys that were added since are no loss."""
    match before:
        case dict() if isinstance(after, dict):
            missing = [f"{path}.{key}" for key in before if key not in after]
            return missing + [
                w for key in before if key in after for w in lost(before[key], after[key], f"{path}.{key}")
            ]
        case list() if isinstance(after, list) and len(before) == len(after):
            return [w for n, (a, b) in enumerate(zip(before, after, strict=True)) for w in lost(a, b, f"{path}[{n}]")]
        case _:
            return [] if (type(before), before) == (type(after), after) else [path]


def test_the_published_schema_is_the_definition() -> None:
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema(), "run: python -m tools.exports_schema"
    assert schema()["$id"].rsplit(":", 1)[1] == SCHEMA.rsplit("/", 1)[1]
    Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("snapshot", [rich_evening(), empty_plan(), poisoned(ALL)], ids=["rich", "empty", "poison"])
def test_what_is_written_follows_the_published_schema_and_is_read_back_whole(snapshot: Snapshot) -> None:
    data = written(snapshot)
    published = Draft202012Validator(json.loads(PUBLISHED.read_text(encoding="utf-8")))

    assert [error.json_path for error in published.iter_errors(json.loads(data))] == []
    assert write_json(read_json(data)) == data


def test_another_judge_finds_what_does_not_follow_the_schema() -> None:
    wrong = json.loads(written(full_evening()))
    del wrong["items"][0]["text"]
    wrong["sessions"][0]["state"] = "ended"
    found = {error.json_path for error in Draft202012Validator(schema()).iter_errors(wrong)}
    assert found == {"$.items[0]", "$.sessions[0].state"}


def test_a_file_of_before_is_read_back_whole() -> None:
    kept = KEPT.read_bytes()
    assert any(item["basis"] for item in json.loads(kept)["items"])
    assert lost(json.loads(kept), json.loads(write_json(read_json(kept)))) == []


def test_twin_a_definition_that_lost_a_key_is_found() -> None:
    kept = json.loads(KEPT.read_bytes())
    after = json.loads(KEPT.read_bytes())
    del after["items"][3]["reason"]
    after["figures"][0]["value"] = float(after["figures"][0]["value"]) + 1
    assert lost(kept, after) == [".items[3].reason", ".figures[0].value"]


def test_a_key_of_a_later_program_is_passed_over() -> None:
    later = json.loads(KEPT.read_bytes())
    later["photos"] = later["items"][0]["seen_by"] = ["new"]
    assert read_json(json.dumps(later).encode()) == read_json(KEPT.read_bytes())


BROKEN = "Dit is geen bestand uit Koppelvlak, of het is beschadigd. Haal het opnieuw op."


def changed(**values: Any) -> bytes:
    return json.dumps({**json.loads(KEPT.read_bytes()), **values}).encode()


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", BROKEN),
        (b"PK\x03\x04", BROKEN),
        (b"\xff\xfe{}", BROKEN),
        (b"[" * 200_000, BROKEN),
        (changed(as_of="2026-11-21T21:31:12"), "Dit bestand klopt niet bij $.as_of. Haal het opnieuw op uit Koppelvlak."),
        (changed(schema="koppelvlak-wijkplan/9"), "Dit bestand klopt niet bij $.schema. Haal het opnieuw op uit Koppelvlak."),
        (changed(joint_tasks=[{"version": "geheim"}]),
         "Dit bestand klopt niet bij $.joint_tasks[0].version. Haal het opnieuw op uit Koppelvlak."),
    ],
    ids=["empty", "zip", "bytes", "deep", "moment", "version", "type"],
)  # fmt: skip
def test_another_file_is_refused_with_where_it_goes_wrong_and_nothing_of_what_stands_there(
    data: bytes, told: str
) -> None:
    with pytest.raises(WorkshopError) as refused:
        read_json(data)
    assert refused.value.message == told


def test_a_key_that_stands_twice_is_refused_instead_of_taken_last() -> None:
    twice = KEPT.read_bytes().replace(b'"schema":', b'"as_of": "2020-01-01T00:00:00Z",\n "schema":', 1)
    with pytest.raises(WorkshopError):
        read_json(twice)
