"""Asking for a file that takes longer than a second to make, seeing how far it is, and fetching it.

Whoever may see the results of a wijkplan may do this; anybody else gets what they would get for a wijkplan, a job or a
file that does not exist.
"""

from __future__ import annotations

from workshop.actions.people.gate import require_role
from workshop.domain.errors import NotFound
from workshop.domain.jobs import Job, JobKind
from workshop.domain.roles import Actor
from workshop.locale import current_language
from workshop.store import Conn, Store, jobs
from workshop.store.jobs import Made


def ask_for_file(store: Store, actor: Actor, wijkplan_id: str, kind: JobKind) -> str:
    """Ask for a file in the language of now; returns the id of its job.

    Who asks while somebody else's is waiting or being made gets that one: the file is the same for everybody.
    """
    staff = require_role(actor, wijkplan_id)
    with store.write() as conn:
        return jobs.ask(
            conn,
            wijkplan_id=wijkplan_id,
            kind=kind,
            language=current_language(),
            asked_by=staff.account_id,
            now=store.now(),
        )


def see_job(store: Store, actor: Actor, wijkplan_id: str, job_id: str) -> Job:
    """How far a job of this wijkplan is."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return _job(conn, store, wijkplan_id, job_id)


def see_latest_job(store: Store, actor: Actor, wijkplan_id: str, kind: JobKind) -> Job | None:
    """The last time this file was asked for in the language of now, as long as there is something to wait for or fetch."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return jobs.latest(conn, wijkplan_id, kind, current_language(), store.now())


def fetch_file(store: Store, actor: Actor, wijkplan_id: str, job_id: str) -> Job | Made:
    """The file a job made; the job itself as long as there is none, or when it failed."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        found = _job(conn, store, wijkplan_id, job_id)
        return jobs.result(conn, job_id, store.now()) or found


def _job(conn: Conn, store: Store, wijkplan_id: str, job_id: str) -> Job:
    found = jobs.job(conn, job_id)
    is_over = found is not None and found.expires_at is not None and found.expires_at <= store.now()
    if found is None or found.wijkplan_id != wijkplan_id or is_over:
        raise NotFound()
    return found
