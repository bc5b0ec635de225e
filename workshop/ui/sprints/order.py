"""The order of the sprints: leave one out, take one up early, go back to the order, and how it came to be."""

from __future__ import annotations

import streamlit as st

from workshop.actions.sprints.missing import Place
from workshop.actions.sprints.path import (
    SprintPath,
    SprintState,
    SprintView,
    keep_order,
    resume_sprint,
    skip_sprint,
    take_up_early,
)
from workshop.domain.evening.method import mark_words
from workshop.domain.evening.stories import Table
from workshop.domain.roles import Role
from workshop.domain.sprints.rules import MAY_BE_SKIPPED
from workshop.domain.wijkplan.order import MAY_COME_EARLY, OrderChoice, early_words, order_of, way_words
from workshop.locale import _
from workshop.moments import local
from workshop.ui.frame.doing import button, form_button, typed
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.tables import show_table


def show_early(view: SprintView) -> None:
    """Above the work of a sprint that was taken up before its turn: how, why, and what that means."""
    if view.early is None or view.state in (SprintState.FIXED, SprintState.STALE, SprintState.SKIPPED):
        return
    words = early_words(view.early.how, partner_of(view))
    st.info(
        md(_("Deze sprint is {how}, omdat: {reason}").format(how=words, reason=view.early.reason)),
        icon=":material/swap_horiz:",
    )


def partner_of(view: SprintView) -> int:
    """The sprint that stands before this one in the ordinary order."""
    return order_of({})[view.number - 2]


def show_order(shell: Shell, path: SprintPath, view: SprintView) -> None:
    """What may be changed about the order here, and every choice that was made."""
    if shell.has(Role.FACILITATOR):
        _early(shell, view)
        _skipping(shell, view)
    if path.choices:
        with st.expander(_("Zo kwam de volgorde tot stand"), icon=":material/history:"):
            header = (_("Wanneer"), _("Keuze"), _("Omdat"), _("Door"))
            rows = tuple(
                (local(choice.chosen_at), choice_words(choice), choice.reason, choice.chosen_by)
                for choice in reversed(path.choices)
            )
            show_table(Table(_("Keuzes over de volgorde"), header, rows))


def choice_words(choice: OrderChoice) -> str:
    """One choice about the order in words."""
    if choice.how is None:
        told = _("sprint {n} overgeslagen") if choice.reason else _("sprint {n} doet weer mee")
        return told.format(n=choice.sprint)
    if not choice.reason:
        return _("sprint {n} terug op de gewone plek").format(n=choice.sprint)
    words = early_words(choice.how, choice.sprint - 1)
    return _("sprint {n} {how}").format(n=choice.sprint, how=words)


def _early(shell: Shell, view: SprintView) -> None:
    if view.early is not None:
        button(
            _("Zet deze sprint terug op de gewone plek"), keep_order, shell, shell.plan.id, view.number,
            key="keep-order", icon=":material/undo:", wide=False,
            said=_("Sprint {n} staat weer op de gewone plek.").format(n=view.number),
        )  # fmt: skip
        return
    rule = MAY_COME_EARLY[view.number]
    comes_first = any(each.place is Place.SPRINT for each in view.missing)
    if not rule.ways or not comes_first or view.state is SprintState.SKIPPED or view.fixed is not None:
        return
    with (
        st.expander(_("Deze sprint eerder doen"), icon=":material/swap_horiz:"),
        st.form(f"early-{view.number}", border=False),
    ):
        st.radio(
            _("Hoe eerder?"), rule.ways, format_func=lambda way: way_words(way, partner_of(view)),
            key=f"early-how-{view.number}",
        )  # fmt: skip
        st.caption(_("Deze regel: {mark}.").format(mark=mark_words(rule.mark)))
        reason = f"early-why-{view.number}"
        st.text_input(_("Waarom doe je deze sprint eerder?"), max_chars=500, key=reason)
        form_button(
            _("Doe eerder met deze reden"), take_up_early, shell, shell.plan.id, view.number, typed(reason),
            how=typed(f"early-how-{view.number}"), key=f"take-early-{view.number}",
            said=_("Sprint {n} is naar voren gehaald. De reden staat in het resultaat.").format(n=view.number),
        )  # fmt: skip


def _skipping(shell: Shell, view: SprintView) -> None:
    if view.state is SprintState.SKIPPED:
        button(
            _("Doe deze sprint toch"), resume_sprint, shell, shell.plan.id, view.number, key="resume", wide=False,
            said=_("Sprint {n} doet weer mee.").format(n=view.number),
        )  # fmt: skip
        return
    if not MAY_BE_SKIPPED[view.number] or view.fixed is not None:
        return
    with (
        st.expander(_("Deze sprint overslaan"), icon=":material/skip_next:"),
        st.form(f"skip-{view.number}", border=False),
    ):
        reason = f"skip-why-{view.number}"
        st.text_input(_("Waarom sla je deze sprint over?"), max_chars=500, key=reason)
        form_button(
            _("Sla over met deze reden"), skip_sprint, shell, shell.plan.id, view.number, typed(reason),
            key=f"skip-it-{view.number}",
            said=_("Sprint {n} is overgeslagen. De reden staat in elk later resultaat.").format(n=view.number),
        )  # fmt: skip
