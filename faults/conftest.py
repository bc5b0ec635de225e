"""The fault suite stands on the same servers and templates as the tests."""

from tests.conftest import (  # noqa: F401 - pytest finds fixtures in this namespace
    database_url,
    migrated_postgres,
    migrated_sqlite,
    new_postgres_url,
    new_sqlite_url,
    postgres_server,
    sqlite_store,
    store,
)
