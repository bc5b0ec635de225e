"""The console: the script, the step that is now, and what asks attention. It follows the room; nobody types in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep, ConsoleView, see_console
from workshop.actions.evening.pulse import Pulse, see_pulse
from workshop.actions.evening.running import (
    Primary,
    again,
    blank_wall,
    close_room,
    enlarge_wall,
    open_room,
    open_step,
    put_on_wall,
    show_outcome,
    step_back,
)
from workshop.actions.evening.sessions import reopen_room
from workshop.domain.errors import NotFound
from workshop.domain.evening.moves import Move, SessionState, StepState
from workshop.domain.evening.stage import View
from workshop.domain.texts import escape_markdown
from workshop.locale import _, n_
from workshop.ui.drawing.pictures import show_story
from workshop.ui.evening.attention import show_attention
from workshop.ui.evening.own_way import show_way
from workshop.ui.evening.rehearsal import show_band
from workshop.ui.evening.script import Beginning, FirstPoint, show_script
from workshop.ui.evening.stopping import ask_first, asking_seconds, redraw_after, show_stop
from workshop.ui.frame.choosing import wall_address
from workshop.ui.frame.doing import asking_button, button, do, refused_at
from workshop.ui.frame.live import Press, ends_at, follow
from workshop.ui.frame.shell import Shell, go
from workshop.ui.frame.state import tab, value_of
from workshop.ui.frame.visitor import look_who_is_here

#: Less air above and beside: everything that matters now stands above the fold. And keys on buttons are text to read:
#: Streamlit draws them at 60 %, which is 3.8:1 on the dark theme's button.
TIGHT = """<style>
[data-testid='stMainBlockContainer']{padding:3.25rem 2rem 2rem}
button kbd{opacity:1!important}
</style>"""


def standing(view: ConsoleView) -> tuple[object, ...]:
    """How far the evening is; when this changes, what stands below the live part is about something that has passed."""
    steps = tuple((s.id, s.state, s.round_number, s.is_settled) for s in view.steps)
    return (view.session.state, view.wall.story is None, *steps)


def show_console(shell: Shell, session_id: str, beginning: Beginning) -> tuple[ConsoleView, FirstPoint | None]:
    """Left the script, middle the step now, right what asks attention; redrawn when the room changes.

    Returns:
        the view of this run and its first point, for what stands below. When the evening moves on, the whole page is
        drawn again, so that nobody rounds off a step that is not the one on the screen.
    """
    drawn = see_console(shell.store, shell.actor, session_id)
    first_drawn = beginning(shell, drawn.session)
    fresh = [(drawn, first_drawn)]  # what was read for the page is drawn with it; a fragment alone looks again

    @st.fragment
    def live() -> None:
        pulse = see_pulse(shell.store, session_id)
        try:
            view, first = fresh.pop() if fresh else _look(shell, session_id, beginning, pulse)
        except NotFound:
            st.rerun()  # signed out, or no longer a facilitator: the whole page says so
        if standing(view) != standing(drawn):
            st.rerun()
        refused_at("console")
        st.markdown(f"**{escape_markdown(view.session.title)}**")
        if view.session.is_practice:
            show_band()
        script, now, attention = st.columns([3, 5, 4], gap="large")
        with script:
            st.subheader(_("Draaiboek"), anchor=False)
            show_script(view.steps, view.now, view.next, first)
            st.markdown(f"**{pace(view.minutes_ahead)}**" if view.now else "")
        with now:
            _now(shell, view, pulse)
        with attention:
            show_attention(shell, view, first)

    live()
    return drawn, first_drawn


def _look(shell: Shell, session_id: str, beginning: Beginning, pulse: Pulse) -> tuple[ConsoleView, FirstPoint | None]:
    view = see_console(shell.store, look_who_is_here(), session_id, pulse=pulse)
    return view, beginning(shell, view.session)


def show_outcome_below(view: ConsoleView) -> None:
    """What the room sees as outcome, at the end of the page: it may be tall, and nothing may shift under a pointer."""
    story = view.wall.story
    if story is not None:
        st.divider()
        st.subheader(escape_markdown(view.wall.step.title) if view.wall.step else _("Uitslag"), anchor=False)
        show_story(story, key="console_story")


def pace(minutes_ahead: int) -> str:
    """Ahead or behind, in words."""
    if minutes_ahead == 0:
        return _("Precies op tijd")
    if minutes_ahead > 0:
        return n_("{n} minuut voor op het draaiboek", "{n} minuten voor op het draaiboek", minutes_ahead).format(
            n=minutes_ahead
        )
    return n_("{n} minuut achter op het draaiboek", "{n} minuten achter op het draaiboek", -minutes_ahead).format(
        n=-minutes_ahead
    )


# -- the step now ------------------------------------------------------------------------------------------------------


def _now(shell: Shell, view: ConsoleView, pulse: Any) -> None:
    step = view.now
    st.subheader(escape_markdown(step.title) if step else _("Welkom"), anchor=False)
    if step is not None and step_line(step):
        st.markdown(escape_markdown(step_line(step)))
    is_open = step is not None and step.state is StepState.OPEN
    follow(
        view.session.id,
        pulse,
        draws="console",
        key="console_live",
        counts=step is not None and step.has_ballot and step.round_id is not None,
        step_ends_at=ends_at(step.started_at, step.minutes) if is_open and step is not None else None,
        waits=redraw_after(_primary_key(view)) if is_open else 0,
        is_practice=view.session.is_practice,
        on_press=_clicker_stops(shell, view),
    )
    _primary(shell, view)
    _secondary(shell, view)
    if step is not None:
        show_way(shell, step, view.session.wijkplan_id, view.session.id)
    if view.session.state is SessionState.OPEN:
        _wall(shell, view)


def show_clicker_choice() -> None:
    """Whether the keys of a presentation clicker belong to the buttons; kept when another part of the desk is open."""
    st.checkbox(
        _("PageDown en PageUp van een presentatieklikker bedienen de avond"),
        value=tab().has_clicker,
        key="console_clicker",
        on_change=_choose_clicker,
    )


def _choose_clicker() -> None:
    tab().has_clicker = bool(value_of("console_clicker"))


def step_line(step: ConsoleStep) -> str:
    """What this step is, and in which round."""
    parts = [step.werkvorm_title if step.werkvorm_title != step.title else ""]
    if step.has_ballot:
        parts.append(_("geheim") if step.is_secret else _("open stemming: iedereen ziet wie wat koos"))
    if step.round_number > 1:
        parts.append(_("ronde {n}").format(n=step.round_number))
    if step.paper:
        parts.append(n_("{n} stem op papier", "{n} stemmen op papier", step.paper).format(n=step.paper))
    return " · ".join(part for part in parts if part)


def _clicker_stops(shell: Shell, view: ConsoleView) -> Callable[[Press], None] | None:
    """What the clicker does while it would stop a vote: ask. At every other moment its keys belong to the buttons."""
    key = _primary_key(view)
    is_on = tab().has_clicker
    if view.primary.key is not Primary.STOP or not is_on or asking_seconds(key):
        return None

    def press(what: Press) -> None:
        if what == "next":
            ask_first(key)
        else:
            do(step_back, shell, view.session.id, at="console")

    return press


_ACTIONS = {Primary.OPEN: open_step, Primary.SHOW: show_outcome}


def _primary_key(view: ConsoleView) -> str:
    """Names step and round, so that a second press that comes late presses nothing."""
    return f"primary_{view.primary.key}_{view.primary.step_id}_{view.now.round_number if view.now else 0}"


def _primary(shell: Shell, view: ConsoleView) -> None:
    """The one obvious next thing."""
    move, clicker = view.primary, "PageDown" if tab().has_clicker else None
    key = _primary_key(view)
    match move.key:
        case Primary.OPEN_ROOM:
            button(
                move.label, open_room, shell, view.session.id, key=key, at="console", look="primary", shortcut=clicker
            )
        case Primary.ANNOUNCE:
            button(
                move.label,
                put_on_wall,
                shell,
                view.session.id,
                View.STEP,
                step_id=move.step_id,
                key=key,
                at="console",
                look="primary",
                shortcut=clicker,
            )
        case Primary.STOP:
            show_stop(shell, view, move, key=key, shortcut=clicker)
        case Primary.OPEN | Primary.SHOW:
            button(
                move.label,
                _ACTIONS[move.key],
                shell,
                move.step_id,
                key=key,
                at="console",
                look="primary",
                shortcut=clicker,
            )
        case Primary.CLOSE_ROOM:
            asking_button(
                move.label,
                _("De bijeenkomst sluiten? Niemand kan dan nog iets insturen. Je kunt de zaal daarna weer openen."),
                _("Ja, sluit de bijeenkomst"),
                close_room,
                shell,
                view.session.id,
                key=key,
                at="console",
                look="primary",
            )
        case Primary.NOTHING:
            st.info(move.label)
            if st.button(_("Plan de volgende bijeenkomst"), key="plan_next", type="primary", width="stretch"):
                go("voorbereiden", plan=view.session.wijkplan_id)
            button(_("Open de zaal weer"), reopen_room, shell, view.session.id, key="reopen", at="console")


def _secondary(shell: Shell, view: ConsoleView) -> None:
    step = view.now
    if step is None or view.session.state is not SessionState.OPEN:
        return
    if Move.AGAIN in step.moves:
        asking_button(
            _("Nog een ronde"),
            _("“{title}” opnieuw openen? De vorige ronde blijft bewaard.").format(title=step.title),
            _("Ja, nog een ronde"),
            again,
            shell,
            step.id,
            key=f"again_{step.id}_{step.round_number}",
            at="console",
        )


def wall_words(view: ConsoleView) -> str:
    """What the hall is looking at."""
    stage, step = view.stage, view.wall.step
    if stage.is_blank:
        return _("Het scherm is donker.")
    title = step.title if step else ""
    return {
        View.DOOR: _("Op het scherm: de code om mee te doen."),
        View.STEP: _("Op het scherm: {title}").format(title=title),
        View.NOTES: _("Op het scherm: de kaartjes van {title}").format(title=title),
        View.OUTCOME: _("Op het scherm: de uitslag van {title}").format(title=title),
        View.FIGURES: _("Op het scherm: cijfers over de wijk."),
        View.JOINT_TASK: _("Op het scherm: de gezamenlijke opgave."),
        View.MESSAGE: _("Op het scherm: {text}").format(text=stage.text or ""),
        View.CLOSING: _("Op het scherm: het slot van de avond."),
    }[stage.view]


def _wall(shell: Shell, view: ConsoleView) -> None:
    session_id, step, stage = view.session.id, view.now, view.stage
    st.divider()
    st.markdown(escape_markdown(wall_words(view)))
    with st.popover(_("Zet iets anders op het scherm"), width="stretch", key="wall_choice"):
        choices: list[tuple[str, View, str | None]] = [(_("De code om mee te doen"), View.DOOR, None)]
        if step is not None:
            choices.append((_("De vraag van nu"), View.STEP, step.id))
            if not step.has_ballot or any(i.step_id == step.id for i in view.notes_released):
                choices.append((_("De kaartjes"), View.NOTES, step.id))
        choices += [
            (_("Uitslag: {title}").format(title=s.title), View.OUTCOME, s.id)
            for s in view.steps
            if s.state is StepState.SHOWN
        ]
        choices += [
            (_("De gezamenlijke opgave"), View.JOINT_TASK, None),
            (_("Cijfers over de wijk"), View.FIGURES, None),
            (_("Het slot: wat we hoorden"), View.CLOSING, None),
        ]
        for label, what, step_id in choices:
            is_there = stage.view is what and stage.step_id == step_id and not stage.is_blank
            button(
                label,
                put_on_wall,
                shell,
                session_id,
                what,
                step_id=step_id,
                key=f"wall_{what}_{step_id}",
                at="console",
                disabled=is_there,
            )
    dark, back = st.columns(2)
    with dark:
        label = _("Scherm weer aan") if stage.is_blank else _("Scherm donker")
        button(
            label,
            blank_wall,
            shell,
            session_id,
            not stage.is_blank,
            key=f"blank_{stage.is_blank}",
            at="console",
            shortcut="Alt+Z",
        )
    with back:
        clicker = "PageUp" if tab().has_clicker else None
        button(
            _("Stap terug"),
            step_back,
            shell,
            session_id,
            key="back",
            at="console",
            disabled=not stage.can_step_back,
            shortcut=clicker,
        )
    button(
        _("Gewone letters op het scherm") if stage.is_large else _("Grotere letters op het scherm"),
        enlarge_wall,
        shell,
        session_id,
        not stage.is_large,
        key=f"large_{stage.is_large}",
        at="console",
    )
    st.link_button(_("Open het scherm in een eigen venster"), wall_address(view.session), width="stretch")
