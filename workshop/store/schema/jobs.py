"""Jobs and what they made. A row holds ids and numbers, never a text of people; the result goes after an hour."""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from workshop.store.schema.base import Utc, identifier, metadata, reference

job = Table(
    "job",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("kind", String(20), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("asked_by", String(32), ForeignKey("account.id"), nullable=False),
    Column("asked_at", Utc, nullable=False),
    Column("state", String(10), nullable=False),
    Column("progress", String(10), nullable=False),
    # The same work asked twice at once is one job: there while it waits or runs, null afterwards.
    Column("busy_with", String(120), unique=True),
    Column("taken_by", String(32)),  # one attempt; whoever lost the job can no longer finish it
    Column("taken_until", Utc),
    Column("tries", Integer, nullable=False),
    Column("failure", String(20)),
    Column("media_type", String(100)),
    Column("disposition", Text),
    Column("finished_at", Utc),
    Column("expires_at", Utc),
)

#: A result in parts, each stored in a transaction of its own: a vote never waits for a whole file.
job_part = Table(
    "job_part",
    metadata,
    Column("job_id", String(32), ForeignKey("job.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)
