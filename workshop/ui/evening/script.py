"""The script of an evening as a list that follows the evening, and the words about its steps."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.sessions import Session
from workshop.locale import _, n_
from workshop.ui.frame.shell import Shell

_STYLE = """<style>
.kv-script{list-style:none!important;padding:0!important;margin:0!important}
.kv-script li{padding:.5rem .25rem .5rem .75rem!important;border-left:.3rem solid transparent;
 margin:0!important;overflow-wrap:anywhere}
.kv-script li+li{border-top:1px solid #8A919C55}
.kv-script li[aria-current]{border-left-color:currentColor;font-weight:700}
.kv-script small{display:block;font-size:.9rem;font-weight:400}
.kv-script .gone{text-decoration:line-through}
@media (max-width:640px){.kv-script li.far{display:none}}
</style>"""


#: Most items residents should choose from with dots. Source: issue "an evening with real people", point 8.
MOST_FOR_DOTS = 7


def for_whom(werkvorm_key: str) -> str:
    """For which people a werkvorm is meant, when that is not everybody."""
    return {
        "risk_dots": _("Voor bewoners en voor iedereen. Hooguit {n} onderwerpen.").format(n=MOST_FOR_DOTS),
        "risk_field": _("Voor partners die samen wegen hoe vaak en hoe erg. Kies voor bewoners liever de stippen."),
        "pairwise": _("Voor bewoners en partners, met weinig onderwerpen: steeds kies je tussen twee."),
        "ranking": _("Voor partners of een kleine groep: op volgorde zetten vraagt meer dan stippen."),
        "budget_game": _("Voor partners en bewoners die al weten waar het over gaat."),
    }.get(werkvorm_key, "")


def minutes_text(minutes: int) -> str:
    return n_("{n} minuut", "{n} minuten", minutes).format(n=minutes)


def state_text(step: ConsoleStep, *, is_now: bool, is_next: bool) -> str:
    """Where a step is, in words; never by colour alone."""
    words = {
        StepState.PREPARED: _("hierna") if is_next else _("nu aangekondigd") if is_now else "",
        StepState.OPEN: _("nu open"),
        StepState.STOPPED: _("gestopt, nog niet getoond"),
        StepState.SHOWN: _("klaar"),
        StepState.SKIPPED: _("overgeslagen"),
    }
    return words[step.state]


@dataclass(frozen=True)
class FirstPoint:
    """What an evening begins with before its first step: a name, how far it is, and how to draw it."""

    title: str
    line: str
    is_open: bool
    show: Callable[[], None]


#: Asked at every drawing: what stands first changes while the evening runs.
Beginning = Callable[[Shell, Session], FirstPoint | None]


def show_script(
    steps: tuple[ConsoleStep, ...],
    now: ConsoleStep | None,
    following: ConsoleStep | None,
    first: FirstPoint | None = None,
) -> None:
    """The script as a list: done, now, next. On a narrow screen only what is now and next.

    ``first``: what the evening begins with, before its steps.
    """
    lines = []
    if first is not None:
        title, small = html.escape(first.title), html.escape(first.line)
        lines.append(f"<li><span>{title}</span><small>{small}</small></li>")
    for step in steps:
        is_now, is_next = now is not None and step.id == now.id, following is not None and step.id == following.id
        used = "" if step.minutes_used is None else _(", {n} gebruikt").format(n=step.minutes_used)
        state = state_text(step, is_now=is_now, is_next=is_next)
        small = " · ".join(part for part in (state, minutes_text(step.minutes) + used) if part)
        title = html.escape(f"{step.position}. {step.title}")
        far = "" if is_now or is_next else "far"
        current = ' aria-current="step"' if is_now else ""
        gone = "gone" if step.state is StepState.SKIPPED else ""
        lines.append(
            f'<li class="{far}"{current}><span class="{gone}">{title}</span><small>{html.escape(small)}</small></li>'
        )
    st.html(_STYLE + f'<ol class="kv-script" data-own>{"".join(lines)}</ol>')
