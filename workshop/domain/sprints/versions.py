"""What changed between two fixed versions of a sprint's result."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from workshop.domain.sprints.rules import Content, Part, is_empty, parts_of, row_line
from workshop.locale import _


class Change(StrEnum):
    ADDED = "added"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True)
class Difference:
    """One thing that differs between two versions of a result. ``lines`` start with "+ " or "- "."""

    subject: str
    change: Change
    lines: tuple[str, ...]


def differences(before: Mapping[str, Any], after: Mapping[str, Any], sprint: int) -> list[Difference]:
    """What changed between two fixed records of a sprint: joint task, written parts, items and decisions."""
    told: list[Difference] = []
    _tell(told, _("Gezamenlijke opgave"), _lines(before.get("joint_task")), _lines(after.get("joint_task")))
    old, new = _parts(before), _parts(after)
    for part in parts_of(sprint):
        _tell(told, part.label, _content_lines(part, old.get(part.key)), _content_lines(part, new.get(part.key)))
    old_items, new_items = ({i["id"]: i for i in record.get("items", ())} for record in (before, after))
    for item_id in [*new_items, *(i for i in old_items if i not in new_items)]:
        was, now = old_items.get(item_id), new_items.get(item_id)
        subject = (now or was or {}).get("text") or _("(verwijderde tekst)")
        _tell(told, subject, _item_lines(was), _item_lines(now))
    return told


def _parts(record: Mapping[str, Any]) -> dict[str, Content]:
    return {part["part"]: part["content"] for part in record.get("parts", ())}


def _tell(told: list[Difference], subject: str, old: list[str], new: list[str]) -> None:
    if old == new:
        return
    lines = tuple(line for line in difflib.ndiff(old, new) if line[:2] in ("+ ", "- "))
    told.append(Difference(subject, Change.ADDED if not old else Change.GONE if not new else Change.CHANGED, lines))


def _lines(text: str | None) -> list[str]:
    return (text or "").splitlines()


def _item_lines(item: Mapping[str, Any] | None) -> list[str]:
    if item is None:
        return []
    decided = {True: _("gaat mee"), False: _("blijft hier"), None: _("nog niet besloten")}[item.get("goes_on")]
    extra = [part for part in (item.get("score"), item.get("reason")) if part]
    return [*_lines(item.get("text")), " · ".join([decided, *extra])]


def _content_lines(part: Part, content: Content | None) -> list[str]:
    if content is None or is_empty(content):
        return []
    if not part.columns:
        return _lines(content["text"])
    return [row_line(part, row) for row in content["rows"]]
