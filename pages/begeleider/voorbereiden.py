"""Preparing: the sessions of a wijkplan, and the script of one."""

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.evening.preparing import show_plan, show_sessions
from workshop.ui.frame.choosing import session_asked
from workshop.ui.frame.shell import open_shell
from workshop.ui.sprints.agreements import agreed_before

with open_shell(title=_("Bijeenkomsten"), role=Role.FACILITATOR, wijkplan=True) as shell:
    asked = session_asked()
    if asked is None:
        show_sessions(shell)
    else:
        show_plan(shell, asked, agreed_before)
