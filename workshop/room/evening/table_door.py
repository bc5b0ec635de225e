"""A helper's table: cards on paper, notes that wait, how many are ready. The link is the only key; it can be revoked.

Looking (``/tafel``), entering a card (``/tafel/kaart``) and copying a note (``/tafel/kaartje``) are pages of their own, so
that looking again never wipes what is half filled in.
"""

from __future__ import annotations

import re
import secrets
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from starlette.routing import Route, WebSocketRoute
from starlette.types import Receive, Scope, Send

from workshop.actions.evening.moderation import hide, release
from workshop.actions.evening.notes import write_paper_note
from workshop.actions.evening.on_paper import PaperBallot, enter_paper_ballot, paper_ballots, remove_paper_ballot
from workshop.actions.evening.paper import Card, see_card
from workshop.actions.evening.pulse import Pulse, see_pulse
from workshop.actions.evening.tables import TableView, helper_by_token, see_table
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import TableHelper
from workshop.locale import _
from workshop.room.evening.hall import for_template
from workshop.room.evening.live import TableStream
from workshop.room.frame.answers import HTML, answer, go_to, status_of
from workshop.room.frame.cookies import TABLE, cookie_header, is_https, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import Form, one, read_form, written_of
from workshop.room.frame.reception import here
from workshop.room.frame.render import answer_words, draw
from workshop.store import Store

HOURS = 16
"""How long a device stays at its table without the link: one evening, from setting up to cleaning up."""

MARK = 4
"""Characters of a card's reference that are shown, to be written on the card."""

_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")
_ABOUT_THE_CARD = frozenset({"card", "step", "round", "group", "organisation"})
_MOST_SENT = 2_000


class Sent:
    """Cards and notes sent a moment ago by the number of their form, so that pressing twice is one. Memory only."""

    def __init__(self) -> None:
        self._references: OrderedDict[tuple[str, str], str] = OrderedDict()

    def of(self, link_id: str, card: str) -> str | None:
        return self._references.get((link_id, card))

    def keep(self, link_id: str, card: str, reference: str) -> None:
        self._references[link_id, card] = reference
        while len(self._references) > _MOST_SENT:
            self._references.popitem(last=False)


_sent = Sent()


