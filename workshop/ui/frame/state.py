"""What one browser tab remembers between reruns: the only file that knows ``st.session_state``.

:class:`Tab` holds what a tab keeps for itself, by name and type; nothing in it grants a right (T01). :func:`value_of` and
:func:`put` are for what stands in a field, by the key it was drawn with.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

_KEY = "koppelvlak"


@dataclass(frozen=True)
class Refused:
    """What was refused at a place, waiting to be drawn there once."""

    at: str
    message: str


@dataclass(frozen=True)
class Warned:
    """Asked again at a place: only the very press with this ``mark`` goes through, once its box was ticked.

    ``number`` makes every warning a box of its own, so that a tick never serves a second one.
    """

    at: str
    mark: str
    message: str
    number: int


@dataclass(frozen=True)
class Done:
    """The last press that did something: of which button, with which values, when, and what was said about it.

    ``has_emptied``: it emptied the fields it used, so a next press that comes at once cannot be about something new.
    """

    key: str
    mark: str
    moment: datetime
    said: str
    has_emptied: bool


@dataclass(frozen=True)
class Passing:
    """Something that stands for a while: ``key`` says about what, ``until`` is on this process's own clock."""

    key: str
    until: float
    label: str = ""

    def seconds_left(self) -> float:
        """How long it still stands; 0 when it is over."""
        return max(0.0, self.until - time.monotonic())

    @classmethod
    def lasting(cls, key: str, seconds: float, label: str = "") -> Passing:
        """From now on, for so many seconds."""
        return cls(key, time.monotonic() + seconds, label)


@dataclass(frozen=True)
class ApprovalLink:
    """A link that was made for somebody outside the room; it is shown once, only its hash is kept."""

    wijkplan_id: str
    organisation: str
    address: str
    until: str


@dataclass(frozen=True)
class TableLink:
    """A link that was made for a table of a session; shown until it is put away."""

    session_id: str
    label: str
    secret: str


@dataclass(frozen=True)
class Proposal:
    """Notes that may be merged, by id, and a first name for what they say together."""

    ids: tuple[str, ...]
    label: str


@dataclass
class Tab:
    """``fingerprint``: of the cookies this state belongs to. ``plan_id``: the wijkplan looked at last.

    ``slot``: the place in the sidebar, made anew in each run, where the name of the wijkplan goes.
    """

    fingerprint: str
    plan_id: str = ""
    slot: Any = None
    goes_to: tuple[str, dict[str, str]] | None = None  # a press leads to this page: address, query
    # Acting (workshop.ui.frame.doing).
    said: str = ""
    refused: Refused | None = None
    warned: Warned | None = None
    warnings: int = 0
    done: Done | None = None
    asked: str = ""  # the key of the button that asks once more
    rounds: dict[str, int] = field(default_factory=dict)
    called: set[str] = field(default_factory=set)  # keys of buttons whose callback ran before this drawing
    # What a page has open.
    is_making_plan: bool = False
    edited_part: str = ""  # of the wijkplan
    edited_row: tuple[int, str, int] | None = None  # of a sprint: sprint, part, place
    approval_link: ApprovalLink | None = None
    table_link: TableLink | None = None
    proposals: dict[str, list[Proposal]] = field(default_factory=dict)  # per session
    merged: dict[str, str] = field(default_factory=dict)  # per session: the note that was made
    put_on_script: tuple[str, str] | None = None  # session, werkvorm
    herkomst_of: tuple[str, str] | None = None  # item, its text
    has_clicker: bool = True  # a clicker's keys belong to the buttons of the console
    # What the evening asks for a few seconds.
    clicker_asks: Passing | None = None
    stop_asks: Passing | None = None
    stop_waits: Passing | None = None


def tab() -> Tab:
    """The state of this tab, after :func:`belong_to` was called in this run."""
    found: Tab = st.session_state[_KEY]
    return found


def belong_to(fingerprint: str) -> None:
    """Tie this tab to its visitor: state that came with other cookies is thrown away (somebody took over a session)."""
    found = st.session_state.get(_KEY)
    if not isinstance(found, Tab) or found.fingerprint != fingerprint:
        if isinstance(found, Tab):
            st.session_state.clear()
        st.session_state[_KEY] = Tab(fingerprint)


def value_of(key: str, default: Any = None) -> Any:
    """What stands now in the field that was drawn with this key; ``default`` when there is no such field yet."""
    return st.session_state.get(key, default)


def put(key: str, value: Any) -> None:
    """Put this in the field with this key, before it is drawn."""
    st.session_state[key] = value
