"""Groups that are too small to be shown apart, before a secret step opens: which, and put them together or not."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.merging_groups import merge_groups, unmerge_groups
from workshop.domain.evening.groups import K
from workshop.locale import _, n_
from workshop.ui.frame.doing import AtPress, button, refused_at, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of


def show_small_groups(shell: Shell, view: ConsoleView) -> bool:
    """Say which groups fold and offer to merge; tells whether there was anything to say."""
    refused_at("groups")
    if view.folding_preview:
        st.markdown("**" + _("Deze groepen zijn nog klein") + "**")
        st.text(", ".join(f"{name} ({n})" for _id, name, n in view.small_groups))
        # One sentence for all of them; the preview has one a group, or the one that only the total will be seen.
        is_total_only = len(view.folding_preview) == 1 and len(view.small_groups) != 1
        told = view.folding_preview[0] if is_total_only else _("Zij tellen straks samen mee als overige groepen.")
        st.text(told)
        if view.small_groups and not view.session.is_practice and len(view.groups) > 1:
            _merge(shell, view)
    for group_id, name, into in view.merged:
        st.text(_("{group} is samengevoegd met {into}.").format(group=name, into=into))
        button(
            _("Maak ongedaan"),
            unmerge_groups,
            shell,
            view.session.wijkplan_id,
            group_id,
            key=f"unmerge_{group_id}",
            at="groups",
        )
    return bool(view.folding_preview or view.merged)


def _merge(shell: Shell, view: ConsoleView) -> None:
    with st.popover(_("Voeg groepen samen"), width="stretch", key="merge_groups_box"):
        st.text(_("Vanaf {k} mensen is een groep apart te zien. Vraag het eerst aan de mensen zelf.").format(k=K))
        small = {group_id: (name, n) for group_id, name, n in view.small_groups}
        came_from = st.selectbox(
            _("Deze groep"),
            list(small),
            key="merge_from",
            format_func=lambda g: _with_number(*small[g]) if g in small else "",
        )
        others = {group_id: name for group_id, name in view.groups if group_id != came_from}
        # Another small group first: together they may be seen, and the big group stays what it is.
        order = sorted(others, key=lambda g: g not in small)
        into = st.selectbox(
            _("gaat samen met"), order, key=f"merge_into_{came_from}", format_func=lambda g: others.get(g, "")
        )
        button(
            _("Voeg samen"),
            merge_groups,
            shell,
            view.session.wijkplan_id,
            typed("merge_from"),
            AtPress(lambda: value_of(f"merge_into_{value_of('merge_from')}")),
            key="merge_groups",
            at="groups",
            disabled=not came_from or not into,
        )


def _with_number(name: str, people: int) -> str:
    return n_("{name} ({n} mens)", "{name} ({n} mensen)", people).format(name=name, n=people)
