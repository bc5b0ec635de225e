"""An instruction of one's own at a step of the script"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not a batch: that copies the table, and other tables point at this one.
    op.add_column("step", sa.Column("instruction", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("step", "instruction")