async def take_place(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /tafel/{secret}``: the link itself; sets the cookie and goes on without the secret in the address."""
    secret = scope["path_params"]["secret"]
    await _helper(secret)
    cookie = cookie_header(TABLE, secret, secure=is_https(scope), max_age=HOURS * 3600)
    await go_to(scope, send, "/tafel", [(b"set-cookie", cookie.encode())])


async def show_table(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /tafel``: what is going on, and the notes that wait."""
    helper = await at_table(scope)
    await answer(scope, send, 200, await here().read(_draw_table, helper, ""))


async def show_card(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /tafel/kaart``: the form for one card and the cards entered so far."""
    helper = await at_table(scope)
    query = scope.get("query_string", b"").decode("latin-1")
    done = query.removeprefix("klaar=") if re.fullmatch(rf"klaar=[0-9a-f]{{{MARK}}}", query) else ""
    await answer(scope, send, 200, await here().read(_draw_card, helper, {}, None, done))


async def enter_card(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /tafel/kaart``: the fields of the questions, ``group``, ``round`` and ``card``, the number of the form."""
    helper = await at_table(scope)
    form = await read_form(scope, receive)
    number = one(form, "card")[:64]
    reference = _sent.of(helper.link_id, number)
    if reference is None:
        try:
            reference = await here().read(_enter, helper, form)
        except NotFound:
            raise
        except WorkshopError as refused:
            return await answer(
                scope, send, status_of(refused), await here().read(_draw_card, helper, form, refused, "")
            )
        if number:
            _sent.keep(helper.link_id, number, reference)
    await go_to(scope, send, f"/tafel/kaart?klaar={reference[:MARK]}")


async def take_out_card(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /tafel/kaart/{reference}/weg``: field ``round``."""
    helper = await at_table(scope)
    form = await read_form(scope, receive)
    try:
        await here().read(remove_paper_ballot, helper, one(form, "round")[:64], scope["path_params"]["reference"])
    except NotFound:
        # Pressed twice, or taken out at another table: it is gone, and that was the wish.
        await at_table(scope)
    except WorkshopError as refused:
        return await answer(scope, send, status_of(refused), await here().read(_draw_card, helper, {}, refused, ""))
    await go_to(scope, send, "/tafel/kaart#kaarten")


async def show_note_form(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /tafel/kaartje``: the form to copy a note on paper."""
    helper = await at_table(scope)
    done = scope.get("query_string", b"") == b"klaar=1"
    await answer(scope, send, 200, await here().read(_draw_note, helper, {}, None, done))


async def copy_note(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /tafel/kaartje``: the fields of a participant's note, ``group``, and ``ballot_id``, the number of the form."""
    helper = await at_table(scope)
    form = await read_form(scope, receive)
    number = one(form, "ballot_id")[:64]
    if _sent.of(helper.link_id, number) is None:
        try:
            item_id = await here().read(_copy, helper, form)
        except NotFound:
            raise
        except WorkshopError as refused:
            status, body = status_of(refused), await here().read(_draw_note, helper, form, refused, False)
            return await answer(scope, send, status, body)
        if number:
            _sent.keep(helper.link_id, number, item_id)
    await go_to(scope, send, "/tafel/kaartje?klaar=1")


def _note(change: Callable[..., Any]) -> Callable[..., Any]:
    async def act(scope: Scope, receive: Receive, send: Send) -> None:
        helper = await at_table(scope)
        await read_form(scope, receive)
        try:
            await here().read(change, helper, [scope["path_params"]["item_id"]])
        except NotFound:
            raise
        except WorkshopError as refused:
            body = await here().read(_draw_table, helper, refused.message)
            return await answer(scope, send, status_of(refused), body, HTML)
        await go_to(scope, send, "/tafel#kaartjes")

    return act


async def at_table(scope: Scope) -> TableHelper:
    """The helper behind this request's cookie.

    Raises:
        NotFound: no link, a link that was revoked, or an evening that is over.
    """
    return await _helper(read_cookie(scope, TABLE))


async def _helper(secret: str | None) -> TableHelper:
    if not secret or not _SECRET.fullmatch(secret):
        raise NotFound()
    helper = await here().read(helper_by_token, secret)
    if not isinstance(helper, TableHelper):
        raise NotFound()
    return helper


def _enter(store: Store, helper: TableHelper, form: Form) -> str:
    return enter_paper_ballot(
        store,
        helper,
        one(form, "round")[:64],
        group_id=one(form, "group") or None,
        organisation=one(form, "organisation") or None,
        form={name: values for name, values in form.items() if name not in _ABOUT_THE_CARD},
    )


def _copy(store: Store, helper: TableHelper, form: Form) -> str:
    return write_paper_note(
        store,
        helper,
        one(form, "step")[:64],
        written_of(form),
        group_id=one(form, "group") or None,
        confirmed=one(form, "confirmed") == "1",
    )


def _draw_table(store: Store, helper: TableHelper, error: str) -> str:
    view: TableView = see_table(store, helper, helper.session_id)
    pulse: Pulse = see_pulse(store, helper.session_id)
    card = see_card(store, helper, view.step.step_id) if view.step else None
    return draw("tafel.html", view=view, pulse=pulse, card=card, error=error)


def _draw_card(store: Store, helper: TableHelper, form: Form, error: WorkshopError | None, done: str) -> str:
    view: TableView = see_table(store, helper, helper.session_id)
    card: Card | None = see_card(store, helper, view.step.step_id) if view.step else None
    entered: list[PaperBallot] = []
    if card is not None and card.round_id is not None and card.questions:
        entered = paper_ballots(store, helper, card.round_id)
    sentence = _(error.message) if error else ""
    if not error and form and card is not None and one(form, "round") != card.round_id:
        sentence = _("De begeleider is verder gegaan. Deze kaart hoorde bij een ander onderdeel.")
    return draw(
        "tafel_kaart.html",
        view=view,
        card=card,
        cards=[(ballot, answer_words(card.questions, ballot.values)) for ballot in entered] if card else [],
        mark=MARK,
        number=one(form, "card") or secrets.token_urlsafe(12),
        typed={name: values[0] for name, values in form.items() if values},
        error={"error": sentence, "field": error.field if error else None} if sentence else None,
        done=done,
    )


def _draw_note(store: Store, helper: TableHelper, form: Form, error: WorkshopError | None, done: bool) -> str:
    view: TableView = see_table(store, helper, helper.session_id)
    card: Card | None = see_card(store, helper, view.step.step_id) if view.step else None
    return draw(
        "tafel_kaartje.html",
        view=view,
        card=card,
        ballot_id=secrets.token_urlsafe(12),
        typed={name: values[0] for name, values in form.items() if values},
        typed_all=form,
        typed_form=one(form, "form"),
        error=for_template(error),
        done=done,
    )


ROUTES = [
    Route("/tafel", Endpoint(show_table), methods=["GET"]),
    Route("/tafel/kaart", Endpoint(show_card), methods=["GET"]),
    Route("/tafel/kaart", Endpoint(enter_card), methods=["POST"]),
    Route("/tafel/kaart/{reference}/weg", Endpoint(take_out_card), methods=["POST"]),
    Route("/tafel/kaartje", Endpoint(show_note_form), methods=["GET"]),
    Route("/tafel/kaartje", Endpoint(copy_note), methods=["POST"]),
    Route("/tafel/kaartje/{item_id}/toon", Endpoint(_note(release)), methods=["POST"]),
    Route("/tafel/kaartje/{item_id}/verberg", Endpoint(_note(hide)), methods=["POST"]),
    WebSocketRoute("/tafel/live", TableStream()),
    Route("/tafel/{secret}", Endpoint(take_place), methods=["GET"]),
]
