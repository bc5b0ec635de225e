"""The database: the only folder that knows SQLAlchemy."""

from workshop.store.engine import Change, Store, open_store

__all__ = ["Change", "Store", "open_store"]
