"""One question on the staff side: the same rule as on the phone reads what comes out (``domain.questions``)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import streamlit as st

from workshop.domain.evening.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale
from workshop.domain.texts import escape_markdown
from workshop.locale import _, n_
from workshop.ui.frame.state import value_of


def ask(questions: Sequence[Question], *, key: str) -> None:
    """Draw every question; :func:`answers` with the same ``key`` reads what was filled in."""
    for question in questions:
        match question:
            case Choice():
                _choose(question.prompt, {o.value: o.label for o in question.options}, f"{key}.{question.key}")
            case Scale():
                _choose(question.prompt, _steps(question), f"{key}.{question.key}")
            case Dots():
                _ask_dots(question, key)
            case Field():
                _ask_field(question, key)
            case PerItem():
                st.markdown(f"**{escape_markdown(question.prompt)}**")
                options = {option.value: option.label for option in question.options}
                for subject in question.subjects:
                    _choose(subject.text, options, f"{key}.{question.key}.{subject.id}")
            case Ranking():
                _ask_ranking(question, key)
            case _:
                assert_never(question)


def answers(questions: Sequence[Question], *, key: str) -> dict[str, list[str]]:
    """The fields as HTML would send them; what was left open, and no dots at all, is left out."""
    found = {name: value_of(f"{key}.{name}") for question in questions for name in _names(question)}
    return {name: [str(value)] for name, value in found.items() if value not in (None, 0)}


def _names(question: Question) -> list[str]:
    match question:
        case Choice() | Scale():
            return [question.key]
        case Field():
            axes = (question.across, question.up)
            return [f"{question.key}.{subject.id}.{axis.key}" for subject in question.subjects for axis in axes]
        case Dots() | PerItem() | Ranking():
            return [f"{question.key}.{subject.id}" for subject in question.subjects]
        case _:
            assert_never(question)


def _steps(scale: Scale) -> dict[str, str]:
    return {str(step): f"{step} – {words}" for step, words in enumerate(scale.words, start=1)}


def _choose(prompt: str, options: dict[str, str], key: str) -> None:
    st.radio(
        escape_markdown(prompt),
        list(options),
        index=None,
        key=key,
        format_func=lambda value: escape_markdown(options[value]),
    )


def _ask_dots(question: Dots, key: str) -> None:
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
        st.number_input(escape_markdown(subject.text), 0, question.cap, 0, step=1, key=f"{key}.{name}")


def _ask_field(question: Field, key: str) -> None:
    st.markdown(f"**{escape_markdown(question.prompt)}**")
    for number, subject in enumerate(question.subjects, start=1):
        st.markdown(f"{number}\\. {escape_markdown(subject.text)}")
        for column, axis in zip(st.columns(2), (question.across, question.up), strict=True):
            name = f"{question.key}.{subject.id}.{axis.key}"
            options = _steps(axis)
            with column:
                st.selectbox(
                    _("{question} (onderwerp {number})").format(question=axis.prompt, number=number),
                    list(options),
                    index=None,
                    key=f"{key}.{name}",
                    placeholder=_("Niet ingevuld"),
                    format_func=options.__getitem__,
                )


def _ask_ranking(question: Ranking, key: str) -> None:
    st.markdown(f"**{escape_markdown(question.prompt)}**")
    for subject in question.subjects:
        name = f"{question.key}.{subject.id}"
        st.number_input(
            escape_markdown(subject.text),
            1,
            question.highest,
            None,
            step=1,
            key=f"{key}.{name}",
            placeholder=_("Geen plaats"),
        )
