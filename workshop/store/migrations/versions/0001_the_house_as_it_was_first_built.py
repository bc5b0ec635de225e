"""The house as it was first built"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=80), nullable=False),
        sa.Column("display_name", sa.String(length=120), nullable=False),
        sa.Column("password_hash", sa.String(length=100), nullable=False),
        sa.Column("is_admin", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("username", name=op.f("uq_account_username")),
    )
    op.create_table(
        "journal",
        sa.Column("chain", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("actor", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("object", sa.String(length=80), nullable=False),
        sa.Column("result", sa.String(length=40), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("chain", "number", name=op.f("pk_journal")),
    )
    op.create_table(
        "login_guard",
        sa.Column("name_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(), nullable=True),
        sa.Column("last_failure_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name_hash", name=op.f("pk_login_guard")),
    )
    op.create_table(
        "wijkplan",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("municipality_code", sa.String(length=10), nullable=False),
        sa.Column("municipality_name", sa.String(length=120), nullable=False),
        sa.Column("theme", sa.String(length=200), nullable=True),
        sa.Column("definition", sa.JSON(), nullable=False),
        sa.Column("retention_months", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wijkplan")),
    )
    op.create_table(
        "joint_task",
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_joint_task_wijkplan_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_joint_task_written_by")),
        sa.PrimaryKeyConstraint("wijkplan_id", "version", name=op.f("pk_joint_task")),
    )
    op.create_table(
        "membership",
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_membership_account_id")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_membership_wijkplan_id")),
        sa.PrimaryKeyConstraint("wijkplan_id", "account_id", "role", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_account_id"), ["account_id"], unique=False)

    op.create_table(
        "partner",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("is_lead", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_partner_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
        sa.UniqueConstraint("wijkplan_id", "name", name=op.f("uq_partner_wijkplan_id_name")),
    )
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_partner_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "session",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("stage_revision", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.CheckConstraint("sprint BETWEEN 1 AND 7", name=op.f("ck_session_sprint_of_seven")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_session_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("code", name=op.f("uq_session_code")),
    )
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_session_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "sign_in",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(), nullable=False),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sign_in_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_in")),
    )
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_sign_in_account_id"), ["account_id"], unique=False)

    op.create_table(
        "sprint_result",
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("is_stale", sa.Boolean(), nullable=False),
        sa.Column("fixed_at", sa.DateTime(), nullable=False),
        sa.Column("fixed_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["fixed_by"], ["account.id"], name=op.f("fk_sprint_result_fixed_by")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_sprint_result_wijkplan_id")),
        sa.PrimaryKeyConstraint("wijkplan_id", "sprint", "version", name=op.f("pk_sprint_result")),
    )
    op.create_table(
        "stakeholder_group",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_stakeholder_group_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stakeholder_group")),
        sa.UniqueConstraint("wijkplan_id", "name", name=op.f("uq_stakeholder_group_wijkplan_id_name")),
    )
    with op.batch_alter_table("stakeholder_group", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_stakeholder_group_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("bound_to", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_ticket_account_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_account_id"), ["account_id"], unique=False)

    op.create_table(
        "wijkplan_area",
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_wijkplan_area_wijkplan_id")),
        sa.PrimaryKeyConstraint("wijkplan_id", "code", name=op.f("pk_wijkplan_area")),
    )
    op.create_table(
        "participant",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=True),
        sa.Column("organisation", sa.String(length=120), nullable=True),
        sa.Column("joined_at", sa.DateTime(), nullable=False),
        sa.Column("left_at", sa.DateTime(), nullable=True),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["group_id"], ["stakeholder_group.id"], name=op.f("fk_participant_group_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_participant_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_participant")),
        sa.UniqueConstraint("session_id", "token_hash", name=op.f("uq_participant_session_id_token_hash")),
    )
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.create_index("ix_participant_token_hash", ["token_hash"], unique=False)

    op.create_table(
        "step",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("werkvorm", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("is_secret", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("skip_reason", sa.String(length=300), nullable=True),
        sa.Column("started_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("settled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_step_session_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_session_id"), ["session_id"], unique=False)

    op.create_table(
        "round",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.Column("folding", sa.JSON(), nullable=False),
        sa.Column("expected", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.JSON(), nullable=True),
        sa.Column("tally_hash", sa.String(length=64), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("stopped_at", sa.DateTime(), nullable=True),
        sa.Column("shown_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_round_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round")),
        sa.UniqueConstraint("step_id", "number", name=op.f("uq_round_step_id_number")),
    )
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_round_step_id"), ["step_id"], unique=False)

    op.create_table(
        "stage",
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("view", sa.String(length=20), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("is_blank", sa.Boolean(), nullable=False),
        sa.Column("history", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_stage_session_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_stage_step_id")),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_stage")),
    )
    op.create_table(
        "ballot",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("id", sa.LargeBinary(length=16), nullable=False),
        sa.Column("group_label", sa.String(length=80), nullable=True),
        sa.Column("organisation", sa.String(length=120), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_ballot_round_id")),
        sa.PrimaryKeyConstraint("round_id", "id", name=op.f("pk_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cast_ballot",
        sa.Column("round_id", sa.String(length=32), nullable=False),
        sa.Column("key", sa.LargeBinary(length=16), nullable=False),
        sa.Column("group_label", sa.String(length=80), nullable=True),
        sa.Column("organisation", sa.String(length=120), nullable=True),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("is_complete", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("entered_by", sa.String(length=32), nullable=True),
        sa.Column("ballot_id", sa.String(length=64), nullable=True),
        sa.Column("change", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_cast_ballot_round_id")),
        sa.PrimaryKeyConstraint("round_id", "key", name=op.f("pk_cast_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "item",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("environments", sa.JSON(), nullable=False),
        sa.Column("tone", sa.String(length=5), nullable=True),
        sa.Column("moment", sa.String(length=8), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("group_label", sa.String(length=80), nullable=True),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=True),
        sa.Column("session_id", sa.String(length=32), nullable=True),
        sa.Column("step_id", sa.String(length=32), nullable=True),
        sa.Column("round_id", sa.String(length=32), nullable=True),
        sa.Column("owner_key", sa.LargeBinary(length=16), nullable=True),
        sa.Column("note_id", sa.String(length=64), nullable=True),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.Column("needs_care", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["item.id"], name=op.f("fk_item_merged_into")),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name=op.f("fk_item_round_id")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_item_session_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_item_step_id")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_item_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_item")),
        sa.UniqueConstraint("owner_key", "note_id", name=op.f("uq_item_owner_key_note_id")),
    )
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.create_index("ix_item_owner_key", ["owner_key"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_session_id"), ["session_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_step_id"), ["step_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_item_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("goes_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("score", sa.String(length=200), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_decision_decided_by")),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_decision_item_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_decision_step_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_decision_item_id"), ["item_id"], unique=False)
        batch_op.create_index("ix_decision_item_step", ["item_id", "step_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_decision_step_id"), ["step_id"], unique=False)

    op.create_table(
        "item_origin",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("origin_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_origin_item_id")),
        sa.ForeignKeyConstraint(["origin_id"], ["item.id"], name=op.f("fk_item_origin_origin_id")),
        sa.PrimaryKeyConstraint("item_id", "origin_id", name=op.f("pk_item_origin")),
    )
    with op.batch_alter_table("item_origin", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_item_origin_origin_id"), ["origin_id"], unique=False)

    op.create_table(
        "item_version",
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_item_version_item_id")),
        sa.PrimaryKeyConstraint("item_id", "version", name=op.f("pk_item_version")),
    )
    op.create_table(
        "step_item",
        sa.Column("step_id", sa.String(length=32), nullable=False),
        sa.Column("item_id", sa.String(length=32), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_step_item_item_id")),
        sa.ForeignKeyConstraint(["step_id"], ["step.id"], name=op.f("fk_step_item_step_id")),
        sa.PrimaryKeyConstraint("step_id", "item_id", name=op.f("pk_step_item")),
    )
    with op.batch_alter_table("step_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_step_item_item_id"), ["item_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("step_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_item_item_id"))

    op.drop_table("step_item")
    op.drop_table("item_version")
    with op.batch_alter_table("item_origin", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_origin_origin_id"))

    op.drop_table("item_origin")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_decision_step_id"))
        batch_op.drop_index("ix_decision_item_step")
        batch_op.drop_index(batch_op.f("ix_decision_item_id"))

    op.drop_table("decision")
    with op.batch_alter_table("item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_item_wijkplan_id"))
        batch_op.drop_index(batch_op.f("ix_item_step_id"))
        batch_op.drop_index(batch_op.f("ix_item_session_id"))
        batch_op.drop_index("ix_item_owner_key")

    op.drop_table("item")
    op.drop_table("cast_ballot")
    op.drop_table("ballot")
    op.drop_table("stage")
    with op.batch_alter_table("round", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_round_step_id"))

    op.drop_table("round")
    with op.batch_alter_table("step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_step_session_id"))

    op.drop_table("step")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_index("ix_participant_token_hash")

    op.drop_table("participant")
    op.drop_table("wijkplan_area")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_account_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("stakeholder_group", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_stakeholder_group_wijkplan_id"))

    op.drop_table("stakeholder_group")
    op.drop_table("sprint_result")
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_sign_in_account_id"))

    op.drop_table("sign_in")
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_session_wijkplan_id"))

    op.drop_table("session")
    with op.batch_alter_table("partner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_partner_wijkplan_id"))

    op.drop_table("partner")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_account_id"))

    op.drop_table("membership")
    op.drop_table("joint_task")
    op.drop_table("wijkplan")
    op.drop_table("login_guard")
    op.drop_table("journal")
    op.drop_table("account")
