"""What every table is made of: the names of constraints, moments in UTC, identifiers and references."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    MetaData,
    String,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Utc(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, naive in the column (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    # SQLAlchemy gives the dialect; a moment is the same in both.
    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.replace(tzinfo=UTC)


def identifier(name: str = "id", **more: Any) -> Column[str]:
    return Column(name, String(32), primary_key=True, **more)


def reference(name: str, target: str, *, nullable: bool = False, index: bool = True, **more: Any) -> Column[str]:
    return Column(name, String(32), ForeignKey(target), nullable=nullable, index=index, **more)
