"""A round after the evening"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Plain statements, not a batch: a batch copies the table, and this one is pointed at by others.
    op.add_column("round", sa.Column("is_later", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("round", "is_later")
