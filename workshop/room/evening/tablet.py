"""One tablet for people without a phone: each person is a participant of their own; nothing of the last one stays.

A device becomes a tablet at a helper's table. From then on it holds the link in another cookie, which lets people in
one by one and opens no table. Who answered and handed the tablet on is counted among those present until the next
round: nobody is counted twice when the same person comes back for it.
"""

from __future__ import annotations

from collections import OrderedDict
from contextlib import suppress

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.evening.joining import Joining, leave
from workshop.actions.evening.tables import TableView, helper_by_token, see_table
from workshop.actions.people.gate import participant_by_cookie
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Participant, TableHelper
from workshop.locale import _
from workshop.room.evening.door import LAST_ROOM
from workshop.room.evening.hall import draw_room
from workshop.room.evening.table_door import HOURS, at_table
from workshop.room.frame.answers import HTML, Headers, answer, go_to, status_of
from workshop.room.frame.cookies import PARTICIPANT, TABLE, TABLET, cookie_header, is_https, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import one, read_form
from workshop.room.frame.reception import Reception, here
from workshop.room.frame.render import draw
from workshop.store import Store

_MOST_TABLETS = 200


class HandedOn:
    """Who handed a tablet on, by the link: (participant, round that was open then). Memory only, this process."""

    def __init__(self) -> None:
        self._people: OrderedDict[str, list[tuple[Participant, str | None]]] = OrderedDict()

    def add(self, link_id: str, person: Participant, round_id: str | None) -> None:
        self._people.setdefault(link_id, []).append((person, round_id))
        while len(self._people) > _MOST_TABLETS:
            self._people.popitem(last=False)

    def take_of_earlier_rounds(self, link_id: str, round_id: str | None) -> list[Participant]:
        """Everybody of this tablet who answered in another round; they are handed out once."""
        people = self._people.get(link_id, [])
        self._people[link_id] = [(person, at) for person, at in people if at == round_id and round_id is not None]
        return [person for person, at in people if at != round_id or round_id is None]


_handed_on = HandedOn()


async def become_tablet(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /tafel/tablet``: this device stops being a table and becomes a tablet that is handed round."""
    helper = await at_table(scope)
    await read_form(scope, receive)
    secret = read_cookie(scope, TABLE) or ""
    headers = [
        _cookie(scope, TABLET, secret, HOURS * 3600),
        _cookie(scope, TABLE, "", 0),
        _cookie(scope, PARTICIPANT, "", 0),
        _cookie(scope, LAST_ROOM, "", 0),
    ]
    await go_to(scope, send, _home(helper.session_id), headers)


async def show_tablet(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /zaal/{session_id}/tablet``: the question for whoever began, else the page on which the next one begins."""
    room, helper = here(), await _at_tablet(scope)
    token = read_cookie(scope, PARTICIPANT)
    if token and isinstance(await room.read(participant_by_cookie, token, helper.session_id), Participant):
        args = ("tablet.html", token, helper.session_id, False, None, None, "")
        return await answer(scope, send, 200, await room.read(draw_room, *args))
    view = await _let_earlier_people_go(room, helper)
    await answer(scope, send, 200, _draw_begin(view, ""))


async def begin(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/tablet/begin``: field ``group``; a new participant with a cookie of their own."""
    room, helper = here(), await _at_tablet(scope)
    form = await read_form(scope, receive)
    view = await _let_earlier_people_go(room, helper)
    try:
        joined = await room.put(Joining(view.code, one(form, "group") or None))
    except WorkshopError as refused:
        return await answer(scope, send, status_of(refused), _draw_begin(view, refused.message), HTML)
    await go_to(scope, send, _home(helper.session_id), [_cookie(scope, PARTICIPANT, joined.token, None)])


async def next_person(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/tablet/volgende``: forget who was here, and begin again."""
    room, helper = here(), await _at_tablet(scope)
    await read_form(scope, receive)
    token = read_cookie(scope, PARTICIPANT)
    person = await room.read(participant_by_cookie, token, helper.session_id) if token else None
    if isinstance(person, Participant):
        view: TableView = await room.read(see_table, helper, helper.session_id)
        _handed_on.add(helper.link_id, person, view.step.round_id if view.step else None)
    headers: Headers = [_cookie(scope, PARTICIPANT, "", 0)]
    if is_https(scope):
        headers.append((b"clear-site-data", b'"storage"'))
    await go_to(scope, send, _home(helper.session_id), headers)


async def _let_earlier_people_go(room: Reception, helper: TableHelper) -> TableView:
    view: TableView = await room.read(see_table, helper, helper.session_id)
    for person in _handed_on.take_of_earlier_rounds(helper.link_id, view.step.round_id if view.step else None):
        await room.read(_leave, person)
    return view


def _leave(store: Store, person: Participant) -> None:
    with suppress(NotFound):  # taken out of the room meanwhile
        leave(store, person)


async def _at_tablet(scope: Scope) -> TableHelper:
    """The link behind this tablet.

    Raises:
        NotFound: no tablet, a tablet of another evening, a revoked link, or an evening that is over.
    """
    helper = await here().read(helper_by_token, read_cookie(scope, TABLET))
    if not isinstance(helper, TableHelper) or helper.session_id != scope["path_params"]["session_id"]:
        raise NotFound()
    return helper


def _draw_begin(view: TableView, error: str) -> str:
    return draw("tablet_begin.html", view=view, error=_(error) if error else "")


def _home(session_id: str) -> str:
    return f"/zaal/{session_id}/tablet"


def _cookie(scope: Scope, name: str, value: str, max_age: int | None) -> tuple[bytes, bytes]:
    return b"set-cookie", cookie_header(name, value, secure=is_https(scope), max_age=max_age).encode()


_TABLET = "/zaal/{session_id}/tablet"
ROUTES = [
    Route("/tafel/tablet", Endpoint(become_tablet), methods=["POST"]),
    Route(_TABLET, Endpoint(show_tablet), methods=["GET"]),
    Route(f"{_TABLET}/begin", Endpoint(begin), methods=["POST"]),
    Route(f"{_TABLET}/volgende", Endpoint(next_person), methods=["POST"]),
]
