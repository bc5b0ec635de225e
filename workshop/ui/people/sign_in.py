"""Signing in: the form of streamlit-authenticator 0.4.2, and the hand-over of a one-time ticket to our own route.

The only module that knows that package (house ruling 5). Of it we use the form. Its cookie is set by JavaScript and
survives signing out, its count of failures is kept nowhere and its mail goes to a server of the author, so the parts
that do those things are never made: see ``_Form``. Judging the password is ``workshop.actions.people.signing_in``.
"""

from __future__ import annotations

from typing import Any

import streamlit as st
from streamlit_authenticator.controllers import AuthenticationController
from streamlit_authenticator.views import Authenticate

from workshop.actions.people.signing_in import check_password, hand_out_ticket
from workshop.domain.errors import WorkshopError
from workshop.locale import _
from workshop.opening import the_store
from workshop.ui.frame.fields import show_error
from workshop.ui.frame.leaving import show_foot
from workshop.ui.frame.visitor import look_who_is_here, pre_sign_in_cookie

_HAND_OVER_HTML = """
<p class="going" role="status"></p>
"""

_HAND_OVER_JS = """
const done = new Set();
export default function ({ data, parentElement }) {
  parentElement.querySelector(".going").textContent = data.going;
  if (done.has(data.ticket)) return;
  done.add(data.ticket);
  const form = document.createElement("form");
  form.method = "post";
  form.action = "/aanmelden";
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "ticket";
  field.value = data.ticket;
  // Whoever was signed out in the middle of something comes back to it.
  const place = document.createElement("input");
  place.type = "hidden";
  place.name = "naar";
  place.value = location.pathname + location.search;
  form.append(field, place);
  document.body.append(form);
  form.submit();
}
"""

_HAND_OVER: Any = None


class _NoCookie:
    """In the place of the package's cookie: there is none."""

    def get_cookie(self) -> None:
        return None

    def set_cookie(self) -> None:
        return None


class _Judge(AuthenticationController):  # type: ignore[misc]
    """In the place of the package's check: ours, which counts, locks and takes the same time for every wrong try."""

    def __init__(self) -> None:
        self.account_id: str | None = None
        self.refused: WorkshopError | None = None

    def login(self, username: str | None = None, password: str | None = None, *_args: Any, **_more: Any) -> bool:
        try:
            self.account_id = check_password(the_store(), username or "", password or "")
        except WorkshopError as refused:
            self.refused = refused
        return self.account_id is not None


class _Form(Authenticate):  # type: ignore[misc]
    """The package's form around our judge. Its own ``__init__`` would put its cookie component on the page."""

    def __init__(self, judge: _Judge) -> None:
        self.path = None
        self.api_key = None
        self.attrs = {"login_sleep_time": 0}  # the package sleeps before each form to wait for its cookie
        self.cookie_controller = _NoCookie()
        self.authentication_controller = judge


def show_sign_in() -> None:
    """The page on which staff sign in."""
    look_who_is_here()
    st.set_page_config(page_title=_("Inloggen") + " – Koppelvlak", layout="centered")
    st.title(_("Inloggen"), anchor=False)
    st.write(
        _(
            "Voor begeleiders, beleidsmedewerkers en beheerders. Doe je mee aan een bijeenkomst? "
            "Dan heb je geen account nodig."
        )
    )
    if st.query_params.get("welkom"):
        st.success(_("Het account is gemaakt. Log nu in."), icon=":material/check:")
    if st.query_params.get("opnieuw"):
        st.warning(_("Het inloggen duurde te lang of lukte niet. Log nog een keer in."), icon=":material/warning:")
    judge = _Judge()
    _Form(judge).login(
        location="main",
        key="sign-in",
        fields={
            "Form name": _("Je account"),
            "Username": _("Gebruikersnaam"),
            "Password": _("Wachtwoord"),
            "Login": _("Log in"),
        },
    )
    if judge.refused is not None:
        show_error(judge.refused)
    elif judge.account_id is not None:
        try:
            _hand_over(hand_out_ticket(the_store(), judge.account_id, pre_sign_in_cookie()))
        except WorkshopError as refused:
            show_error(refused)
    st.caption(_("Wachtwoord vergeten? Een beheerder geeft je een nieuw."))
    with st.sidebar:
        show_foot(None)


def _hand_over(ticket: str) -> None:
    """Let the browser post the ticket, so that our route can answer with an HttpOnly cookie."""
    global _HAND_OVER
    if _HAND_OVER is None:
        _HAND_OVER = st.components.v2.component("koppelvlak_hand_over", html=_HAND_OVER_HTML, js=_HAND_OVER_JS)
    _HAND_OVER(key="hand-over", data={"ticket": ticket, "going": _("Je bent ingelogd. Even geduld …")})
