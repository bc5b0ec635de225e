"""The one live element of wall and console: it follows the room's stream and draws what changes by the second itself.

Nobody's page reruns because somebody voted: counts are drawn in the browser. Only when what is *shown* must change
(``revision`` and its kin) does it ask for a rerun of the fragment around it, at most a few times a second.
Why so: streamlit paper, findings 0.2 and section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import streamlit as st

from workshop.locale import _

Draws = Literal["wall", "console"]
Press = Literal["next", "back"]

_CSS = """
:host { display: block; font-family: var(--st-font); color: var(--st-text-color); font-variant-numeric: tabular-nums; }
[hidden] { display: none !important; }
.console { display: grid; gap: .35rem; }
.console .count { font-size: 2rem; font-weight: 700; line-height: 1.15; }
.console .bar { height: .6rem; border-radius: .3rem; border: 1px solid var(--st-text-color); overflow: hidden; }
.console .bar i { display: block; height: 100%; background: var(--st-primary-color); transition: width .2s; }
.time { font-weight: 700; border-left: .4rem solid var(--kv-time, var(--st-primary-color)); padding-left: .6rem; }
.lost { font-weight: 700; border: 2px solid currentColor; border-radius: .4rem; padding: .2rem .6rem; width: fit-content; }
.wall { position: fixed; left: 60px; right: 60px; bottom: 22px; display: flex; align-items: center; gap: 40px;
  font-size: 32px; line-height: 1.2; border-top: 3px solid var(--st-border-color); padding-top: 16px; background: inherit; z-index: 5; }
