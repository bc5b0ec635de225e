"""Groups merged for an evening, and larger letters on the wall"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.add_column(sa.Column("merges", sa.JSON(), server_default="[]", nullable=False))
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.add_column(sa.Column("is_large", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("stage", schema=None) as batch_op:
        batch_op.drop_column("is_large")
    with op.batch_alter_table("participant", schema=None) as batch_op:
        batch_op.drop_column("merges")
