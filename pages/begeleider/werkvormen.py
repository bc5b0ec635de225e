"""The library of werkvormen: which one fits, how it is done, on the script with it, on paper."""

import streamlit as st

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.evening.cards import WHICH, is_card_asked, show_card
from workshop.ui.evening.method import asked_werkvorm, show_library, show_werkvorm
from workshop.ui.frame.shell import open_shell

asked = asked_werkvorm()
with open_shell(title=_("Werkvormen"), role=Role.FACILITATOR, wijkplan=True, heading=asked is None) as shell:
    if asked is None:
        if WHICH in st.query_params:
            st.error(_("Deze werkvorm is er niet. Kies er een uit de lijst."))
        show_library(shell)
    elif is_card_asked():
        show_card(shell, asked)
    else:
        show_werkvorm(shell, asked)
