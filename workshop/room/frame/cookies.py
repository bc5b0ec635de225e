"""Cookies of the house: one way to write them, one way to read them.

Over https every cookie carries the ``__Host-`` prefix and ``Secure``. Over
plain http (a laptop in a community centre) browsers refuse that prefix on a
network address, so the plain name is used there (house ruling 1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from workshop import cookies as house
from workshop.cookies import (
    HOST_PREFIX,
    LANGUAGE,
    PARTICIPANT,
    PHONE_TEST,
    PRE_SIGN_IN,
    SIGN_IN,
    TABLE,
    TABLET,
)

__all__ = [
    "COOKIE_DAYS", "LANGUAGE", "PARTICIPANT", "PHONE_TEST", "PRE_SIGN_IN", "PRE_SIGN_IN_SECONDS", "SIGN_IN", "TABLE", "TABLET",
    "cookie_header", "is_https", "parse_cookies", "read_cookie",
]  # fmt: skip

COOKIE_DAYS = 180
"""How long a phone stays the same participant: as long as raw contributions may be kept (house ruling 3)."""

#: A page with the log-in form may stand open for an hour before it has to be loaded again.
PRE_SIGN_IN_SECONDS = 3600

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_VALUE = re.compile(r"[A-Za-z0-9!#$%&'()*+./:<=>?@\[\]^_`{|}~-]*")


def is_https(scope: Mapping[str, Any]) -> bool:
    """Whether the browser came in over TLS. A trusted proxy's word is already in ``scope["scheme"]``."""
    return scope.get("scheme") in ("https", "wss")


def cookie_header(name: str, value: str, *, secure: bool, max_age: int | None) -> str:
    """Value of a ``Set-Cookie`` header: HttpOnly, SameSite=Lax, Path=/.

    ``name`` is the plain name; the prefix is added when ``secure``.
    ``max_age`` in seconds; ``None`` lasts until the browser closes, 0 deletes.
    Raises ``ValueError`` for characters that cannot stand in a cookie.
    """
    if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
        raise ValueError("not a cookie name or value")
    parts = [f"{HOST_PREFIX if secure else ''}{name}={value}", "Path=/", "HttpOnly", "SameSite=Lax"]
    if max_age is not None:
        parts.append(f"Max-Age={int(max_age)}")
    if secure:
        parts.append("Secure")
    return "; ".join(parts)


def parse_cookies(scope: Mapping[str, Any]) -> dict[str, str]:
    """All cookies of an ASGI scope; of two with one name the first, as browsers put the nearest first."""
    found: dict[str, str] = {}
    for key, raw in scope.get("headers", ()):
        if key == b"cookie":
            for part in raw.decode("latin-1").split(";"):
                name, sign, value = part.strip().partition("=")
                if sign and name not in found:
                    found[name] = value.strip('"')
    return found


def read_cookie(source: Any, name: str) -> str | None:
    """The value of a house cookie, or ``None``.

    ``source`` is an ASGI scope, a mapping of cookies (``request.cookies``,
    ``st.context.cookies``) or a list of raw ASGI headers. The prefixed form
    wins; in a scope that came over https the plain form is not believed,
    because a neighbouring subdomain could have planted it.
    """
    secure = False
    if isinstance(source, Mapping) and "type" in source and "headers" in source:
        secure = is_https(source)
        cookies: Any = parse_cookies(source)
    elif hasattr(source, "get"):
        cookies = source
    else:
        headers: Iterable[Any] = source
        cookies = parse_cookies({"headers": headers})
    return house.read_cookie(cookies, name, is_https=secure)
