"""Filling in a sprint's own record: a text per part, or rows that are added, changed and taken out one at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from workshop.actions.sprints.material import Snapshot
from workshop.actions.sprints.path import part_versions, write_part
from workshop.actions.thread.herkomst import add_from_desk
from workshop.domain.roles import Role
from workshop.domain.sprints.approvals import BRIEF_SPRINT
from workshop.domain.sprints.records import PainMap
from workshop.domain.sprints.rules import (
    LONGEST,
    ONE_A4,
    YIELDS,
    Column,
    Part,
    Sort,
    brief_length,
    cell_words,
    is_empty,
    parts_of,
    read_record,
    row_line,
)
from workshop.domain.sprints.words import choice_words
from workshop.domain.thread.herkomst import Authority, authority_words
from workshop.domain.thread.items import LONGEST_TEXT, Environment, ItemKind
from workshop.domain.thread.written import Written
from workshop.domain.words import kind_word
from workshop.locale import _, current_language, format_number, n_
from workshop.moments import local
from workshop.sources.method import the_method
from workshop.ui.frame.doing import AtPress, button, form_button, fresh, refused_at, renewing, typed
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import put, tab, value_of
from workshop.ui.sprints.offering import offer_pairs, offer_stories

PART = "onderdeel"
_SHORTEST_LABEL = 60


def show_filling(shell: Shell, snapshot: Snapshot, contents: Mapping[str, dict[str, Any]], sprint: int) -> None:
    """The parts of one sprint's record, one at a time; who may not write reads them."""
    parts = {part.key: part for part in parts_of(sprint)}
    names = {item.id: item.text for item in snapshot.items}
    if not shell.has(Role.FACILITATOR):
        for part in parts.values():
            st.markdown(f"**{md(part.label)}**")
            _show_content(part, contents.get(part.key), names)
        return
    if sprint == BRIEF_SPRINT:
        _show_length(contents)
    if sprint == 0:
        for part in parts.values():
            _edit_text(shell, snapshot, part, contents.get(part.key), sprint)
        return
    if value_of(PART) not in parts:
        put(PART, next(iter(parts)))

    def named(key: str) -> str:
        mark = "○" if is_empty(contents.get(key)) else "●"
        state = _("leeg") if is_empty(contents.get(key)) else _("ingevuld")
        return f"{mark} {parts[key].label} ({state})"

    chosen = parts[st.selectbox(_("Onderdeel van het resultaat"), list(parts), format_func=named, key=PART)]
    if chosen.columns:
        _edit_rows(shell, snapshot, chosen, contents.get(chosen.key), sprint, names)
    else:
        _edit_text(shell, snapshot, chosen, contents.get(chosen.key), sprint)
    _show_earlier(shell, chosen, sprint, names)
    _add_item(shell, snapshot, sprint)


def _show_length(contents: Mapping[str, dict[str, Any]]) -> None:
    length = brief_length(contents)
    st.progress(
        min(1.0, length / ONE_A4),
        text=_("De ontwerpbrief past op één A4: {n} van hoogstens {most} tekens.").format(
            n=format_number(length), most=format_number(ONE_A4)
        )
        if length <= ONE_A4
        else _("De ontwerpbrief is langer dan één A4: {n} tekens, hoogstens {most}.").format(
            n=format_number(length), most=format_number(ONE_A4)
        ),
    )


def _show_content(part: Part, content: Mapping[str, Any] | None, names: Mapping[str, str]) -> None:
    if content is None or is_empty(content):
        st.caption(_("Nog niet ingevuld"))
    elif part.columns:
        for row in content["rows"]:
            _show_row(part, row, names)
    else:
        plain(content["text"])


def _show_row(part: Part, row: Mapping[str, Any], names: Mapping[str, str]) -> None:
    told = ((column.label, cell_words(column, row.get(column.key), names)) for column in part.columns)
    st.markdown("  \n".join(f"**{md(label)}**: {md(words)}" for label, words in told if words))


def _version(snapshot: Snapshot, sprint: int, part: str) -> int:
    return next((p.version for p in snapshot.parts if (p.sprint, p.part) == (sprint, part)), 0)


def _edit_text(shell: Shell, snapshot: Snapshot, part: Part, content: Mapping[str, Any] | None, sprint: int) -> None:
    version = _version(snapshot, sprint, part.key)
    field = f"text-{sprint}-{part.key}-{version}"
    with st.form(f"part-{sprint}-{part.key}", border=False):
        st.text_area(
            part.label + ("" if part.is_required else " " + _("(mag leeg)")),
            (content or {}).get("text", ""),
            max_chars=LONGEST,
            height=140,
            help=part.hint,
            key=field,
        )
        form_button(
            _("Bewaar “{part}”").format(part=part.label), write_part, shell, shell.plan.id, sprint, part.key,
            typed(field), based_on=version, key=f"keep-{field}", then=_stop_edit, said=_saved(part),
        )  # fmt: skip


