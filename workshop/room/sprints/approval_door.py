"""Approving the ontwerpbrief by a link, without an account: the text, three answers, and nothing else."""

from __future__ import annotations

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.sprints.approving import LONGEST_NAME, LONGEST_REMARK, Letter, answer_by_link, read_letter
from workshop.domain.errors import WorkshopError
from workshop.domain.sprints.approvals import ANSWERS, approval_words
from workshop.room.frame.answers import HTML, answer, status_of
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.forms import Form, one, read_form
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw

_LONGEST_TOKEN = 100


async def show_letter(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /akkoord/{token}``: the ontwerpbrief with the form, or one sentence why the link does not work."""
    token = _token(scope)
    try:
        letter = await here().read(read_letter, token)
    except WorkshopError as refused:
        return await answer(scope, send, status_of(refused), draw("akkoord_dicht.html", message=refused.message), HTML)
    await answer(scope, send, 200, _draw(token, letter, {}, None))


async def take_answer(scope: Scope, receive: Receive, send: Send) -> None:
    """``POST /akkoord/{token}``: fields ``decision``, ``person``, ``role``, ``remark``; answered once."""
    token = _token(scope)
    form = await read_form(scope, receive)
    fields = {name: one(form, name) for name in ("decision", "person", "role", "remark")}
    try:
        said = await here().read(lambda store: answer_by_link(store, token, **fields))
    except WorkshopError as refused:
        if refused.field is None:
            page = draw("akkoord_dicht.html", message=refused.message)
        else:
            page = _draw(token, await here().read(read_letter, token), form, refused)
        return await answer(scope, send, status_of(refused), page, HTML)
    await answer(scope, send, 200, draw("akkoord_klaar.html", said=approval_words(said), remark=fields["remark"]))


def _draw(token: str, letter: Letter, form: Form, error: WorkshopError | None) -> str:
    return draw(
        "akkoord.html",
        token=token,
        letter=letter,
        answers=[(each.value, approval_words(each)) for each in ANSWERS],
        decision=one(form, "decision"),
        person=one(form, "person"),
        role=one(form, "role"),
        remark=one(form, "remark"),
        longest_name=LONGEST_NAME,
        longest_remark=LONGEST_REMARK,
        error=error.message if error else "",
        field=(error.field or "") if error else "",
    )


def _token(scope: Scope) -> str:
    return str(scope["path_params"]["token"])[:_LONGEST_TOKEN]


ROUTES = [
    Route("/akkoord/{token}", Endpoint(show_letter), methods=["GET"]),
    Route("/akkoord/{token}", Endpoint(take_answer), methods=["POST"]),
]
