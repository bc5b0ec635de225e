"""Who did what, in hash chains."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Integer,
    String,
    Table,
)

from workshop.store.schema.base import Utc, metadata

#: Who did what, append only, one hash chain per wijkplan ("" = the installation). Never holds texts or ballots.
journal = Table(
    "journal",
    metadata,
    Column("chain", String(32), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("at", Utc, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(60), nullable=False),
    Column("object", String(80), nullable=False),
    Column("result", String(40), nullable=False),
    Column("origin", String(40), nullable=False),
    Column("details", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)