def _saved(part: Part) -> str:
    return _("Bewaard: {part}.").format(part=part.label)


def _edit_rows(
    shell: Shell,
    snapshot: Snapshot,
    part: Part,
    content: Mapping[str, Any] | None,
    sprint: int,
    names: Mapping[str, str],
) -> None:
    version = _version(snapshot, sprint, part.key)
    rows: list[dict[str, Any]] = list((content or {}).get("rows", ()))
    edited = tab().edited_row
    refused_at(_rows_at(part))

    def keep(label: str, key: str, content: list[dict[str, Any]], icon: str | None = None) -> None:
        button(
            label, write_part, shell, shell.plan.id, sprint, part.key, content, based_on=version, key=key,
            at=_rows_at(part), icon=icon, look="tertiary" if icon else "secondary", wide=False, then=_stop_edit,
            said=_saved(part),
        )  # fmt: skip

    st.caption(md(part.hint))
    for n, row in enumerate(rows):
        with st.container(border=True):
            if edited == (sprint, part.key, n):
                _row_form(
                    shell, sprint, part, row, snapshot, key=f"row-{sprint}-{part.key}-{n}-{version}",
                    label=_("Bewaar deze regel"), within=(rows[:n], rows[n + 1 :]), version=version,
                )  # fmt: skip
                st.button(_("Laat het zoals het was"), key=f"leave-{n}", on_click=_stop_edit)
                continue
            _show_row(part, row, names)
            with st.container(horizontal=True):
                st.button(
                    _("Wijzig"), key=f"edit-{part.key}-{n}", icon=":material/edit:", type="tertiary",
                    on_click=_start_edit, args=((sprint, part.key, n),),
                )  # fmt: skip
                keep(_("Haal weg"), f"out-{part.key}-{n}-{version}", [*rows[:n], *rows[n + 1 :]], ":material/delete:")
    if not rows:
        st.caption(_("Hier staat nog niets."))
    _show_remarks(part, content, sprint)
    if part.key == "earlier_policy":
        offer_stories(shell, snapshot)
    if part.key == "running_efforts":
        offer_pairs(rows, keep)
    with st.expander(_("Voeg een regel toe"), icon=":material/add:", expanded=not rows):
        _row_form(
            shell, sprint, part, {}, snapshot, key=f"new-{sprint}-{part.key}-{version}", label=_("Voeg toe"),
            within=(rows, []), version=version,
        )  # fmt: skip


def _rows_at(part: Part) -> str:
    return f"rows-{part.key}"


def _show_remarks(part: Part, content: Mapping[str, Any] | None, sprint: int) -> None:
    """What catches the eye in the rows: efforts that are done twice or clash, and the questions per environment."""
    if part.key == "environments":
        for guide in the_method(current_language()).environments.values():
            st.markdown(f"**{md(choice_words(guide.environment))}**: {md(guide.already)} {md(guide.more)}")
            st.caption(md(" ".join(guide.prompts)))
    record = read_record(sprint, {part.key: dict(content)} if content else {})
    if not isinstance(record, PainMap) or part.key != "running_efforts":
        return
    for effort in record.running_efforts:
        if effort.doubles_with:
            st.warning(
                md(
                    _("Dubbel: {effort} ({partner}) met {other}.").format(
                        effort=effort.effort, partner=effort.partner, other=effort.doubles_with
                    )
                ),
                icon=":material/content_copy:",
            )
        if effort.clashes_with:
            st.warning(
                md(
                    _("Dit botst: {effort} ({partner}) met {other}.").format(
                        effort=effort.effort, partner=effort.partner, other=effort.clashes_with
                    )
                ),
                icon=":material/call_split:",
            )


def _start_edit(what: tuple[int, str, int]) -> None:
    tab().edited_row = what


def _stop_edit(_result: object = None) -> None:
    tab().edited_row = None


def _row_form(
    shell: Shell,
    sprint: int,
    part: Part,
    row: Mapping[str, Any],
    snapshot: Snapshot,
    *,
    key: str,
    label: str,
    within: tuple[list[dict[str, Any]], list[dict[str, Any]]],
    version: int,
) -> None:
    """One row as a form; ``within`` are the rows before and after it."""
    names = [column.key for column in part.columns]

    def filled() -> list[dict[str, Any]]:
        return [*within[0], {name: value_of(f"{key}-{name}") for name in names}, *within[1]]

    with st.form(key, border=False):
        for column in part.columns:
            _field(column, row.get(column.key), snapshot, key=f"{key}-{column.key}")
        form_button(
            label, write_part, shell, shell.plan.id, sprint, part.key, AtPress(filled), based_on=version,
            key=f"keep-{key}", then=_stop_edit, said=_saved(part),
        )  # fmt: skip


