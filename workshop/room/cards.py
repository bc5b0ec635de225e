"""Cards on paper for any step: A6, four on a sheet, as many as there are people without a phone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

from starlette.routing import Route

from workshop.actions.gate import staff_by_cookie
from workshop.actions.paper import Card, see_card
from workshop.actions.sessions import QUESTION_LANGUAGES
from workshop.actions.tables import helper_by_token
from workshop.domain.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale
from workshop.domain.roles import Actor, Staff
from workshop.room.answers import answer
from workshop.room.cookies import SIGN_IN, TABLE, read_cookie
from workshop.room.forms import one, whole
from workshop.room.reception import here
from workshop.room.render import draw
from workshop.room.zaal import Endpoint
from workshop.store import Store

USUAL, MOST = 12, 500
"""Cards when nobody says how many, and the most that are made at once."""

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
"""Languages whose text runs from right to left."""

# Lines of 10.5 pt that fit on a card under its head, measured in Chromium; longer cards get a larger sheet.
_LINES_ON_A6, _LINES_ON_A5 = 22, 44
_CHARACTERS = 42


async def show_cards(scope: Any, receive: Any, send: Any) -> None:
    """``GET /kaarten/{step_id}?aantal=1..500``: for the facilitator, or the helper at a table of that evening."""
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1"), max_num_fields=5)
    number = whole(one(asked, "aantal"), low=1, high=MOST, default=USUAL)
    body = await here().read(
        _draw_cards, read_cookie(scope, SIGN_IN), read_cookie(scope, TABLE), scope["path_params"]["step_id"], number
    )
    await answer(scope, send, 200, body)


def _draw_cards(store: Store, cookie: str | None, secret: str | None, step_id: str, number: int) -> str:
    actor: Actor = staff_by_cookie(store, cookie)
    if not isinstance(actor, Staff):
        actor = helper_by_token(store, secret)
    card = see_card(store, actor, step_id)
    # Every card is the same, so it is drawn once: five hundred cost no more than one.
    drawn = draw("kaart.html", card=card, languages_of_question=question_languages(card))
    return draw("kaarten.html", card=card, cards=drawn * number, number=number, most=MOST, size=paper_size(card))


def question_languages(card: Card) -> list[tuple[str, str, str]]:
    """The question in the other languages that were chosen: (language code, ``ltr`` or ``rtl``, text)."""
    return [
        (code, "rtl" if code in RIGHT_TO_LEFT else "ltr", text)
        for code, text in card.translations.items()
        if code in QUESTION_LANGUAGES
    ]


def paper_size(card: Card) -> str:
    """``a6`` as long as everything fits in big type, else ``a5`` or ``a4``: nothing is ever cut off or made small."""
    lines = sum(_rows(text) for text in (card.title, card.prompt, *card.translations.values())) + 3
    lines += 1 + sum(len(name) + 6 for _id, name in card.groups) // _CHARACTERS
    lines += 2 * bool(card.organisations)
    lines += sum(_question_rows(question) for question in card.questions)
    lines += sum(
        _rows(form.prompt) + 5 + 2 * bool(form.second_prompt) + 5 * form.asks_environments for form in card.note_forms
    )
    return "a6" if lines <= _LINES_ON_A6 else "a5" if lines <= _LINES_ON_A5 else "a4"


def _rows(text: str, width: int = _CHARACTERS) -> int:
    return max(1, -(-len(text) // width))


def _question_rows(question: Question) -> int:
    rows = _rows(question.prompt) + 1
    match question:
        case Scale():
            return rows + sum(_rows(word) for word in question.words)
        case Choice():
            return rows + sum(_rows(option.label) for option in question.options)
        case Dots() | Ranking():
            return rows + 1 + sum(_rows(subject.text, 30) for subject in question.subjects)
        case PerItem():
            return rows + 1 + sum(max(_rows(s.text, 20), len(question.options)) for s in question.subjects)
        case Field():
            return rows + 6 + sum(max(2, _rows(subject.text, 20)) for subject in question.subjects)


ROUTES = [Route("/kaarten/{step_id}", Endpoint(show_cards), methods=["GET"])]
