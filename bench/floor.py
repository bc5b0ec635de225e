"""The floor: the least a server must do that commits every vote with a full fsync before it answers.

HTTP in, WebSocket out, one table, group commit. No pages, no rights, no cookies, no session. What this costs on a
machine is what the machine costs; the product is measured as a ratio to it. With ``alone`` as the last word it commits
every vote by itself: the least somebody writes who does not think of group commit.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

try:
    import pysqlite3.dbapi2 as sqlite3
except ImportError:
    import sqlite3

screens: set[WebSocket] = set()
waiting: list[tuple[str, str, str, asyncio.Future[None]]] = []
thread = ThreadPoolExecutor(1)
state: dict[str, Any] = {"busy": False}


def open_database(path: str) -> Any:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute(
        "CREATE TABLE IF NOT EXISTS vote (round TEXT, voter TEXT, choice TEXT, PRIMARY KEY (round, voter))"
    )
    return connection


def commit(batch: list[tuple[str, str, str]]) -> int:
    connection = state["database"]
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany("INSERT OR REPLACE INTO vote VALUES (?, ?, ?)", batch)
    connection.execute("COMMIT")
    return int(connection.execute("SELECT count(*) FROM vote WHERE round = ?", (batch[-1][0],)).fetchone()[0])


async def write() -> None:
    while waiting:
        size = 1 if "alone" in sys.argv else len(waiting)
        batch, waiting[:] = waiting[:size], waiting[size:]
        rows = [(round_, voter, choice) for voter, choice, round_, _done in batch]
        count = await asyncio.get_running_loop().run_in_executor(thread, commit, rows)
        for _voter, _choice, _round, done in batch:
            done.set_result(None)
        for screen in tuple(screens):
            await screen.send_text(f'{{"done":{count}}}')
    state["busy"] = False


async def vote(request: Request) -> Response:
    form = parse_qs((await request.body()).decode())
    done = asyncio.get_running_loop().create_future()
    waiting.append((form["voter"][0], form["stance"][0], form["round"][0], done))
    if not state["busy"]:
        state["busy"] = True
        state["task"] = asyncio.create_task(write())
    await done
    return Response(b"{}", media_type="application/json")


async def live(socket: WebSocket) -> None:
    await socket.accept()
    screens.add(socket)
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        screens.discard(socket)


app = Starlette(routes=[Route("/vote", vote, methods=["POST"]), WebSocketRoute("/live", live)])

if __name__ == "__main__":
    state["database"] = open_database(sys.argv[2])
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
