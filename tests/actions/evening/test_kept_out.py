"""What people write never reaches the journal, whatever is done with it; the twin writes one text too many."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from tests import full_note
from tests.evening import plan_evening
from tests.full_note import FORM, where_words_stand
from tests.sprint_world import fix, write
from workshop.actions.evening import moderation, notes, running, sessions, settling
from workshop.actions.sprints import handing_over
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import joint_task
from workshop.domain.evening.stage import View
from workshop.domain.sprints.rules import parts_of
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, items, journal, schema

#: What staff writes, on top of a full note.
OF_STAFF = {
    name: f"{name}merk"
    for name in (
        "bureau",
        "bijzaak",
        "herschreven",
        "samen",
        "reden",
        "rest",
        "opgave",
        "onderdeel",
        "scherm",
        "los",
        "taal",
        "uitleg",
        "herkomst",
        "bureaureden",
    )
}
WORDS = (*full_note.WORDS, *OF_STAFF.values())


def everything_that_is_done_with_a_text(store: Store) -> str:
    """A full note on a phone and on paper, and all that staff does with notes and writes itself; returns the wijkplan."""
    told = full_note.tell(plan_evening(store, sprint=1), 3)
    evening, who, plan = told.evening, told.evening.facilitator, told.evening.wijkplan_id
    on_paper = notes.write_paper_note(store, who, told.step, Written(**FORM), group_id=evening.groups["Bewoners"])
    moderation.place(store, who, on_paper, environments=["social"], tone="bad", moment="now")
    moderation.release(store, who, [on_paper])
    moderation.hide(store, who, [on_paper])
    moderation.undo(store, who, on_paper)
    of_desk = notes.add_item(
        store,
        who,
        plan,
        kind=ItemKind.PAIN,
        written=Written(OF_STAFF["bureau"]),
        step_id=told.step,
        lesson=OF_STAFF["bijzaak"],
    )
    moderation.rewrite(store, who, of_desk, OF_STAFF["herschreven"])
    merged = moderation.merge(store, who, told.ids[:2], OF_STAFF["samen"])
    running.put_on_wall(store, who, evening.session_id, View.MESSAGE, text=OF_STAFF["scherm"])
    evening.run(told.step)
    settling.settle_step(
        store, who, told.step, goes_on=[merged], reasons={of_desk: OF_STAFF["reden"]}, rest_reason=OF_STAFF["rest"]
    )
    loose = notes.add_item(store, who, plan, kind=ItemKind.PAIN, written=Written(OF_STAFF["los"]))
    sessions.translate_step(store, who, told.step, "tr", OF_STAFF["taal"])
    sessions.change_step(store, who, told.step, instruction=OF_STAFF["uitleg"])
    joint_task.write_joint_task(store, who, plan, OF_STAFF["opgave"])
    write(evening, 1, next(part.key for part in parts_of(1) if not part.columns), OF_STAFF["onderdeel"])
    herkomst.add_from_desk(
        store, who, plan, kind=ItemKind.PAIN, written=Written(OF_STAFF["herkomst"]), sprint=1, origin=[loose]
    )
    desk = handing_over.see_desk_settling(store, who, plan, 1)
    handing_over.settle_desk(
        store, who, plan, 1, goes_on=[row.item.id for row in desk.rows[1:]],
        reasons={desk.rows[0].item.id: OF_STAFF["bureaureden"]},
    )  # fmt: skip
    fix(evening, 1)
    notes.withdraw_note(store, told.token, told.ids[2])
    running.close_room(store, who, evening.session_id)
    return plan


def in_journal(store: Store) -> set[str]:
    """The words that stand in the journal; every word stands somewhere else, so each could have leaked."""
    found = where_words_stand(store, WORDS)
    of_journal = {word for name, words in found.items() if name.startswith("journal.") for word in words}
    elsewhere = {word for name, words in found.items() if not name.startswith("journal.") for word in words}
    assert elsewhere == set(WORDS)
    return of_journal


def test_no_text_of_anybody_stands_in_the_journal(store: Store) -> None:
    plan = everything_that_is_done_with_a_text(store)
    assert in_journal(store) == set()
    with store.read() as conn:
        lines = {
            (chain, action) for chain, action in conn.execute(select(schema.journal.c.chain, schema.journal.c.action))
        }
    assert {chain for chain, _action in lines} == {plan}, "each line stands in the chain of its wijkplan"
    assert {action for _chain, action in lines} >= {
        "item.add", "item.blacken", "item.hide", "item.merge", "item.place", "item.release", "item.rewrite",
        "item.translate", "item.undo", "joint_task.write", "note.paper", "part.write", "result.fix", "step.settle",
        "sprint.settle", "wall.show",
    }  # fmt: skip


def test_twin_a_journal_that_tells_what_was_added_holds_its_text(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    append = journal.append

    def tells_the_text(conn: Any, *, what: str, details: Any, **line: Any) -> None:
        found = items.item(conn, what) if line["action"] == "item.add" else None
        append(conn, what=what, details={**details, "text": found.text} if found else details, **line)

    monkeypatch.setattr(journal, "append", tells_the_text)
    everything_that_is_done_with_a_text(store)
    assert in_journal(store) == {OF_STAFF[name] for name in ("bureau", "los", "herkomst")}
