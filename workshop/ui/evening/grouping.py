"""Proposals for notes that say the same: tick, name, merge, take back. All of it with the keyboard."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.moderation import merge, undo
from workshop.domain.thread.items import LONGEST_TEXT, Item
from workshop.locale import _, n_
from workshop.sources.clustering import suggest_clusters
from workshop.ui.frame.doing import AtPress, button, refused_at, typed
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import Proposal, tab, value_of

#: Proposals shown at once, the largest first; the next come when these are done.
AT_ONCE = 6


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
    session_id, proposals = view.session.id, tab().proposals
    with st.expander(_("Groepjes laten voorstellen"), key="notes_grouping_box", expanded=session_id in proposals):
        refused_at("grouping")
        st.markdown(
            _(
                "De computer zoekt kaartjes met dezelfde woorden. Hij begrijpt niet wat er staat: jij kiest. "
                "De kaartjes zelf blijven bewaard."
            )
        )
        _take_back(shell, session_id)
        if st.button(_("Stel groepjes voor"), key="grouping_ask", disabled=len(notes) < 2):
            with st.spinner(_("We vergelijken de kaartjes.")):
                proposals[session_id] = propose(notes.values())
        if session_id not in proposals:
            return
        open_ones = [(p, [i for i in p.ids if i in notes]) for p in proposals[session_id]]
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
        st.text_input(_("Zo komt het op het scherm"), proposal.label, max_chars=LONGEST_TEXT, key=f"{key}_name")
        chosen = [item.id for item in notes if st.checkbox(md(item.text), value=True, key=f"{key}_{item.id}")]
        yes, no = st.columns(2)
        with yes:
            button(
                n_("Voeg {n} kaartje samen", "Voeg {n} kaartjes samen", len(chosen)).format(n=len(chosen)),
                merge,
                shell,
                AtPress(lambda: [item.id for item in notes if value_of(f"{key}_{item.id}")]),
                typed(f"{key}_name"),
                key=f"{key}_merge",
                at="grouping",
                then=lambda new: _remember(session_id, new),
                disabled=len(chosen) < 2,
            )
        with no:
            st.button(_("Geen groepje"), key=f"{key}_no", on_click=_drop, args=(session_id, proposal), width="stretch")


def _take_back(shell: Shell, session_id: str) -> None:
    merged = tab().merged.get(session_id)
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
            then=lambda _done: tab().merged.pop(session_id, None),
        )


def _remember(session_id: str, item_id: str) -> None:
    tab().merged[session_id] = item_id


def _drop(session_id: str, proposal: Proposal) -> None:
    tab().proposals[session_id] = [p for p in tab().proposals[session_id] if p != proposal]
