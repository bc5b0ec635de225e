"""The real middleware and assets around two kitchen sink pages: Streamlit's and the room's."""

from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from workshop.room.frame.facade import facade
from workshop.room.frame.static_files import ASSET_ROUTE
from workshop.ui.frame.faults import show_fault

HERE = Path(__file__).resolve().parent


async def room(request: Request) -> HTMLResponse:
    return HTMLResponse(HERE.joinpath("kitchen_room.html").read_text())


async def answer(request: Request) -> PlainTextResponse:
    return PlainTextResponse("ontvangen van " + request.headers["origin"])


app = st.App(
    HERE / "kitchen_sink.py",
    routes=[ASSET_ROUTE, Route("/kamer", room), Route("/kamer/antwoord", answer, methods=["POST"])],
    middleware=[facade(may_upload=lambda cookies: "iedereen")],
    on_script_error=show_fault,
)
