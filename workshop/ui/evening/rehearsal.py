"""The proefavond: try the whole evening with people who do not exist. Nothing of it reaches a result."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.practice import MOST, let_them_answer, practise, send_people
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.sessions import Session
from workshop.locale import _, n_
from workshop.ui.frame.doing import button, refused_at, typed
from workshop.ui.frame.shell import Shell

#: Simulated people that come in unless another number is chosen: an evening of the usual size.
USUAL = 30


def offer_practice(shell: Shell, session: Session) -> None:
    """On the preparation page: one press makes the practice and goes to it."""
    with st.container(border=True):
        st.markdown("**" + _("Oefen eerst") + "**")
        st.text(
            _(
                "Speel de avond na met verzonnen mensen. Je ziet alles zoals het straks gaat. "
                "Er blijft niets van bewaard in de resultaten."
            )
        )
        button(
            _("Maak een proefavond"),
            practise,
            shell,
            session.id,
            held_on=shell.store.now().date(),
            key="practise",
            at="plan",
            then=_go_there,
            wide=False,
        )


def _go_there(session_id: str) -> None:
    st.query_params["sessie"] = session_id


def show_band() -> None:
    """Above everything of a practice."""
    sentence = _("Dit is een proef. De mensen zijn verzonnen en niets telt mee in de resultaten.")
    st.warning(sentence, icon=":material/science:")


def show_simulated(shell: Shell, view: ConsoleView) -> None:
    """Send simulated people in and let them answer; only in a practice."""
    if not view.session.is_practice or view.session.state is not SessionState.OPEN:
        return
    with st.container(border=True):
        st.markdown("**" + _("Verzonnen deelnemers") + "**")
        refused_at("practice")
        number = st.number_input(_("Hoeveel mensen?"), 1, MOST, USUAL, step=1, key="practice_number")
        is_asking = view.now is not None and view.now.state is StepState.OPEN
        button(
            n_("Laat {n} mens binnenkomen", "Laat {n} mensen binnenkomen", int(number)).format(n=int(number)),
            send_people,
            shell,
            view.session.id,
            typed("practice_number", int),
            key="practice_send",
            at="practice",
        )
        button(
            _("Laat ze antwoorden"),
            let_them_answer,
            shell,
            view.session.id,
            typed("practice_number", int),
            key="practice_answer",
            at="practice",
            disabled=not is_asking or not view.present,
        )
        if not is_asking:
            st.caption(_("Antwoorden kan zodra er iets open is."))
