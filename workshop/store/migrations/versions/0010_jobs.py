"""Work beside the serving loop, and what it made"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; nothing that was there changes."""
    op.create_table(
        "job",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("wijkplan_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("arguments", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("progress", sa.String(10), nullable=False),
        sa.Column("busy_with", sa.String(120)),
        sa.Column("taken_by", sa.String(32)),
        sa.Column("taken_until", sa.DateTime()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(20)),
        sa.Column("media_type", sa.String(100)),
        sa.Column("disposition", sa.Text()),
        sa.Column("finished_at", sa.DateTime()),
        sa.Column("expires_at", sa.DateTime()),
        sa.ForeignKeyConstraint(["asked_by"], ["account.id"], name="fk_job_asked_by_account"),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name="fk_job_wijkplan_id_wijkplan"),
        sa.PrimaryKeyConstraint("id", name="pk_job"),
        sa.UniqueConstraint("busy_with", name="uq_job_busy_with"),
    )
    op.create_index("ix_job_wijkplan_id", "job", ["wijkplan_id"])
    op.create_table(
        "job_part",
        sa.Column("job_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_job_part_job_id_job"),
        sa.PrimaryKeyConstraint("job_id", "number", name="pk_job_part"),
    )


def downgrade() -> None:
    """What was made can be asked again."""
    op.drop_table("job_part")
    op.drop_index("ix_job_wijkplan_id", "job")
    op.drop_table("job")
