"""Writing answers, as plain ASGI: one start message, one body; pages are gzipped here once they are worth it."""

from __future__ import annotations

import gzip
from typing import Any

import orjson
from starlette.types import Scope, Send

from workshop.domain.errors import PersonalData, WorkshopError
from workshop.locale import _
from workshop.room.frame.facade import OURS
from workshop.room.frame.forms import BadBody
from workshop.room.frame.writer import NotNow

HTML = b"text/html; charset=utf-8"
JSON = b"application/json"

Headers = list[tuple[bytes, bytes]]

_GZIP_FROM = 1_000
_STATUS = {"refused": 400, "not_found": 404, "closed": 409, "warning": 409}


class Page:
    """A page that several people get: gzipped once."""

    def __init__(self, text: str) -> None:
        self.plain = text.encode()
        self.gzipped = _gzip(self.plain)


def _gzip(raw: bytes) -> bytes:
    return gzip.compress(raw, 5, mtime=0)


async def answer(
    scope: Scope,
    send: Send,
    status: int,
    body: bytes | str | Page,
    kind: bytes = HTML,
    headers: Headers | None = None,
    *,
    is_packed: bool = False,
) -> None:
    """Send one whole answer. ``is_packed``: gzip would not make it smaller, only keep the loop."""
    raw = body.encode() if isinstance(body, str) else body.plain if isinstance(body, Page) else body
    told: Headers = [(b"content-type", kind), (b"cache-control", b"no-store")]
    if not is_packed and len(raw) > _GZIP_FROM and b"gzip" in _header(scope, b"accept-encoding"):
        raw = body.gzipped if isinstance(body, Page) else _gzip(raw)
        told += [(b"content-encoding", b"gzip"), (b"vary", b"accept-encoding")]
    told.append((b"content-length", str(len(raw)).encode()))
    if headers:
        told += headers
    await send({"type": "http.response.start", "status": status, "headers": told, OURS: True})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else raw})


async def answer_json(scope: Scope, send: Send, status: int, content: Any, headers: Headers | None = None) -> None:
    """Send JSON."""
    await answer(scope, send, status, orjson.dumps(content), JSON, headers)


async def go_to(scope: Scope, send: Send, where: str, headers: Headers | None = None) -> None:
    """303: look there now. ``where`` is an address of our own."""
    await answer(scope, send, 303, b"", HTML, [(b"location", where.encode("ascii")), *(headers or [])])


def wants_json(scope: Scope) -> bool:
    """Whether our own script asks, rather than a form without it."""
    return b"application/json" in _header(scope, b"accept")


def status_of(error: WorkshopError) -> int:
    return _STATUS[error.kind]


def error_content(error: WorkshopError) -> dict[str, Any]:
    """An error as our own script reads it: ``{error, field, kind, masked, final}``."""
    # Work in a batch is done in the language of its sender; what was made elsewhere is Dutch and translated here.
    content: dict[str, Any] = {"error": _(error.message), "field": error.field, "kind": error.kind}
    if isinstance(error, PersonalData):
        content |= {"masked": error.masked, "final": error.final}
    return content


def body_error(error: BadBody) -> WorkshopError:
    """A body that was not read, in words."""
    if error.status == 413:
        return WorkshopError(_("Dit is te veel tekst in één keer. Kort het in en verstuur het opnieuw."))
    if error.status == 408:
        return WorkshopError(_("Het versturen duurde te lang. Kijk of je verbinding goed is en probeer het opnieuw."))
    return WorkshopError(_("Dit konden we niet lezen. Ga terug, vernieuw de pagina en probeer het opnieuw."))


def not_now(error: NotNow) -> tuple[int, str, int]:
    """Status, sentence and seconds to wait when nothing was done."""
    if error.reason == "busy":
        return 429, _("Het is even heel druk. Je keuze staat nog op je scherm. Probeer het zo weer."), 3
    if error.reason == "stopping":
        return 503, _("We zijn zo terug. Je keuze staat nog op je scherm. Probeer het over een minuut weer."), 5
    return 503, _("Het lukt nu niet. Je keuze staat nog op je scherm. Probeer het zo weer."), 3


def _header(scope: Scope, name: bytes) -> bytes:
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value)
    return b""
