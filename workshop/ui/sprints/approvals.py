"""Approval of the ontwerpbrief at the desk: whom to ask, what they said, links for outside the room."""

from __future__ import annotations

import streamlit as st

from workshop.actions.sprints.approving import (
    LINK_DAYS,
    LONGEST_NAME,
    LONGEST_REMARK,
    MOST_DAYS,
    Request,
    ask_approval,
    pass_over,
    record_answer,
    renew_link,
    take_back_request,
)
from workshop.actions.sprints.material import Snapshot
from workshop.domain.evening.stories import Table
from workshop.domain.roles import Role
from workshop.domain.sprints.approvals import (
    ANSWERS,
    BRIEF_SPRINT,
    OPENS_THE_GATE,
    Approval,
    Asked,
    approval_words,
    missing_approvals,
    of_version,
    standing,
)
from workshop.domain.words import local_day
from workshop.locale import _, format_date
from workshop.ui.frame.doing import button, form_button, fresh, refused_at, renew, typed
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import ApprovalLink, tab, value_of
from workshop.ui.frame.tables import show_table


def show_approvals(shell: Shell, snapshot: Snapshot) -> None:
    """Everything about the approval of the newest ontwerpbrief, with what was said about earlier versions below."""
    briefs = [r for r in snapshot.results if r.sprint == BRIEF_SPRINT]
    if not briefs:
        show_empty(
            _("De ontwerpbrief is nog niet vastgelegd."),
            _("Vul de zeven delen in en leg sprint 3 vast. Daarna vraag je de betrokkenen om akkoord."),
        )
        return
    version = briefs[-1].version
    st.subheader(_("Akkoord op de ontwerpbrief, versie {n}").format(n=version), anchor=False)
    missing = missing_approvals(snapshot.approvals, version)
    if missing:
        st.text(_("Voordat je sprint 4 kunt vastleggen:"))
        st.markdown("\n".join(f"- {md(line)}" for line in missing))
    else:
        st.success(
            _("Alle belangrijke betrokkenen staan erachter. Je kunt sprint 4 vastleggen."), icon=":material/check:"
        )
    _show_link(shell)
    for asked in standing(of_version(snapshot.approvals, version)).values():
        _show_one(shell, asked)
    if shell.has(Role.FACILITATOR):
        _ask(shell, snapshot)
    _show_all(snapshot)


def _show_link(shell: Shell) -> None:
    """The link stands here once; only its hash is kept."""
    made = tab().approval_link
    if made is None or made.wijkplan_id != shell.plan.id:
        return
    with st.container(border=True):
        told = _("Link voor {who}, tot {day}. Hij werkt één keer. Kopieer hem nu: hij staat hier maar één keer.")
        st.markdown(md(told.format(who=made.organisation, day=made.until)))
        st.code(made.address, language=None, wrap_lines=True)
        st.button(_("Ik heb de link gekopieerd"), key="link-seen", on_click=_forget_link)


def _forget_link() -> None:
    tab().approval_link = None


def _keep_link(shell: Shell, organisation: str, made: Request) -> None:
    base = (st.context.url or "").split("/sprints")[0].rstrip("/")
    until = format_date(local_day(made.expires_at)) if made.expires_at else ""
    tab().approval_link = ApprovalLink(shell.plan.id, organisation, f"{base}/akkoord/{made.token}", until)


def _show_one(shell: Shell, asked: Asked) -> None:
    with st.container(border=True):
        weight = _("belangrijke betrokkene") if asked.is_important else _("betrokkene")
        st.markdown(f"**{md(asked.organisation)}** ({weight}): {md(approval_words(asked.decision))}")
        if asked.decision is not None:
            said = " · ".join(
                part
                for part in (
                    asked.person,
                    asked.role,
                    format_date(local_day(asked.decided_at)) if asked.decided_at else "",
                    _("via de link") if asked.has_link and asked.recorded_by is None else "",
                )
                if part
            )
            st.caption(md(said))
            if asked.remark:
                plain(asked.remark)
        elif asked.has_link and asked.expires_at is not None:
            st.caption(md(_("Link werkt tot {day}.").format(day=format_date(local_day(asked.expires_at)))))
        if not shell.has(Role.FACILITATOR):
            return
        if asked.decision is None:
            _answer(shell, asked)
        if asked.decision not in OPENS_THE_GATE and asked.is_important:
            _go_on_without(shell, asked)


