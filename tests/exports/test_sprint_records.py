"""What was written per sprint leaves in every file, with the whole chain of an item, and without a name."""

from __future__ import annotations

import pytest

from tests.exports.evenings import full_evening
from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx
from workshop.exports.shelf import make_file

SNAPSHOT = full_evening()

TOLD = (
    "Buren die elkaar kennen.",
    "Licht trekt mensen naar het plein",
    "Wie besluit over de brandgang?",
    "akkoord, onder voorwaarde",
    "Als er licht komt",
    "De ideeën waren er al.",
    "Het buurtfeest is in mei.",
    "omgewisseld met sprint 5",
)


def text_of(kind: str) -> str:
    data = make_file(kind, SNAPSHOT).data
    match kind:
        case "docx":
            return docx_text(data)
        case "xlsx":
            return "\n".join(str(cell) for sheet in read_xlsx(data).values() for row in sheet for cell in row)
        case "csv":
            return "\n".join(str(cell) for sheet in read_csv_zip(data).values() for row in sheet for cell in row)
        case _:
            return str(read_json(data))


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv"])
def test_parts_key_factors_and_approvals_stand_in_words(kind: str) -> None:
    text = text_of(kind)
    assert [line for line in TOLD if line not in text] == []
    assert "Piet Geheim" not in text


def test_json_holds_them_as_they_are_stored() -> None:
    told = read_json(make_file("json", SNAPSHOT).data)
    assert [(p["sprint"], p["part"], p["version"]) for p in told["sprint_parts"]] == [
        (2, "positive_effects", 2),
        (2, "links", 1),
    ]
    assert told["sprint_parts"][1]["content"]["rows"][0]["direction"] == "plus"
    assert told["sprints_left_out"] == [{"sprint": 4, "reason": "De ideeën waren er al."}]
    assert told["sprints_taken_up_early"] == [
        {"sprint": 6, "how": "change_places", "reason": "Het buurtfeest is in mei."}
    ]
    assert [(f["sprint"], f["factor"], f["status"]) for f in told["key_factors"]] == [
        (1, 3, "attention"),
        (2, 3, "in_order"),
    ]
    assert [(a["organisation"], a["decision"], a["role"]) for a in told["approvals"]] == [
        ("Eemland Wonen", "conditional", "Manager"),
        ("Welzijn Baarn", None, ""),
    ]
    assert "Piet Geheim" not in str(told)
