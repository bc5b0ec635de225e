"""Who looks at this page: from the cookies of this very connection, on every rerun (assurance 0.2-0.4, T01)."""

from __future__ import annotations

import streamlit as st

from workshop.actions.people.gate import staff_by_cookie, token_hash
from workshop.cookies import LANGUAGE, PARTICIPANT, PRE_SIGN_IN, SIGN_IN, read_cookie
from workshop.domain.roles import Staff, Stranger
from workshop.locale import use_language
from workshop.opening import the_store
from workshop.ui.frame.state import belong_to


def cookie(name: str) -> str | None:
    """A house cookie of the connection that asks now."""
    is_https = (st.context.url or "").startswith("https:")
    return read_cookie(st.context.cookies, name, is_https=is_https)


def look_who_is_here() -> Staff | Stranger:
    """The visitor, with the language set and the tab's state tied to the cookies it came with."""
    token = cookie(SIGN_IN)
    belong_to(token_hash(f"{token or ''} {cookie(PARTICIPANT) or ''}")[:32])
    visitor = staff_by_cookie(the_store(), token)
    use_language(cookie(LANGUAGE) or (visitor.language if isinstance(visitor, Staff) else None))
    return visitor


def pre_sign_in_cookie() -> str | None:
    """The cookie of before signing in, to which the one-time ticket is bound."""
    return cookie(PRE_SIGN_IN)
