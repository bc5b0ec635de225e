"""Closing a step and an evening: what goes on, why the rest stays, the joint task, a sentence for the wall."""

from __future__ import annotations

from typing import Any

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.running import put_on_wall
from workshop.actions.evening.settling import see_settling, settle_step
from workshop.actions.wijkplan.joint_task import joint_task_versions, write_joint_task
from workshop.domain.errors import Refused
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.stage import View
from workshop.domain.texts import escape_markdown
from workshop.locale import _, format_date, n_
from workshop.ui.evening.pointing_back import show_loose
from workshop.ui.frame.doing import AtPress, button, form_button, fresh, refused_at, renewing, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of
from workshop.ui.thread.herkomst_dialog import offer_herkomst_in_form


def show_settling(shell: Shell, view: ConsoleView) -> None:
    """The results of a step as a list with score: tick what goes on, one reason for the remainder is enough."""
    refused_at("settling")
    ready = [s for s in view.steps if s.state in (StepState.STOPPED, StepState.SHOWN) and s.round_number]
    if not ready:
        st.text(_("Nog niets om af te ronden. Stop eerst een onderdeel en laat de uitslag zien."))
        return
    titles = {s.id: f"{s.position}. {s.title}" + (" (" + _("gekozen") + ")" if s.is_settled else "") for s in ready}
    first = next((n for n, s in enumerate(ready) if not s.is_settled), len(ready) - 1)
    # Another key once the evening moved on: then the first step that is not rounded off is chosen again.
    key = f"settle_{len(ready)}_{ready[-1].id}"
    step_id = st.selectbox(_("Onderdeel"), list(titles), index=first, format_func=titles.__getitem__, key=key)
    settling = see_settling(shell.store, shell.actor, step_id)
    if not settling.rows:
        st.text(
            _(
                "Dit onderdeel heeft geen onderwerpen om uit te kiezen. "
                "Schrijf bij “Kaartjes” een conclusie op, of ga verder."
            )
        )
        return
    st.text(_("Vink aan wat doorgaat naar het volgende onderdeel. Wat blijft staan, wordt bewaard met de reden."))
    # Enter would press the first button of the form, and that is a Herkomst.
    with st.form(f"settle_{step_id}", border=True, enter_to_submit=False):
        for row in settling.rows:
            label = f"{row.item.text} ({row.score})" if row.score else row.item.text
            key = f"{step_id}_{row.item.id}"
            words, why, whence = st.columns([5, 4, 2], vertical_alignment="center")
            with words:
                st.checkbox(escape_markdown(label), value=bool(row.goes_on), key=f"go_{key}")
            with why:
                st.text_input(
                    _("Reden om te blijven: {text}").format(text=escape_markdown(row.item.text[:60])),
                    row.reason,
                    key=f"why_{key}",
                    label_visibility="collapsed",
                    placeholder=_("Blijft staan, omdat (mag leeg)"),
                    max_chars=500,
                )
            with whence:
                offer_herkomst_in_form(row.item, key=f"whence_{key}")
        st.text_input(
            _("Eén reden voor alles wat blijft staan"),
            key=f"rest_{step_id}",
            max_chars=500,
            placeholder=_("Bijvoorbeeld: minder vaak genoemd"),
        )
        ids = [row.item.id for row in settling.rows]
        form_button(
            _("Bewaar deze keuze"), settle_step, shell, step_id,
            goes_on=AtPress(lambda: [i for i in ids if value_of(f"go_{step_id}_{i}")]),
            reasons=AtPress(
                lambda: {i: value_of(f"why_{step_id}_{i}") for i in ids if not value_of(f"go_{step_id}_{i}")}
            ),
            rest_reason=typed(f"rest_{step_id}"), key=f"keep_{step_id}", at="settling", look="primary",
        )  # fmt: skip
    show_loose(shell, step_id, settling.rows)
    if settling.is_settled:
        n = sum(bool(row.goes_on) for row in settling.rows)
        st.success(
            n_(
                "Bewaard: {n} onderwerp gaat door. Je kunt je keuze nog veranderen.",
                "Bewaard: {n} onderwerpen gaan door. Je kunt je keuze nog veranderen.",
                n,
            ).format(n=n)
        )


def show_joint_task(shell: Shell, view: ConsoleView) -> None:
    """Write the joint task with the group; every version is kept."""
    refused_at("task")
    plan_id = view.session.wijkplan_id
    field = f"task_{hash(view.joint_task)}"
    with st.form("joint_task", border=False):
        st.text_area(
            _("Onze gezamenlijke opgave"),
            view.joint_task or "",
            max_chars=500,
            key=field,
            placeholder=_("Bijvoorbeeld: In 2027 is het plein ’s avonds van iedereen."),
        )
        form_button(
            _("Schrijf op en laat zien"), _write_and_show, shell, plan_id, view.session.id, typed(field),
            key="write_task", at="task", look="primary",
        )  # fmt: skip
    versions = joint_task_versions(shell.store, shell.actor, plan_id)
    if len(versions) > 1:
        with st.expander(_("Eerdere versies ({n})").format(n=len(versions) - 1)):
            for version in versions[-2::-1]:
                st.caption(
                    _("Versie {n}, {date}").format(n=version.version, date=format_date(version.written_at.date()))
                )
                st.text(version.text)


def _write_and_show(store: Any, actor: Any, plan_id: str, session_id: str, text: str) -> None:
    write_joint_task(store, actor, plan_id, text)
    put_on_wall(store, actor, session_id, View.JOINT_TASK)


def _put_message(store: Any, actor: Any, session_id: str, text: str) -> None:
    if not text.strip():
        raise Refused(_("Vul iets in."))
    put_on_wall(store, actor, session_id, View.MESSAGE, text=text)


def show_message(shell: Shell, view: ConsoleView) -> None:
    """One sentence of the facilitator on the wall."""
    refused_at("message")
    field = fresh("message")
    st.text_input(
        _("Zin voor op het scherm"),
        max_chars=200,
        key=field,
        placeholder=_("Bijvoorbeeld: Pauze tot 20.15 uur. Koffie staat achterin."),
    )
    button(
        _("Zet op het scherm"),
        _put_message,
        shell,
        view.session.id,
        typed(field),
        key="message_put",
        at="message",
        then=renewing("message"),
        wide=False,
    )
