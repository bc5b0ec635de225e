"""Before the evening: the list of sessions, a new one, a copy, and the script of one session."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from workshop.actions.evening.running import open_room
from workshop.actions.evening.session_plans import SessionPlan, SessionRow, see_session, see_sessions
from workshop.actions.evening.sessions import change_session, copy_session, plan_session
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.moves import SessionState
from workshop.domain.texts import escape_markdown
from workshop.locale import _, format_date, n_
from workshop.ui.evening.editor import show_editor
from workshop.ui.evening.rehearsal import offer_practice, show_band
from workshop.ui.evening.script import Beginning, minutes_text
from workshop.ui.frame.choosing import CONSOLE_PAGE, wall_address
from workshop.ui.frame.doing import button, form_button, fresh, refused_at, renew, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.thread.herkomst_dialog import show_asked_herkomst


def state_name(state: SessionState) -> str:
    return {
        SessionState.PLANNED: _("gepland"),
        SessionState.OPEN: _("de zaal is open"),
        SessionState.CLOSED: _("afgelopen"),
    }[state]


def _go_to(session_id: str | None) -> None:
    if session_id is None:
        st.query_params.pop("sessie", None)
    else:
        st.query_params["sessie"] = session_id


def show_sessions(shell: Shell) -> None:
    """The sessions, latest first, and a form for a new one."""
    rows = see_sessions(shell.store, shell.actor, shell.plan.id)
    refused_at("sessions")
    if not rows:
        st.info(_("Er is nog geen bijeenkomst in dit wijkplan. Plan hieronder de eerste, bijvoorbeeld “Startavond”."))
    real = [row for row in rows if not row.session.is_practice]
    tried = [row for row in rows if row.session.is_practice]
    for row in real:
        _session_row(shell, row)
    if tried:
        with st.expander(_("Proefavonden ({n})").format(n=len(tried)), key="practices"):
            st.text(_("Om te oefenen. Niets hiervan telt mee in de resultaten."))
            for row in tried:
                _session_row(shell, row)
    st.subheader(_("Nieuwe bijeenkomst"), anchor=False)
    _new_form(shell, real)


def _session_row(shell: Shell, row: SessionRow) -> None:
    session = row.session
    with st.container(border=True):
        words, press = st.columns([5, 2], vertical_alignment="center")
        with words:
            st.markdown(f"**{escape_markdown(session.title)}**")
            parts = [
                format_date(session.held_on, "full"),
                session.place,
                _("sprint {n}").format(n=session.sprint),
                state_name(session.state),
            ]
            st.text(" · ".join(p for p in parts if p))
            steps = n_("{n} onderdeel", "{n} onderdelen", row.steps).format(n=row.steps)
            people = (
                n_("{n} deelnemer", "{n} deelnemers", row.participants).format(n=row.participants)
                if row.participants
                else ""
            )
            st.caption(
                escape_markdown(
                    " · ".join(p for p in (steps, minutes_text(row.minutes) if row.minutes else "", people) if p)
                )
            )
        with press:
            is_open = session.state is SessionState.OPEN
            if is_open:
                st.page_link(
                    CONSOLE_PAGE,
                    label=_("Naar de bediening"),
                    query_params={"sessie": session.id, "plan": session.wijkplan_id},
                )
            st.button(
                _("Bekijk") if session.state is SessionState.CLOSED else _("Bereid voor"),
                key=f"plan_{session.id}",
                on_click=_go_to,
                args=(session.id,),
                width="stretch",
            )
        if session.is_practice:
            return
        with st.popover(_("Kopieer voor een andere avond")):
            st.date_input(_("Datum"), _next_week(shell), key=f"copy_date_{session.id}", format="DD-MM-YYYY")
            button(
                _("Maak de kopie"),
                copy_session,
                shell,
                session.id,
                held_on=typed(f"copy_date_{session.id}"),
                key=f"copy_{session.id}",
                at="sessions",
                then=_go_to,
            )


def _next_week(shell: Shell) -> date:
    today: date = shell.store.now().date()
    return today + timedelta(days=7)


def _new_form(shell: Shell, rows: list[SessionRow]) -> None:
    sprint = max((row.session.sprint for row in rows), default=1)
    new = fresh("new_session")
    with st.form(new, border=True):
        st.text_input(
            _("Naam"),
            max_chars=200,
            key=f"{new}_title",
            placeholder=_("Bijvoorbeeld: Startavond Molenwijk"),
        )
        when, where, which = st.columns([2, 3, 1])
        with when:
            st.date_input(_("Datum"), _next_week(shell), key=f"{new}_date", format="DD-MM-YYYY")
        with where:
            st.text_input(
                _("Plaats"),
                max_chars=200,
                key=f"{new}_place",
                placeholder=_("Bijvoorbeeld: buurthuis"),
            )
        with which:
            st.number_input(_("Sprint (1 tot en met 7)"), 1, 7, sprint, step=1, key=f"{new}_sprint")
        form_button(
            _("Plan deze bijeenkomst"), plan_session, shell, shell.plan.id, title=typed(f"{new}_title"),
            sprint=typed(f"{new}_sprint", int), held_on=typed(f"{new}_date"), place=typed(f"{new}_place"),
            key=f"{new}_plan", at="sessions", then=_planned, look="primary",
        )  # fmt: skip


def _planned(session_id: str) -> None:
    renew("new_session")
    _go_to(session_id)


def show_plan(shell: Shell, session_id: str, beginning: Beginning) -> None:
    """One session: what it is, its script, and the one next step."""
    try:
        plan = see_session(shell.store, shell.actor, session_id)
    except WorkshopError as problem:
        st.error(escape_markdown(problem.message))
        st.button(_("Naar alle bijeenkomsten"), on_click=_go_to, args=(None,))
        return
    session = plan.session
    if session.wijkplan_id != shell.plan.id:
        st.error(_("Deze bijeenkomst hoort bij een ander wijkplan."))
        st.button(_("Naar alle bijeenkomsten"), on_click=_go_to, args=(None,))
        return
    st.button(_("Naar alle bijeenkomsten"), on_click=_go_to, args=(None,), type="tertiary")
    st.header(escape_markdown(session.title), anchor=False)
    parts = [
        format_date(session.held_on, "full"),
        session.place,
        _("sprint {n}").format(n=session.sprint),
        state_name(session.state),
    ]
    st.text(" · ".join(p for p in parts if p))
    if session.is_practice:
        show_band()
    refused_at("plan")
    _next_step(shell, plan)
    begin = (
        st.time_input(_("Begin"), time(19, 30), key=f"begin_{session.id}", step=timedelta(minutes=15), width=160)
        if plan.steps
        else None
    )
    if session.state is SessionState.PLANNED and plan.steps and not session.is_practice:
        offer_practice(shell, session)
    starts_at = datetime.combine(session.held_on, begin) if begin else None
    show_editor(shell, plan, starts_at=starts_at, first=beginning(shell, session))
    _change_form(shell, plan)
    show_asked_herkomst(shell, session.wijkplan_id, within=session.id)


def _next_step(shell: Shell, plan: SessionPlan) -> None:
    session = plan.session
    links = {"sessie": session.id, "plan": session.wijkplan_id}
    if session.state is SessionState.PLANNED and plan.steps:
        button(
            _("Open de zaal"),
            open_room,
            shell,
            session.id,
            key="open_room",
            at="plan",
            look="primary",
            wide=False,
        )
        st.link_button(_("Test met je telefoon of het werkt in deze zaal"), "/test")
        st.caption(_("De code werkt vanaf nu. Het programma kun je ook tijdens de avond nog veranderen."))
    elif session.state is SessionState.OPEN:
        st.page_link(CONSOLE_PAGE, label=_("Naar de bediening"), query_params=links)
        st.link_button(_("Open het scherm in een eigen venster"), wall_address(session))


def _change_form(shell: Shell, plan: SessionPlan) -> None:
    session = plan.session
    with (
        st.expander(_("Naam, datum of plaats veranderen"), key="change_session_box"),
        st.form("change_session", border=False),
    ):
        st.text_input(_("Naam"), session.title, max_chars=200, key=f"title_{session.id}")
        st.date_input(_("Datum"), session.held_on, key=f"date_{session.id}", format="DD-MM-YYYY")
        st.text_input(_("Plaats"), session.place, max_chars=200, key=f"place_{session.id}")
        form_button(
            _("Bewaar"), change_session, shell, session.id, title=typed(f"title_{session.id}"),
            held_on=typed(f"date_{session.id}"), place=typed(f"place_{session.id}"), key="change_keep", at="plan",
        )  # fmt: skip
