"""One question on the staff side: the same rule as on the phone reads what comes out (``domain.questions``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import streamlit as st

from workshop.domain.evening.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale
from workshop.domain.texts import escape_markdown
from workshop.locale import _, n_


def ask(questions: Sequence[Question], *, key: str) -> dict[str, list[str]]:
    """Draw every question and return the fields as HTML would send them; what was left open is left out."""
    form: dict[str, list[str]] = {}
    for question in questions:
        match question:
            case Choice():
                _keep(
                    form,
                    question.key,
                    _choose(question.prompt, {o.value: o.label for o in question.options}, f"{key}.{question.key}"),
                )
            case Scale():
                _keep(form, question.key, _choose(question.prompt, _steps(question), f"{key}.{question.key}"))
            case Dots():
                _ask_dots(question, form, key)
            case Field():
                _ask_field(question, form, key)
            case PerItem():
                st.markdown(f"**{escape_markdown(question.prompt)}**")
                options = {option.value: option.label for option in question.options}
                for subject in question.subjects:
                    name = f"{question.key}.{subject.id}"
                    _keep(form, name, _choose(subject.text, options, f"{key}.{name}"))
            case Ranking():
                _ask_ranking(question, form, key)
            case _:
                assert_never(question)
    return form


def _keep(form: dict[str, list[str]], name: str, value: str | None) -> None:
    if value is not None:
        form[name] = [value]


def _steps(scale: Scale) -> dict[str, str]:
    return {str(step): f"{step} – {words}" for step, words in enumerate(scale.words, start=1)}


def _choose(prompt: str, options: dict[str, str], key: str) -> str | None:
    return st.radio(
        escape_markdown(prompt),
        list(options),
        index=None,
        key=key,
        format_func=lambda value: escape_markdown(options[value]),
    )


def _ask_dots(question: Dots, form: dict[str, list[str]], key: str) -> None:
    st.markdown(f"**{escape_markdown(question.prompt)}**")
    st.caption(
        n_(
            "{budget} stip te verdelen, hoogstens {cap} op één onderwerp.",
            "{budget} stippen te verdelen, hoogstens {cap} op één onderwerp.",
            question.budget,
        ).format(budget=question.budget, cap=question.cap)
    )
    for subject in question.subjects:
        name = f"{question.key}.{subject.id}"
        dots = st.number_input(escape_markdown(subject.text), 0, question.cap, 0, step=1, key=f"{key}.{name}")
        if dots:
            form[name] = [str(dots)]


def _ask_field(question: Field, form: dict[str, list[str]], key: str) -> None:
    st.markdown(f"**{escape_markdown(question.prompt)}**")
    for number, subject in enumerate(question.subjects, start=1):
        st.markdown(f"{number}\\. {escape_markdown(subject.text)}")
        for column, axis in zip(st.columns(2), (question.across, question.up), strict=True):
            name = f"{question.key}.{subject.id}.{axis.key}"
            options = _steps(axis)
            with column:
                value = st.selectbox(
                    _("{question} (onderwerp {number})").format(question=axis.prompt, number=number),
                    list(options),
                    index=None,
                    key=f"{key}.{name}",
                    placeholder=_("Niet ingevuld"),
                    format_func=options.__getitem__,
                )
            _keep(form, name, value)


def _ask_ranking(question: Ranking, form: dict[str, list[str]], key: str) -> None:
    st.markdown(f"**{escape_markdown(question.prompt)}**")
    for subject in question.subjects:
        name = f"{question.key}.{subject.id}"
        place = st.number_input(
            escape_markdown(subject.text),
            1,
            question.highest,
            None,
            step=1,
            key=f"{key}.{name}",
            placeholder=_("Geen plaats"),
        )
        if place is not None:
            form[name] = [str(place)]