def _field(column: Column, value: Any, snapshot: Snapshot, *, key: str) -> None:
    label = column.label + ("" if column.is_required or column.sort is Sort.TICK else " " + _("(mag leeg)"))
    match column.sort:
        case Sort.TEXT:
            st.text_area(label, value or "", max_chars=LONGEST, height=80, key=key)
        case Sort.LINE:
            st.text_input(label, value or "", max_chars=200, key=key)
        case Sort.WHOLE:
            st.number_input(
                label, column.low, column.high, value, step=1, format="%d", key=key, placeholder=_("nog leeg")
            )
        case Sort.TICK:
            st.checkbox(label, bool(value), key=key)
        case Sort.DAY:
            st.date_input(label, date.fromisoformat(value) if value else None, format="DD-MM-YYYY", key=key)
        case Sort.CHOICE:
            words = {choice.value: choice_words(choice) for choice in column.choices}
            st.selectbox(
                label, list(words), list(words).index(value) if value in words else None, format_func=words.__getitem__,
                placeholder=_("Kies"), key=key,
            )  # fmt: skip
        case Sort.ITEM:
            known = {i.id: i.text[:_SHORTEST_LABEL] for i in snapshot.items if i.kind in column.kinds}
            st.selectbox(
                label, list(known), list(known).index(value) if value in known else None, format_func=known.__getitem__,
                placeholder=_("Kies uit wat er al is"), key=key,
            )  # fmt: skip


def _show_earlier(shell: Shell, part: Part, sprint: int, names: Mapping[str, str]) -> None:
    versions = part_versions(shell.store, shell.actor, shell.plan.id, sprint, part.key)
    if len(versions) < 2:
        return
    with st.expander(
        n_("{n} eerdere versie", "{n} eerdere versies", len(versions) - 1).format(n=len(versions) - 1),
        icon=":material/history:",
    ):
        for version in reversed(versions[:-1]):
            st.caption(
                md(
                    _("Versie {n}, {moment}, door {who}").format(
                        n=version.version, moment=local(version.written_at), who=version.written_by
                    )
                )
            )
            if part.columns:
                for row in version.content["rows"]:
                    plain(row_line(part, row, names))
            else:
                plain(version.content["text"] or "–")


def _add_item(shell: Shell, snapshot: Snapshot, sprint: int) -> None:
    """Add a wish, an idea, an action … that points back to something earlier, or names its authority."""
    with st.expander(_("Voeg een onderwerp toe, met herkomst"), icon=":material/account_tree:"):
        kinds = [*YIELDS[sprint], *(kind for kind in ItemKind if kind not in YIELDS[sprint])]
        so_far = snapshot.order[: snapshot.order.index(sprint) + 1]
        known = {
            i.id: f"{kind_word(ItemKind(i.kind))}: {i.text[:_SHORTEST_LABEL]}"
            for i in snapshot.items
            if i.sprint is None or i.sprint in so_far
        }
        key = fresh(f"item-{sprint}")
        with st.form(key, border=False):
            st.selectbox(_("Soort"), kinds, format_func=kind_word, key=f"{key}-kind")
            st.text_area(_("Tekst"), max_chars=LONGEST_TEXT, height=80, key=f"{key}-text")
            st.multiselect(
                _("Komt voort uit"), list(known), format_func=known.__getitem__, key=f"{key}-origin",
                placeholder=_("Kies een of meer eerdere onderwerpen"),
            )  # fmt: skip
            st.selectbox(
                _("Of: het komt niet uit de wijk"), list(Authority), None, format_func=authority_words,
                placeholder=_("Kies alleen als niemand in de wijk dit inbracht"), key=f"{key}-authority",
            )  # fmt: skip
            st.text_input(_("Welke taak, prioriteit of welk amendement?"), max_chars=200, key=f"{key}-note")
            st.multiselect(
                _("Omgevingen"), list(Environment), format_func=choice_words, key=f"{key}-where", placeholder=_("Kies")
            )
            form_button(
                _("Voeg toe"), add_from_desk, shell, shell.plan.id, kind=typed(f"{key}-kind"), sprint=sprint,
                written=AtPress(
                    lambda: Written(value_of(f"{key}-text"), environments=tuple(value_of(f"{key}-where")))
                ),
                origin=typed(f"{key}-origin", tuple), authority=typed(f"{key}-authority"),
                authority_note=typed(f"{key}-note"), key=f"{key}-add",
                then=renewing(f"item-{sprint}"), said=_("Toegevoegd, met herkomst."),
            )  # fmt: skip
