"""Showing what people typed: always literally. Streamlit reads Markdown nearly everywhere (assurance 0.11)."""

from __future__ import annotations

import streamlit as st

from workshop.domain.errors import WorkshopError
from workshop.domain.texts import escape_markdown
from workshop.locale import _


def md(text: str) -> str:
    """The text for a place where Markdown is read (labels, st.write, errors): it comes out as it was typed."""
    return escape_markdown(text)


def plain(text: str) -> None:
    """Show a text of people, with its own line breaks and nothing else."""
    st.markdown(md(text))


def show_refusal(message: str) -> None:
    """The one look of a refusal."""
    st.error(md(message), icon=":material/error:")


def show_error(error: WorkshopError) -> None:
    """A refusal that came while the page was drawn."""
    show_refusal(error.message)


def show_missing() -> None:
    """What anybody sees where there is nothing, or nothing for them."""
    st.title(_("Deze pagina is er niet"), anchor=False)
    st.write(_("De pagina bestaat niet, of je hebt er geen toegang toe."))


def show_empty(title: str, next_thing: str) -> None:
    """An empty state: what is not there yet, and what to do first."""
    with st.container(border=True):
        st.markdown(f"**{md(title)}**")
        st.markdown(md(next_thing))
