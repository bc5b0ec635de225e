"""Overdracht on the page of a sprint: what the desk made goes on or stays with a reason; what was parked comes along."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.evening.settling import REASON_LIMIT
from workshop.actions.sprints.handing_over import DeskSettling, see_desk_settling, settle_desk, take_along_again
from workshop.actions.sprints.material import SnapshotItem
from workshop.domain.roles import Role
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import kind_word
from workshop.locale import _, n_
from workshop.ui.frame.doing import AtPress, button, form_button, typed
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of


def show_handing_over(shell: Shell, sprint: int) -> None:
    """Tick what goes on of what was made at the desk; nothing is shown while there is nothing."""
    settling = see_desk_settling(shell.store, shell.actor, shell.plan.id, sprint)
    if not settling.rows:
        return
    st.subheader(_("Wat gaat mee naar de volgende sprint?"), anchor=False)
    if settling.undecided:
        st.warning(undecided_words(settling), icon=":material/rule:")
    if not shell.has(Role.FACILITATOR):
        for row in settling.rows:
            st.markdown(f"- {md(row.item.text)} – {_state(row.goes_on, row.reason)}")
        return
    st.caption(_("Dit is aan het bureau gemaakt. Wat blijft staan, wordt bewaard met de reden."))
    with st.form(f"handing-over-{sprint}"):
        for row in settling.rows:
            words, why = st.columns([5, 4], vertical_alignment="center")
            with words:
                label = f"{kind_word(ItemKind(row.item.kind))}: {row.item.text}"
                st.checkbox(md(label), bool(row.goes_on), key=f"desk-go-{sprint}-{row.item.id}")
            with why:
                st.text_input(
                    _("Reden om te blijven: {text}").format(text=md(row.item.text[:60])), row.reason,
                    key=f"desk-why-{sprint}-{row.item.id}", label_visibility="collapsed", max_chars=REASON_LIMIT,
                    placeholder=_("Blijft staan, omdat (mag leeg)"),
                )  # fmt: skip
        st.text_input(
            _("Eén reden voor alles wat blijft staan"), max_chars=REASON_LIMIT, key=f"desk-rest-{sprint}",
            placeholder=_("Bijvoorbeeld: minder vaak genoemd"),
        )  # fmt: skip
        ids = [row.item.id for row in settling.rows]
        form_button(
            _("Bewaar deze keuze"), settle_desk, shell, shell.plan.id, sprint,
            goes_on=AtPress(lambda: [i for i in ids if value_of(f"desk-go-{sprint}-{i}")]),
            reasons=AtPress(
                lambda: {i: value_of(f"desk-why-{sprint}-{i}") for i in ids if not value_of(f"desk-go-{sprint}-{i}")}
            ),
            rest_reason=typed(f"desk-rest-{sprint}"), key=f"desk-keep-{sprint}",
            said=_("Bewaard. De volgende sprint begint met wat meegaat."),
        )  # fmt: skip


def undecided_words(settling: DeskSettling) -> str:
    """What has no choice yet, and what that means."""
    return n_(
        "Over {n} onderwerp van het bureau is nog niet gekozen. Het gaat niet mee tot je kiest.",
        "Over {n} onderwerpen van het bureau is nog niet gekozen. Ze gaan niet mee tot je kiest.",
        settling.undecided,
    ).format(n=settling.undecided)


def _state(goes_on: bool | None, reason: str) -> str:
    if goes_on is None:
        return _("nog niet besloten")
    return _("gaat mee") if goes_on else md(_("Blijft staan, omdat: {reason}").format(reason=reason))


def show_parked(shell: Shell, sprint: int, parked: Sequence[SnapshotItem]) -> None:
    """What stayed in earlier sprints, offered again: one press takes it along to this sprint."""
    if not parked:
        return
    title = n_("{n} geparkeerd, met de reden", "{n} geparkeerd, met de reden", len(parked)).format(n=len(parked))
    with st.expander(title, icon=":material/local_parking:"):
        st.caption(_("Dit bleef staan in een eerdere sprint. Neem het alsnog mee als het nu past."))
        asked = st.text_input(_("Zoek"), key=f"parked-search-{sprint}").casefold() if len(parked) > _MANY else ""
        found = [item for item in parked if asked in item.text.casefold() or asked in item.reason.casefold()]
        for item in found[:_MANY]:
            with st.container(border=True):
                plain(item.text)
                st.caption(md(" · ".join(f for f in (kind_word(ItemKind(item.kind)), item.origin_line) if f)))
                plain(_("Blijft staan, omdat: {reason}").format(reason=item.reason))
                if shell.has(Role.FACILITATOR):
                    button(
                        _("Neem alsnog mee"), take_along_again, shell, shell.plan.id, sprint, item.id,
                        key=f"along-{sprint}-{item.id}", icon=":material/redo:", wide=False,
                        said=_("Meegenomen naar deze sprint."),
                    )  # fmt: skip
        if len(found) > _MANY:
            rest = len(found) - _MANY
            st.caption(n_("En nog {n} andere.", "En nog {n} andere.", rest).format(n=rest))


#: Parked items drawn at once; a search finds the others.
_MANY = 30
