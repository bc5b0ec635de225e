"""A participant without a browser: goes through the room's real door over HTTP, and keeps its cookie."""

from __future__ import annotations

from typing import Any

import httpx

from tests.e2e.page_reading import Page, read_page

_JSON = {"accept": "application/json"}


class HttpPhone:
    """Joins with code and group, answers the forms that are on the page, reads the outcome.

    ``origin`` is scheme, host and port. Every field is found by the words a person reads.
    """

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.room = ""
        # The server closes a line that was silent for five seconds; a browser opens a new one by itself, httpx does not.
        lines = httpx.Limits(keepalive_expiry=2)
        self.http = httpx.Client(base_url=origin, headers={"origin": origin}, trust_env=False, timeout=30, limits=lines)

    def close(self) -> None:
        self.http.close()

    def join(self, code: str, group: str) -> HttpPhone:
        """Through the door: the code as it stands on the wall, then the group."""
        assert self.http.get("/").status_code == 200
        answer = self._good(self.http.post("/mee", data={"code": code}))
        form = read_page(answer.text).form("/mee/groep")
        sent = {**form.values, "group": [form.value_of("group", group)]}
        answer = self.http.post(form.action, data=sent)
        assert answer.status_code == 303, answer.text
        self.room = answer.headers["location"]
        return self

    @property
    def identity(self) -> str:
        """The cookie that makes this phone the same participant for the whole evening."""
        return str(self.http.cookies["kv_deel"])

    def look(self) -> Page:
        """The room's page as it is now."""
        return read_page(self._good(self.http.get(self.room)).text)

    def vote(self, choices: dict[str, str]) -> dict[str, Any]:
        """Send the ballot: name of a question to the words chosen. Returns the receipt."""
        form = self.look().form("stem")
        return self._send_ballot(form.action, form.values, {n: form.value_of(n, words) for n, words in choices.items()})

    def give_dots(self, given: dict[str, int]) -> dict[str, Any]:
        """Send the ballot with dots: words of a subject (without its number) to how many."""
        form = self.look().form("stem")
        names = {label.split(". ", 1)[1]: name for name, _value, label in form.labels}
        return self._send_ballot(form.action, form.values, {names[words]: str(n) for words, n in given.items()})

    def judge(self, judged: dict[str, tuple[int, int]]) -> dict[str, Any]:
        """Send the ballot of the field: id of an item to how often and how bad, each 1 to 5."""
        form = self.look().form("stem")
        chosen: dict[str, str] = {}
        for item, (often, bad) in judged.items():
            chosen |= {f"field.{item}.often": str(often), f"field.{item}.bad": str(bad)}
        return self._send_ballot(form.action, form.values, chosen)

    def write(self, form_key: str, text: str, **fields: Any) -> dict[str, Any]:
        """Send a note in the form with this key; ``fields`` are its other fields by name."""
        form = self.look().form(f"n-{form_key}")
        answer = self.http.post(form.action, data={**form.values, "text": [text], **fields}, headers=_JSON)
        return dict(self._good(answer).json())

    def outcome(self) -> dict[str, list[list[str]]]:
        """The tables of the outcome on the own screen: caption to rows."""
        return self.look().tables

    def _send_ballot(self, action: str, untouched: dict[str, list[str]], chosen: dict[str, str]) -> dict[str, Any]:
        answer = self.http.post(action, data={**untouched, **chosen}, headers=_JSON)
        return dict(self._good(answer).json())

    def _good(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 200, f"{answer.request.url}: {answer.status_code} {answer.text}"
        return answer
