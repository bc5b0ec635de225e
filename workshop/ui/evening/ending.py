"""The end of the evening: who was there, what the wall says, and when people hear more."""

from __future__ import annotations

import html
from datetime import timedelta

import streamlit as st

from workshop.actions.evening.closing import closing_path, see_closing
from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.later import close_later, keep_open
from workshop.actions.evening.running import LONGEST_CLOSING, put_on_wall
from workshop.address import public_origin
from workshop.documents.presence import presence_lines
from workshop.domain.evening.joincode import show_code
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.stage import View
from workshop.domain.evening.stories import Table
from workshop.domain.texts import escape_markdown
from workshop.domain.words import ZONE, group_name
from workshop.locale import _, format_date, n_
from workshop.ui.evening.wall import qr_image
from workshop.ui.frame.doing import button, form_button, refused_at, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.tables import show_table


def _show_later(shell: Shell, view: ConsoleView) -> None:
    """One step for people who were not there, until a day; what they say is counted apart."""
    st.markdown("**" + _("Voor wie er niet bij was") + "**")
    running = next((s for s in view.steps if s.state is StepState.OPEN and s.open_until is not None), None)
    if running is not None:
        day = format_date(running.open_until.astimezone(ZONE).date()) if running.open_until else ""
        st.text(_("“{title}” staat open tot en met {day}.").format(title=running.title, day=day))
        st.text(n_("{n} mens gaf antwoord.", "{n} mensen gaven antwoord.", running.done).format(n=running.done))
        st.text(_("Het adres is hetzelfde als op de avond, met de code {code}.").format(code=show_code(view.wall.code)))
        address = f"{public_origin(st.context.url or '')}{view.wall.join_path}"
        words = html.escape(_("QR-code om mee te doen"))
        st.html(f'<img src="{qr_image(address)}" alt="{words}" width="220" height="220">')
        st.text(_("Voor op een flyer: {address}").format(address=address))
        button(_("Sluit dit nu"), close_later, shell, running.id, key="close_later", at="ending", wide=False)
        return
    titles = {s.id: f"{s.position}. {s.title}" for s in view.steps if s.state is StepState.SHOWN and s.has_ballot}
    if not titles:
        st.text(_("Er is geen onderdeel met een stemming om open te zetten."))
        return
    st.text(
        _(
            "Zet één onderdeel open voor een flyer, een jongerencentrum of een gesprek op straat. "
            "Deze antwoorden tellen we apart."
        )
    )
    with st.form("later", border=False):
        st.selectbox(_("Onderdeel"), list(titles), format_func=titles.__getitem__, key="later_step")
        today = shell.store.now().astimezone(ZONE).date()
        st.date_input(
            _("Open tot en met"), today + timedelta(days=14), min_value=today, format="DD-MM-YYYY", key="later_until"
        )
        form_button(
            _("Zet open"), keep_open, shell, typed("later_step"), typed("later_until"), key="later_open", at="ending"
        )


def show_ending(shell: Shell, view: ConsoleView) -> None:
    """The text for the end, and who was there beside who lives there."""
    refused_at("ending")
    if view.session.state is SessionState.PLANNED:
        st.text(_("De avond is nog niet begonnen. Hier schrijf je straks wanneer mensen meer horen."))
        return
    closing = see_closing(shell.store, view.session.id)
    field = f"ending_text_{hash(closing.more_later)}"
    with st.form("ending", border=False):
        st.text_area(
            _("Wanneer en hoe horen mensen meer?"),
            closing.more_later,
            max_chars=LONGEST_CLOSING,
            key=field,
            placeholder=_(
                "Bijvoorbeeld: Op 12 december staat het verslag op de site van de gemeente. "
                "In januari zien we elkaar weer."
            ),
        )
        form_button(
            _("Zet het slot op het scherm"), put_on_wall, shell, view.session.id, View.CLOSING, text=typed(field),
            key="put_ending", at="ending", look="primary",
        )  # fmt: skip
    if not closing.heard:
        st.text(_("Op het scherm staat nog niet wat doorgaat. Kies dat bij “Afronden”."))
    st.link_button(_("Bekijk de slotpagina voor deelnemers"), closing_path(view.session.id))
    st.markdown("**" + _("Wie er waren") + "**")
    presence = closing.presence
    for line in presence_lines(presence.total, presence.groups, presence.area_codes, on_paper=presence.on_paper):
        st.text(line)
    if presence.groups:
        rows = [(group_name(name), n) for name, n in sorted(presence.groups.items(), key=lambda pair: -pair[1])]
        show_table(
            Table(
                _("Wie er waren"), (_("Groep"), _("Deelnemers")), (*rows, (_("Allen met een telefoon"), presence.total))
            )
        )
    elif presence.total:
        st.caption(escape_markdown(_("De groepen zijn te klein om apart te tonen.")))
    if view.session.state is SessionState.CLOSED:
        _show_later(shell, view)
