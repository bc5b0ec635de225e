"""The own account: name, language, password, and signing out on every device."""

import streamlit as st

from workshop.actions.people.accounts import change_own_account, change_password, see_own_account, sign_out_everywhere
from workshop.actions.people.passwords import SHORTEST
from workshop.locale import _, languages
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import open_shell

with open_shell(title=_("Mijn account")) as shell:
    own = see_own_account(shell.store, shell.actor)
    st.caption(md(own.username))
    names = languages()
    with st.form("own", border=False):
        name = st.text_input(_("Naam"), own.display_name, max_chars=120)
        language = st.selectbox(
            _("Taal op een nieuw apparaat"),
            list(names),
            index=list(names).index(own.language) if own.language in names else 0,
            format_func=names.__getitem__,
        )
        keep = st.form_submit_button(_("Bewaar"), type="primary")
    if keep and shell.act(change_own_account, display_name=name, language=language):
        shell.say(_("Bewaard."))
        st.rerun()
    with st.expander(_("Verander je wachtwoord")), st.form("password", border=False):
        current = st.text_input(_("Huidig wachtwoord"), type="password", autocomplete="current-password")
        new = st.text_input(
            _("Nieuw wachtwoord"),
            type="password",
            autocomplete="new-password",
            help=_("Minstens {n} tekens. Een zin van een paar woorden werkt goed.").format(n=SHORTEST),
        )
        change = st.form_submit_button(_("Verander het wachtwoord"))
        st.caption(_("Daarna log je overal opnieuw in."))
    if change and shell.act(change_password, shell.actor.account_id, new=new, current=current):
        st.rerun()
    with st.expander(_("Log uit op elk apparaat")):
        st.write(_("Handig als je een laptop kwijt bent of ergens vergat uit te loggen. Ook hier log je dan uit."))
        if st.button(_("Log overal uit")) and shell.act(sign_out_everywhere, shell.actor.account_id) is not None:
            st.rerun()
