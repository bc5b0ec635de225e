"""Proposals for notes that say the same: tick, name, merge, take back. All of it with the keyboard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.moderation import merge, undo
from workshop.domain.thread.items import LONGEST_TEXT, Item
from workshop.locale import _, n_
from workshop.sources.clustering import suggest_clusters
from workshop.ui.frame.doing import button, show_problem
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell

#: Proposals shown at once, the largest first; the next come when these are done.
AT_ONCE = 6
_PROPOSED = "notes_proposed_{session}"
_MERGED = "notes_merged_{session}"


@dataclass(frozen=True)
class Proposal:
    """Notes that may be merged, by id, and a first name for what they say together."""

    ids: tuple[str, ...]
    label: str


def propose(notes: Iterable[Item]) -> list[Proposal]:
    """Clusters of two or more, largest first; never over the border of a step, a kind or a tone.

    What went well and what did not go well at the same place are two things, however alike the words.
    """
    apart: dict[tuple[str, ...], list[Item]] = {}
    for item in notes:
        apart.setdefault((item.step_id or "", item.kind.value, item.tone.value if item.tone else ""), []).append(item)
    found = [
        Proposal(tuple(group[n].id for n in cluster.members), cluster.label)
        for group in apart.values()
        for cluster in suggest_clusters([item.text for item in group])
        if len(cluster.members) > 1
    ]
    return sorted(found, key=lambda proposal: (-len(proposal.ids), proposal.label.casefold()))


def show_grouping(shell: Shell, view: ConsoleView) -> None:
    """The button that proposes, and the proposals that are still open."""
    notes = {i.id: i for i in (*view.notes_waiting, *view.notes_released)}
    session_id = view.session.id
    kept = _PROPOSED.format(session=session_id)
    with st.expander(_("Groepjes laten voorstellen"), key="notes_grouping_box", expanded=kept in st.session_state):
        show_problem("grouping")
        st.markdown(
            _(
                "De computer zoekt kaartjes met dezelfde woorden. Hij begrijpt niet wat er staat: jij kiest. "
                "De kaartjes zelf blijven bewaard."
            )
        )
        _take_back(shell, session_id)
        if st.button(_("Stel groepjes voor"), key="grouping_ask", disabled=len(notes) < 2):
            with st.spinner(_("We vergelijken de kaartjes.")):
                st.session_state[kept] = propose(notes.values())
        if kept not in st.session_state:
            return
        open_ones = [(p, [i for i in p.ids if i in notes]) for p in st.session_state[kept]]
        open_ones = [(proposal, ids) for proposal, ids in open_ones if len(ids) > 1]
        if not open_ones:
            st.text(_("Geen groepjes (meer): geen twee kaartjes lijken genoeg op elkaar."))
            return
        st.markdown(
            "**"
            + n_("{n} voorstel, het grootste eerst", "{n} voorstellen, het grootste eerst", len(open_ones)).format(
                n=len(open_ones)
            )
            + "**"
        )
        for proposal, ids in open_ones[:AT_ONCE]:
            _proposal(shell, session_id, proposal, [notes[i] for i in ids])
        if len(open_ones) > AT_ONCE:
            st.text(_("En nog {n}. Ze komen als je deze hebt gehad.").format(n=len(open_ones) - AT_ONCE))


def _proposal(shell: Shell, session_id: str, proposal: Proposal, notes: list[Item]) -> None:
    key = f"group_{proposal.ids[0]}_{len(proposal.ids)}"
    with st.container(border=True):
        name = st.text_input(_("Zo komt het op het scherm"), proposal.label, max_chars=LONGEST_TEXT, key=f"{key}_name")
        chosen = [item.id for item in notes if st.checkbox(md(item.text), value=True, key=f"{key}_{item.id}")]
        yes, no = st.columns(2)
        with yes:
            button(
                n_("Voeg {n} kaartje samen", "Voeg {n} kaartjes samen", len(chosen)).format(n=len(chosen)),
                merge,
                shell,
                chosen,
                name,
                key=f"{key}_merge",
                at="grouping",
                then=lambda new: _remember(session_id, new),
                disabled=len(chosen) < 2 or not name.strip(),
            )
        with no:
            st.button(_("Geen groepje"), key=f"{key}_no", on_click=_drop, args=(session_id, proposal), width="stretch")


def _take_back(shell: Shell, session_id: str) -> None:
    kept = _MERGED.format(session=session_id)
    merged = st.session_state.get(kept)
    if merged is None:
        return
    words, press = st.columns([3, 2], vertical_alignment="center")
    with words:
        st.success(_("Samengevoegd."), icon=":material/check:")
    with press:
        button(
            _("Maak het samenvoegen ongedaan"),
            undo,
            shell,
            merged,
            key=f"grouping_undo_{merged}",
            at="grouping",
            then=lambda _done: st.session_state.pop(kept, None),
        )


def _remember(session_id: str, item_id: str) -> None:
    st.session_state[_MERGED.format(session=session_id)] = item_id


def _drop(session_id: str, proposal: Proposal) -> None:
    kept = _PROPOSED.format(session=session_id)
    st.session_state[kept] = [p for p in st.session_state[kept] if p != proposal]
