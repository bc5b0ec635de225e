"""What is done at the desk on a day: items with their origin, written parts, key factors, fixing, approvals."""

from __future__ import annotations

from typing import Any

from workshop.actions.sprints import approving, fixing, handing_over, keyfactors
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import joint_task
from workshop.demo.source import Told
from workshop.demo.stage import Stage
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.keyfactors import FactorStatus
from workshop.domain.sprints.rules import Sort, part_of
from workshop.domain.thread.herkomst import Authority
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written


def work_at_the_desk(stage: Stage, sprint: int, told: Told) -> None:
    """Everything a day's story says was done at the desk, in the order in which it depends on each other."""
    for item in told.get("items", ()):
        _add(stage, sprint, item)
    if "items" in told:
        handing_over.settle_desk(
            stage.store, stage.trainer, stage.wijkplan_id, sprint,
            goes_on=stage.ids(item["key"] for item in told["items"]), rest_reason=told.get("rest", ""),
        )  # fmt: skip
    if "joint_task" in told:
        joint_task.write_joint_task(stage.store, stage.trainer, stage.wijkplan_id, told["joint_task"])
    for part, content in told.get("parts", {}).items():
        sprinting.write_part(
            stage.store, stage.trainer, stage.wijkplan_id, sprint, part, _with_ids(stage, sprint, part, content)
        )
    for factor, (status, owner, note) in told.get("looks", {}).items():
        stage.clock.later(1)
        keyfactors.look_at_factor(
            stage.store, stage.trainer, stage.wijkplan_id, sprint, int(factor), status=FactorStatus(status),
            note=note, owner=owner,
        )  # fmt: skip
    if told.get("fix"):
        stage.clock.later(10)
        fixing.fix_result(stage.store, stage.trainer, stage.wijkplan_id, sprint)
    for asked in told.get("approvals", ()):
        _approve(stage, asked)
    for again in told.get("look_again", ()):
        stage.clock.later(5)
        sprinting.look_again(stage.store, stage.trainer, stage.wijkplan_id, again)


def _add(stage: Stage, sprint: int, told: Told) -> None:
    stage.clock.later(2)
    item_id = herkomst.add_from_desk(
        stage.store,
        stage.trainer,
        stage.wijkplan_id,
        kind=ItemKind(told["kind"]),
        written=Written(told["text"], environments=told.get("at", "").split()),
        sprint=sprint,
        origin=stage.ids(told.get("from", ())),
        authority=Authority(told["authority"]) if "authority" in told else None,
        authority_note=told.get("authority_note", ""),
    )
    stage.name(told["key"], item_id)


def _with_ids(stage: Stage, sprint: int, part: str, content: Any) -> Any:
    """The content with ids of items where the story gives their names."""
    named = {column.key for column in part_of(sprint, part).columns if column.sort is Sort.ITEM}
    if isinstance(content, str):
        return content
    return [{key: stage.items[value] if key in named else value for key, value in row.items()} for row in content]


def _approve(stage: Stage, told: Told) -> None:
    """Ask, and give the answer where there is one: in the room, or through the link."""
    stage.clock.later(30)
    asked = approving.ask_approval(
        stage.store,
        stage.trainer,
        stage.wijkplan_id,
        organisation=told["organisation"],
        is_important=told["is_important"],
        by_link=told.get("by_link", False),
    )
    if "decision" not in told:
        return
    stage.clock.later(60)
    said = {"person": told["person"], "role": told["role"], "remark": told.get("remark", "")}
    if asked.token is not None:
        approving.answer_by_link(stage.store, asked.token, decision=told["decision"], **said)
    else:
        approving.record_answer(stage.store, stage.trainer, asked.id, decision=Approval(told["decision"]), **said)
