"""Of a secret round with four ballots no surface tells what was chosen: two halls that chose otherwise publish the same."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import text

from tests.actions.evening.test_an_evening import dots, vote
from tests.evening import Evening, plan_evening
from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx, xml_parts
from tests.sprint_world import fix, look_at_all, write
from workshop.actions.evening import room_view, running, sessions, settling, wall_view
from workshop.actions.evening.console_view import see_console
from workshop.actions.sprints import fixing
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.sprints.movement import commitment_movement
from workshop.actions.thread import herkomst
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.store import Store, items, open_store, results, rooms
from workshop.store.migrate import config
from workshop.werkvormen import contract

RISKS = ("Donker pad", "Leeg plein")
#: Two ways to answer that differ in everything.
ONE, OTHER = (1, "disappointed", 0), (5, "good", 1)


def _risk(evening: Evening, words: str) -> str:
    return herkomst.add_from_desk(
        evening.store, evening.facilitator, evening.wijkplan_id, written=Written(words), kind=ItemKind.RISK, sprint=1
    )


def a_hall_of(store: Store, people: int, stance: int, experience: str, choice: int) -> tuple[Evening, list[str]]:
    """An evening in which everybody answers the same: commitment twice, then dots on two risks, settled and fixed."""
    evening = plan_evening(store, sprint=1)
    ids = iter(sorted(uuid4().hex for _risk in RISKS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(items, "new_id", lambda: next(ids))  # on a ballot they stand in the order of their ids
        risks = [_risk(evening, words) for words in RISKS]
    steps = [evening.step("commitment"), evening.step("risk_dots")]
    for risk in risks:
        sessions.put_item_on_step(store, evening.facilitator, steps[1], risk)
    evening.open_room()
    tokens = evening.people(people)
    for step in steps:
        running.open_step(store, evening.facilitator, step)
        for again in (False, True):
            if again:
                running.again(store, evening.facilitator, step)
            for token in tokens:
                if step == steps[0]:
                    vote(evening, step, token, stance=stance, experience=experience)
                else:
                    dots(evening, step, token, {risks[choice]: 3})
            evening.run(step)
        settling.settle_step(store, evening.facilitator, step, goes_on=risks if step == steps[1] else [])
    running.close_room(store, evening.facilitator, evening.session_id)
    write(evening, 1, "main_question", "Waarom is het plein leeg?")
    look_at_all(evening, 1)
    fix(evening, 1)
    return evening, steps


def published(evening: Evening, steps: list[str]) -> str:
    """Everything anybody can see or download, with what differs by chance taken out."""
    store, who = evening.store, evening.facilitator
    snapshot = see_snapshot(store, who, evening.wijkplan_id)
    surfaces: list[Any] = [
        snapshot,
        commitment_movement(snapshot),
        see_console(store, who, evening.session_id),
        [room_view.see_room(store, token, evening.session_id) for token in evening.tokens],
        [sorted(settling.see_settling(store, who, step).rows, key=lambda row: row.item.text) for step in steps],
        fixing.see_results(store, who, evening.wijkplan_id),
    ]
    for step in steps:
        running.put_on_wall(store, who, evening.session_id, running.View.OUTCOME, step_id=step)
        surfaces.append(wall_view.see_wall(store, who, evening.session_id))
    files = {kind: make_file(kind, snapshot).data for kind in ("docx", "xlsx", "csv", "json")}
    surfaces += [docx_text(files["docx"]), xml_parts(files["docx"])["word/document.xml"]]
    surfaces += [read_xlsx(files["xlsx"]), read_csv_zip(files["csv"]), read_json(files["json"])]
    return _without_chance("\n".join(repr(each) for each in surfaces), evening)


def _without_chance(words: str, evening: Evening) -> str:
    words = words.replace(evening.code, "CODE")
    words = re.sub(r"[0-9a-f]{16,}", "#", words)
    return re.sub(r"datetime\.datetime\([^)]*\)|\d{4}-\d\d-\d\dT[\d:.+Z]+", "T", words)


def _check_both_publish_the_same(new: Callable[[], Store], people: int) -> None:
    told = []
    for answers in (ONE, OTHER):
        store = new()
        told.append(published(*a_hall_of(store, people, *answers)))
        store.close()
    assert told[0] == told[1]


@pytest.fixture
def new_store(new_sqlite_url: Callable[[], str]) -> Callable[[], Store]:
    return lambda: open_store(new_sqlite_url())


@pytest.mark.parametrize("people", [1, 4])
def test_four_who_chose_otherwise_publish_the_same(new_store: Callable[[], Store], people: int) -> None:
    _check_both_publish_the_same(new_store, people)


def test_the_list_at_closing_is_in_the_order_of_the_ballot(store: Store) -> None:
    evening, steps = a_hall_of(store, 4, *OTHER)
    with store.read() as conn:
        on_ballot = rooms.rounds_of(conn, steps[1])[-1].items
    rows = settling.see_settling(store, evening.facilitator, steps[1]).rows
    assert [(row.item.id, row.score) for row in rows] == [(item_id, "") for item_id in on_ballot]


def test_five_who_chose_otherwise_are_told(new_store: Callable[[], Store]) -> None:
    with pytest.raises(AssertionError):
        _check_both_publish_the_same(new_store, 5)


def test_without_the_rule_four_are_read_from_what_is_published(
    new_store: Callable[[], Store], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin."""
    monkeypatch.setattr(contract, "K", 0)
    with pytest.raises(AssertionError):
        _check_both_publish_the_same(new_store, 4)


def test_a_round_of_four_between_two_of_six_is_skipped_as_measurement(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    tokens = evening.people(6)
    running.open_step(store, evening.facilitator, step)
    for number, (came, stance) in enumerate(((6, 1), (4, 3), (6, 5))):
        if number:
            running.again(store, evening.facilitator, step)
        for token in tokens[:came]:
            vote(evening, step, token, stance=stance, experience="good")
        evening.run(step)
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    assert wall.story is not None
    assert wall.story.picture is not None
    assert wall.story.picture.rows[0].before == (6, 0, 0, 0, 0)  # type: ignore[union-attr]


def test_what_was_kept_of_small_rounds_before_is_closed_by_the_migration(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rounds, scores and fixed records as the program before this rule wrote them."""
    store = open_store(database_url)
    monkeypatch.setattr(contract, "K", 0)
    evening, steps = a_hall_of(store, 4, *ONE)
    monkeypatch.undo()
    with store.write() as conn:
        command.downgrade(config(conn), "0008")

    def kept() -> tuple[str, list[Any], list[str]]:
        with store.read() as conn:
            outcomes = [r.outcome for step in steps for r in rooms.rounds_of(conn, step)]
            record = results.results(conn, evening.wijkplan_id)[0].record
            scores = list(conn.execute(text("SELECT score FROM decision")).scalars())
        return json.dumps(record), outcomes, scores

    record, outcomes, scores = kept()
    assert '"stance": [4, 0, 0, 0, 0]' in record
    assert "12 stippen" in record
    assert outcomes[0]["stance"] == [4, 0, 0, 0, 0]
    assert "12 stippen" in scores
    store.migrate()
    record, outcomes, scores = kept()
    assert outcomes == [{"n": 4, "complete": 4, "paper": 0, "groups": {}, "is_closed": True}] * 4
    assert set(scores) == {""}
    assert "stance" not in record
    assert ' stippen"' not in record
    store.close()
