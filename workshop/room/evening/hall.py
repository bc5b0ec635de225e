"""The room itself: the page, the fragment, and everything a participant sends. No rule lives here; actions decide.

Every form works without JavaScript (post, 303, page). Our own script asks for JSON by ``Accept`` and gets the same
answer without a page. An answer leaves only after the commit.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from starlette.types import Receive, Scope, Send

from workshop.actions.evening.joining import leave
from workshop.actions.evening.notes import Note, withdraw_note
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.room_view import RoomView, see_room
from workshop.actions.evening.votes.door import Cast
from workshop.actions.people.gate import participant_by_cookie, token_hash
from workshop.domain.errors import NotFound, PersonalData, WorkshopError
from workshop.domain.roles import Participant
from workshop.locale import current_language
from workshop.room.frame.answers import (
    answer,
    answer_json,
    error_content,
    go_to,
    status_of,
    wants_json,
)
from workshop.room.frame.cookies import PARTICIPANT, TABLET, read_cookie
from workshop.room.frame.forms import Form, one, read_form, whole, written_of
from workshop.room.frame.reception import Reception, here, without_own
from workshop.room.frame.render import answer_words, draw, words_json
from workshop.store import Store

log = logging.getLogger(__name__)

_LONGEST_ID = 64


# -- looking ---------------------------------------------------------------------------------------------------------


async def show_room(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /zaal/{session_id}``; ``?wijzig=1`` shows the ballot again instead of what was sent."""
    room, session_id, token = _place(scope)
    body = await room.read(draw_room, _page(scope), token, session_id, _wants_change(scope), None, None, "")
    await answer(scope, send, 200, body)


