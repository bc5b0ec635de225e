"""The streams: phones hear when the room moves, wall and console hear every snapshot.

Plain ASGI, because a thousand of them are open at once. Origin and the number of sockets are the facade's work; here is
asked whether this cookie may follow this session at all.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from starlette.types import Receive, Scope, Send

from workshop.actions.evening.tables import helper_by_token
from workshop.actions.evening.wall_view import see_wall
from workshop.actions.people.gate import participant_by_cookie, staff_by_cookie, token_hash
from workshop.domain.errors import WorkshopError
from workshop.domain.roles import Participant, Staff, TableHelper
from workshop.room.frame.cookies import LANGUAGE, PARTICIPANT, SIGN_IN, TABLE, read_cookie
from workshop.room.frame.follower import Follower
from workshop.room.frame.reception import Reception, here
from workshop.room.frame.writer import NotNow

NOT_YOURS = 4404
"""Close code: no such room for this cookie; asking again does not help."""
TOO_MANY = 4429
"""Close code: this device has enough tabs open; ask every few seconds instead."""
COME_BACK = 1012
"""Close code: the server restarts."""

PING_SECONDS = 20.0
BEATS_PER_CHECK = 3
"""Pings after which the right to follow is looked up again: once a minute."""

_PING = '{"is":"puls"}'


class PhoneStream:
    """``WS /zaal/{session_id}/live`` for participants."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session_id = scope["path_params"]["session_id"]
        token = read_cookie(scope, PARTICIPANT)
        try:
            room = here()
            who = await room.read(participant_by_cookie, token, session_id)
        except NotNow:
            return await _refuse(receive, send, COME_BACK)
        if not isinstance(who, Participant) or token is None:
            return await _refuse(receive, send, NOT_YOURS)
        device = token_hash(token)[:16]
        if not room.hub.is_welcome(session_id, device):
            return await _refuse(receive, send, TOO_MANY)
        follower = Follower(_sender(send), language=read_cookie(scope, LANGUAGE) or "nl", device=device)
        await _accept(receive, send)
        room.hub.follow_phone(session_id, follower)

        async def may_stay() -> bool:
            return isinstance(await room.read(participant_by_cookie, token, session_id), Participant)

        await _until_gone(room, session_id, follower, receive, send, may_stay)


class ScreenStream:
    """``WS /live/{session_id}`` for wall and console; the sign-in cookie decides."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        session_id = scope["path_params"]["session_id"]
        cookie = read_cookie(scope, SIGN_IN)

        async def may_stay() -> bool:
            # Asking counts as being there, so a facilitator whose console is open is not signed out.
            staff = await room.read(staff_by_cookie, cookie)
            if not isinstance(staff, Staff):
                return False
            try:
                await room.read(see_wall, staff, session_id)
            except WorkshopError:
                return False
            return True

        try:
            room = here()
        except NotNow:
            return await _refuse(receive, send, COME_BACK)
        if not await may_stay():
            return await _refuse(receive, send, NOT_YOURS)
        follower = Follower(_sender(send))
        await _accept(receive, send)
        room.hub.follow_screen(session_id, follower)
        await _until_gone(room, session_id, follower, receive, send, may_stay)


class TableStream:
    """``WS /tafel/live`` for helpers at the tables: only that something changed, so that the page looks again."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        secret = read_cookie(scope, TABLE)
        try:
            room = here()
            helper = await room.read(helper_by_token, secret)
        except NotNow:
            return await _refuse(receive, send, COME_BACK)
        if not isinstance(helper, TableHelper):
            return await _refuse(receive, send, NOT_YOURS)
        say = _sender(send)

        async def say_that_it_changed(message: str) -> None:
            await say(message if message == _PING else '{"is":"stand"}')

        async def may_stay() -> bool:
            return isinstance(await room.read(helper_by_token, secret), TableHelper)

        follower = Follower(say_that_it_changed)
        await _accept(receive, send)
        room.hub.follow_screen(helper.session_id, follower)
        await _until_gone(room, helper.session_id, follower, receive, send, may_stay)


async def _until_gone(
    room: Reception,
    session_id: str,
    follower: Follower,
    receive: Receive,
    send: Send,
    may_stay: Callable[[], Awaitable[bool]],
) -> None:
    ping = asyncio.get_running_loop().create_task(_ping(follower, send, may_stay))
    try:
        # What a phone says over the stream is not listened to: everything it does is a form.
        while (await receive())["type"] != "websocket.disconnect" and not follower.is_gone:
            pass
    finally:
        ping.cancel()
        room.hub.leave(session_id, follower)


async def _ping(follower: Follower, send: Send, may_stay: Callable[[], Awaitable[bool]]) -> None:
    """A line the page itself sees; protocol pings stay hidden from it, and a dead Wi-Fi gives no other sign.

    Now and then it is asked again whether this cookie may still follow: somebody may have signed out, or been removed.
    """
    beats = 0
    while not follower.is_gone:
        await asyncio.sleep(PING_SECONDS)
        beats += 1
        if beats % BEATS_PER_CHECK == 0 and not await may_stay():
            follower.is_gone = True
            await send({"type": "websocket.close", "code": NOT_YOURS})
            return
        if not follower.is_waiting:
            follower.tell(_PING)


def _sender(send: Send) -> Callable[[str], Awaitable[None]]:
    async def say(message: str) -> None:
        await send({"type": "websocket.send", "text": message})

    return say


async def _accept(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.accept"})


async def _refuse(receive: Receive, send: Send, code: int) -> None:
    """Accept and close with a code: a handshake that is refused tells the page nothing."""
    await _accept(receive, send)
    await send({"type": "websocket.close", "code": code})
