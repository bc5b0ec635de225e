"""The worker of one process: a thread that takes jobs one by one and lets a child do each.

It reads the material, the child makes the result, it stores the result in small transactions. While a room votes it
leaves what waits alone, for ``LONGEST_WAIT`` at most.
"""

from __future__ import annotations

import logging
from importlib import import_module
from threading import Event, Thread

from workshop.domain.errors import WorkshopError
from workshop.domain.jobs import LONGEST_WAIT, Failure, Job, Progress
from workshop.domain.roles import Actor, Staff, Stranger
from workshop.jobs import making
from workshop.jobs.limits import Limits, where_it_failed
from workshop.locale import in_language
from workshop.store import Store, accounts
from workshop.store import jobs as rows
from workshop.werkvormen import werkvorm

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
"""How often is looked for a job that somebody asked in another process, or on a page."""

PART = 256 << 10
"""Bytes of a result in one transaction: a vote waits for no more."""

STOP_SECONDS = 3.0


class Worker:
    """``kinds`` is the module with the table of kinds; child and parent both import it."""

    def __init__(self, store: Store, *, kinds: str = "workshop.jobs.kinds", limits: Limits | None = None) -> None:
        self._store, self._kinds, self._limits = store, kinds, limits or Limits()
        self._stop, self._called = Event(), Event()
        self._thread = Thread(target=self._go_on, name="jobs", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def call(self) -> None:
        """There is a job now: look at once."""
        self._called.set()

    def stop(self) -> None:
        """End the child and leave its job to whoever starts next."""
        self._stop.set()
        self._called.set()
        if self._thread.ident is not None:
            self._thread.join(STOP_SECONDS)

    def _go_on(self) -> None:
        is_first = True
        while not self._stop.is_set():
            try:
                if is_first:
                    self.take_over()
                    is_first = False
                if self.work_once():
                    continue
            except Exception as error:  # noqa: BLE001 - a database that is away for a moment ends no thread
                log.error("jobs: %s", where_it_failed(error))
            self._called.wait(LOOK_SECONDS)
            self._called.clear()

    def take_over(self) -> None:
        """At the start: what the server before this one was doing waits again. On SQLite nobody works beside us."""
        if self._is_idle():
            return
        with self._store.write() as conn:
            rows.free_hanging(conn, self._store.now(), all_of_them=self._store.is_sqlite)

    def work_once(self) -> bool:
        """Delete what expired, free what hangs, and do the job that is first; returns whether there was one."""
        if self._is_idle():
            return False
        self._clean()
        now = self._store.now()
        asked_before = now - LONGEST_WAIT if self._is_room_voting() else now
        with self._store.write() as conn:
            taken = rows.take(conn, now, asked_before=asked_before)
        if taken is None:
            return False
        self._do(*taken)
        return True

    def _is_idle(self) -> bool:
        with self._store.read() as conn:
            return not rows.is_any(conn)

    def _clean(self) -> None:
        with self._store.read() as conn:
            over, hangs = rows.expired(conn, self._store.now()), rows.is_hanging(conn, self._store.now())
        for job_id in over:
            self._delete(job_id)
        if hangs:
            with self._store.write() as conn:
                rows.free_hanging(conn, self._store.now())

    def _delete(self, job_id: str) -> None:
        """Part by part: what is deleted is overwritten, and votes go in between."""
        has_more = True
        while has_more:
            with self._store.write() as conn:
                has_more = rows.delete_expired_part(conn, job_id, self._store.now())

    def _is_room_voting(self) -> bool:
        with self._store.read() as conn:
            return any(werkvorm(key).asks_ballot for key in rows.open_werkvormen(conn))

    def _do(self, job: Job, attempt: str) -> None:
        try:
            self._make(job, attempt)
        except making.Stopped:
            with self._store.write() as conn:
                rows.give_back(conn, job.id, attempt)
        except making.Failed as failed:
            self._fail(job, attempt, failed.failure)
        except WorkshopError:
            self._fail(job, attempt, Failure.REFUSED)
        except Exception as error:  # noqa: BLE001 - whatever went wrong, nobody waits for ever
            log.error("job %s: %s", job.id, where_it_failed(error))
            self._fail(job, attempt, Failure.CRASHED)

    def _make(self, job: Job, attempt: str) -> None:
        kind = import_module(self._kinds).KINDS[job.kind]
        with in_language(job.language):
            material = kind.read(self._store, self._actor(job), job.wijkplan_id)

        def still_ours(progress: Progress = Progress.MAKING) -> bool:
            with self._store.write() as conn:
                return rows.hold(conn, job.id, attempt, self._store.now(), progress)

        if not still_ours():
            return
        made = making.make(
            self._kinds, job.kind, job.language, material, limits=self._limits, stop=self._stop, still_ours=still_ours
        )
        if still_ours(Progress.STORING):
            self._keep(job, attempt, made)

    def _actor(self, job: Job) -> Actor:
        """Who asked, with the roles of now: what they may no longer see is not made for them."""
        with self._store.read() as conn:
            account = accounts.account(conn, job.asked_by)
            if account is None or not account.is_active:
                return Stranger()
            return Staff(account.id, account.display_name, roles=accounts.roles_of(conn, account.id))

    def _keep(self, job: Job, attempt: str, made: rows.Made) -> None:
        with self._store.write() as conn:
            rows.clear_parts(conn, job.id)
        for number, start in enumerate(range(0, len(made.data), PART)):
            with self._store.write() as conn:
                if not rows.add_part(conn, job.id, attempt, number, made.data[start : start + PART]):
                    return
        with self._store.write() as conn:
            rows.finish(conn, job.id, attempt, self._store.now(), made.media_type, made.disposition)

    def _fail(self, job: Job, attempt: str, failure: Failure) -> None:
        with self._store.write() as conn:
            rows.fail(conn, job.id, attempt, self._store.now(), failure)
