"""Reading what a browser sends: small, in time, and only plain forms.

Streamlit's own routes do not pass here. The limits are those of assurance T12a and F21: a body is refused by its stated
length before it is read, and a slow one is not waited for.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import unquote_plus

from starlette.types import Receive, Scope

from workshop.domain.evening.questions import EXTRA
from workshop.domain.thread.written import Written

LARGEST_BODY = 64 * 1024
"""Bytes; a ballot of forty items with a long text in Arabic script is below 10 kB."""

MOST_FIELDS = 1_000
_LONGEST_NAME = 64
BODY_SECONDS = 10.0

Form = dict[str, list[str]]


class BadBody(Exception):
    """The body was not read: ``status`` is 400, 408, 413 or 415."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


async def read_form(scope: Scope, receive: Receive) -> Form:
    """The fields of an urlencoded form, empty ones too.

    Raises:
        BadBody: too large, too slow, cut off, or not such a form.
    """
    kind = length = b""
    for name, value in scope["headers"]:
        if name == b"content-type":
            kind = value
        elif name == b"content-length":
            length = value
    if length and (not length.isdigit() or int(length[:12]) > LARGEST_BODY):
        raise BadBody(413)
    if kind and not kind.lower().startswith(b"application/x-www-form-urlencoded"):
        raise BadBody(415)
    message = await _within(receive)
    body = message.get("body", b"")
    if message.get("more_body"):
        body = await _rest(receive, body)
    if len(body) > LARGEST_BODY:
        raise BadBody(413)
    return _fields(body.decode("utf-8", "replace"))


def _fields(text: str) -> Form:
    """What ``parse_qs`` gives with blank values kept, at a fifth of its cost: a vote is a few short fields."""
    if text.count("&") >= MOST_FIELDS:
        raise BadBody(400)
    form: Form = {}
    for part in text.split("&"):
        if part:
            name, _sign, value = part.partition("=")
            if "%" in part or "+" in part:
                name, value = unquote_plus(name, errors="replace"), unquote_plus(value, errors="replace")
            form.setdefault(name, []).append(value)
    return form


async def _within(receive: Receive) -> Any:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            message = await receive()
    except TimeoutError:
        raise BadBody(408) from None
    if message["type"] != "http.request":
        raise BadBody(400)
    return message


async def _rest(receive: Receive, body: bytes) -> bytes:
    parts, size = [body], len(body)
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] != "http.request":
                    raise BadBody(400)
                part = message.get("body", b"")
                size += len(part)
                if size > LARGEST_BODY:
                    raise BadBody(413)
                parts.append(part)
                if not message.get("more_body"):
                    return b"".join(parts)
    except TimeoutError:
        raise BadBody(408) from None


def one(form: Form, name: str, default: str = "") -> str:
    """The first value of a field, without the character that PostgreSQL cannot even be asked about."""
    values = form.get(name)
    return values[0].replace("\0", "") if values else default


def written_of(form: Form) -> Written:
    """A note as it came; the text with what is hidden in it when the writer chose that."""
    return Written(
        text=one(form, "masked") if one(form, "use_masked") else one(form, "text"),
        form_key=one(form, "form")[:_LONGEST_NAME],
        second=one(form, "second"),
        environments=tuple(form.get("environments", ())),
        tone=one(form, "tone") or None,
        moment=one(form, "moment") or None,
        extras={
            name: [value.replace("\0", "") for value in values]
            for name, values in form.items()
            if name.startswith(EXTRA)
        },
    )


def whole(text: str, *, low: int = 0, high: int = 1_000_000, default: int = 0) -> int:
    """A whole number from a form or address, or ``default`` when it is none."""
    if text.isascii() and text.isdigit() and len(text) <= 7 and low <= int(text) <= high:
        return int(text)
    return default
