"""Where staff come in and go out: the set-up page, the exchange of a ticket for a session, signing out.

Origin was checked by the facade before any of these is reached. Nothing is known of a visitor here but the cookie.
"""

from __future__ import annotations

import re
from typing import Any

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.people.gate import ABSOLUTE, is_known_device, staff_by_cookie
from workshop.actions.people.passwords import SHORTEST
from workshop.actions.people.setting_up import is_set_up_link, make_first_administrator
from workshop.actions.people.signing_in import redeem_ticket, sign_out
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Staff
from workshop.locale import _
from workshop.room.frame.answers import HTML, answer, go_to, status_of
from workshop.room.frame.cookies import PARTICIPANT, PRE_SIGN_IN, SIGN_IN, cookie_header, is_https, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import Form, one, read_form
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw

#: Where the log-in form is; with ``?opnieuw=1`` it says that the last try took too long.
LOG_IN = "/inloggen"

_LONGEST_TOKEN = 100
_OWN_PAGE = re.compile(r"/[a-z]+(\?[A-Za-z0-9=&_-]*)?")


async def has_signed_in(cookies: Any) -> bool:
    """For the facade: whether this browser's sign-in still holds, so that it needs no cookie of before signing in."""
    token = read_cookie(cookies, SIGN_IN)
    return bool(token) and isinstance(await here().read(staff_by_cookie, token), Staff)


async def may_upload(cookies: Any) -> str | None:
    """For the facade: whose files these are, so that limits count per account; nobody else sends files (T31)."""
    visitor = await here().read(staff_by_cookie, read_cookie(cookies, SIGN_IN))
    return visitor.account_id if isinstance(visitor, Staff) else None


async def is_known(cookies: Any) -> bool:
    """For the facade: whether a socket comes from somebody in a room or signed in (house ruling 7)."""
    staff, room = read_cookie(cookies, SIGN_IN), read_cookie(cookies, PARTICIPANT)
    if not staff and not room:
        return False
    return bool(await here().read(lambda store: is_known_device(store, staff_token=staff, room_token=room)))


async def exchange_ticket(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /aanmelden``: field ``ticket``; sets the sign-in cookie and goes on to ``naar``, or to the start page."""
    form = await read_form(scope, receive)
    secure = is_https(scope)
    try:
        token = await here().read(redeem_ticket, one(form, "ticket")[:_LONGEST_TOKEN], read_cookie(scope, PRE_SIGN_IN))
    except WorkshopError:
        # An old sign-in cookie would keep the page from giving a new cookie of before signing in.
        gone = _cookie(SIGN_IN, "", secure=secure, max_age=0)
        return await go_to(scope, send, f"{LOG_IN}?opnieuw=1", [gone])
    headers = [
        _cookie(SIGN_IN, token, secure=secure, max_age=int(ABSOLUTE.total_seconds())),
        _cookie(PRE_SIGN_IN, "", secure=secure, max_age=0),
    ]
    await go_to(scope, send, _after(one(form, "naar")), headers)


def _after(asked: str) -> str:
    """The own page somebody was on; a page of ours or the start, never another site."""
    if len(asked) > 500 or _OWN_PAGE.fullmatch(asked) is None or asked.startswith(LOG_IN):
        return "/"
    return asked


async def leave(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /afmelden``: ends this sign-in everywhere it is open and forgets the cookie."""
    await read_form(scope, receive)
    await here().read(sign_out, read_cookie(scope, SIGN_IN))
    await go_to(scope, send, LOG_IN, [_cookie(SIGN_IN, "", secure=is_https(scope), max_age=0)])


async def show_set_up(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /begin/{token}``: the form for the first administrator, while the link holds."""
    token = _token(scope)
    if not await here().read(is_set_up_link, token):
        raise NotFound(
            _("Deze link werkt niet meer. Start het programma opnieuw: dan staat er een nieuwe in het venster.")
        )
    await answer(scope, send, 200, _draw(token, {}, None))


async def set_up(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /begin/{token}``: fields ``display_name``, ``username``, ``password``, ``again``."""
    token = _token(scope)
    form = await read_form(scope, receive)
    try:
        if one(form, "password") != one(form, "again"):
            raise WorkshopError(_("De twee wachtwoorden zijn niet hetzelfde. Typ ze opnieuw."), field="again")
        await here().read(
            make_first_administrator, token, one(form, "username"), one(form, "display_name"), one(form, "password")
        )
    except NotFound:
        raise
    except WorkshopError as refused:
        return await answer(scope, send, status_of(refused), _draw(token, form, refused), HTML)
    await go_to(scope, send, f"{LOG_IN}?welkom=1")


def _draw(token: str, form: Form, error: WorkshopError | None) -> str:
    return draw(
        "begin.html",
        token=token,
        display_name=one(form, "display_name"),
        username=one(form, "username"),
        shortest=SHORTEST,
        error=error.message if error else "",
        field=(error.field or "") if error else "",
    )


def _token(scope: Scope) -> str:
    return str(scope["path_params"]["token"])[:_LONGEST_TOKEN]


def _cookie(name: str, value: str, *, secure: bool, max_age: int) -> tuple[bytes, bytes]:
    return b"set-cookie", cookie_header(name, value, secure=secure, max_age=max_age).encode()


STAFF_ROUTES = [
    Route("/aanmelden", Endpoint(exchange_ticket), methods=["POST"]),
    Route("/afmelden", Endpoint(leave), methods=["POST"]),
    Route("/begin/{token}", Endpoint(show_set_up), methods=["GET"]),
    Route("/begin/{token}", Endpoint(set_up), methods=["POST"]),
]
