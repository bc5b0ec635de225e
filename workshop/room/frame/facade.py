"""The outermost layer: every request and every answer of this process passes here.

``Facade`` is plain ASGI, because the room's own routes answer in tens of
microseconds and Starlette's ``BaseHTTPMiddleware`` alone costs more than that.
It closes doors, checks origins, guards uploads and sockets, puts the security
headers on every answer, and turns Streamlit's page into a Dutch one.

Content-Security-Policy: house ruling 6 and assurance A6. ``Referrer-Policy`` is
``same-origin`` and not ``no-referrer``: under the latter browsers send
``Origin: null`` with a plain form, and then the room without JavaScript could
not be told from a hostile page (Fetch standard, "append a request Origin header").
Nothing is sent to other hosts under either.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import logging
import re
import secrets
from collections.abc import Mapping
from typing import Any

from starlette.middleware import Middleware
from starlette.types import Receive, Scope, Send

from workshop.locale import _, in_language
from workshop.room.frame.cookies import (
    LANGUAGE,
    PARTICIPANT,
    PRE_SIGN_IN,
    PRE_SIGN_IN_SECONDS,
    SIGN_IN,
    cookie_header,
    is_https,
    parse_cookies,
    read_cookie,
)
from workshop.room.frame.guards import (
    Cookies,
    Question,
    SocketCount,
    TrustedProxies,
    UploadGuard,
    ask,
    is_closed,
    origin_fits,
    silence_request_logs,
)
from workshop.room.frame.static_files import StreamlitBundles, asset_url

_log = logging.getLogger("koppelvlak.facade")

LANGUAGES = ("nl", "en")
OURS = "koppelvlak.ours"
"""In the start of an answer: a page of the room itself, so there is nothing of Streamlit's to be looked for in it."""
_COMMON = "object-src 'none'; base-uri 'none'; form-action 'self'"
ROOM_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    f"connect-src 'self'; {_COMMON}; frame-ancestors 'none'"
)
"""For the room's own pages: no inline script and no inline style at all."""
MEDIA_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
"""For files that came from outside: whatever they turn out to be, they run nothing (T32)."""
STREAMLIT_POLICY = (
    "default-src 'self'; script-src 'self' {hashes} blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    + _COMMON
    + "; frame-ancestors {ancestors}"
)

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        b"microphone=(), midi=(), payment=(), usb=()",
    ),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_DENY_FRAMES = (b"x-frame-options", b"DENY")
