"""Figures from a file"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "loaded_figures",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wijkplan_id", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("loaded_at", sa.DateTime(), nullable=False),
        sa.Column("loaded_by", sa.String(length=32), nullable=False),
        sa.Column("removed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["loaded_by"], ["account.id"], name=op.f("fk_loaded_figures_loaded_by")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_loaded_figures_wijkplan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loaded_figures")),
    )
    op.create_index(op.f("ix_loaded_figures_wijkplan_id"), "loaded_figures", ["wijkplan_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_loaded_figures_wijkplan_id"), table_name="loaded_figures")
    op.drop_table("loaded_figures")
