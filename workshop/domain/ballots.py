"""A ballot as it is counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ballot:
    """One ballot as it is counted: never with a key, a time or a person.

    ``group`` is the folded label of a secret step or the real group of an open one; ``organisation`` only in open steps.
    ``is_paper`` tells that somebody else typed it in.
    """

    answers: Mapping[str, Any]
    is_complete: bool = True
    group: str | None = None
    organisation: str | None = None
    is_paper: bool = False
