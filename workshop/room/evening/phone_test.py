"""*Test met je telefoon*: does a phone in this hall get through, and on which lines?

What is known of a phone lives in the memory of this process for a quarter of an hour: a number that counts up, the
family of its browser in a word, and which lines were seen working. No address is kept.
"""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

import segno
from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from workshop.actions.people.gate import staff_by_cookie
from workshop.address import public_origin, without_scheme
from workshop.domain.roles import Staff
from workshop.locale import _
from workshop.room.frame.answers import HTML, Headers, answer, answer_json
from workshop.room.frame.cookies import PHONE_TEST, SIGN_IN, cookie_header, is_https, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import one, read_form
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw

PATH = "/test"
KEPT_SECONDS = 15 * 60
"""How long a phone that tried stays on the list."""
MOST_PHONES = 300
"""Phones on the list at once; the oldest makes place. A flood of made-up cookies costs no more memory than this."""
CLOCK_SECONDS = 5 * 60
"""A clock that is off by less is not mentioned: nothing on the phone depends on it."""

_KEY = re.compile(r"[A-Za-z0-9_-]{22}")
_FAMILIES = (
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("EdgA", "Edge"),
    ("EdgiOS", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)


@dataclass
class Phone:
    """One phone that tried. ``clock_seconds``: how far its clock is ahead of ours, or None when it did not say."""

    number: int
    browser: str
    seen: float
    cookie: bool = False
    stream: bool = False
    clock_seconds: int | None = None

    @property
    def clock_is_off(self) -> bool:
        return self.clock_seconds is not None and abs(self.clock_seconds) > CLOCK_SECONDS


class Phones:
    """The phones of the last quarter of an hour, by their test cookie. Runs on the event loop only."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._phones: dict[str, Phone] = {}
        self._count = 0

    def came(self, key: str, browser: str) -> Phone:
        """A phone loaded the page."""
        self._forget()
        phone = self._phones.pop(key, None)
        if phone is None:
            self._count += 1
            phone = Phone(self._count, browser, 0.0)
        self._phones[key] = phone
        phone.seen = self._clock()
        while len(self._phones) > MOST_PHONES:
            del self._phones[next(iter(self._phones))]
        return phone

    def of(self, key: str) -> Phone | None:
        """The phone with this cookie, when it is still known."""
        self._forget()
        return self._phones.get(key)

    def all(self) -> list[Phone]:
        """Latest first."""
        self._forget()
        return sorted(self._phones.values(), key=lambda phone: -phone.seen)

    def forget_all(self) -> None:
        """Begin a new list."""
        self._phones.clear()
        self._count = 0

    def _forget(self) -> None:
        since = self._clock() - KEPT_SECONDS
        for key in [key for key, phone in self._phones.items() if phone.seen < since]:
            del self._phones[key]


phones = Phones()
wall_clock = time.time
"""Seconds since 1970 by the laptop."""


def browser_family(user_agent: str) -> str:
    """The browser in a word; what we do not know is *another browser*."""
    for mark, name in _FAMILIES:
        if mark in user_agent:
            return name
    return _("andere browser")


async def show(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /test``: for a phone its own lines, for staff the list, with the address as QR for both."""
    origin = public_origin(f"{scope['scheme']}://{_header(scope, b'host')}")
    shown = {
        "address": without_scheme(origin) + PATH,
        "qr": qr_svg(origin + PATH),
        "is_safe": is_https(scope),
        "minutes": KEPT_SECONDS // 60,
    }
    cookie = read_cookie(scope, SIGN_IN)
    if cookie and isinstance(await here().read(staff_by_cookie, cookie), Staff):
        # Whoever prepares the evening is not a phone that was tried.
        return await answer(scope, send, 200, draw("test_begeleider.html", phones=phones.all(), **shown))
    key = _key(scope)
    headers: Headers = []
    if key is None:
        key = secrets.token_urlsafe(16)
        told = cookie_header(PHONE_TEST, key, secure=is_https(scope), max_age=KEPT_SECONDS)
        headers.append((b"set-cookie", told.encode()))
        phone = phones.came(key, browser_family(_header(scope, b"user-agent")))
    else:
        phone = phones.came(key, browser_family(_header(scope, b"user-agent")))
        phone.cookie = True
    await answer(scope, send, 200, draw("test.html", phone=phone, **shown), HTML, headers)


async def tell_clock(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /test/klok``: field ``now``, the phone's clock in milliseconds since 1970; answers what came through."""
    form = await read_form(scope, receive)
    phone = phones.of(_key(scope) or "")
    if phone is None:
        return await answer_json(scope, send, 200, {"cookie": False, "clock": ""})
    phone.cookie = True
    said = one(form, "now")
    if said.isascii() and said.isdigit() and len(said) <= 15:
        phone.clock_seconds = round(int(said) / 1000 - wall_clock())
    await answer_json(scope, send, 200, {"cookie": True, "clock": _clock_words(phone)})


def _clock_words(phone: Phone) -> str:
    if not phone.clock_is_off:
        return ""
    return _("De klok van deze telefoon en die van de laptop lopen niet gelijk. Dat geeft niets: meedoen kan gewoon.")


async def stream(scope: Scope, receive: Receive, send: Send) -> None:
    """``WS /test/live``: says one line, and when the phone says it back, the stream got through both ways."""
    key = _key(scope)
    await receive()
    await send({"type": "websocket.accept"})
    await send({"type": "websocket.send", "text": '{"is":"proef"}'})
    message = await receive()
    phone = phones.of(key or "")
    if message["type"] == "websocket.receive" and message.get("text") == "gezien" and phone is not None:
        phone.stream = phone.cookie = True
    if message["type"] != "websocket.disconnect":
        await send({"type": "websocket.close", "code": 1000})


async def forget(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /test/opnieuw``: staff begin a new list."""
    await read_form(scope, receive)
    if isinstance(await here().read(staff_by_cookie, read_cookie(scope, SIGN_IN)), Staff):
        phones.forget_all()
    await answer(scope, send, 303, b"", HTML, [(b"location", PATH.encode())])


def qr_svg(address: str) -> str:
    """A QR code as inline SVG, dark on white in every theme, as scanners want it. Holds no markup but its own."""
    return str(
        segno.make(address, error="m").svg_inline(
            dark="#000", light="#fff", border=2, scale=6, omitsize=True, svgclass="qr", lineclass=None
        )
    )


def _key(scope: Scope) -> str | None:
    key = read_cookie(scope, PHONE_TEST) or ""
    return key if _KEY.fullmatch(key) else None


def _header(scope: Scope, name: bytes) -> str:
    for key, value in scope["headers"]:
        if key == name:
            return bytes(value).decode("latin-1")
    return ""


class Stream:
    """The socket as a class, because Starlette wraps a plain function into something else."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await stream(scope, receive, send)


ROUTES = [
    Route(PATH, Endpoint(show), methods=["GET"]),
    Route(f"{PATH}/klok", Endpoint(tell_clock), methods=["POST"]),
    Route(f"{PATH}/opnieuw", Endpoint(forget), methods=["POST"]),
    WebSocketRoute(f"{PATH}/live", Stream()),
]
