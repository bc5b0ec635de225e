"""A fixed result tells what its own sprint decided, whatever a later sprint decides about the same items."""

from __future__ import annotations

from typing import Any

import pytest

from tests.evening import Evening, plan_evening, session_in
from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx
from tests.sprint_world import fix, look_at_all
from workshop.actions.evening import notes, running, sessions, settling
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.fixed_record import sprint_record
from workshop.actions.sprints.fixing import is_as_fixed, record_digest
from workshop.actions.sprints.material import Snapshot, see_snapshot
from workshop.domain.sprints.keyfactors import FACTORS
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.store import Store

LINES = {"Donker": "Gaat mee", "Lawaai": "Loopt al"}


def snapshot_of(evening: Evening) -> Snapshot:
    return see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id)


@pytest.fixture
def fixed_diagnosis(store: Store) -> tuple[Evening, dict[str, str]]:
    """Sprint 2 fixed with one finding that goes on and one that stays."""
    evening = plan_evening(store, sprint=2)
    sprinting.skip_sprint(store, evening.facilitator, evening.wijkplan_id, 1, "Gedaan in het plan van vorig jaar.")
    step = evening.step("environments")
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    made = {
        text: notes.add_item(
            store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.FINDING, written=Written(text), step_id=step
        )
        for text in LINES
    }
    evening.run(step)
    settling.settle_step(
        store, evening.facilitator, step, goes_on=[made["Donker"]], reasons={made["Lawaai"]: "Loopt al."}
    )
    running.close_room(store, evening.facilitator, evening.session_id)
    assert fix(evening, 2) == 1
    return evening, made


def decide_otherwise(evening: Evening, made: dict[str, str]) -> None:
    """In sprint 4 the room votes on both and turns the decisions round."""
    later = session_in(evening.store, evening.facilitator, evening.wijkplan_id, title="Ideeën", sprint=4)
    step = later.step("consent")
    sessions.put_item_on_step(evening.store, evening.facilitator, step, made["Lawaai"])
    later.open_room()
    running.open_step(evening.store, evening.facilitator, step)
    later.run(step)
    settling.settle_step(
        evening.store, evening.facilitator, step, goes_on=[made["Lawaai"]], reasons={made["Donker"]: "Toch te duur."}
    )


def decided(record: dict[str, Any]) -> dict[str, tuple[bool | None, str]]:
    return {item["text"]: (item["goes_on"], item["reason"]) for item in record["items"]}


THEN = {"Donker": (True, ""), "Lawaai": (False, "Loopt al.")}


def test_a_later_sprint_leaves_record_digest_and_page_of_an_earlier_one_as_they_were(
    fixed_diagnosis: tuple[Evening, dict[str, str]],
) -> None:
    evening, made = fixed_diagnosis
    before = sprint_record(snapshot_of(evening), 2)
    decide_otherwise(evening, made)
    after = snapshot_of(evening)
    assert sprint_record(after, 2) == before
    assert record_digest(sprint_record(after, 2)) == record_digest(before)
    assert decided(before) == THEN and is_as_fixed(after, 2)
    assert decided(sprint_record(after, 4)) == {"Donker": (False, "Toch te duur."), "Lawaai": (True, "")}
    path = sprinting.see_sprints(evening.store, evening.facilitator, evening.wijkplan_id)
    assert {i.text: (i.goes_on, i.reason) for i in path.sprint(2).made} == THEN
    assert [(i.text, i.goes_on) for i in path.sprint(3).taken_over] == [("Donker", True)]
    assert [(i.text, i.goes_on) for i in path.sprint(5).taken_over] == [("Lawaai", True)]


def test_a_new_decision_in_the_sprint_itself_does_change_its_record(
    fixed_diagnosis: tuple[Evening, dict[str, str]],
) -> None:
    evening, made = fixed_diagnosis
    (step,) = (step.id for step in snapshot_of(evening).sessions[0].steps)
    settling.settle_step(evening.store, evening.facilitator, step, goes_on=list(made.values()))
    assert not is_as_fixed(snapshot_of(evening), 2)


@pytest.mark.parametrize("kind", ["json", "xlsx", "csv", "docx"])
def test_every_file_keeps_both_decisions_apart(fixed_diagnosis: tuple[Evening, dict[str, str]], kind: str) -> None:
    evening, made = fixed_diagnosis
    decide_otherwise(evening, made)
    data = make_file(kind, snapshot_of(evening)).data
    if kind == "json":
        told = read_json(data)
        assert [decided(r["record"]) for r in told["results"]] == [THEN]
        assert {i["text"]: [(d["sprint"], d["goes_on"], d["reason"]) for d in i["decided"]] for i in told["items"]} == {
            "Donker": [(2, True, ""), (4, False, "Toch te duur.")],
            "Lawaai": [(2, False, "Loopt al."), (4, True, "")],
        }
    elif kind == "docx":
        # In the table of the evening of sprint 2, and among what stays now.
        assert "Loopt al." in docx_text(data) and "Toch te duur." in docx_text(data)
    else:
        rows = read_xlsx(data)["Besluiten per sprint"] if kind == "xlsx" else read_csv_zip(data)["decisions"]
        assert {tuple(str(cell or "") for cell in row[:4]) for row in rows[1:]} == {
            (made["Donker"], "2", "gaat mee", ""),
            (made["Donker"], "4", "blijft hier", "Toch te duur."),
            (made["Lawaai"], "2", "blijft hier", "Loopt al."),
            (made["Lawaai"], "4", "gaat mee", ""),
        }


def test_a_fixed_record_has_these_fields_for_who_reads_it_years_later(
    fixed_diagnosis: tuple[Evening, dict[str, str]],
) -> None:
    evening, made = fixed_diagnosis
    look_at_all(evening, 2)
    assert fix(evening, 2) == 2
    record = snapshot_of(evening).results[-1].record
    assert {each["id"] for each in record["items"]} == set(made.values())
    wanted = {"id", "kind", "digest", "goes_on", "reason", "score", "origin"}
    assert [wanted - set(each) for each in record["items"]] == [set(), set()]
    assert [each["factor"] for each in record["key_factors"]] == list(FACTORS)
    assert {frozenset(each) for each in record["key_factors"]} == {frozenset({"factor", "status", "note", "owner"})}
