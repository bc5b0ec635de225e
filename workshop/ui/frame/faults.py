"""What a page shows when something went wrong that nobody foresaw."""

from __future__ import annotations

import logging
import secrets
import traceback

import streamlit as st

from workshop.domain.errors import WorkshopError
from workshop.locale import _

_log = logging.getLogger("koppelvlak.faults")
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def show_fault(error: Exception) -> bool:
    """For ``st.App(on_script_error=…)``: one sentence with a reference number instead of a trace.

    The log gets the number, the kind of error and the places in the code. It
    never gets the error's own words: a database error quotes what people typed.
    A ``WorkshopError`` is written for people and is shown as it is. Returns
    ``True``: nothing else is drawn.
    """
    if isinstance(error, WorkshopError):
        st.error(error.message.replace("\\", "\\\\").translate(_PLAIN))
        return True
    number = "".join(secrets.choice(_ALPHABET) for _i in range(6))
    places = "".join(traceback.format_tb(error.__traceback__))
    _log.error("fault %s: %s\n%s", number, type(error).__qualname__, places)
    st.error(
        _(
            "Er ging iets mis op deze pagina. Wat al is opgeslagen, is er nog. "
            "Laad de pagina opnieuw. Gebeurt het weer? Geef dan dit nummer door: {number}."
        ).format(number=number)
    )
    return True


_PLAIN = {ord(sign): "\\" + sign for sign in "`*_[]()!#<>:$~|"}
