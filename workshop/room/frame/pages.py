"""The plain pages: what is secret, privacy, accessibility. Their numbers come from the code that keeps the promise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from workshop.domain.evening.groups import K
from workshop.room.frame.answers import answer
from workshop.room.frame.cookies import COOKIE_DAYS
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw
from workshop.store import Store

Act = Callable[[Any, Any, Any], Awaitable[None]]


async def tell_health(scope: Any, receive: Any, send: Any) -> None:
    """``GET /gezond``: ``ok``, or ``fout`` (503) when the database does not answer; strangers hear no more (T46)."""
    is_well = await here().read(Store.answers)
    await answer(scope, send, 200 if is_well else 503, "ok" if is_well else "fout", b"text/plain; charset=utf-8")


def page(template: str) -> Act:
    """The act that shows one plain page."""

    async def show(scope: Any, receive: Any, send: Any) -> None:
        await answer(scope, send, 200, draw(template, k=K, cookie_days=COOKIE_DAYS))

    return show
