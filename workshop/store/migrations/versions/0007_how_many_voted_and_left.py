"""How many voted and then left"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain statements, not a batch: a batch copies the table, and this one is pointed at by others.
    op.add_column("round", sa.Column("left_after_voting", sa.Integer(), server_default="0", nullable=False))


def downgrade() -> None:
    op.drop_column("round", "left_after_voting")
