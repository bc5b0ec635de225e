"""The database: the only folder that knows SQLAlchemy."""

from sqlalchemy import Connection as Conn

from workshop.store.engine import Change, Store, open_store

__all__ = ["Change", "Conn", "Store", "open_store"]