async def show_fragment(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /zaal/{session_id}/deel``: the part of the page that changes, with what is one's own."""
    room, session_id, token = _place(scope)
    body = await room.read(draw_room, "deel.html", token, session_id, _wants_change(scope), None, None, "")
    await answer(scope, send, 200, body)


async def tell_stage(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /zaal/{session_id}/stand``: ``{"stage": n}``, for phones whose stream does not get through."""
    room, session_id, token = _place(scope)
    if not isinstance(await room.read(participant_by_cookie, token, session_id), Participant):
        raise NotFound()
    room.hub.asked(session_id, token_hash(token)[:16])
    stage = room.hub.stage_of(session_id)
    if stage is None:
        stage = (await room.read(see_pulse, session_id)).stage_revision
    await answer_json(scope, send, 200, {"is": "stand", "stage": stage})


def draw_room(
    store: Store,
    template: str,
    token: str,
    session_id: str,
    wants_change: bool,
    error: WorkshopError | None,
    typed: Form | None,
    typed_form: str,
) -> str:
    """The room for one participant: a whole page or the fragment, with what was typed when something was refused."""
    view = see_room(store, token, session_id)
    own = view.own
    if own is None and not view.own_notes and typed is None and error is None:
        page = _fresh_page(_Fresh(template, session_id, view.revision, current_language(), view.group, view))
        return page.replace(_BALLOT_ID, secrets.token_urlsafe(12))
    change = (own.change if own else 0) + 1
    shown: Mapping[str, str] = {name: values[0] for name, values in (typed or {}).items() if values}
    if typed is None and own is not None:
        shown = own.values
    return draw(
        template,
        view=view,
        is_shared=False,
        error=for_template(error),
        typed=shown,
        typed_all=typed or {},
        typed_form=typed_form,
        wants_change=wants_change,
        # A retry of the very same page is the very same ballot; a new page is a new one.
        ballot_id=one(typed or {}, "ballot_id") or secrets.token_urlsafe(12),
        change=change,
        sent=answer_words(view.questions, own.values) if own else [],
        words=words_json(),
    )


_BALLOT_ID = "~ballot~"
"""Stands in a drawn page where each reader gets an own ballot id."""


@dataclass(frozen=True)
class _Fresh:
    """What a page depends on for somebody who has sent nothing yet; ``view`` follows from the rest."""

    template: str
    session_id: str
    revision: int
    language: str
    group: str | None
    view: RoomView = field(compare=False)


@lru_cache(maxsize=256)
def _fresh_page(fresh: _Fresh) -> str:
    """A hall that comes in, or goes on, gets one drawing."""
    values = {**without_own(), "is_shared": False, "ballot_id": _BALLOT_ID, "change": 1, "words": words_json()}
    return draw(fresh.template, view=fresh.view, **values)


def for_template(error: WorkshopError | None) -> dict[str, Any] | None:
    """An error as the templates of questions and notes read it."""
    if error is None:
        return None
    return {"masked": None, "final": False, **error_content(error)}


# -- sending ---------------------------------------------------------------------------------------------------------


async def send_ballot(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/stem``: fields of the questions, ``round``, ``ballot_id`` and ``change``."""
    room, session_id, token = _place(scope)
    form = await read_form(scope, receive)
    cast = Cast(
        token=token,
        round_id=one(form, "round")[:_LONGEST_ID],
        form={name: values for name, values in form.items() if name not in _ABOUT_THE_BALLOT},
        ballot_id=one(form, "ballot_id")[:_LONGEST_ID] or secrets.token_urlsafe(12),
        change=whole(one(form, "change"), low=1, high=1_000_000, default=1),
    )
    try:
        receipt = await room.put(cast)
    except WorkshopError as refused:
        if wants_json(scope):
            return await answer_json(scope, send, status_of(refused), error_content(refused))
        return await _again(room, scope, send, session_id, token, refused, form, "ballot")
    if wants_json(scope):
        content = {
            "round": receipt.round_id,
            "values": receipt.values,
            "complete": receipt.is_complete,
            "change": receipt.change,
        }
        await answer_json(scope, send, 200, content)
    else:
        await go_to(scope, send, f"{_home(scope, session_id)}#melding")


_ABOUT_THE_BALLOT = frozenset({"round", "ballot_id", "change"})


async def send_note(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/notitie``: ``step``, ``form``, ``text`` and what the form asks besides."""
    room, session_id, token = _place(scope)
    form = await read_form(scope, receive)
    sent = Note(
        token,
        step_id=one(form, "step")[:_LONGEST_ID],
        note_id=one(form, "ballot_id")[:_LONGEST_ID] or secrets.token_urlsafe(12),
        written=written_of(form),
        confirmed=one(form, "confirmed") == "1",
    )
    try:
        note = await room.put(sent)
    except WorkshopError as refused:
        if wants_json(scope):
            return await answer_json(scope, send, status_of(refused), error_content(refused))
        return await _again(room, scope, send, session_id, token, refused, form, sent.written.form_key)
    if wants_json(scope):
        await answer_json(scope, send, 200, {"id": note.item.id, "help": note.help_text})
    else:
        await go_to(scope, send, f"{_home(scope, session_id)}#eigen")


async def take_back_note(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/notitie/{item_id}/intrekken``."""
    room, session_id, token = _place(scope)
    await read_form(scope, receive)
    await room.read(withdraw_note, token, scope["path_params"]["item_id"])
    if wants_json(scope):
        await answer_json(scope, send, 200, {})
    else:
        await go_to(scope, send, f"{_home(scope, session_id)}#eigen")


async def leave_room(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /zaal/{session_id}/weg``: out of the count; coming back is the code again."""
    room, session_id, token = _place(scope)
    await read_form(scope, receive)
    who = await room.read(participant_by_cookie, token, session_id)
    if isinstance(who, Participant):
        await room.read(leave, who)
    if wants_json(scope):
        await answer_json(scope, send, 200, {})
    else:
        await go_to(scope, send, "/tot-ziens")


async def _again(
    room: Reception,
    scope: Scope,
    send: Send,
    session_id: str,
    token: str,
    refused: WorkshopError,
    form: Form,
    which: str,
) -> None:
    """The page once more, with the sentence above the field and everything that was typed."""
    if isinstance(refused, NotFound):
        raise refused
    is_warning = isinstance(refused, PersonalData) and not refused.final
    body = await room.read(draw_room, _page(scope), token, session_id, True, refused, form, which)
    await answer(scope, send, 409 if is_warning else status_of(refused), body)


def _place(scope: Scope) -> tuple[Reception, str, str]:
    """Reception, session and cookie of a request.

    Raises:
        NotFound: no cookie, so nobody's room.
    """
    room = here()
    token = read_cookie(scope, PARTICIPANT)
    if not token:
        raise NotFound()
    return room, scope["path_params"]["session_id"], token


def _page(scope: Scope) -> str:
    """The template of the whole page; on a tablet that is handed round it holds the way to the next person."""
    return "tablet.html" if read_cookie(scope, TABLET) else "zaal.html"


def _home(scope: Scope, session_id: str) -> str:
    """Where somebody goes on after a form: their room, or the tablet that is handed round."""
    return f"/zaal/{session_id}{'/tablet' if read_cookie(scope, TABLET) else ''}"


def _wants_change(scope: Scope) -> bool:
    return b"wijzig=1" in scope.get("query_string", b"")
