"""Sprints that were left out or taken up early get a table of their own"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

SKIPPED, EARLY = "skipped", "early"

part = sa.table(
    "sprint_part",
    sa.column("wijkplan_id", sa.String),
    sa.column("sprint", sa.Integer),
    sa.column("part", sa.String),
    sa.column("version", sa.Integer),
    sa.column("content", sa.JSON),
    sa.column("written_at", sa.DateTime),
    sa.column("written_by", sa.String),
)
choice = sa.table(
    "sprint_choice",
    sa.column("wijkplan_id", sa.String),
    sa.column("sprint", sa.Integer),
    sa.column("what", sa.String),
    sa.column("version", sa.Integer),
    sa.column("how", sa.String),
    sa.column("reason", sa.Text),
    sa.column("chosen_at", sa.DateTime),
    sa.column("chosen_by", sa.String),
)


def upgrade() -> None:
    """Until here a choice was a part of the sprint's record with a name no part has."""
    op.create_table(
        "sprint_choice",
        sa.Column("wijkplan_id", sa.String(32), nullable=False),
        sa.Column("sprint", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(20)),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(), nullable=False),
        sa.Column("chosen_by", sa.String(32), nullable=False),
        sa.CheckConstraint("(what = 'early') = (how IS NOT NULL)", name=op.f("ck_sprint_choice_how_of_early")),
        sa.ForeignKeyConstraint(["chosen_by"], ["account.id"], name=op.f("fk_sprint_choice_chosen_by")),
        sa.ForeignKeyConstraint(["wijkplan_id"], ["wijkplan.id"], name=op.f("fk_sprint_choice_wijkplan_id")),
        sa.PrimaryKeyConstraint("wijkplan_id", "sprint", "what", "version", name=op.f("pk_sprint_choice")),
    )
    conn = op.get_bind()
    about_order = part.c.part.in_((SKIPPED, EARLY))
    for row in conn.execute(sa.select(part).where(about_order)).all():
        values = {
            "wijkplan_id": row.wijkplan_id,
            "sprint": row.sprint,
            "what": row.part,
            "version": row.version,
            "how": row.content["how"] if row.part == EARLY else None,
            "reason": row.content["text"],
            "chosen_at": row.written_at,
            "chosen_by": row.written_by,
        }
        conn.execute(sa.insert(choice).values(**values))
    conn.execute(sa.delete(part).where(about_order))


def downgrade() -> None:
    """Every choice is a part again, word for word."""
    conn = op.get_bind()
    for row in conn.execute(sa.select(choice)).all():
        values = {
            "wijkplan_id": row.wijkplan_id,
            "sprint": row.sprint,
            "part": row.what,
            "version": row.version,
            "content": {"text": row.reason, **({"how": row.how} if row.how is not None else {})},
            "written_at": row.chosen_at,
            "written_by": row.chosen_by,
        }
        conn.execute(sa.insert(part).values(**values))
    op.drop_table("sprint_choice")
