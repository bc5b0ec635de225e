"""The six key factors of one sprint: look, note, owner, and how they stood in the sprints before."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.sprints.keyfactors import LONGEST_NOTE, LONGEST_OWNER, look_at_factor
from workshop.domain.evening.method import KeyFactor, Method
from workshop.domain.evening.stories import Table
from workshop.domain.roles import Role
from workshop.domain.sprints.keyfactors import FactorLook, FactorStatus, history, status_words, strip
from workshop.locale import _
from workshop.moments import local
from workshop.ui.frame.doing import form_button, typed
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.tables import show_table


def show_factors(shell: Shell, looks: Sequence[FactorLook], sprint: int, method: Method) -> None:
    """One expander per factor; the ones nobody looked at are open."""
    found = strip(looks, sprint)
    for factor in method.key_factors:
        look = found[factor.number]
        status = look.status if look else FactorStatus.UNSEEN
        title = _("{title}: {status}").format(title=factor.title, status=status_words(status))
        with st.expander(md(title), expanded=status is FactorStatus.ATTENTION):
            plain(factor.says)
            st.markdown("\n".join(f"- {md(prompt)}" for prompt in factor.prompts))
            if shell.has(Role.FACILITATOR):
                _form(shell, sprint, factor, look)
            elif look is not None:
                plain(look.note or "–")
            _history(looks, factor)


def _form(shell: Shell, sprint: int, factor: KeyFactor, look: FactorLook | None) -> None:
    key = f"factor-{sprint}-{factor.number}"
    with st.form(key, border=False):
        st.radio(
            _("Hoe staat het ervoor?"), list(FactorStatus), format_func=status_words, horizontal=True,
            key=f"{key}-status", index=list(FactorStatus).index(look.status) if look else 0,
        )  # fmt: skip
        st.text_area(_("Notitie"), look.note if look else "", max_chars=LONGEST_NOTE, height=80, key=f"{key}-note")
        st.text_input(
            _("Wie houdt dit in de gaten?"), look.owner if look else "", max_chars=LONGEST_OWNER, key=f"{key}-owner"
        )
        form_button(
            _("Bewaar"), look_at_factor, shell, shell.plan.id, sprint, factor.number, status=typed(f"{key}-status"),
            note=typed(f"{key}-note"), owner=typed(f"{key}-owner"), key=f"{key}-keep",
            said=_("Bewaard: {title}.").format(title=factor.title),
        )  # fmt: skip


def _history(looks: Sequence[FactorLook], factor: KeyFactor) -> None:
    found = history(looks, factor.number)
    if not found:
        return
    header = (_("Sprint"), _("Status"), _("Notitie"), _("Eigenaar"), _("Bekeken op"), _("Door"))
    rows = tuple(
        (look.sprint, status_words(look.status), look.note, look.owner, local(look.looked_at), look.looked_by)
        for look in reversed(found)
    )
    show_table(Table(_("Zo ging het over de sprints"), header, rows))
