"""A wijkplan, and a worker whose kinds of jobs are odd."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.evening import Evening, plan_evening
from workshop.domain.jobs import Job
from workshop.jobs.limits import Limits
from workshop.jobs.worker import Worker
from workshop.store import Store
from workshop.store import jobs as rows


@dataclass
class Desk:
    """Somebody who asks, and the worker. ``store`` has a clock of its own, moved by ``later``."""

    store: Store
    limits: Limits = field(default_factory=Limits)
    kinds: str = "tests.jobs.odd_kinds"

    def __post_init__(self) -> None:
        self.evening: Evening = plan_evening(self.store)
        self._moment = self.store.now()
        self.store.clock = lambda: self._moment
        self.worker = Worker(self.store, kinds=self.kinds, limits=self.limits)

    @property
    def now(self) -> datetime:
        return self._moment

    def later(self, **delta: float) -> None:
        self._moment += timedelta(**delta)

    def ask(self, kind: str, language: str = "nl") -> str:
        with self.store.write() as conn:
            return rows.ask(
                conn,
                wijkplan_id=self.evening.wijkplan_id,
                kind=kind,
                language=language,
                asked_by=self.evening.facilitator.account_id,
                now=self.now,
            )

    def job(self, job_id: str) -> Job:
        found = self.see(job_id)
        assert found is not None
        return found

    def see(self, job_id: str) -> Job | None:
        with self.store.read() as conn:
            return rows.job(conn, job_id)

    def result(self, job_id: str) -> bytes | None:
        with self.store.read() as conn:
            made = rows.result(conn, job_id, self.now)
        return None if made is None else made.data

    def take(self) -> tuple[Job, str] | None:
        with self.store.write() as conn:
            return rows.take(conn, self.now, asked_before=self.now)
