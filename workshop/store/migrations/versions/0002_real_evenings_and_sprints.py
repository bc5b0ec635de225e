"""Real evenings and the sprints between them"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("organisation", sa.String(length=120), nullable=False),
        sa.Column("is_important", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("expires_at", sa.DateTime(), nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=True),
        sa.Column("person", sa.String(length=120), nullable=True),
        sa.Column("role", sa.String(length=120), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("recorded_by", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["recorded_by"], ["account.id"], name=op.f("fk_approval_recorded_by")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_approval_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_approval_token_hash")),
    )
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_approval_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "key_factor",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("factor", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("owner", sa.String(length=120), nullable=False),
        sa.Column("looked_at", sa.DateTime(), nullable=False),
        sa.Column("looked_by", sa.String(length=32), nullable=False),
        sa.CheckConstraint("factor BETWEEN 1 AND 6", name=op.f("ck_key_factor_factor_of_six")),
        sa.ForeignKeyConstraint(["looked_by"], ["account.id"], name=op.f("fk_key_factor_looked_by")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_key_factor_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_key_factor")),
    )
    with op.batch_alter_table("key_factor", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_key_factor_wijkplan_id"), ["wijkplan_id"], unique=False)

    op.create_table(
        "sprint_part",
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.Column("written_by", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_sprint_part_wijkplan_id")),
        sa.ForeignKeyConstraint(["written_by"], ["account.id"], name=op.f("fk_sprint_part_written_by")),
        sa.PrimaryKeyConstraint("wijkplan_id", "sprint", "part", "version", name=op.f("pk_sprint_part")),
    )
    op.create_table(
        "table_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("session_id", sa.String(length=32), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("made_by", sa.String(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["account.id"], name=op.f("fk_table_link_made_by")),
        sa.ForeignKeyConstraint(["session_id"], ["session.id"], name=op.f("fk_table_link_session_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_table_link")),
    )
    with op.batch_alter_table("table_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_table_link_session_id"), ["session_id"], unique=False)

    # Plain statements, not batches: a batch copies the table, and these are pointed at by others.
    op.add_column("session", sa.Column("is_practice", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("step", sa.Column("translations", sa.JSON(), server_default="{}", nullable=False))
    op.add_column("step", sa.Column("open_until", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("step", "open_until")
    op.drop_column("step", "translations")
    op.drop_column("session", "is_practice")
    with op.batch_alter_table("table_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_table_link_session_id"))

    op.drop_table("table_link")
    op.drop_table("sprint_part")
    with op.batch_alter_table("key_factor", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_key_factor_wijkplan_id"))

    op.drop_table("key_factor")
    with op.batch_alter_table("approval", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_approval_wijkplan_id"))

    op.drop_table("approval")
