"""The projector: draws the stage as it is stored. No buttons; a presentation clicker moves the evening."""

from workshop.domain.roles import Role
from workshop.locale import _
from workshop.ui.evening.wall import follow_wall
from workshop.ui.frame.choosing import chosen_session
from workshop.ui.frame.shell import open_shell

with open_shell(title=_("Scherm"), role=Role.FACILITATOR, wijkplan=True, wide=True, heading=False) as shell:
    session_id = chosen_session(shell)
    if session_id is not None:
        follow_wall(shell, session_id)
