"""The plain pages: what is secret, privacy, accessibility. Their numbers come from the code that keeps the promise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Receive, Scope, Send

from workshop.domain.evening.groups import K
from workshop.room.frame.answers import answer
from workshop.room.frame.cookies import COOKIE_DAYS
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw
from workshop.store import Store
from workshop.version import VERSION

Act = Callable[[Any, Any, Any], Awaitable[None]]


async def tell_health(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /gezond``: what runs here, and whether it is well; of people and meetings strangers hear nothing (T46).

    The first line is ``ok``, or ``fout`` with status 503 when the database does not answer. Then the version of the
    program and, when it answers, the number of the schema in the database.
    """
    schema = await here().read(Store.schema_now)
    lines = ["fout" if schema is None else "ok", f"versie {VERSION}"]
    if schema is not None:
        lines.append(f"schema {schema}")
    await answer(scope, send, 503 if schema is None else 200, "\n".join(lines), b"text/plain; charset=utf-8")


def page(template: str) -> Act:
    """The act that shows one plain page."""

    async def show(scope: Scope, receive: Receive, send: Send) -> None:
        await answer(scope, send, 200, draw(template, k=K, cookie_days=COOKIE_DAYS))

    return show
