"""Downloads through our own route: asked with the sign-in cookie, never kept, never guessed (assurance T32).

Streamlit's own download button hands out an address that needs no cookie and can give one person another's file.
"""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.people.gate import require_staff, staff_by_cookie
from workshop.actions.sprints.material import see_snapshot
from workshop.exports.shelf import File, make_file
from workshop.room.frame.answers import answer
from workshop.room.frame.cookies import SIGN_IN, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.reception import here
from workshop.store import Store

# One at a time: a report costs a second of work, and the room's readers must not wait for it.
_maker = ThreadPoolExecutor(1, thread_name_prefix="download")


async def hand_out(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /download/{wijkplan_id}/{kind}``: the file as of now; anybody else gets the page for what is not there."""
    asked = scope["path_params"]
    context = contextvars.copy_context()
    file = await asyncio.get_running_loop().run_in_executor(
        _maker,
        lambda: context.run(_make, here().store, read_cookie(scope, SIGN_IN), asked["wijkplan_id"], asked["kind"]),
    )
    headers = [
        (b"content-disposition", file.disposition.encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
    ]
    await answer(scope, send, 200, file.data, file.media_type.encode("ascii"), headers)


def _make(store: Store, token: str | None, wijkplan_id: str, kind: str) -> File:
    actor = require_staff(staff_by_cookie(store, token))
    return make_file(kind, see_snapshot(store, actor, wijkplan_id))


ROUTES = [Route("/download/{wijkplan_id}/{kind}", endpoint=Endpoint(hand_out), methods=["GET", "HEAD"])]
