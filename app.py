"""Where the server starts: `streamlit run app.py`, `uvicorn app:app` or `python app.py`."""

from pathlib import Path

import streamlit as st

from workshop.room import MIDDLEWARE, ROUTES, lifespan
from workshop.ui.frame.faults import show_fault

app = st.App(
    Path(__file__).resolve().parent / "workshop" / "ui" / "main.py",
    routes=ROUTES,
    middleware=MIDDLEWARE,
    lifespan=lifespan,
    on_script_error=show_fault,
)

if __name__ == "__main__":
    app.run()
