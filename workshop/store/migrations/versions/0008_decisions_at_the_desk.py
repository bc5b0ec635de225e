"""Decisions at the desk, and what a step is about"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Nothing points at a decision, so a batch may copy the table.
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.alter_column("step_id", existing_type=sa.String(length=32), nullable=True)
        batch_op.add_column(sa.Column("sprint", sa.Integer(), nullable=True))
    op.add_column("step", sa.Column("about", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("step", "about")
    # A decision without a step has no place in the schema below.
    op.execute("DELETE FROM decision WHERE step_id IS NULL")
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("sprint")
        batch_op.alter_column("step_id", existing_type=sa.String(length=32), nullable=False)