.wall img { width: 92px; height: 92px; background: #fff; padding: 6px; border-radius: 6px; }
.wall .code { font-weight: 700; font-size: 40px; letter-spacing: .04em; white-space: nowrap; }
.wall .address { color: inherit; opacity: 1; }
.wall .right { margin-left: auto; display: flex; gap: 40px; align-items: center; white-space: nowrap; }
.wall .count { font-weight: 700; }
.wall.dark-wall { display: none; }
.big { position: fixed; left: 60px; bottom: 170px; font-size: 64px; font-weight: 700; line-height: 1; display: flex; align-items: baseline; gap: 24px; }
.big b { font-size: 220px; }
.big .clock { font-size: 44px; margin-left: 60px; }
"""

# What a trigger carries is only that something moved; what moved is read from the store. Values fired during mount can
# be lost, so the element asks again while the page still shows an older state.
_JS = """
const EVERY = 300, AGAIN = 1500;
const seen = p => p ? [p.revision, p.stage_revision, p.round_id, p.state, p.notes_waiting, p.notes_released,
  JSON.stringify(p.tally ?? null)].join("|") : "";
const fill = (text, values) => text.replace(/\\{(\\w+)\\}/g, (_, name) => values[name] ?? "");
const make = (tag, name, parent) => { const e = document.createElement(tag); e.className = name; parent.append(e); return e; };

function start(root) {
  const box = make("div", "", root);
  box.dataset.own = "";
  const live = { pulse: null, data: null, send: null, lastFired: 0, timer: 0, socket: null, wait: 500, isLost: false, pressed: 0, at: "", isOver: false };
  const part = {};
  const build = () => {
    box.replaceChildren();
    if (live.data.draws === "wall") {
      box.className = "";
      part.big = make("div", "big", box); part.bigNumber = make("b", "", part.big); part.bigRest = make("span", "", part.big);
      part.bar2 = make("div", "wall", box); const wall = part.bar2;
      part.qr = make("img", "", wall);
      const door = make("div", "", wall);
      part.code = make("div", "code", door); part.address = make("div", "address", door);
      const right = make("div", "right", wall);
      part.lost = make("span", "lost", right); part.time = make("span", "clock", right);
      part.present = make("span", "present", right); part.count = make("span", "count", right);
    } else {
      box.className = "console";
      part.count = make("div", "count", box);
      const bar = make("div", "bar", box); bar.setAttribute("aria-hidden", "true"); part.bar = make("i", "", bar);
      part.present = make("div", "present", box); part.time = make("div", "time", box);
      part.lost = make("div", "lost", box); part.lost.setAttribute("role", "status");
    }
  };
  const text = (element, value) => { element.hidden = !value; if (element.textContent !== value) element.textContent = value; };
  const draw = () => {
    const { data, pulse } = live; if (!data || !pulse) return;
    const w = data.words, total = Math.max(pulse.present, pulse.done), runs = pulse.state === "open";
    const counts = !!pulse.round_id && data.counts;
    text(part.count, counts ? fill(w.done, { done: pulse.done, total }) : "");
    text(part.present, fill(pulse.present === 1 ? w.present_one : w.present, { n: pulse.present }));
    if (part.bar) { part.bar.parentElement.hidden = !counts; part.bar.style.width = total ? `${100 * pulse.done / total}%` : "0"; }
    if (part.qr) {
      part.qr.hidden = !data.qr; if (data.qr && part.qr.getAttribute("src") !== data.qr) { part.qr.src = data.qr; part.qr.alt = w.qr; }
      text(part.code, data.code || ""); text(part.address, data.address || "");
      part.bar2.classList.toggle("dark-wall", !!data.hidden);
      part.big.hidden = !data.big || !!data.hidden; text(part.bigNumber, String(counts ? pulse.done : pulse.notes_released + pulse.notes_waiting));
      text(part.bigRest, counts ? fill(w.big, { total }) : w.notes);
    }
    drawTime();
    text(part.lost, live.isLost ? fill(w.lost, { time: live.at }) : "");
  };
  const drawTime = () => {
    const { data } = live, w = data.words;
    if (!data.ends_at) return text(part.time, "");
    const minutes = Math.ceil((data.ends_at - Date.now()) / 60000), over = Math.floor((Date.now() - data.ends_at) / 60000);
    const say = minutes > 0 ? fill(minutes === 1 ? w.left_one : w.left, { n: minutes })
      : over < 1 ? w.up : fill(over === 1 ? w.over_one : w.over, { n: over });
    text(part.time, say);
    part.time.style.setProperty("--kv-time", minutes > 2 ? data.colours.calm : minutes > 0 ? data.colours.soon : data.colours.over);
  };
  const ask = () => {
    clearTimeout(live.timer);
    if (!live.data || seen(live.pulse) === seen(live.data.pulse)) return;
    const due = Math.max(0, live.lastFired + EVERY - Date.now());
    live.timer = setTimeout(() => {
      if (live.isOver || seen(live.pulse) === seen(live.data.pulse)) return;
      live.lastFired = Date.now();
      live.send("moved", { at: Date.now() });
      live.timer = setTimeout(ask, AGAIN);
    }, due);
  };
  const lose = () => { if (!live.isLost) { live.isLost = true; live.at ||= new Date().toTimeString().slice(0, 5); draw(); } };
  const connect = () => {
    if (live.isOver) return;
    const socket = live.socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/live/${live.data.session}`);
    socket.onmessage = event => {
      let pulse; try { pulse = JSON.parse(event.data); } catch { return; }
      if (!pulse || typeof pulse.revision !== "number") return;
      live.wait = 500; live.isLost = false; live.at = new Date().toTimeString().slice(0, 5);
      live.pulse = pulse; draw(); ask();
    };
    socket.onclose = event => { if (live.isOver || live.socket !== socket) return; lose(); if (event.code === 4404) live.wait = 30000; setTimeout(connect, live.wait); live.wait = Math.min(live.wait * 2, 5000); };
  };
  const press = event => {
    if (!live.data?.keys || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    const what = { PageDown: "next", PageUp: "back" }[event.key]; if (!what) return;
    const target = event.composedPath()[0];
    if (target?.closest?.("input,textarea,select,[contenteditable=true],[role=textbox],[role=listbox],[role=combobox],[role=dialog],[role=slider],[role=grid]")) return;
    event.preventDefault(); event.stopPropagation();
    if (Date.now() - live.pressed < 700) return;
    live.pressed = Date.now();
    live.send("pressed", { what, at: Date.now() });
  };
  const wake = () => { if (!document.hidden && live.socket?.readyState !== 1) { live.wait = 500; live.socket?.close(); } };
  addEventListener("keydown", press, true); document.addEventListener("visibilitychange", wake); addEventListener("online", wake);
  // The wall is one canvas of 1920 by 1080, whatever the projector makes of it.
  const zoom = () => { if (live.data?.draws === "wall") document.documentElement.style.setProperty("--kv-zoom", Math.min(innerWidth / 1920, innerHeight / 1080)); };
  addEventListener("resize", zoom);
  const clock = setInterval(() => { if (live.data) drawTime(); }, 5000);
  return {
    update(data, send) {
      const first = !live.data; live.data = data; live.send = send;
      if (first) { build(); zoom(); }
      if (!live.pulse || live.pulse.revision <= data.pulse.revision && live.pulse.round_id !== data.pulse.round_id) live.pulse = data.pulse;
      draw();
      if (first) connect(); else ask();
    },
    stop() {
      live.isOver = true; clearTimeout(live.timer); clearInterval(clock); live.socket?.close(); box.remove();
      removeEventListener("keydown", press, true); removeEventListener("resize", zoom); document.removeEventListener("visibilitychange", wake); removeEventListener("online", wake);
    },
  };
}

export default function ({ data, parentElement, setTriggerValue }) {
  const live = parentElement.kvLive ??= start(parentElement);
  live.update(data, setTriggerValue);
  return () => { live.stop(); delete parentElement.kvLive; };
}
"""

_ELEMENT = st.components.v2.component("koppelvlak_live", html="<span></span>\n", css=_CSS, js=_JS)


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
) -> None:
    """Follow the stream of a session from within a fragment; the fragment reruns when what it drew is no longer so.

    ``pulse`` is what the fragment drew from (``see_pulse`` at its start, read before anything else, so that a change
    in between makes it rerun). ``on_press`` gets ``"next"`` or ``"back"`` from a presentation clicker (PageDown,
    PageUp), never while somebody types. ``big`` shows the count large, for the wall while a step is open. ``counts`` tells whether "17 van 22 klaar" fits what is shown.
    """
    dark = st.context.theme.type == "dark"

    def pressed() -> None:
        what = read_press(st.session_state.get(key))
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
