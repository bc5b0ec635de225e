"""Getting in: the code, the group, and the cookie that makes somebody the same participant from then on."""

from __future__ import annotations

import re
import time
from typing import Any
from urllib.parse import parse_qs

from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from workshop.actions.evening.joining import Door, Joining, find_room
from workshop.actions.people.gate import new_token, participant_by_cookie
from workshop.domain.errors import WorkshopError
from workshop.domain.roles import Participant
from workshop.locale import _, current_language, languages
from workshop.room.frame.answers import HTML, Headers, Page, answer, go_to, status_of
from workshop.room.frame.cookies import (
    COOKIE_DAYS,
    LANGUAGE,
    PARTICIPANT,
    SIGN_IN,
    cookie_header,
    is_https,
    read_cookie,
)
from workshop.room.frame.forms import Form, one, read_form
from workshop.room.frame.reception import Reception, here
from workshop.room.frame.render import draw

LAST_ROOM = "kv_zaal"
"""The session this phone was last in, so that the door can offer the way back."""

_DAY = 86_400
_PAGE_SECONDS = 1.0
_MOST_PAGES = 64
_SESSION = re.compile(r"[0-9a-f-]{32,36}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class FrontDoor(Route):
    """``/`` is the room's door for everybody but staff, who get Streamlit there."""

    def matches(self, scope: Scope) -> Any:
        if scope["type"] == "http" and read_cookie(scope, SIGN_IN):
            return Match.NONE, {}
        return super().matches(scope)


async def show_door(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /``: the code form; with the way back when this phone is in a room already."""
    room = here()
    back = read_cookie(scope, LAST_ROOM) or ""
    token = read_cookie(scope, PARTICIPANT)
    is_inside = (
        token
        and _SESSION.fullmatch(back)
        and isinstance(await room.read(participant_by_cookie, token, back), Participant)
    )
    if not is_inside:
        back = ""
    await answer(scope, send, 200, _draw_door(scope, None, back))


async def follow_code(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /m/{code}``: what the QR code on the wall leads to."""
    await _open_door(scope, send, scope["path_params"]["code"])


async def give_code(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /mee``: field ``code``; answers with the page on which one chooses a group."""
    form = await read_form(scope, receive)
    await _open_door(scope, send, one(form, "code"))


async def choose_group(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /mee/groep``: fields ``code``, ``group`` and at an open table ``organisation``; sets the cookie."""
    room = here()
    form = await read_form(scope, receive)
    joining = Joining(
        raw_code=one(form, "code"),
        group_id=one(form, "group") or None,
        organisation=one(form, "organisation") or None,
        token=_token(scope),
    )
    try:
        joined = await room.put(joining)
    except WorkshopError as refused:
        if refused.field in ("group", "group_id", "organisation"):
            door = await room.read(find_room, joining.raw_code)
            return await answer(scope, send, status_of(refused), _draw_groups(scope, door, form, refused))
        return await _wrong_code(room, scope, send, refused)
    headers = [_remember(scope, PARTICIPANT, joined.token), _remember(scope, LAST_ROOM, joined.session_id)]
    await go_to(scope, send, f"/zaal/{joined.session_id}", headers)


async def choose_language(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /taal/{code}?terug=/…``: remember the language and go back to where one was."""
    code = scope["path_params"]["code"]
    back = one(parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=5), "terug", "/")
    if not re.fullmatch(r"/[A-Za-z0-9_/.-]*", back) or back.startswith("//"):
        back = "/"
    headers: Headers = []
    if code in languages():
        cookie = cookie_header(LANGUAGE, code, secure=is_https(scope), max_age=365 * _DAY)
        headers.append((b"set-cookie", cookie.encode()))
    await go_to(scope, send, back, headers)


async def say_goodbye(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /tot-ziens``: after *Ik ga weg*."""
    await answer(scope, send, 200, draw("weg.html"))


async def _open_door(scope: Scope, send: Send, raw_code: str) -> None:
    room = here()
    try:
        session_id, body = await _groups_page(room, scope, raw_code)
    except WorkshopError as refused:
        return await _wrong_code(room, scope, send, refused)
    token = read_cookie(scope, PARTICIPANT)
    if token and isinstance(await room.read(participant_by_cookie, token, session_id), Participant):
        return await go_to(scope, send, f"/zaal/{session_id}")
    # The cookie comes with the question, so that pressing the button twice is one person and not two.
    headers = [] if _token(scope) else [_remember(scope, PARTICIPANT, new_token())]
    await answer(scope, send, 200, body, HTML, headers)


async def _groups_page(room: Reception, scope: Scope, raw_code: str) -> tuple[str, Page]:
    """Session and page behind a right code; the same page serves everybody who comes in the same second."""
    key = (raw_code, current_language(), _is_open_line(scope))
    kept = room.group_pages.get(key)
    now = time.monotonic()
    if kept is not None and kept[0] > now:
        return kept[1], kept[2]
    door = await room.read(find_room, raw_code)
    body = Page(_draw_groups(scope, door, {}, None))
    if len(room.group_pages) >= _MOST_PAGES:
        room.group_pages.clear()
    room.group_pages[key] = (now + _PAGE_SECONDS, door.session_id, body)
    return door.session_id, body


async def _wrong_code(room: Reception, scope: Scope, send: Send, refused: WorkshopError) -> None:
    """The door again. What was typed is not shown: on a shared screen it could be anything."""
    if not await room.attempts.wait():
        busy = WorkshopError(_("Er worden nu heel veel verkeerde codes geprobeerd. Probeer het over een minuut weer."))
        return await answer(scope, send, 429, _draw_door(scope, busy, ""), HTML, [(b"retry-after", b"60")])
    # A code that leads nowhere is an answer to a form, so the page is the form with the reason.
    await answer(scope, send, status_of(refused), _draw_door(scope, refused, ""))


def _draw_door(scope: Scope, error: WorkshopError | None, back: str) -> str:
    return draw("door.html", error=_(error.message) if error else "", back=back, is_open_line=_is_open_line(scope))


def _draw_groups(scope: Scope, door: Door, form: Form, error: WorkshopError | None) -> str:
    return draw(
        "groep.html",
        door=door,
        code=one(form, "code"),
        group=one(form, "group"),
        organisation=one(form, "organisation"),
        error=_(error.message) if error else "",
        field=(error.field or "") if error else "",
        is_open_line=_is_open_line(scope),
    )


def _is_open_line(scope: Scope) -> bool:
    """Whether others on the same network could read along: plain http to another machine."""
    if is_https(scope):
        return False
    host = dict(scope["headers"]).get(b"host", b"").decode("latin-1").rsplit(":", 1)[0]
    return host not in ("localhost", "127.0.0.1", "[::1]", "testserver")


def _remember(scope: Scope, name: str, value: str) -> tuple[bytes, bytes]:
    """The header that keeps a cookie as long as raw contributions may be kept."""
    return b"set-cookie", cookie_header(name, value, secure=is_https(scope), max_age=COOKIE_DAYS * _DAY).encode()


def _token(scope: Scope) -> str | None:
    """The cookie this device already has, when it looks like one of ours."""
    token = read_cookie(scope, PARTICIPANT) or ""
    return token if _TOKEN.fullmatch(token) else None
