"""The door for the room: HTTP routes, live stream and cookies, beside Streamlit in one process."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import Route, WebSocketRoute

from workshop.opening import the_store
from workshop.room.documents import downloads
from workshop.room.evening import afterwards, cards, door, phone_test, table_door, tablet
from workshop.room.evening import hall as zaal
from workshop.room.evening.live import PhoneStream, ScreenStream
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.facade import facade
from workshop.room.frame.fast_lane import FastLane
from workshop.room.frame.pace import clean_when_calm, keep_pace
from workshop.room.frame.pages import page, tell_health
from workshop.room.frame.reception import reception
from workshop.room.frame.render import compile_templates
from workshop.room.frame.static_files import ASSET_ROUTE
from workshop.room.people.staff_door import STAFF_ROUTES, has_signed_in, is_known, may_upload
from workshop.room.sprints import approval_door
from workshop.store import Store

_GET, _POST = ["GET"], ["POST"]
_HALL = "/zaal/{session_id}"

#: What a full hall does at one instant; the fast lane answers these without passing Streamlit's middleware.
HALL_ROUTES = [
    Route(f"{_HALL}/stem", Endpoint(zaal.send_ballot), methods=_POST),
    Route(f"{_HALL}/notitie", Endpoint(zaal.send_note), methods=_POST),
    Route(f"{_HALL}/deel", Endpoint(zaal.show_fragment), methods=_GET),
    Route(f"{_HALL}/stand", Endpoint(zaal.tell_stage), methods=_GET),
    Route(_HALL, Endpoint(zaal.show_room), methods=_GET),
    Route("/mee", Endpoint(door.give_code), methods=_POST),
    Route("/mee/groep", Endpoint(door.choose_group), methods=_POST),
    WebSocketRoute(f"{_HALL}/live", PhoneStream()),
    WebSocketRoute("/live/{session_id}", ScreenStream()),
]

ROUTES: list[Any] = [
    ASSET_ROUTE,
    *HALL_ROUTES,
    Route(f"{_HALL}/notitie/{{item_id}}/intrekken", Endpoint(zaal.take_back_note), methods=_POST),
    Route(f"{_HALL}/weg", Endpoint(zaal.leave_room), methods=_POST),
    Route("/m/{code}", Endpoint(door.follow_code), methods=_GET),
    Route("/taal/{code}", Endpoint(door.choose_language), methods=_GET),
    Route("/tot-ziens", Endpoint(door.say_goodbye), methods=_GET),
    Route("/gezond", Endpoint(tell_health), methods=_GET),
    Route("/geheim", Endpoint(page("geheim.html")), methods=_GET),
    Route("/privacy", Endpoint(page("privacy.html")), methods=_GET),
    Route("/toegankelijkheid", Endpoint(page("toegankelijkheid.html")), methods=_GET),
    *STAFF_ROUTES,
    *downloads.ROUTES,
    *phone_test.ROUTES,
    *tablet.ROUTES,
    *table_door.ROUTES,
    *cards.ROUTES,
    *afterwards.ROUTES,
    *approval_door.ROUTES,
    door.FrontDoor("/", Endpoint(door.show_door), methods=_GET),
]

MIDDLEWARE = [
    facade(may_upload=may_upload, is_known=is_known, has_signed_in=has_signed_in),
    Middleware(FastLane, routes=HALL_ROUTES),
]


def lifespan_over(open_store: Callable[[], Store]) -> Callable[[Any], AbstractAsyncContextManager[dict[str, Any]]]:
    """A lifespan that opens the room over the store ``open_store`` gives."""

    @asynccontextmanager
    async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
        async with reception(await asyncio.to_thread(open_store)) as room:
            yield {"room": room}

    return lifespan


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    """The lifespan of the server itself."""
    await asyncio.to_thread(compile_templates)
    keep_pace()
    async with lifespan_over(the_store)(app) as state:
        await asyncio.to_thread(the_store().make_room_in_log)
        cleaning = asyncio.create_task(clean_when_calm(state["room"].writer.calm_seconds))
        try:
            yield state
        finally:
            cleaning.cancel()