def _answer(shell: Shell, asked: Asked) -> None:
    with (
        st.expander(_("Schrijf het antwoord op"), icon=":material/how_to_reg:"),
        st.form(f"answer-{asked.id}", border=False),
    ):
        st.radio(_("Antwoord"), list(ANSWERS), format_func=approval_words, key=f"decision-{asked.id}")
        st.text_input(_("Wie geeft dit antwoord?"), max_chars=LONGEST_NAME, key=f"person-{asked.id}")
        st.text_input(_("Functie"), max_chars=LONGEST_NAME, key=f"role-{asked.id}")
        st.text_area(_("Voorwaarde of reden"), max_chars=LONGEST_REMARK, height=80, key=f"remark-{asked.id}")
        form_button(
            _("Leg dit antwoord vast"), record_answer, shell, asked.id, decision=typed(f"decision-{asked.id}"),
            person=typed(f"person-{asked.id}"), role=typed(f"role-{asked.id}"), remark=typed(f"remark-{asked.id}"),
            key=f"record-{asked.id}", said=_("Antwoord van {who} vastgelegd.").format(who=asked.organisation),
        )  # fmt: skip
    at = f"asked-{asked.id}"
    refused_at(at)
    with st.container(horizontal=True):
        button(
            _("Nieuwe link") if asked.has_link else _("Maak een link"), renew_link, shell, asked.id,
            key=f"link-{asked.id}", at=at, icon=":material/link:", look="tertiary", wide=False,
            then=lambda made: _keep_link(shell, asked.organisation, made),
        )  # fmt: skip
        button(
            _("Trek de vraag in"), take_back_request, shell, asked.id, key=f"back-{asked.id}", at=at,
            icon=":material/undo:", look="tertiary", wide=False,
        )  # fmt: skip


def _go_on_without(shell: Shell, asked: Asked) -> None:
    with (
        st.expander(_("Verder zonder dit akkoord"), icon=":material/arrow_forward:"),
        st.form(f"without-{asked.id}", border=False),
    ):
        st.text_area(
            _("Waarom gaan jullie verder zonder dit akkoord?"),
            max_chars=LONGEST_REMARK,
            height=80,
            key=f"why-{asked.id}",
        )
        form_button(
            _("Leg dit besluit vast"), pass_over, shell, asked.id, typed(f"why-{asked.id}"), key=f"pass-{asked.id}",
            said=_("Besluit vastgelegd, met de reden."),
        )  # fmt: skip


def _ask(shell: Shell, snapshot: Snapshot) -> None:
    key = fresh("ask-approval")

    def asked(made: Request) -> None:
        if made.token:
            _keep_link(shell, value_of(f"{key}-who") or "", made)
        renew("ask-approval")

    with st.form("ask-approval"):
        st.markdown("**" + _("Vraag akkoord") + "**")
        partners = [partner.name for partner in snapshot.wijkplan.open_partners]
        st.selectbox(
            _("Organisatie of groep"), partners, None, accept_new_options=True, placeholder=_("Kies of typ een naam"),
            key=f"{key}-who",
        )  # fmt: skip
        st.checkbox(_("Belangrijke betrokkene: sprint 4 wacht op dit akkoord"), value=True, key=f"{key}-important")
        st.checkbox(_("Maak een link, voor wie niet in de zaal is"), key=f"{key}-link")
        st.number_input(_("De link werkt zoveel dagen"), 1, MOST_DAYS, LINK_DAYS, step=1, key=f"{key}-days")
        form_button(
            _("Vraag akkoord"), ask_approval, shell, shell.plan.id,
            organisation=typed(f"{key}-who", lambda who: who or ""), is_important=typed(f"{key}-important"),
            by_link=typed(f"{key}-link"), days=typed(f"{key}-days", int), key="ask-approval-now", look="primary", then=asked,
        )  # fmt: skip


def _show_all(snapshot: Snapshot) -> None:
    answered = [a for a in snapshot.approvals if a.decision is not None]
    if not answered:
        return
    rows = tuple(
        (
            a.version,
            a.organisation,
            approval_words(Approval(a.decision)) if a.decision else "",
            a.remark,
            a.person,
            a.role,
            format_date(local_day(a.decided_at)) if a.decided_at else "",
        )
        for a in answered
    )
    header = (
        _("Versie"),
        _("Organisatie"),
        _("Antwoord"),
        _("Voorwaarde of reden"),
        _("Wie"),
        _("Functie"),
        _("Datum"),
    )
    with st.expander(_("Alle antwoorden, ook op eerdere versies"), icon=":material/history:"):
        show_table(Table(_("Antwoorden op de ontwerpbrief"), header, rows))
