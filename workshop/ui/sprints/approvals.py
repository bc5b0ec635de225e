"""Approval of the ontwerpbrief at the desk: whom to ask, what they said, links for outside the room."""

from __future__ import annotations

import streamlit as st

from workshop.actions.sprints.approving import (
    LINK_DAYS,
    LONGEST_NAME,
    LONGEST_REMARK,
    MOST_DAYS,
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
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import tab
from workshop.ui.frame.tables import show_table

_LINK = "approvals.link"


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
    made = tab().kept.get(_LINK)
    if made is None or made[0] != shell.plan.id:
        return
    _plan, organisation, address, until = made
    with st.container(border=True):
        told = _("Link voor {who}, tot {day}. Hij werkt één keer. Kopieer hem nu: hij staat hier maar één keer.")
        st.markdown(md(told.format(who=organisation, day=until)))
        st.code(address, language=None, wrap_lines=True)
        st.button(_("Ik heb de link gekopieerd"), key="link-seen", on_click=tab().drop, args=(_LINK,))


def _keep_link(shell: Shell, organisation: str, token: str, until: str) -> None:
    base = (st.context.url or "").split("/sprints")[0].rstrip("/")
    tab().kept[_LINK] = (shell.plan.id, organisation, f"{base}/akkoord/{token}", until)


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
        decision = st.radio(_("Antwoord"), list(ANSWERS), format_func=approval_words, key=f"decision-{asked.id}")
        person = st.text_input(_("Wie geeft dit antwoord?"), max_chars=LONGEST_NAME, key=f"person-{asked.id}")
        role = st.text_input(_("Functie"), max_chars=LONGEST_NAME, key=f"role-{asked.id}")
        remark = st.text_area(_("Voorwaarde of reden"), max_chars=LONGEST_REMARK, height=80, key=f"remark-{asked.id}")
        if st.form_submit_button(_("Leg dit antwoord vast")) and shell.act(
            record_answer, asked.id, decision=decision, person=person, role=role, remark=remark
        ):
            shell.say(_("Antwoord van {who} vastgelegd.").format(who=asked.organisation))
            st.rerun()
    with st.container(horizontal=True):
        label = _("Nieuwe link") if asked.has_link else _("Maak een link")
        if st.button(label, key=f"link-{asked.id}", icon=":material/link:", type="tertiary"):
            made = shell.act(renew_link, asked.id)
            if made:
                _keep_link(shell, asked.organisation, made.token, format_date(local_day(made.expires_at)))
                st.rerun()
        if st.button(
            _("Trek de vraag in"), key=f"back-{asked.id}", icon=":material/undo:", type="tertiary"
        ) and shell.act(take_back_request, asked.id):
            st.rerun()


def _go_on_without(shell: Shell, asked: Asked) -> None:
    with (
        st.expander(_("Verder zonder dit akkoord"), icon=":material/arrow_forward:"),
        st.form(f"without-{asked.id}", border=False),
    ):
        reason = st.text_area(
            _("Waarom gaan jullie verder zonder dit akkoord?"),
            max_chars=LONGEST_REMARK,
            height=80,
            key=f"why-{asked.id}",
        )
        if st.form_submit_button(_("Leg dit besluit vast")) and shell.act(pass_over, asked.id, reason):
            shell.say(_("Besluit vastgelegd, met de reden."))
            st.rerun()


def _ask(shell: Shell, snapshot: Snapshot) -> None:
    with st.form("ask-approval"):
        st.markdown("**" + _("Vraag akkoord") + "**")
        partners = [partner.name for partner in snapshot.wijkplan.open_partners]
        organisation = st.selectbox(
            _("Organisatie of groep"), partners, None, accept_new_options=True, placeholder=_("Kies of typ een naam")
        )
        is_important = st.checkbox(_("Belangrijke betrokkene: sprint 4 wacht op dit akkoord"), value=True)
        by_link = st.checkbox(_("Maak een link, voor wie niet in de zaal is"))
        days = st.number_input(_("De link werkt zoveel dagen"), 1, MOST_DAYS, LINK_DAYS, step=1)
        if st.form_submit_button(_("Vraag akkoord"), type="primary"):
            made = shell.act(
                ask_approval, shell.plan.id, organisation=organisation or "", is_important=is_important,
                by_link=by_link, days=int(days),
            )  # fmt: skip
            if made:
                if made.token:
                    _keep_link(shell, organisation or "", made.token, format_date(local_day(made.expires_at)))
                st.rerun()


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
