"""The same in other languages: the question of a step, and a translation beside a note. Both forms are kept."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep
from workshop.actions.evening.moderation import translate
from workshop.actions.evening.sessions import QUESTION_LANGUAGES, translate_step
from workshop.domain.thread.items import LONGEST_TEXT, Item
from workshop.locale import _
from workshop.ui.evening.wall import escaped, translation_of
from workshop.ui.frame.doing import form_button, refused_at, typed
from workshop.ui.frame.shell import Shell
from workshop.werkvormen import werkvorm


def show_question_languages(shell: Shell, step: ConsoleStep, key: str) -> None:
    """Add the question of a step in another language; an empty text takes it away."""
    at = f"language_{step.id}"
    known = [code for code in QUESTION_LANGUAGES if code in step.translations]
    with st.popover(
        _("Vraag in andere talen ({n})").format(n=len(known)) if known else _("Vraag in andere talen"),
        key=f"{key}_languages",
    ):
        st.text(_("In het Nederlands: {text}").format(text=werkvorm(step.werkvorm).prompt()))
        for code in known:
            told = escaped(step.translations[code])
            st.html(f'<p dir="auto" lang="{code}"><b>{QUESTION_LANGUAGES[code]}</b><br>{told}</p>')
        language = st.selectbox(
            _("Taal"), list(QUESTION_LANGUAGES), key=f"{key}_language", format_func=QUESTION_LANGUAGES.__getitem__
        )
        with st.form(f"{key}_translation_{language}", border=False):
            refused_at(at)
            st.text_area(
                _("De vraag in deze taal"),
                step.translations.get(language, ""),
                max_chars=500,
                key=f"{key}_words_{language}",
                help=_("Laat iemand meelezen die de taal spreekt. Leeg laten haalt de vertaling weg."),
            )
            form_button(
                _("Bewaar deze taal"), translate_step, shell, step.id, language, typed(f"{key}_words_{language}"),
                key=f"{key}_keep_{language}", at=at,
            )  # fmt: skip


def show_translation_form(shell: Shell, item: Item) -> None:
    """Put a translation beside a note; the note itself stays as it was written."""
    at = f"translation_{item.id}"
    field = f"translation_{item.id}_{item.version}"
    with st.form(f"translate_{item.id}_{item.version}", border=False):
        refused_at(at)
        st.text_input(
            _("Vertaling in het Nederlands"),
            translation_of(item),
            max_chars=LONGEST_TEXT,
            key=field,
            placeholder=_("Het kaartje zelf blijft staan zoals het geschreven is"),
        )
        form_button(_("Zet de vertaling erbij"), translate, shell, item.id, typed(field), key=f"keep_{field}", at=at)
