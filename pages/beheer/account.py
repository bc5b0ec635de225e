"""The own account: name, language, password, and signing out on every device."""

from workshop.locale import _
from workshop.ui.frame.shell import open_shell
from workshop.ui.people.own_account import show_own_account

with open_shell(title=_("Mijn account")) as shell:
    show_own_account(shell)
