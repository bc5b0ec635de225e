"""Pressing a button: one action in a callback, before anything is drawn, and one way to say that it was refused.

A callback runs before its page (or fragment) is drawn, so the page shows what is, never what was. What was refused is
kept for exactly one drawing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workshop.domain.errors import PersonalData, WorkshopError
from workshop.domain.texts import escape_markdown
from workshop.locale import _
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.visitor import look_who_is_here

_PROBLEM = "kv_problem"
_WARNED = "kv_warned"
_ASKED = "kv_asked"
_ROUND = "kv_fields"


def do(
    action: Callable[..., Any],
    shell: Shell,
    *args: Any,
    then: Callable[[Any], None] | None = None,
    at: str = "page",
    **named: Any,
) -> None:
    """Run ``action(store, actor, *args, **named)``; ``then`` gets what it returned.

    A refusal is kept for :func:`show_problem` with the same ``at``.
    """
    st.session_state.pop(_ASKED, None)
    try:
        # A fragment or callback runs without the page around it, so the visitor is looked at again.
        result = action(shell.store, look_who_is_here(), *args, **named)
    except WorkshopError as problem:
        st.session_state[_PROBLEM] = (at, problem.message)
        # Kept until the next press: the box that confirms must still be there when it is handed in.
        st.session_state[_WARNED] = at if isinstance(problem, PersonalData) and not problem.final else None
        return
    st.session_state.pop(_WARNED, None)
    if then is not None:
        then(result)


def show_problem(at: str = "page") -> None:
    """What was refused just now, next to where it was asked."""
    problem = st.session_state.get(_PROBLEM)
    if problem is not None and problem[0] == at:
        del st.session_state[_PROBLEM]
        st.error(escape_markdown(problem[1]))


def may_confirm(at: str) -> bool:
    """Whether the last press was refused here, with a warning that may be confirmed."""
    return bool(st.session_state.get(_WARNED) == at)


def button(
    label: str,
    action: Callable[..., Any],
    shell: Shell,
    *args: Any,
    key: str,
    at: str = "page",
    then: Callable[[Any], None] | None = None,
    primary: bool = False,
    shortcut: str | None = None,
    disabled: bool = False,
    wide: bool = True,
    **named: Any,
) -> None:
    """A button that runs one action. People's text in ``label`` stays text."""
    st.button(
        escape_markdown(label),
        key=key,
        type="primary" if primary else "secondary",
        width="stretch" if wide else "content",
        shortcut=shortcut,
        disabled=disabled,
        wrap=True,
        on_click=do,
        args=(action, shell, *args),
        kwargs={"then": then, "at": at, **named},
    )


def asking_button(
    label: str,
    question: str,
    yes: str,
    action: Callable[..., Any],
    shell: Shell,
    *args: Any,
    key: str,
    at: str = "page",
    primary: bool = False,
    then: Callable[[Any], None] | None = None,
    **named: Any,
) -> None:
    """A button that asks once more before it acts."""
    if st.session_state.get(_ASKED) != key:
        st.button(
            escape_markdown(label),
            key=key,
            width="stretch",
            wrap=True,
            type="primary" if primary else "secondary",
            on_click=_ask,
            args=(key,),
        )
        return
    st.warning(escape_markdown(question))
    sure, no = st.columns(2)
    with sure:
        button(yes, action, shell, *args, key=f"{key}_yes", at=at, primary=True, then=then, **named)
    with no:
        st.button(_("Nee, terug"), key=f"{key}_no", width="stretch", wrap=True, on_click=_ask, args=(None,))


def _ask(key: str | None) -> None:
    st.session_state[_ASKED] = key


def fresh(name: str) -> str:
    """The key of a field that must be empty again after it was used: :func:`renew` changes it."""
    return f"{name}_{st.session_state.get((_ROUND + name), 0)}"


def renew(name: str) -> None:
    st.session_state[_ROUND + name] = st.session_state.get(_ROUND + name, 0) + 1
