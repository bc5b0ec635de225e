"""The one live element of wall and console: it follows the room's stream and draws what changes by the second itself.

Nobody's page reruns because somebody voted: counts are drawn in the browser. Only when what is *shown* must change
(``revision`` and its kin) does it ask for a rerun of the fragment around it, at most a few times a second.
Why so: streamlit paper, findings 0.2 and section 3.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import streamlit as st

from workshop.locale import _
from workshop.ui.frame.state import value_of

Draws = Literal["wall", "console"]
Press = Literal["next", "back"]

_HERE = Path(__file__).parent
_ELEMENT = st.components.v2.component(
    "koppelvlak_live",
    html="<span></span>\n",
    css=(_HERE / "live.css").read_text("utf-8"),
    js=(_HERE / "live.js").read_text("utf-8"),
)


def words() -> dict[str, str]:
    """The sentences the element fills in by itself, in the current language."""
    return {
        "done": _("{done} van {total} klaar"),
        "big": _("van {total} klaar"),
        "notes": _("kaartjes geschreven"),
        "present": _("{n} mensen in de zaal"),
        "present_one": _("{n} mens in de zaal"),
        "left": _("Nog {n} minuten"),
        "left_one": _("Nog {n} minuut"),
        "up": _("De tijd is om"),
        "over": _("{n} minuten over de tijd"),
        "over_one": _("{n} minuut over de tijd"),
        "lost": _("Geen verbinding. Laatst bijgewerkt {time}"),
        "qr": _("QR-code om mee te doen"),
        "away": _("{n} telefoons zijn nu niet bereikbaar"),
        "away_one": _("{n} telefoon is nu niet bereikbaar"),
    }


def ends_at(started_at: datetime | None, minutes: int) -> int | None:
    """When a running step should be over, in milliseconds since 1970; None when it has not begun."""
    return None if started_at is None else int((started_at + timedelta(minutes=minutes)).timestamp() * 1000)


def follow(
    session_id: str,
    pulse: Any,
    *,
    draws: Draws,
    key: str,
    on_press: Callable[[Press], None] | None = None,
    step_ends_at: int | None = None,
    counts: bool = True,
    code: str = "",
    address: str = "",
    qr: str = "",
    hidden: bool = False,
    big: bool = False,
    waits: int = 0,
    is_practice: bool = False,
) -> None:
    """Follow the stream of a session from within a fragment; the fragment reruns when what it drew is no longer so.

    ``pulse`` is what the fragment drew from (``see_pulse`` at its start, read before anything else, so that a change
    in between makes it rerun). ``on_press`` gets ``"next"`` or ``"back"`` from a presentation clicker (PageDown,
    PageUp), never while somebody types. ``counts`` tells whether "17 van 22 klaar" fits what is shown; ``big`` shows
    it large, for the wall while a step is open. ``waits``: seconds after which the fragment must be drawn again.

    The clock of the laptop that draws is not trusted: the server's clock goes along and only differences are used.
    """
    dark = st.context.theme.type == "dark"

    def pressed() -> None:
        what = read_press(value_of(key))
        if what is not None and on_press is not None:
            on_press(what)

    _ELEMENT(
        key=key,
        data={
            "session": session_id,
            "draws": draws,
            "pulse": as_plain(pulse),
            "words": words(),
            "keys": on_press is not None,
            "ends_at": step_ends_at,
            "counts": counts,
            "code": code,
            "address": address,
            "qr": qr,
            "hidden": hidden,
            "big": big,
            "now": int(time.time() * 1000),
            "waits": waits,
            "practice": is_practice,
            "colours": {"calm": "#8FDCB2", "soon": "#FBD38D", "over": "#FFB0B4"}
            if dark
            else {"calm": "#1D5C3F", "soon": "#6B4500", "over": "#8F0F1B"},
        },
        on_moved_change=lambda: None,
        on_pressed_change=pressed,
    )


def as_plain(pulse: Any) -> dict[str, Any]:
    """A pulse as the stream sends it: a dataclass or a mapping, to plain values."""
    return asdict(pulse) if is_dataclass(pulse) and not isinstance(pulse, type) else dict(pulse)


def read_press(state: Any) -> Press | None:
    """What the clicker asked for; None for anything that is no press (the value comes from a browser)."""
    found = state.get("pressed") if isinstance(state, Mapping) else getattr(state, "pressed", None)
    what = found.get("what") if isinstance(found, Mapping) else None
    return what if what in ("next", "back") else None
