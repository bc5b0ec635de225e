"""Fixed results, key factors, approvals and written parts."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

sprint_result = Table(
    "sprint_result",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("sprint", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("record", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("is_stale", Boolean, nullable=False, default=False),  # mogelijk verouderd
    Column("fixed_at", Utc, nullable=False),
    Column("fixed_by", String(32), ForeignKey("account.id"), nullable=False),
)

#: The six key factors per sprint: every look is a row, the latest holds, the earlier ones are the history.
key_factor = Table(
    "key_factor",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("sprint", Integer, nullable=False),
    Column("factor", Integer, nullable=False),  # 1-6, in the order of the method
    Column("status", String(20), nullable=False),  # unseen | attention | in_order
    Column("note", Text, nullable=False),
    Column("owner", String(120), nullable=False),
    Column("looked_at", Utc, nullable=False),
    Column("looked_by", String(32), ForeignKey("account.id"), nullable=False),
    CheckConstraint("factor BETWEEN 1 AND 6", name="factor_of_six"),
)

#: Approval of a version of a sprint's result by an organisation; asked of a person in the room or by a link.
approval = Table(
    "approval",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("sprint", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("organisation", String(120), nullable=False),
    Column("is_important", Boolean, nullable=False),
    Column("token_hash", String(64), unique=True),  # the link of an organisation outside the room
    Column("expires_at", Utc),
    Column("decision", String(20)),  # agreed | conditional | refused | passed_over; null while it is asked
    Column("person", String(120)),
    Column("role", String(120)),
    Column("remark", Text),
    Column("asked_at", Utc, nullable=False),
    Column("decided_at", Utc),
    Column("recorded_by", String(32), ForeignKey("account.id")),  # null when given by the link
)

#: What was chosen about the order of the sprints, in versions; an empty reason took the choice back.
sprint_choice = Table(
    "sprint_choice",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("sprint", Integer, primary_key=True),
    Column("what", String(20), primary_key=True),  # skipped | early
    Column("version", Integer, primary_key=True),
    Column("how", String(20)),  # prepare | change_places; null when the sprint was left out
    Column("reason", Text, nullable=False),
    Column("chosen_at", Utc, nullable=False),
    Column("chosen_by", String(32), ForeignKey("account.id"), nullable=False),
    CheckConstraint("(what = 'early') = (how IS NOT NULL)", name="how_of_early"),
)

#: The parts of a sprint's own record that are written at the desk (e.g. the seven parts of the ontwerpbrief), in versions.
sprint_part = Table(
    "sprint_part",
    metadata,
    Column("wijkplan_id", String(32), ForeignKey("wijkplan.id"), primary_key=True),
    Column("sprint", Integer, primary_key=True),
    Column("part", String(40), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("written_at", Utc, nullable=False),
    Column("written_by", String(32), ForeignKey("account.id"), nullable=False),
)
