"""Reading the story: the files of ``data/demo``, with the dates moved to now."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"

Told = dict[str, Any]


@dataclass(frozen=True)
class Story:
    """``plan`` is the wijkplan itself; ``days`` are (sprint, what happened that day), oldest first."""

    plan: Told
    days: tuple[tuple[int, Told], ...]


def read_story(today: date) -> Story:
    """The story as if it ended just before ``today``.

    Dates are moved by whole weeks, so that a Tuesday stays a Tuesday and nothing that was held lies in the future.
    """
    plan = _read("molenwijk")
    weeks = timedelta(weeks=(today - plan["written_for"]).days // 7)
    days = [(sprint, day) for sprint in range(1, 8) for day in _read(f"sprint-{sprint}")["days"]]
    moved = _moved({"plan": plan, "days": days}, weeks)
    return Story(moved["plan"], tuple(sorted(moved["days"], key=lambda pair: pair[1]["on"])))


def _read(name: str) -> Told:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _moved(told: Any, by: timedelta) -> Any:
    """The same with every date moved."""
    match told:
        case dict():
            return {key: _moved(value, by) for key, value in told.items()}
        case list():
            return [_moved(value, by) for value in told]
        case tuple():
            return tuple(_moved(value, by) for value in told)
        case date():
            return told + by
        case _:
            return told
