"""Items, their earlier forms, where they came from, and what was decided about them."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

item = Table(
    "item",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("kind", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("environments", JSON, nullable=False),
    Column("tone", String(5)),
    Column("moment", String(8)),
    Column("details", JSON, nullable=False),
    Column("group_label", String(80)),
    Column("source", String(10), nullable=False, default="room"),  # room | paper | desk
    Column("sprint", Integer),
    reference("session_id", "session.id", nullable=True),
    reference("step_id", "step.id", nullable=True),
    reference("round_id", "round.id", nullable=True, index=False),
    Column("owner_key", LargeBinary(16)),  # HMAC(cookie token, session); gone when raw retention ends
    Column("note_id", String(64)),  # chosen by the phone, so that a retry is the same note
    reference("merged_into", "item.id", nullable=True, index=False),
    Column("needs_care", Boolean, nullable=False, default=False),  # flagged for the facilitator (113 / 112 texts)
    Column("version", Integer, nullable=False, default=1),
    Column("created_at", Utc, nullable=False),
    UniqueConstraint("owner_key", "note_id"),
    Index("ix_item_owner_key", "owner_key"),
)

#: Every earlier form of an item, so that blackening, hiding and merging can be undone and nothing is lost silently.
item_version = Table(
    "item_version",
    metadata,
    Column("item_id", String(32), ForeignKey("item.id"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("before", JSON, nullable=False),
    Column("changed_by", String(32)),
    Column("changed_at", Utc, nullable=False),
)

item_origin = Table(
    "item_origin",
    metadata,
    Column("item_id", String(32), ForeignKey("item.id"), primary_key=True),
    Column("origin_id", String(32), ForeignKey("item.id"), primary_key=True, index=True),
)

#: What was decided about an item at the end of a step (or of a sprint, at the desk): it goes on, or it stays with a
#: reason. Latest row counts.
decision = Table(
    "decision",
    metadata,
    identifier(),
    reference("item_id", "item.id"),
    reference("step_id", "step.id", nullable=True),  # null: decided at the desk, about ``sprint``
    Column("sprint", Integer),
    Column("goes_on", Boolean, nullable=False),
    Column("reason", String(500), nullable=False, default=""),
    Column("score", String(200), nullable=False, default=""),
    Column("number", Integer, nullable=False),  # counts up per step: the latest number is what holds
    Column("decided_at", Utc, nullable=False),
    Column("decided_by", String(32), ForeignKey("account.id"), nullable=False),
)

Index("ix_decision_item_step", decision.c.item_id, decision.c.step_id)
