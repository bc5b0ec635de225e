"""The one way to act on a page: a press is a callback that runs one action before anything is drawn.

So the page shows what is, never what was, and a press is not lost when the room makes the page draw again. What stands
in a field is read at the press (:func:`typed`), so it counts also when somebody types and presses at once. Pressing
twice does it once. What was refused is drawn once, where it was asked (:func:`refused_at`); what seems to hold data
about a person is asked again there, with a box to tick, for exactly those words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from inspect import signature
from typing import TYPE_CHECKING, Any, Literal

import streamlit as st

from workshop.actions.people.gate import token_hash
from workshop.domain.errors import PersonalData, WorkshopError
from workshop.locale import _
from workshop.ui.frame.fields import md, show_refusal
from workshop.ui.frame.state import Done, Refused, Warned, tab, value_of
from workshop.ui.frame.visitor import look_who_is_here

if TYPE_CHECKING:
    from workshop.ui.frame.shell import Shell

Action = Callable[..., Any]
Then = Callable[[Any], object]
Look = Literal["primary", "secondary", "tertiary"]
#: What to say afterwards: a sentence, or what makes one of what the action returned.

Said = str | Callable[[Any], str]

#: The same press again within this time is one press: a double click, a worn clicker. As long as in live.js.
ONE_PRESS = timedelta(milliseconds=700)


@dataclass(frozen=True)
class AtPress:
    """A value that is read when somebody presses, not when the button was drawn."""

    read: Callable[[], Any]


def typed(key: str, read: Callable[[Any], Any] = lambda value: value) -> AtPress:
    """What stands in the field with this key at the press, through ``read``."""
    return AtPress(lambda: read(value_of(key)))


def do(
    action: Action,
    shell: Shell,
    *args: Any,
    at: str = "page",
    key: str = "",
    then: Then | None = None,
    said: Said = "",
    **named: Any,
) -> None:
    """Run ``action(store, visitor, *args, **named)``; ``then`` and ``said`` get what it returned.

    To be called from a callback. A refusal is kept for :func:`refused_at` with the same ``at``. ``key`` names the
    button; an argument that is an :class:`AtPress` is read now. Give what stays the same while the room goes on (an id,
    not a step with its counts): a tick counts for these very arguments.
    """
    # A fragment or callback runs without the page around it, so the visitor is looked at again.
    visitor, here = look_who_is_here(), tab()
    here.asked, here.refused = "", None
    mark = ""
    try:
        args = tuple(_read(each) for each in args)
        named = {name: _read(value) for name, value in named.items()}
        mark = token_hash(repr((key or at, action.__qualname__, args, sorted(named.items()))))
        if _is_same_press(shell, key or at, mark):
            return
        if _takes_confirmed(action):
            named["confirmed"] = _is_sure(at, mark)
        here.warned = None
        result = action(shell.store, visitor, *args, **named)
    except WorkshopError as refused:
        if isinstance(refused, PersonalData) and not refused.final and _takes_confirmed(action):
            here.warnings += 1
            here.warned = Warned(at, mark, refused.message, here.warnings)
        else:
            here.refused = Refused(at, refused.message)
        return
    here.said = said if isinstance(said, str) else said(result)
    before = dict(here.rounds)
    if then is not None:
        then(result)
    here.done = Done(key or at, mark, shell.store.now(), here.said, has_emptied=here.rounds != before)


def _read(value: Any) -> Any:
    return value.read() if isinstance(value, AtPress) else value


def _is_same_press(shell: Shell, key: str, mark: str) -> bool:
    """Whether this was done a moment ago; what was said then is said again, as its page may never have been seen.

    A button keeps its key, and with it the place of whoever works with the keyboard; that is why a second press is told
    from a new one by its values and by the time.
    """
    done = tab().done
    if done is None or done.key != key or not (done.mark == mark or done.has_emptied):
        return False
    if not timedelta(0) <= shell.store.now() - done.moment < ONE_PRESS:
        return False
    tab().said = done.said
    return True


def _takes_confirmed(action: Action) -> bool:
    return "confirmed" in signature(action).parameters


def _is_sure(at: str, mark: str) -> bool:
    warned = tab().warned
    return warned is not None and (warned.at, warned.mark) == (at, mark) and bool(value_of(_box(warned)))


def _box(warned: Warned) -> str:
    return f"sure_{warned.at}_{warned.number}"


# -- what a page says about it -----------------------------------------------------------------------------------------


def refused_at(at: str = "page") -> None:
    """What was refused here just now, or what is asked again; in a form when the button stands in one."""
    here = tab()
    if here.refused is not None and here.refused.at == at:
        show_refusal(here.refused.message)
        here.refused = None
    if here.warned is not None and here.warned.at == at:
        ask = _("Mag het zo? Zet dan het vinkje en druk nog een keer op dezelfde knop.")
        st.warning(f"{md(here.warned.message)}\n\n{md(ask)}", icon=":material/warning:")
        st.checkbox(_("Ik heb gekeken: hier staat niets in over een persoon"), key=_box(here.warned))


def is_asked_again(at: str) -> bool:
    """Whether the last press here waits for a tick, so that what folds away must be open."""
    warned = tab().warned
    return warned is not None and warned.at == at


def say(sentence: str) -> None:
    """Tell something above the page at its next drawing."""
    tab().said = sentence


def show_said() -> None:
    """What was said about the last press, once."""
    if tab().said:
        st.success(md(tab().said), icon=":material/check:")
        tab().said = ""


# -- buttons -----------------------------------------------------------------------------------------------------------


def button(
    label: str,
    action: Action,
    shell: Shell,
    *args: Any,
    key: str,
    at: str = "",
    then: Then | None = None,
    said: Said = "",
    look: Look = "secondary",
    icon: str | None = None,
    tip: str | None = None,
    shortcut: str | None = None,
    disabled: bool = False,
    wide: bool = True,
    **named: Any,
) -> None:
    """A button that runs one action. People's text in ``label`` stays text.

    Without ``at`` what was refused is drawn right above it. ``look`` is Streamlit's type of button.
    """
    if not at:
        refused_at(key)
    act = partial(do, action, shell, *args, then=then, said=said, at=at or key, key=key, **named)
    is_down = st.button(
        md(label),
        key=key,
        type=look,
        icon=icon,
        help=tip,
        width="stretch" if wide else "content",
        shortcut=shortcut,
        disabled=disabled,
        wrap=True,
        on_click=_in_callback,
        args=(key, act),
    )
    _else_now(is_down, key, act)


def form_button(
    label: str,
    action: Action,
    shell: Shell,
    *args: Any,
    key: str,
    at: str = "",
    then: Then | None = None,
    said: Said = "",
    look: Look = "secondary",
    icon: str | None = None,
    **named: Any,
) -> None:
    """The button of a form: the fields of the form are given as :func:`typed`, with the keys they were drawn with."""
    if not at:
        refused_at(key)
    act = partial(do, action, shell, *args, then=then, said=said, at=at or key, key=key, **named)
    is_down = st.form_submit_button(
        md(label), key=key, type=look, icon=icon, wrap=True, on_click=_in_callback, args=(key, act)
    )
    _else_now(is_down, key, act)


def _in_callback(key: str, act: Callable[[], None]) -> None:
    tab().called.add(key)
    act()


def _else_now(is_down: bool, key: str, act: Callable[[], None]) -> None:
    """Do what no callback did: a page that lost its process comes to another one, which has drawn no button yet."""
    if not is_down:
        return
    if key in tab().called:
        tab().called.discard(key)
        return
    act()
    st.rerun()


def asking_button(
    label: str,
    question: str,
    yes: str,
    action: Action,
    shell: Shell,
    *args: Any,
    key: str,
    at: str = "",
    look: Look = "secondary",
    then: Then | None = None,
    said: Said = "",
    **named: Any,
) -> None:
    """A button that asks once more before it acts."""
    if tab().asked != key:
        st.button(md(label), key=key, width="stretch", wrap=True, type=look, on_click=_ask, args=(key,))
        return
    st.warning(md(question))
    sure, no = st.columns(2)
    with sure:
        button(
            yes, action, shell, *args, key=f"{key}_yes", at=at, look="primary", wide=True, then=then, said=said, **named
        )
    with no:
        st.button(_("Nee, terug"), key=f"{key}_no", width="stretch", wrap=True, on_click=_ask, args=("",))


def _ask(key: str) -> None:
    tab().asked = key


# -- fields ------------------------------------------------------------------------------------------------------------


def fresh(name: str) -> str:
    """The key of a field that must be empty again after it was used: :func:`renew` changes it."""
    return f"{name}_{tab().rounds.get(name, 0)}"


def renew(name: str) -> None:
    """Give the fields that bear this name a new key: they are drawn as if nobody had typed."""
    tab().rounds[name] = tab().rounds.get(name, 0) + 1


def renewing(name: str) -> Then:
    """For ``then``: empty these fields once it is done."""
    return lambda _result: renew(name)
