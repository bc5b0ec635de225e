"""Accounts, sign-ins and one-time tickets."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Integer,
    String,
    Table,
)

from workshop.store.schema.base import Utc, identifier, metadata, reference

account = Table(
    "account",
    metadata,
    identifier(),
    Column("username", String(80), nullable=False, unique=True),  # lower case; often an e-mail address
    Column("display_name", String(120), nullable=False),
    Column("password_hash", String(100), nullable=False),
    Column("is_admin", Boolean, nullable=False, default=False),
    Column("is_active", Boolean, nullable=False, default=True),
    Column("language", String(5), nullable=False, default="nl"),
    Column("created_at", Utc, nullable=False),
)

#: Failed tries per name, whether or not the account exists: an unknown name is locked just the same.
login_guard = Table(
    "login_guard",
    metadata,
    Column("name_hash", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", Utc),
    Column("last_failure_at", Utc, nullable=False),
)

#: One-time tickets: from the log-in form to our route (60 s), and the set-up link of the first administrator.
ticket = Table(
    "ticket",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    Column("purpose", String(20), nullable=False),  # "sign_in" | "set_up"
    reference("account_id", "account.id", nullable=True),
    Column("bound_to", String(64)),  # hash of the pre-log-in cookie
    Column("expires_at", Utc, nullable=False),
    Column("used_at", Utc),
)

sign_in = Table(
    "sign_in",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    reference("account_id", "account.id"),
    Column("created_at", Utc, nullable=False),
    Column("last_seen_at", Utc, nullable=False),
    Column("expires_at", Utc, nullable=False),
    Column("revoked_at", Utc),
)
