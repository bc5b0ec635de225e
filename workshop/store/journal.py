"""The journal: append only, chained by hash, one chain per wijkplan.

A line holds the six fields of BIO2 8.15.01: action, object, result, origin, actor, time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from workshop.store import schema

_FIRST = "0" * 64

#: Everything a line may say was done: to which kind of object, and how. One grammar, because a line is never rewritten.
DEEDS: Mapping[str, tuple[str, ...]] = {
    "account": (
        "change_own",
        "change_password",
        "close",
        "make",
        "make_administrator",
        "make_first",
        "reopen",
        "take_administrator",
    ),
    "approval": ("answer", "ask", "pass_over", "renew_link", "take_back"),
    "ballot": ("paper", "paper_removed"),
    "figures": ("keep", "remove"),
    "group": ("add", "archive", "merge", "move", "rename", "restore", "unmerge"),
    "item": (
        "add",
        "blacken",
        "hide",
        "merge",
        "place",
        "point_back",
        "release",
        "rewrite",
        "take_along_again",
        "take_over",
        "translate",
        "undo",
    ),
    "joint_task": ("write",),
    "key_factor": ("look",),
    "note": ("paper",),
    "part": ("write",),
    "partner": ("add", "archive", "lead", "rename", "restore"),
    "result": ("fix", "look_again"),
    "retention": ("erase",),
    "role": ("give", "take"),
    "session": ("change", "close", "copy", "open", "plan", "practise"),
    "sign_in": ("begin", "end", "end_all"),
    "sprint": ("choose", "settle"),
    "step": (
        "about",
        "add",
        "again",
        "change",
        "close_later",
        "item",
        "keep_open",
        "link_back",
        "move",
        "open",
        "remove",
        "restore",
        "settle",
        "show",
        "skip",
        "stop",
        "translate",
    ),
    "table": ("link", "revoke"),
    "wall": ("back", "blank", "enlarge", "show"),
    "wijkplan": ("archive", "change", "make", "restore"),
}

#: What older lines say, and what the same is called since; a chain keeps its lines, so its readers need this.
EARLIER_DEEDS: Mapping[str, str] = {
    "add_group": "group.add",
    "add_partner": "partner.add",
    "archive_group": "group.archive",
    "archive_partner": "partner.archive",
    "archive_wijkplan": "wijkplan.archive",
    "change_own_account": "account.change_own",
    "change_password": "account.change_password",
    "change_wijkplan": "wijkplan.change",
    "deactivate_account": "account.close",
    "give_role": "role.give",
    "make_account": "account.make",
    "make_administrator": "account.make_administrator",
    "make_first_administrator": "account.make_first",
    "make_wijkplan": "wijkplan.make",
    "move_group": "group.move",
    "reactivate_account": "account.reopen",
    "rename_group": "group.rename",
    "rename_partner": "partner.rename",
    "restore_group": "group.restore",
    "restore_partner": "partner.restore",
    "restore_wijkplan": "wijkplan.restore",
    "set_lead": "partner.lead",
    "sign_in": "sign_in.begin",
    "sign_out": "sign_in.end",
    "sign_out_everywhere": "sign_in.end_all",
    "take_administrator": "account.take_administrator",
    "take_role": "role.take",
}


def is_deed(action: str) -> bool:
    """Whether a line may say this."""
    kind, _dot, verb = action.partition(".")
    return verb in DEEDS.get(kind, ())


def _digest(previous: str, row: Mapping[str, Any]) -> str:
    told = {key: row[key] for key in ("chain", "number", "actor", "action", "object", "result", "origin", "details")}
    told["at"] = row["at"].isoformat()
    body = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(f"{previous}{body}".encode()).hexdigest()


def append(
    conn: Connection,
    *,
    chain: str,
    at: datetime,
    actor: str,
    action: str,
    what: str,
    result: str,
    details: Mapping[str, Any],
    origin: str = "app",
) -> None:
    """Add one line. The caller holds the lock of the chain (the wijkplan's row), so numbers cannot collide.

    Raises:
        ValueError: ``action`` is none of :data:`DEEDS`.
    """
    if not is_deed(action):
        raise ValueError(f"the journal knows no {action!r}")
    table = schema.journal
    last = conn.execute(
        select(table.c.number, table.c.digest).where(table.c.chain == chain).order_by(table.c.number.desc()).limit(1)
    ).first()
    row: dict[str, Any] = {
        "chain": chain,
        "number": last.number + 1 if last else 1,
        "at": at,
        "actor": actor,
        "action": action,
        "object": what,
        "result": result,
        "origin": origin,
        "details": dict(details),
    }
    previous = last.digest if last else _FIRST
    conn.execute(insert(table).values(**row, previous=previous, digest=_digest(previous, row)))


def first_broken_line(conn: Connection, chain: str) -> int | None:
    """The number of the first line that does not fit its chain, or None when the whole chain is whole."""
    table = schema.journal
    previous, expected = _FIRST, 1
    for row in conn.execute(select(table).where(table.c.chain == chain).order_by(table.c.number)):
        values = dict(row._mapping)
        if (
            values["number"] != expected
            or values["previous"] != previous
            or values["digest"] != _digest(previous, values)
        ):
            return int(values["number"])
        previous, expected = values["digest"], expected + 1
    return None
