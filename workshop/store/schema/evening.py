"""Sessions, steps, rounds, ballots, the stage and who is in the room."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

session = Table(
    "session",
    metadata,
    identifier(),
    reference("wijkplan_id", "wijkplan.id"),
    Column("sprint", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("place", String(200), nullable=False, default=""),
    Column("state", String(10), nullable=False, default="planned"),
    Column("code", String(8), unique=True),  # only while the room is or was open
    Column("is_practice", Boolean, nullable=False, server_default=false()),  # a proefavond: never in results or exports
    Column("revision", Integer, nullable=False, default=0),
    Column("stage_revision", Integer, nullable=False, default=0),
    Column("opened_at", Utc),
    Column("closed_at", Utc),
    Column("created_at", Utc, nullable=False),
    CheckConstraint("sprint BETWEEN 1 AND 7", name="sprint_of_seven"),
)

step = Table(
    "step",
    metadata,
    identifier(),
    reference("session_id", "session.id"),
    Column("position", Integer, nullable=False),
    Column("werkvorm", String(40), nullable=False),
    Column("title", String(200), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("is_secret", Boolean, nullable=False, default=True),
    Column("state", String(10), nullable=False, default="prepared"),
    Column("skip_reason", String(300)),
    Column("started_at", Utc),
    Column("ended_at", Utc),
    Column("settled_at", Utc),  # when its items were ticked or parked
    Column("translations", JSON, nullable=False, server_default="{}"),  # the question in other languages: {"ar": "…"}
    Column("instruction", Text, nullable=False, server_default=""),  # how this group does it; people's text
    Column("open_until", Utc),  # answers of people who were not there are taken until then, and counted apart
    Column("about", JSON(none_as_null=True)),  # ids of the items its notes point back to; null: the one item on it
)

#: Exceptions to the rule which items stand on a step: added by hand or taken off, before it opens.
step_item = Table(
    "step_item",
    metadata,
    Column("step_id", String(32), ForeignKey("step.id"), primary_key=True),
    Column("item_id", String(32), ForeignKey("item.id"), primary_key=True, index=True),
    Column("is_on", Boolean, nullable=False),
)

round = Table(
    "round",
    metadata,
    identifier(),
    reference("step_id", "step.id"),
    Column("number", Integer, nullable=False),
    Column("state", String(10), nullable=False),  # open | stopped | shown
    Column("items", JSON, nullable=False),  # ids in the order of the ballot, frozen at opening
    Column("folding", JSON, nullable=False),  # group id -> label that may stand on a ballot, frozen at opening
    Column("expected", Integer),  # M at stopping: people present and ballots on paper
    Column("outcome", JSON),  # copied at stopping, so that showing and exporting never count again
    Column("tally_hash", String(64)),
    # People who are away and whose ballot is complete: a number, nothing says who.
    Column("left_after_voting", Integer, nullable=False, server_default="0"),
    Column("opened_at", Utc, nullable=False),
    Column("stopped_at", Utc),
    Column("shown_at", Utc),
    Column("is_later", Boolean, nullable=False, server_default=false()),  # asked of people who were not there
    UniqueConstraint("step_id", "number"),
)

#: Ballots of rounds that still run. ``key`` is HMAC(cookie token, round): it leads to nobody without the cookie.
cast_ballot = Table(
    "cast_ballot",
    metadata,
    Column("round_id", String(32), ForeignKey("round.id"), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("group_label", String(80)),
    Column("organisation", String(120)),
    Column("answers", Text, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("source", String(10), nullable=False, default="phone"),  # phone | paper | practice
    Column("entered_by", String(32)),
    Column("ballot_id", String(64)),
    Column("change", Integer, nullable=False, default=1),
    sqlite_with_rowid=False,
)

#: Ballots of rounds that stopped, written once in the order of their new random id: no key, no way back to a person.
ballot = Table(
    "ballot",
    metadata,
    Column("round_id", String(32), ForeignKey("round.id"), primary_key=True),
    Column("id", LargeBinary(16), primary_key=True),
    Column("group_label", String(80)),
    Column("organisation", String(120)),
    Column("answers", Text, nullable=False),
    Column("is_complete", Boolean, nullable=False),
    Column("source", String(10), nullable=False),
    Column("entered_by", String(32)),
    sqlite_with_rowid=False,
)

#: What the projector shows: one row per session, so a laptop that restarts shows the right thing.
stage = Table(
    "stage",
    metadata,
    Column("session_id", String(32), ForeignKey("session.id"), primary_key=True),
    Column("view", String(20), nullable=False),  # see domain/evening/stage.py
    Column("step_id", String(32), ForeignKey("step.id")),
    Column("text", Text),
    Column("is_blank", Boolean, nullable=False, default=False),
    Column("is_large", Boolean, nullable=False, server_default=false()),  # larger letters, for a deep hall
    Column("history", JSON, nullable=False),  # earlier [view, step_id, text], oldest first
)

participant = Table(
    "participant",
    metadata,
    identifier(),
    reference("session_id", "session.id", index=False),
    Column("token_hash", String(64), nullable=False),
    reference("group_id", "stakeholder_group.id", nullable=True, index=False),
    Column("organisation", String(120)),
    Column("joined_at", Utc, nullable=False),
    Column("left_at", Utc),
    Column("removed_at", Utc),
    Column("merges", JSON, nullable=False, server_default="[]"),  # [from, into] of groups merged during the evening
    UniqueConstraint("session_id", "token_hash"),
    Index("ix_participant_token_hash", "token_hash"),
)

#: A link for a tafelbegeleider: a second console with limited rights, in one session, without an account.
table_link = Table(
    "table_link",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    reference("session_id", "session.id"),
    Column("label", String(80), nullable=False),
    Column("made_by", String(32), ForeignKey("account.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)
