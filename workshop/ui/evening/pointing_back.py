"""Where notes come from, at the desk of an evening: what a step is about, one note at a time, or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from workshop.actions.evening.pointing_back import StepAbout, link_back, see_about, set_about
from workshop.actions.evening.settling import SettlingRow
from workshop.actions.thread.herkomst import point_back
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import Item
from workshop.domain.words import kind_word
from workshop.locale import _, n_
from workshop.ui.frame.doing import form_button, fresh, refused_at, renewing, typed
from workshop.ui.frame.shell import Shell

#: Characters of a text in a list to choose from.
_SHORT = 70


def _names(about: StepAbout) -> dict[str, str]:
    return {i.id: f"{kind_word(i.kind)}: {i.text[:_SHORT]}" for i in about.options}


def show_about(shell: Shell, step_id: str, key: str, about: StepAbout | None = None) -> None:
    """What this step is about, in words, and a form to choose it; notes point back to it from then on."""
    about = about or see_about(shell.store, shell.actor, step_id)
    if not about.options:
        return
    names = _names(about)
    told = "; ".join(names[i] for i in about.chosen if i in names)
    label = _("Deze stap gaat over: {what}").format(what=told or _("nog niets gekozen"))
    at = f"about_{step_id}"
    with st.expander(escape_markdown(label), key=f"{key}_about_box", icon=":material/link:"):
        refused_at(at)
        field = f"{key}_about_ids_{'_'.join(about.chosen)}"
        with st.form(f"{key}_about", border=False):
            st.multiselect(
                _("Waar gaat deze stap over?"), list(names), [i for i in about.chosen if i in names],
                format_func=names.__getitem__, placeholder=_("Kies een of meer eerdere onderwerpen"),
                key=field,
            )  # fmt: skip
            st.caption(
                _("Elk kaartje dat hier geschreven wordt, wijst daarnaar terug. Per kaartje kun je het nog veranderen.")
            )
            form_button(_("Bewaar"), set_about, shell, step_id, typed(field), key=f"{key}_about_keep", at=at)


def show_origin_of(shell: Shell, step_id: str, item: Item) -> None:
    """What one note points back to, to change."""
    about = see_about(shell.store, shell.actor, step_id)
    names = {i: name for i, name in _names(about).items() if i != item.id}
    kept = [i for i in item.origin if i not in names]
    field = f"origin_ids_{item.id}_{'_'.join(item.origin)}"
    with st.form(f"form_{field}", border=False):
        st.multiselect(
            _("Komt voort uit"), list(names), [i for i in item.origin if i in names], format_func=names.__getitem__,
            placeholder=_("Kies een of meer eerdere onderwerpen"), key=field,
        )  # fmt: skip
        form_button(
            _("Bewaar de herkomst"), point_back, shell, item.id, origin=typed(field, lambda chosen: [*kept, *chosen]),
            authority=item.details.authority, authority_note=item.details.authority_note,
            key=f"keep_{field}", at="notes",
        )  # fmt: skip


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
        refused_at("loose")
        key = fresh(f"loose_{step_id}_{len(loose)}")
        with st.form(key, border=False):
            st.multiselect(
                _("Welke onderwerpen?"), list(loose), list(loose), format_func=loose.__getitem__, key=f"{key}_items"
            )
            st.multiselect(
                _("Komen voort uit"), list(names), format_func=names.__getitem__, key=f"{key}_origin",
                placeholder=_("Kies een of meer eerdere onderwerpen"),
            )  # fmt: skip
            form_button(
                _("Koppel"), link_back, shell, step_id, typed(f"{key}_items"), typed(f"{key}_origin"),
                key=f"{key}_link", at="loose", then=renewing(f"loose_{step_id}_{len(loose)}"),
            )  # fmt: skip
