"""A hall for tests: the real routes and facade over a real store, and phones that speak HTTP to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import Any

from starlette.applications import Starlette
from starlette.testclient import TestClient

from tests.evening import Evening, plan_evening
from workshop.actions.evening import running
from workshop.actions.evening.sessions import open_room
from workshop.room import MIDDLEWARE, ROUTES, lifespan_over
from workshop.room.frame.cookies import PARTICIPANT
from workshop.store import Store

ORIGIN = "http://testserver"
JSON = {"accept": "application/json"}


def application(store: Store) -> Starlette:
    """The room without Streamlit beside it."""
    return Starlette(routes=ROUTES, middleware=MIDDLEWARE, lifespan=lifespan_over(lambda: store))


class Phone:
    """One participant's browser without JavaScript: it keeps cookies and fills in forms."""

    def __init__(self, server: TestClient, evening: Evening) -> None:
        self.http = TestClient(server.app, base_url=ORIGIN, headers={"origin": ORIGIN}, follow_redirects=False)
        self.http.portal = server.portal  # the same running server
        self.evening = evening

    @property
    def base(self) -> str:
        return f"/zaal/{self.evening.session_id}"

    @property
    def token(self) -> str:
        return self.http.cookies[PARTICIPANT]

    def join(self, group: str = "Bewoners", code: str | None = None) -> Any:
        answer = self.http.post(
            "/mee/groep", data={"code": code or self.evening.code, "group": self.evening.groups[group]}
        )
        assert answer.status_code == 303, answer.text
        return answer

    def page(self, query: str = "") -> str:
        answer = self.http.get(self.base + query)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def vote(self, round_id: str, *, ballot_id: str = "b1", change: int = 1, json: bool = True, **fields: Any) -> Any:
        data = {"round": round_id, "ballot_id": ballot_id, "change": str(change), **fields}
        return self.http.post(f"{self.base}/stem", data=data, headers=JSON if json else {})

    def note(self, step_id: str, text: str, *, json: bool = True, **fields: Any) -> Any:
        data = {
            "step": step_id,
            "form": "finding",
            "text": text,
            "environments": "social",
            "tone": "bad",
            "moment": "now",
            "ballot_id": f"n-{abs(hash(text))}",
            **fields,
        }
        return self.http.post(f"{self.base}/notitie", data=data, headers=JSON if json else {})


class Hall:
    """A running server over one store with one evening, room open."""

    def __init__(self, server: TestClient, evening: Evening) -> None:
        self.server, self.evening = server, evening

    def phone(self) -> Phone:
        return Phone(self.server, self.evening)

    def inside(self, group: str = "Bewoners") -> Phone:
        phone = self.phone()
        phone.join(group)
        return phone

    def open(self, werkvorm: str, **more: Any) -> str:
        """Add a step, open it; returns its id."""
        step_id = self.evening.step(werkvorm, **more)
        running.open_step(self.evening.store, self.evening.facilitator, step_id)
        return step_id


@contextmanager
def hall(store: Store) -> Iterator[Hall]:
    evening = plan_evening(store)
    evening.step("commitment", title="Straks")
    open_room(store, evening.facilitator, evening.session_id)
    with TestClient(application(store), base_url=ORIGIN, headers={"origin": ORIGIN}) as server:
        yield Hall(server, evening)


def fields_of(page: str, form: str) -> dict[str, str]:
    """The hidden fields of the form with this id, as a browser would send them."""
    body = re.search(rf'<form[^>]*id="{form}".*?</form>', page, re.S)
    assert body is not None, f"no form {form}"
    return {
        unescape(name): unescape(value)
        for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', body[0])
    }


def seen(page: str) -> str:
    """What somebody reads: no tags, entities as characters, blanks as one."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).strip()
