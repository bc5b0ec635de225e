"""Jobs: work that takes longer than a second is done beside the serving loop, and somebody waits for its result."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workshop.locale import _

KEPT = timedelta(hours=1)
"""How long a result, or the sentence why there is none, can be had. After that it is deleted."""

LONGEST_WAIT = timedelta(minutes=2)
"""A job waits while a room votes, but no longer than this."""

MOST_TRIES = 2
"""So many times a job is begun; one that lost its server as often ends as failed, or it would take every server along."""


class JobKind(StrEnum):
    """What is made as a job: files that took longer than a second for a large wijkplan (docs/performance.md)."""

    REPORT = "docx"
    WORKBOOK = "xlsx"


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Progress(StrEnum):
    """How far a job is: steps that were really taken, no guessed percentages."""

    NOT_BEGUN = "not_begun"
    READING = "reading"
    MAKING = "making"
    STORING = "storing"


class Failure(StrEnum):
    """Why there is no result."""

    CRASHED = "crashed"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    INTERRUPTED = "interrupted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Job:
    """One job. ``kind`` is a :class:`JobKind` or a kind of somebody else's table; ``asked_by`` an account's id.

    ``expires_at`` is there once the job is done or failed. What it makes is never in here.
    """

    id: str
    wijkplan_id: str
    kind: str
    language: str
    asked_by: str
    asked_at: datetime
    state: JobState
    progress: Progress
    failure: Failure | None
    finished_at: datetime | None
    expires_at: datetime | None

    @property
    def is_busy(self) -> bool:
        """Whether there is still something to wait for."""
        return self.state in (JobState.WAITING, JobState.RUNNING)


def how_far(job: Job) -> str:
    """What somebody who waits is told, and after a failure what to do."""
    match job.state:
        case JobState.WAITING:
            return _("Het bestand is aangevraagd. Stemt er een zaal? Dan beginnen we na uiterlijk twee minuten.")
        case JobState.RUNNING if job.progress is Progress.READING:
            return _("Het bestand wordt gemaakt: de gegevens worden opgehaald.")
        case JobState.RUNNING:
            return _("Het bestand wordt gemaakt. Bij een groot wijkplan duurt dat een paar minuten.")
        case JobState.DONE:
            return _("Het bestand is klaar.")
        case JobState.FAILED:
            return why_it_failed(job.failure or Failure.CRASHED)


def why_it_failed(failure: Failure) -> str:
    """What happened and what to do about it."""
    match failure:
        case Failure.CRASHED:
            return _(
                "Het maken van het bestand is mislukt. Vraag het opnieuw. Lukt het weer niet, vraag dan de beheerder "
                "om hulp."
            )
        case Failure.TOO_LARGE:
            return _(
                "Het maken van het bestand is mislukt: het werd te groot. Haal de tabellen op als CSV, of vraag de "
                "beheerder om hulp."
            )
        case Failure.TOO_SLOW:
            return _(
                "Het maken van het bestand is mislukt: het duurde te lang. Vraag het opnieuw op een rustig moment, "
                "bijvoorbeeld na de bijeenkomst."
            )
        case Failure.INTERRUPTED:
            return _("Het maken van het bestand is mislukt: de server stopte. Vraag het opnieuw.")
        case Failure.REFUSED:
            return _(
                "Het maken van het bestand is mislukt: wie het vroeg, mag het wijkplan niet meer zien. Vraag het "
                "opnieuw."
            )
