"""Everything as JSON, for other systems. The fields are described in ``docs/exports.md``; keys never change meaning."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from workshop.actions.sprints.material import (
    Snapshot,
    SnapshotItem,
    SnapshotRound,
    SnapshotSession,
    SnapshotStep,
)
from workshop.domain.words import local_day
from workshop.exports.cells import file_text
from workshop.exports.sheets import in_no_order
from workshop.exports.sprints import sprints_as_json
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure
from workshop.store.results import FixedResult

MEDIA_TYPE = "application/json"
ENDING = "json"
SCHEMA = "koppelvlak-wijkplan/1"


def make_json(snapshot: Snapshot, figures: Sequence[Figure]) -> bytes:
    """UTF-8 JSON, indented so that two downloads can be compared."""
    plan = snapshot.wijkplan
    told = {
        "schema": SCHEMA,
        "as_of": snapshot.as_of,
        "wijkplan": {
            "id": plan.id,
            "title": plan.title,
            "municipality": {"code": plan.municipality_code, "name": plan.municipality_name},
            "theme": plan.theme,
            "is_demo": plan.is_demo,
            "definition": asdict(plan.definition),
            "areas": [{"code": area.code, "name": area.name, "level": area.level} for area in plan.areas],
            "partners": [partner.name for partner in plan.open_partners],
            "joint_task": snapshot.joint_task,
        },
        "joint_tasks": [
            {"version": task.version, "text": task.text, "written_on": local_day(task.written_at)}
            for task in snapshot.joint_tasks
        ],
        "sessions": [_session(session) for session in snapshot.sessions],
        "items": [_item(item) for item in in_no_order(snapshot.items)],
        **sprints_as_json(snapshot),
        "results": [_result(result) for result in snapshot.results],
        "figures": [_figure(figure) for figure in figures],
        "attributions": attributions(),
    }
    return (json.dumps(_plain(told), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def _session(session: SnapshotSession) -> dict[str, Any]:
    return {
        "id": session.id,
        "sprint": session.sprint,
        "title": session.title,
        "held_on": session.held_on,
        "place": session.place,
        "state": session.state,
        "participants": session.total,
        "participants_per_group": session.participants,
        "steps": [_step(step) for step in session.steps],
    }


def _step(step: SnapshotStep) -> dict[str, Any]:
    return {
        "id": step.id,
        "position": step.position,
        "werkvorm": step.werkvorm,
        "title": step.title,
        "minutes": step.minutes,
        "state": step.state,
        "is_secret": step.is_secret,
        "skip_reason": step.skip_reason,
        "rounds": [_round(shown) for shown in step.rounds],
    }


def _round(shown: SnapshotRound) -> dict[str, Any]:
    return {
        "id": shown.id,
        "number": shown.number,
        "shown_on": shown.shown_on,
        "ballots": shown.ballots,
        "complete": shown.complete,
        "on_paper": shown.paper,
        "present": shown.expected,
        "turnout": shown.groups,
        "outcome": shown.outcome,
        "told": [shown.story.lead, *shown.story.sentences, *shown.story.discuss],
        "tables": [
            {"caption": table.caption, "header": table.header, "rows": table.rows} for table in shown.story.tables
        ],
    }


def _item(item: SnapshotItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "text": item.text,
        "environments": item.environments,
        "tone": item.tone,
        "moment": item.moment,
        "lesson": item.lesson,
        "group": item.group,
        "source": item.source,
        "sprint": item.sprint,
        "session_id": item.session_id,
        "step_id": item.step_id,
        "made_on": item.made_on,
        "origin": item.origin,
        "came_from": item.origin_line,
        "fields": item.fields,
        "basis": item.basis,
        "goes_on": item.goes_on,
        "reason": item.reason,
        "score": item.score,
        "decided": [{"sprint": sprint, **asdict(one)} for sprint, one in item.decided.items()],
    }


def _result(result: FixedResult) -> dict[str, Any]:
    return {
        "sprint": result.sprint,
        "version": result.version,
        "digest": result.digest,
        "is_stale": result.is_stale,
        "fixed_on": local_day(result.fixed_at),
        "fixed_by": result.fixed_by,
        "record": result.record,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "indicator": figure.indicator,
        "label": figure.label_nl,
        "environment": figure.environment,
        "area_code": figure.area_code,
        "area_name": figure.area_name,
        "level": figure.level,
        "period": figure.period,
        "value": figure.value,
        "unit": figure.unit,
        "is_small_count": figure.is_small_count,
        "reference": [{"level": level, "name": name, "value": value} for level, name, value in figure.reference],
        "source": figure.source,
        "table": figure.table,
        "licence": figure.licence,
        "note": figure.note,
    }


def _plain(value: Any) -> Any:
    """``value`` in types JSON has, with every text cleaned: a lone surrogate has no UTF-8."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {file_text(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return file_text(value)
