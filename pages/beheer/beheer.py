"""Accounts of the organisation: make them, close them, sign people out, and give the first roles."""

from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.people.accounts import show_accounts

with open_shell(title=_("Beheer"), admin=True) as shell:
    show_accounts(shell)
