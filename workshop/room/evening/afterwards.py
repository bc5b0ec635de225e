"""The closing page: what we heard, what happens with it, when people hear more, and what became of own notes."""

from __future__ import annotations

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.evening.closing import Closing, see_closing
from workshop.actions.evening.notes import own_notes
from workshop.actions.people.gate import participant_by_cookie
from workshop.actions.thread.herkomst import fate_of_own
from workshop.documents.presence import presence_lines
from workshop.domain.roles import Participant
from workshop.domain.words import group_name
from workshop.room.frame.answers import answer
from workshop.room.frame.cookies import PARTICIPANT, TABLET, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw
from workshop.store import Store


async def show_closing(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /zaal/{session_id}/afsluiting``: for everybody with the address; own notes only on the own phone."""
    # On a tablet that goes round the cookie is of whoever sat there last.
    token = None if read_cookie(scope, TABLET) else read_cookie(scope, PARTICIPANT)
    await answer(scope, send, 200, await here().read(_draw, scope["path_params"]["session_id"], token))


def _draw(store: Store, session_id: str, token: str | None) -> str:
    closing: Closing = see_closing(store, session_id)
    is_own = token and isinstance(participant_by_cookie(store, token, session_id), Participant)
    there = closing.presence
    return draw(
        "afsluiting.html",
        closing=closing,
        own=own_notes(store, token, session_id) if token and is_own else [],
        became={fate.item_id: fate.line for fate in fate_of_own(store, token, session_id)} if token and is_own else {},
        groups=[(group_name(label), n) for label, n in there.groups.items()],
        who_was_there=presence_lines(there.total, there.groups, there.area_codes, on_paper=there.on_paper),
    )


ROUTES = [Route("/zaal/{session_id}/afsluiting", Endpoint(show_closing), methods=["GET"])]
