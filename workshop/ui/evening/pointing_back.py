"""Where notes come from, at the desk of an evening: what a step is about, one note at a time, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from workshop.actions.evening.pointing_back import StepAbout, link_back, see_about, set_about
from workshop.actions.evening.settling import SettlingRow
from workshop.actions.thread.herkomst import authority_of, point_back
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import Item
from workshop.domain.words import kind_word
from workshop.locale import _, n_
from workshop.ui.frame.doing import do, fresh, renew, show_problem
from workshop.ui.frame.shell import Shell

#: Characters of a text in a list to choose from.
_SHORT = 70


def _names(about: StepAbout) -> dict[str, str]:
    return {i.id: f"{kind_word(i.kind)}: {i.text[:_SHORT]}" for i in about.options}


def show_about(shell: Shell, step_id: str, key: str) -> None:
    """What this step is about, in words, and a form to choose it; notes point back to it from then on."""
    about = see_about(shell.store, shell.actor, step_id)
    if not about.options:
        return
    names = _names(about)
    told = "; ".join(names[i] for i in about.chosen if i in names)
    label = _("Deze stap gaat over: {what}").format(what=told or _("nog niets gekozen"))
    at = f"about_{step_id}"
    with st.expander(escape_markdown(label), key=f"{key}_about_box", icon=":material/link:"):
        show_problem(at)
        with st.form(f"{key}_about", border=False):
            chosen = st.multiselect(
                _("Waar gaat deze stap over?"), list(names), [i for i in about.chosen if i in names],
                format_func=names.__getitem__, placeholder=_("Kies een of meer eerdere onderwerpen"),
                key=f"{key}_about_ids_{'_'.join(about.chosen)}",
            )  # fmt: skip
            st.caption(
                _("Elk kaartje dat hier geschreven wordt, wijst daarnaar terug. Per kaartje kun je het nog veranderen.")
            )
            if st.form_submit_button(_("Bewaar")):
                do(set_about, shell, step_id, chosen, at=at)
                st.rerun()


def show_origin_of(shell: Shell, step_id: str, item: Item) -> None:
    """What one note points back to, to change."""
    about = see_about(shell.store, shell.actor, step_id)
    names = {i: name for i, name in _names(about).items() if i != item.id}
    kept = [i for i in item.origin if i not in names]
    with st.form(f"origin_{item.id}_{'_'.join(item.origin)}", border=False):
        chosen = st.multiselect(
            _("Komt voort uit"), list(names), [i for i in item.origin if i in names], format_func=names.__getitem__,
            placeholder=_("Kies een of meer eerdere onderwerpen"), key=f"origin_ids_{item.id}_{'_'.join(item.origin)}",
        )  # fmt: skip
        if st.form_submit_button(_("Bewaar de herkomst")):
            do(
                point_back, shell, item.id, origin=[*kept, *chosen], authority=authority_of(item.details),
                authority_note=str(item.details.get("authority_note", "")), at="notes",
            )  # fmt: skip
            st.rerun()


def show_loose(shell: Shell, step_id: str, rows: Sequence[SettlingRow]) -> None:
    """The items of a step that point back to nothing yet, and one form to link them all."""
    loose: Mapping[str, str] = {row.item.id: row.item.text[:_SHORT] for row in rows if row.is_loose}
    if not loose:
        return
    st.warning(
        n_(
            "{n} onderwerp wijst nog nergens naar terug. Koppel het, dan weet iedereen waar het vandaan komt.",
            "{n} onderwerpen wijzen nog nergens naar terug. Koppel ze, dan weet iedereen waar ze vandaan komen.",
            len(loose),
        ).format(n=len(loose)),
        icon=":material/link_off:",
    )
    names = _names(see_about(shell.store, shell.actor, step_id))
    with st.expander(_("Koppel in één keer"), key=f"loose_box_{step_id}", icon=":material/link:"):
        show_problem("loose")
        key = fresh(f"loose_{step_id}_{len(loose)}")
        with st.form(key, border=False):
            chosen = st.multiselect(
                _("Welke onderwerpen?"), list(loose), list(loose), format_func=loose.__getitem__, key=f"{key}_items"
            )
            origin = st.multiselect(
                _("Komen voort uit"), list(names), format_func=names.__getitem__, key=f"{key}_origin",
                placeholder=_("Kies een of meer eerdere onderwerpen"),
            )  # fmt: skip
            if st.form_submit_button(_("Koppel")):
                do(
                    link_back, shell, step_id, chosen, origin, at="loose",
                    then=lambda _r: renew(f"loose_{step_id}_{len(loose)}"),
                )  # fmt: skip
                st.rerun()
