"""The own account: name, language, password, and signing out on every device."""

from __future__ import annotations

import streamlit as st

from workshop.actions.people.accounts import change_own_account, change_password, see_own_account, sign_out_everywhere
from workshop.actions.people.passwords import SHORTEST
from workshop.locale import _, languages
from workshop.ui.frame.doing import button, form_button, typed
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell


def show_own_account(shell: Shell) -> None:
    """What somebody changes about themselves."""
    own = see_own_account(shell.store, shell.actor)
    st.caption(md(own.username))
    names = languages()
    with st.form("own", border=False):
        st.text_input(_("Naam"), own.display_name, max_chars=120, key="own-name")
        st.selectbox(
            _("Taal op een nieuw apparaat"),
            list(names),
            index=list(names).index(own.language) if own.language in names else 0,
            format_func=names.__getitem__,
            key="own-language",
        )
        form_button(
            _("Bewaar"), change_own_account, shell, display_name=typed("own-name"), language=typed("own-language"),
            key="keep-own", look="primary", said=_("Bewaard."),
        )  # fmt: skip
    with st.expander(_("Verander je wachtwoord")), st.form("password", border=False):
        st.text_input(_("Huidig wachtwoord"), type="password", autocomplete="current-password", key="own-password-now")
        st.text_input(
            _("Nieuw wachtwoord"),
            type="password",
            autocomplete="new-password",
            help=_("Minstens {n} tekens. Een zin van een paar woorden werkt goed.").format(n=SHORTEST),
            key="own-password-new",
        )
        form_button(
            _("Verander het wachtwoord"), change_password, shell, shell.actor.account_id, new=typed("own-password-new"),
            current=typed("own-password-now"), key="keep-password",
        )  # fmt: skip
        st.caption(_("Daarna log je overal opnieuw in."))
    with st.expander(_("Log uit op elk apparaat")):
        st.write(_("Handig als je een laptop kwijt bent of ergens vergat uit te loggen. Ook hier log je dan uit."))
        button(
            _("Log overal uit"), sign_out_everywhere, shell, shell.actor.account_id, key="out-everywhere", wide=False
        )
