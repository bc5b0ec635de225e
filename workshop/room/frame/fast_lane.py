"""What a whole hall does at one instant goes straight to the room, past the layers Streamlit needs for its own pages.

Measured: PathSecurity, Session and GZip middleware and the walk over all of Streamlit's routes cost more than reading a
vote does. Our own facade (origin, headers, sockets) stands before this and still sees everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

_PREFIXES = ("/zaal/", "/mee", "/live/")


class FastLane:
    """ASGI middleware: requests that match one of ``routes`` wholly are answered here, all others pass on."""

    def __init__(self, app: Any, *, routes: Sequence[BaseRoute]) -> None:
        self.app, self._routes = app, tuple(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and scope["path"].startswith(_PREFIXES):
            for route in self._routes:
                match, found = route.matches(scope)
                if match is Match.FULL:
                    scope.update(found)
                    return await route.handle(scope, receive, send)
        await self.app(scope, receive, send)
