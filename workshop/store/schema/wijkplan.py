"""The wijkplan with its area, members, partners, groups and joint task."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

wijkplan = Table(
    "wijkplan",
    metadata,
    identifier(),
    Column("title", String(200), nullable=False),
    Column("municipality_code", String(10), nullable=False),
    Column("municipality_name", String(120), nullable=False),
    Column("theme", String(200)),
    Column("definition", JSON, nullable=False),  # projectdefinitie: see actions/wijkplan/wijkplannen.py
    Column("retention_months", Integer, nullable=False, default=6),
    Column("is_demo", Boolean, nullable=False, default=False),
    Column("revision", Integer, nullable=False, default=0),
    Column("created_at", Utc, nullable=False),
    Column("archived_at", Utc),
)

wijkplan_area = Table(
    "wijkplan_area",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("code", String(10), primary_key=True),
    Column("name", String(120), nullable=False),
    Column("level", String(10), nullable=False),
)

membership = Table(
    "membership",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("account_id", String(32), ForeignKey("account.id"), primary_key=True, index=True),
    Column("role", String(20), primary_key=True),
)

partner = Table(
    "partner",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("name", String(120), nullable=False),
    Column("is_lead", Boolean, nullable=False, default=False),
    Column("position", Integer, nullable=False),
    Column("archived_at", Utc),
    UniqueConstraint("wijkplan_id", "name"),
)

stakeholder_group = Table(
    "stakeholder_group",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("name", String(80), nullable=False),
    Column("position", Integer, nullable=False),
    Column("archived_at", Utc),
    UniqueConstraint("wijkplan_id", "name"),
)

joint_task = Table(
    "joint_task",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("written_by", String(32), ForeignKey("account.id"), nullable=False),
)
