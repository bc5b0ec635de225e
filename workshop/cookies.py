"""The house's cookies as Streamlit's pages read them; the room writes them (``workshop/room/cookies.py``)."""

from __future__ import annotations

from collections.abc import Mapping

SIGN_IN = "kv_in"
PARTICIPANT = "kv_deel"
PRE_SIGN_IN = "kv_pre"
LANGUAGE = "kv_lang"


def read_cookie(cookies: Mapping[str, str], name: str) -> str | None:
    """The value of a house cookie or None; the form that only https can set wins."""
    return cookies.get(f"__Host-{name}") or cookies.get(name) or None
