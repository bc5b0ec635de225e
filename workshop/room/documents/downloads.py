"""Downloads through our own route: asked with the sign-in cookie, never kept by a browser, never guessed (assurance T32).

Streamlit's own download button hands out an address that needs no cookie and can give one person another's file. What
takes longer than a second is a job (ADR 0016): asking leads to a page that says how far it is, and then to the file.
"""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from workshop.actions.documents.asking import ask_for_file, fetch_file, see_job, see_latest_job
from workshop.actions.people.gate import require_staff, staff_by_cookie
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.jobs import Job, JobKind, JobState, how_far
from workshop.exports.shelf import File, downloads, make_file
from workshop.room.frame.answers import HTML, Page, answer, answer_json, go_to, wants_json
from workshop.room.frame.cookies import SIGN_IN, read_cookie
from workshop.room.frame.endpoint import Endpoint
from workshop.room.frame.reception import here
from workshop.room.frame.render import draw
from workshop.store import Store

# One at a time: a file costs some time, and the room's readers must not wait for it.
_maker = ThreadPoolExecutor(1, thread_name_prefix="download")


async def hand_out(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /download/{wijkplan_id}/{kind}``: the file as of now; anybody else gets the page for what is not there.

    A file that takes long is asked for, and 303 leads to the page of its job.
    """
    wijkplan_id, kind = scope["path_params"]["wijkplan_id"], scope["path_params"]["kind"]
    token = read_cookie(scope, SIGN_IN)
    if kind in set(JobKind):
        return await _ask(scope, send, token, wijkplan_id, JobKind(kind))
    context = contextvars.copy_context()
    file, body = await asyncio.get_running_loop().run_in_executor(
        _maker, lambda: context.run(_make_ready, here().store, token, wijkplan_id, kind)
    )
    await _send_file(scope, send, body, file.media_type, file.disposition)


def _make_ready(store: Store, token: str | None, wijkplan_id: str, kind: str) -> tuple[File, bytes | Page]:
    """The file, and its body: text is packed here and not on the loop, where votes would wait for it."""
    file = _make(store, token, wijkplan_id, kind)
    return file, Page(file.data.decode()) if kind == "json" else file.data


def _make(store: Store, token: str | None, wijkplan_id: str, kind: str) -> File:
    actor = require_staff(staff_by_cookie(store, token))
    return make_file(kind, see_snapshot(store, actor, wijkplan_id))


async def _ask(scope: Scope, send: Send, token: str | None, wijkplan_id: str, kind: JobKind) -> None:
    if scope["method"] == "HEAD":  # looks and asks for nothing
        await here().read(lambda store: see_latest_job(store, staff_by_cookie(store, token), wijkplan_id, kind))
        return await answer(scope, send, 202, b"")
    job_id = await here().read(lambda store: ask_for_file(store, staff_by_cookie(store, token), wijkplan_id, kind))
    here().jobs.call()
    await go_to(scope, send, _address(wijkplan_id, job_id))


async def tell_job(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /download/{wijkplan_id}/taak/{job_id}``: how far it is (202), then the link to the file (200)."""
    wijkplan_id, job_id = scope["path_params"]["wijkplan_id"], scope["path_params"]["job_id"]
    token = read_cookie(scope, SIGN_IN)
    job = await here().read(lambda store: see_job(store, staff_by_cookie(store, token), wijkplan_id, job_id))
    await _tell(scope, send, job)


async def hand_out_result(scope: Scope, receive: Receive, send: Send) -> None:
    """``GET /download/{wijkplan_id}/taak/{job_id}/bestand``: the file; as long as there is none, how far it is."""
    wijkplan_id, job_id = scope["path_params"]["wijkplan_id"], scope["path_params"]["job_id"]
    token = read_cookie(scope, SIGN_IN)
    made = await here().read(lambda store: fetch_file(store, staff_by_cookie(store, token), wijkplan_id, job_id))
    if isinstance(made, Job):
        return await _tell(scope, send, made)
    await _send_file(scope, send, made.data, made.media_type, made.disposition)


async def _tell(scope: Scope, send: Send, job: Job) -> None:
    status = 202 if job.is_busy else 200
    file = f"{_address(job.wijkplan_id, job.id)}/bestand" if job.state is JobState.DONE else None
    if wants_json(scope):
        return await answer_json(
            scope, send, status, {"state": job.state, "progress": job.progress, "told": how_far(job), "file": file}
        )
    title = next((download.title for download in downloads() if download.kind == job.kind), "")
    page = draw("bestand.html", job=job, told=how_far(job), file=file, title=title)
    await answer(scope, send, status, page, HTML)


async def _send_file(scope: Scope, send: Send, body: bytes | Page, media_type: str, disposition: str) -> None:
    headers = [
        (b"content-disposition", disposition.encode("ascii")),
        (b"x-content-type-options", b"nosniff"),
    ]
    await answer(scope, send, 200, body, media_type.encode("ascii"), headers, is_packed=isinstance(body, bytes))


def _address(wijkplan_id: str, job_id: str) -> str:
    return f"/download/{wijkplan_id}/taak/{job_id}"


_READ = ["GET", "HEAD"]
ROUTES = [
    Route("/download/{wijkplan_id}/{kind}", endpoint=Endpoint(hand_out), methods=_READ),
    Route("/download/{wijkplan_id}/taak/{job_id}", endpoint=Endpoint(tell_job), methods=_READ),
    Route("/download/{wijkplan_id}/taak/{job_id}/bestand", endpoint=Endpoint(hand_out_result), methods=_READ),
]
