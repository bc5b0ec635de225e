"""What one browser tab remembers between reruns: one typed object, and nothing in it grants a right (T01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import streamlit as st

_KEY = "koppelvlak"
T = TypeVar("T")


@dataclass
class Tab:
    """``fingerprint``: of the cookies this state belongs to. ``said``: what to tell after the next rerun.

    ``wants_sure``: the action that would go through if asked once more. ``plan_id``: the wijkplan looked at last.
    ``slot``: the place in the sidebar, made anew in each run, where the name of the wijkplan goes.
    """

    fingerprint: str
    said: str = ""
    wants_sure: str = ""
    plan_id: str = ""
    slot: Any = None
    kept: dict[str, Any] = field(default_factory=dict)

    def keep(self, name: str, make: Callable[[], T]) -> T:
        """What a page keeps under a name of its own; made at first use."""
        if name not in self.kept:
            self.kept[name] = make()
        kept: T = self.kept[name]
        return kept

    def drop(self, name: str) -> None:
        """Forget what was kept under this name."""
        self.kept.pop(name, None)


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
