"""One way for every route of the room to answer: its language, its refusals and its faults."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.types import Receive, Scope, Send

from workshop.domain.errors import NotFound, WorkshopError
from workshop.locale import use_language
from workshop.room.frame.answers import (
    HTML,
    answer,
    answer_json,
    body_error,
    error_content,
    not_now,
    status_of,
    wants_json,
)
from workshop.room.frame.cookies import LANGUAGE, read_cookie
from workshop.room.frame.forms import BadBody
from workshop.room.frame.render import draw
from workshop.room.frame.writer import NotNow

log = logging.getLogger(__name__)


def page_error(error: WorkshopError | str, *, status: int = 400) -> str:
    """A page that holds nothing but a sentence and the way back to the door."""
    return draw("fout.html", message=error if isinstance(error, str) else error.message, status=status)


async def _tell(
    scope: Scope, send: Send, status: int, error: WorkshopError, headers: list[tuple[bytes, bytes]] | None = None
) -> None:
    if wants_json(scope):
        await answer_json(scope, send, status, error_content(error), headers)
    else:
        await answer(scope, send, status, page_error(error, status=status), HTML, headers)


class Endpoint:
    """One of the room's routes as plain ASGI: language, refusals and faults in one place.

    ``act(scope, receive, send)`` does the work. Whatever it raises becomes a page or JSON; what is not a
    ``WorkshopError`` is logged and told as one general sentence (503), never as a trace.
    """

    def __init__(self, act: Callable[[Any, Any, Any], Awaitable[None]]) -> None:
        self._act = act

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        use_language(read_cookie(scope, LANGUAGE))
        try:
            # No name of ours holds one, and PostgreSQL cannot even be asked about it.
            if any("\0" in str(value) for value in scope["path_params"].values()):
                raise NotFound()
            await self._act(scope, receive, send)
        except BadBody as bad:
            # What is left of the body is not read, so the line cannot be used again.
            await _tell(scope, send, bad.status, body_error(bad), [(b"connection", b"close")])
        except WorkshopError as refused:
            await _tell(scope, send, status_of(refused), refused)
        except NotNow as later:
            status, sentence, seconds = not_now(later)
            wait = [(b"retry-after", str(seconds).encode())]
            if wants_json(scope):
                await answer_json(scope, send, status, {"error": sentence, "field": None, "kind": "later"}, wait)
            else:
                await answer(scope, send, status, page_error(sentence, status=status), HTML, wait)
        except Exception:
            log.exception("a request to the room failed")
            status, sentence, _seconds = not_now(NotNow("database"))
            if wants_json(scope):
                await answer_json(scope, send, status, {"error": sentence, "field": None, "kind": "later"})
            else:
                await answer(scope, send, status, page_error(sentence, status=status))