_OVER_TLS = (
    (b"strict-transport-security", b"max-age=31536000"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_UNSAFE = frozenset(("POST", "PUT", "DELETE", "PATCH"))
_INLINE_SCRIPT = re.compile(rb"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)
_PRE_VALUE = re.compile(r"[A-Za-z0-9_-]{43}")


def _refusal(status: int) -> str:
    sentences = {
        403: _("Dat mag hier niet. Laad de pagina opnieuw en probeer het nog eens."),
        404: _("Deze pagina is er niet."),
        411: _("Het bestand kwam niet goed over. Probeer het nog eens."),
        413: _("Dit bestand is te groot. Kies een bestand tot 10 MB."),
        429: _("Er kwamen te veel bestanden kort na elkaar. Wacht tien minuten en probeer het opnieuw."),
    }
    return sentences[status]


def _has_sign_in_cookie(cookies: Cookies) -> bool:
    return bool(read_cookie(cookies, SIGN_IN))


def _has_house_cookie(cookies: Cookies) -> bool:
    return bool(read_cookie(cookies, SIGN_IN) or read_cookie(cookies, PARTICIPANT))


def script_hashes(page: bytes) -> str:
    """CSP sources for the inline scripts of an HTML page: ``'sha256-…' 'sha256-…'``."""
    digests = (hashlib.sha256(found).digest() for found in _INLINE_SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def is_streamlit_page(body: bytes) -> bool:
    return b'<div id="root"></div>' in body and b"static/js/index." in body


def dutch_page(page: bytes, language: str) -> bytes:
    """Streamlit's page with our language, title, icon, style and word list; nothing else is touched."""
    text = page.decode()
    text = re.sub(r"<html[^>]*>", f'<html lang="{language}">', text, count=1)
    text = re.sub(r"<title>.*?</title>", "<title>Koppelvlak</title>", text, count=1, flags=re.S)
    icon = f'<link rel="icon" href="{asset_url("favicon.svg")}" type="image/svg+xml" />'
    text = re.sub(r'<link rel="shortcut icon"[^>]*>', icon, text)
    # Streamlit's own font is not used, and its agent API is closed.
    text = re.sub(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>', "", text)
    text = re.sub(r'<link rel="service-desc"[^>]*>', "", text)
    with in_language(language):
        sorry = _("Zet JavaScript aan om deze pagina te gebruiken. Meedoen met een code kan ook zonder.")
    text = re.sub(r"<noscript>.*?</noscript>", f"<noscript><p>{sorry}</p></noscript>", text, count=1, flags=re.S)
    # Before Streamlit's own script: deferred scripts run in their order.
    words = f'<script src="{asset_url("nl.js")}" defer></script>'
    style = f'<link rel="stylesheet" href="{asset_url("streamlit.css")}" />'
    return text.replace("<head>", "<head>" + words, 1).replace("</head>", style + "</head>", 1).encode()


class Facade:
    """ASGI middleware around the whole application.

    ``may_upload(cookies)``: falsy, or a stable key of the visitor (see
    ``UploadGuard``); by default nobody may. ``is_known(cookies)``: whether a
    WebSocket belongs to a participant or an account, for the socket limit; by
    default the presence of a house cookie. ``has_signed_in(cookies)``: whether
    the page needs no pre-log-in cookie. All three may be async and get the
    cookies as a mapping. ``proxies`` by default from ``KOPPELVLAK_TRUSTED_PROXY``.
    """

    def __init__(
        self,
        app: Any,
        *,
        may_upload: Question | None = None,
        is_known: Question = _has_house_cookie,
        has_signed_in: Question = _has_sign_in_cookie,
        uploads: UploadGuard | None = None,
        sockets: SocketCount | None = None,
        proxies: TrustedProxies | None = None,
    ) -> None:
        self.app = app
        self.is_known, self.has_signed_in = is_known, has_signed_in
        self.uploads = uploads or UploadGuard(may_upload or (lambda _cookies: None))
        self.sockets = sockets or SocketCount()
        self.proxies = TrustedProxies() if proxies is None else proxies
        self.bundles = StreamlitBundles()
        self._pages: dict[tuple[bytes, str], tuple[bytes, bytes, bytes]] = {}
        room = ((b"content-security-policy", ROOM_POLICY.encode()), _DENY_FRAMES, *_ALWAYS)
        media = ((b"content-security-policy", MEDIA_POLICY.encode()), _DENY_FRAMES, *_ALWAYS)
        self._room_headers = {False: room, True: room + _OVER_TLS}
        self._media_headers = {False: media, True: media + _OVER_TLS}
        silence_request_logs()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        if kind == "http":
            if self.proxies:
                scope = self.proxies.rewrite(scope)
            await self._http(scope, receive, send)
        elif kind == "websocket":
            if self.proxies:
                scope = self.proxies.rewrite(scope)
            await self._websocket(scope, receive, send)
        else:
            # Streamlit hangs its handlers up again while it starts.
            silence_request_logs()
            await self.app(scope, receive, send)

    # -- requests ---------------------------------------------------------

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        method: str = scope["method"]
        https = scope["scheme"] == "https"
        fixed = (self._media_headers if path.startswith("/media/") else self._room_headers)[https]

        if "/_stcore/" in path and is_closed(path):
            await self._refuse(404, scope, send, fixed)
            return
        if method in _UNSAFE:
            asked = dict(scope["headers"])
            origin = asked.get(b"origin", b"").decode("latin-1")
            if not origin_fits(origin, asked.get(b"host", b"").decode("latin-1"), https=https):
                return await self._refuse(403, scope, send, fixed)
            if path.startswith("/_stcore/upload_file"):
                status = await self.uploads.verdict(method, asked, parse_cookies(scope))
                if status != 200:
                    return await self._refuse(status, scope, send, fixed)
                with self.uploads.receiving():
                    await self.app(scope, receive, self._dress(scope, send, fixed))
                return
        elif path.startswith("/static/") and self.bundles.holds(path) and method in ("GET", "HEAD"):
            return await self.bundles.answer(path, scope, self._dress(scope, send, fixed))
        await self.app(scope, receive, self._dress(scope, send, fixed))

    def _dress(self, scope: Scope, send: Send, fixed: tuple[tuple[bytes, bytes], ...]) -> Any:
        """Wrap ``send``: security headers on every answer; Streamlit's own pages are held back and rewritten."""
        held: dict[str, Any] | None = None
        chunks: list[bytes] = []

        async def dressed(message: Any) -> None:
            nonlocal held
            kind = message["type"]
            if kind == "http.response.start":
                headers = list(message.get("headers", ()))
                names = dict(headers)
                page = names.get(b"content-type", b"").startswith(b"text/html")
                is_ours = message.pop(OURS, False)
                if page and message["status"] == 200 and not is_ours and not scope["path"].startswith("/media/"):
                    held = message
                    return
                if page:
                    headers = [pair for pair in headers if pair[0] != b"cache-control"]
                if page or b"cache-control" not in names:
                    headers.append((b"cache-control", b"no-store"))
                message["headers"] = _without_own(headers, names, fixed)
                await send(message)
            elif held is not None and kind == "http.response.body":
                chunks.append(message.get("body", b""))
                if message.get("more_body"):
                    return
                start, held = held, None
                await self._send_page(scope, send, start, b"".join(chunks), fixed)
            else:
                await send(message)

        return dressed

    async def _send_page(
        self, scope: Scope, send: Send, start: Any, body: bytes, fixed: tuple[tuple[bytes, bytes], ...]
    ) -> None:
        headers = [pair for pair in start["headers"] if pair[0] != b"cache-control"]
        headers.append((b"cache-control", b"no-store"))
        framed = scope["path"].startswith("/component/")
        packed = (b"content-encoding", b"gzip") in headers
        # Streamlit packs its page on every address but "/".
        opened = gzip.decompress(body) if packed and body else body
        if framed or is_streamlit_page(opened):
            cookies = parse_cookies(scope)
            chosen = read_cookie(scope, LANGUAGE)
            page, squeezed, policy = self._rewritten(opened, chosen if chosen in LANGUAGES else "nl", framed)
            body = squeezed if packed else page
            headers = [pair for pair in headers if pair[0] not in (b"content-length", b"etag", b"last-modified")]
            headers += [(b"content-security-policy", policy), (b"content-length", str(len(body)).encode())]
            if framed:
                fixed = tuple(pair for pair in fixed if pair is not _DENY_FRAMES)
            elif not await ask(self.has_signed_in, cookies):
                headers.append((b"set-cookie", self._pre_sign_in(scope)))
        start["headers"] = _without_own(headers, dict(headers), fixed)
        await send(start)
        await send({"type": "http.response.body", "body": body})

    def _rewritten(self, body: bytes, language: str, framed: bool) -> tuple[bytes, bytes, bytes]:
        """Page, the same gzipped, and its policy, made once per content and language."""
        key = (hashlib.sha256(body).digest(), language)
        found = self._pages.get(key)
        if found is None:
            page = body if framed else dutch_page(body, language)
            policy = STREAMLIT_POLICY.format(
                hashes=script_hashes(page), ancestors="'self'" if framed else "'none'"
            ).encode()
            found = self._pages[key] = (page, gzip.compress(page, 9, mtime=0), policy)
        return found

    def _pre_sign_in(self, scope: Scope) -> bytes:
        # A second tab keeps the value, or the form in the first would be worthless.
        value = read_cookie(scope, PRE_SIGN_IN) or ""
        if not _PRE_VALUE.fullmatch(value):
            value = secrets.token_urlsafe(32)
        return cookie_header(PRE_SIGN_IN, value, secure=is_https(scope), max_age=PRE_SIGN_IN_SECONDS).encode()

    async def _refuse(self, status: int, scope: Scope, send: Send, fixed: tuple[tuple[bytes, bytes], ...]) -> None:
        with in_language(read_cookie(scope, LANGUAGE) or "nl"):
            body = _refusal(status).encode()
        headers = [
            (b"content-type", b"text/plain; charset=utf-8"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            # What was being sent is not read; the line cannot be used again.
            (b"connection", b"close"),
            *fixed,
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})

    # -- sockets ----------------------------------------------------------

    async def _websocket(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked: Mapping[bytes, bytes] = dict(scope["headers"])
        origin = asked.get(b"origin")
        if origin is None:
            # Not a browser. It may listen, but never with somebody's rights.
            scope = {**scope, "headers": [pair for pair in scope["headers"] if pair[0] != b"cookie"]}
        elif not origin_fits(
            origin.decode("latin-1"), asked.get(b"host", b"").decode("latin-1"), https=is_https(scope)
        ):
            return await _close(receive, send)
        known = bool(await ask(self.is_known, parse_cookies(scope)))
        if not self.sockets.may_enter(known):
            _log.warning("socket limit reached: %d open, %d unknown", self.sockets.total, self.sockets.unknown)
            return await _close(receive, send)
        with self.sockets.inside(known):
            await self.app(scope, receive, send)


def _without_own(
    headers: list[tuple[bytes, bytes]], names: Mapping[bytes, bytes], fixed: tuple[tuple[bytes, bytes], ...]
) -> list[tuple[bytes, bytes]]:
    """The answer's own headers, then ours where it has none: a route may be stricter, never silent."""
    for pair in fixed:
        if pair[0] not in names:
            headers.append(pair)
    return headers


async def _close(receive: Receive, send: Send) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 1008})


def facade(**questions: Any) -> Middleware:
    """The middleware entry for ``st.App(middleware=[facade(may_upload=…, is_known=…)])``; see ``Facade``."""
    return Middleware(Facade, **questions)
