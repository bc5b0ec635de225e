"""Figures that somebody added from a file."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    ForeignKey,
    String,
    Table,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

#: Figures that somebody added from a file: rows as :func:`workshop.sources.figure.as_row` makes them.
loaded_figures = Table(
    "loaded_figures",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("file_name", String(200), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("figures", JSON, nullable=False),
    Column("loaded_at", Utc, nullable=False),
    Column("loaded_by", String(32), ForeignKey("account.id"), nullable=False),
    Column("removed_at", Utc),
)
