"""Links for helpers at the tables: made here, shown once with a QR code, taken back when needed."""

from __future__ import annotations

import html

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.tables import make_table_link, revoke_table_link, see_table_links
from workshop.address import public_origin
from workshop.domain.evening.moves import SessionState
from workshop.domain.texts import escape_markdown
from workshop.locale import _, format_time
from workshop.ui.evening.wall import qr_image
from workshop.ui.frame.doing import asking_button, button, fresh, refused_at, renew, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import TableLink, tab, value_of


def show_table_links(shell: Shell, view: ConsoleView) -> None:
    """Make a link, show it once, list what was made."""
    session = view.session
    refused_at("tables")
    st.text(
        _(
            "Een tafelbegeleider krijgt een eigen link. Daarmee kan iemand kaarten op papier invoeren "
            "en kaartjes laten zien. De avond bedienen kan alleen jij."
        )
    )
    if session.state is SessionState.CLOSED:
        st.text(_("De bijeenkomst is afgelopen. Alle links werken niet meer."))
        return
    field = fresh("table_label")
    st.text_input(
        _("Welke tafel of welke persoon?"),
        max_chars=80,
        key=field,
        placeholder=_("Bijvoorbeeld: tafel bij het raam"),
    )
    button(
        _("Maak een link"),
        make_table_link,
        shell,
        session.id,
        typed(field),
        key="table_make",
        at="tables",
        then=lambda secret: _keep(session.id, value_of(field), secret),
        wide=False,
    )
    made = tab().table_link
    if made is not None and made.session_id == session.id:
        _show_once(made)
    for link in see_table_links(shell.store, shell.actor, session.id):
        words, press = st.columns([5, 3], vertical_alignment="center")
        with words:
            state = _("ingetrokken") if link.is_revoked else _("werkt tot het einde van de avond")
            st.markdown(f"**{escape_markdown(link.label)}** · {state}")
            st.caption(_("gemaakt om {time}").format(time=format_time(link.made_at.astimezone())))
        with press:
            if not link.is_revoked:
                asking_button(
                    _("Trek in"),
                    _("Deze link intrekken? Wie hem gebruikt, kan dan niets meer."),
                    _("Ja, trek in"),
                    revoke_table_link,
                    shell,
                    session.id,
                    link.link_id,
                    key=f"table_revoke_{link.link_id}",
                    at="tables",
                    then=_forget,
                )


def _keep(session_id: str, label: str, secret: str) -> None:
    tab().table_link = TableLink(session_id, label, secret)
    renew("table_label")


def _forget(_result: object = None) -> None:
    tab().table_link = None


def _show_once(made: TableLink) -> None:
    address = f"{public_origin(st.context.url or '')}/tafel/{made.secret}"
    with st.container(border=True):
        st.markdown("**" + escape_markdown(_("Link voor {label}").format(label=made.label)) + "**")
        words = html.escape(_("QR-code van de link voor deze tafel"))
        st.html(f'<img src="{qr_image(address)}" alt="{words}" style="width:220px;max-width:100%;height:auto">')
        st.code(address, language=None, wrap_lines=True)
        st.text(_("Laat de QR-code nu scannen. Hierna kun je deze link niet meer zien, alleen intrekken."))
        st.button(_("Klaar, verberg de link"), key="table_hide", on_click=_forget)
