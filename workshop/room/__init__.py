"""The door for the room: HTTP routes, live stream and cookies, beside Streamlit in one process."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from workshop.room.headers import facade
from workshop.room.static_files import ASSET_ROUTE

ROUTES = [ASSET_ROUTE]
MIDDLEWARE = [facade()]


@asynccontextmanager
async def lifespan(app: Any) -> AsyncIterator[dict[str, Any]]:
    yield {}
