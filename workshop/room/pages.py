"""The plain pages: what is secret, privacy, accessibility. Their numbers come from the code that keeps the promise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from workshop.domain.groups import K
from workshop.room.answers import answer
from workshop.room.door import COOKIE_DAYS
from workshop.room.render import draw

Act = Callable[[Any, Any, Any], Awaitable[None]]


def page(template: str) -> Act:
    """The act that shows one plain page."""

    async def show(scope: Any, receive: Any, send: Any) -> None:
        await answer(scope, send, 200, draw(template, k=K, cookie_days=COOKIE_DAYS))

    return show
