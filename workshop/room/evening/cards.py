"""Cards on paper for any step: A6, four on a sheet, as many as there are people without a phone."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.evening.paper import Card, see_card
from workshop.actions.evening.sessions import QUESTION_LANGUAGES
from workshop.actions.evening.tables import helper_by_token
from workshop.actions.people.gate import staff_by_cookie
from workshop.domain.roles import Actor, Staff
from workshop.room.evening.card_size import fitting
from workshop.room.frame.answers import answer
from workshop.room.frame.cookies import SIGN_IN, TABLE, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import one, whole
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw
from workshop.store import Store

USUAL, MOST = 12, 500
"""Cards when nobody says how many, and the most that are made at once."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
"""Languages whose text runs from right to left."""


async def show_cards(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /kaarten/{step_id}?aantal=1..500&groot=1``: for the facilitator, or the helper at a table of that evening.

    With ``groot`` a card takes half a sheet and has larger type, for who sees little.
    """
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=5)
    number = whole(one(asked, "aantal"), low=1, high=MOST, default=USUAL)
    cookies = read_cookie(scope, SIGN_IN), read_cookie(scope, TABLE)
    body = await here().read(_draw_cards, *cookies, scope["path_params"]["step_id"], number, one(asked, "groot") == "1")
    await answer(scope, send, 200, body)


def _draw_cards(store: Store, cookie: str | None, secret: str | None, step_id: str, number: int, is_large: bool) -> str:
    actor: Actor = staff_by_cookie(store, cookie)
    if not isinstance(actor, Staff):
        actor = helper_by_token(store, secret)
    card = see_card(store, actor, step_id)
    # Every card is the same, so it is drawn once: five hundred cost no more than one.
    tongues = question_languages(card)
    fit = fitting(replace(card, translations={code: text for code, _way, text in tongues}), is_large=is_large)
    drawn = draw("kaart.html", card=card, languages_of_question=tongues, density=fit.density, lines=fit.lines)
    shown = {"card": card, "number": number, "most": MOST, "size": fit.size, "is_large": is_large}
    return draw("kaarten.html", cards=drawn * number, **shown)


def question_languages(card: Card) -> list[tuple[str, str, str]]:
    """The question in the other languages that were chosen: (language code, ``ltr`` or ``rtl``, text)."""
    return [
        (code, "rtl" if code in RIGHT_TO_LEFT else "ltr", text)
        for code, text in card.translations.items()
        if code in QUESTION_LANGUAGES
    ]


ROUTES = [Route("/kaarten/{step_id}", Endpoint(show_cards), methods=["GET"])]
