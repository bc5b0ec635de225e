"""The tables. Migrations in ``store/migrations`` build exactly these; a test compares the two.

Identifiers are random (``uuid4().hex``): they tell nothing about order and may be shown in addresses. Times are UTC.
What is secret is kept out of the schema instead of hidden by a view (house rulings 2-4): a ballot row has no person,
no time, no address, no sequence.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, naive in the column (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    # SQLAlchemy gives the dialect; a moment is the same in both.
    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


def _id(name: str = "id", **more: Any) -> Column[str]:
    return Column(name, String(32), primary_key=True, **more)


def _ref(name: str, target: str, *, nullable: bool = False, index: bool = True, **more: Any) -> Column[str]:
    return Column(name, String(32), ForeignKey(target), nullable=nullable, index=index, **more)


# -- people of the organisation ------------------------------------------------------------------------------------

account = Table(
    "account",
    metadata,
    _id(),
    Column("username", String(80), nullable=False, unique=True),  # lower case; often an e-mail address
    Column("display_name", String(120), nullable=False),
    Column("password_hash", String(100), nullable=False),
    Column("is_admin", Boolean, nullable=False, default=False),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("language", String(5), nullable=False, default="nl"),
    Column("created_at", Utc, nullable=False),
)

#: Failed tries per name, whether or not the account exists: an unknown name is locked just the same.
login_guard = Table(
    "login_guard",
    metadata,
    Column("name_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
    Column("last_failure_at", Utc, nullable=False),
)

#: One-time tickets: from the log-in form to our route (60 s), and the set-up link of the first administrator.
ticket = Table(
    "ticket",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),  # "sign_in" | "set_up"
    _ref("account_id", "account.id", nullable=True),
    Column("bound_to", String(64)),  # hash of the pre-log-in cookie
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _ref("account_id", "account.id"),
    Column("created_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# -- the wijkplan --------------------------------------------------------------------------------------------------

wijkplan = Table(
    "wijkplan",
    metadata,
    _id(),
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
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
    Column("name", String(120), nullable=False),
    Column("is_lead", Boolean, nullable=False, default=False),
    Column("position", Integer, nullable=False),
    Column("archived_at", Utc),
    UniqueConstraint("wijkplan_id", "name"),
)

stakeholder_group = Table(
    "stakeholder_group",
    metadata,
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
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

#: Figures that somebody added from a file: rows as :func:`workshop.sources.figure.as_row` makes them.
loaded_figures = Table(
    "loaded_figures",
    metadata,
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
    Column("file_name", String(200), nullable=False),
    Column("checksum", String(64), nullable=False),
    Column("figures", JSON, nullable=False),
    Column("loaded_at", Utc, nullable=False),
    Column("loaded_by", String(32), ForeignKey("account.id"), nullable=False),
    Column("removed_at", Utc),
)

# -- an evening ----------------------------------------------------------------------------------------------------

session = Table(
    "session",
    metadata,
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
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
    _id(),
    _ref("session_id", "session.id"),
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
    _id(),
    _ref("step_id", "step.id"),
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
    _id(),
    _ref("session_id", "session.id", index=False),
    Column("token_hash", String(64), nullable=False),
    _ref("group_id", "stakeholder_group.id", nullable=True, index=False),
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
    _ref("session_id", "session.id"),
    Column("label", String(80), nullable=False),
    Column("made_by", String(32), ForeignKey("account.id"), nullable=False),
    Column("made_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)

# -- what lives on -------------------------------------------------------------------------------------------------

item = Table(
    "item",
    metadata,
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
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
    _ref("session_id", "session.id", nullable=True),
    _ref("step_id", "step.id", nullable=True),
    _ref("round_id", "round.id", nullable=True, index=False),
    Column("owner_key", LargeBinary(16)),  # HMAC(cookie token, session); gone when raw retention ends
    Column("note_id", String(64)),  # chosen by the phone, so that a retry is the same note
    _ref("merged_into", "item.id", nullable=True, index=False),
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
    _id(),
    _ref("item_id", "item.id"),
    _ref("step_id", "step.id", nullable=True),  # null: decided at the desk, about ``sprint``
    Column("sprint", Integer),
    Column("goes_on", Boolean, nullable=False),
    Column("reason", String(500), nullable=False, default=""),
    Column("score", String(200), nullable=False, default=""),
    Column("number", Integer, nullable=False),  # counts up per step: the latest number is what holds
    Column("decided_at", Utc, nullable=False),
    Column("decided_by", String(32), ForeignKey("account.id"), nullable=False),
)

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
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
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
    _id(),
    _ref("wijkplan_id", "wijkplan.id"),
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

# -- the journal ---------------------------------------------------------------------------------------------------

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

Index("ix_decision_item_step", decision.c.item_id, decision.c.step_id)
