"""Reading one of the room's pages as a browser without JavaScript would: its forms, its tables, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"input", "br", "img", "meta", "link", "rect", "hr"})
_UNREAD = frozenset({"script", "style", "title"})


@dataclass
class Form:
    """One form: where it goes, what a browser would send untouched, and what can be chosen.

    ``labels`` holds (name of the field, its value or "" for a field to type in, the words of its label).
    """

    id: str
    action: str
    values: dict[str, list[str]] = field(default_factory=dict)
    labels: list[tuple[str, str, str]] = field(default_factory=list)

    def value_of(self, name: str, words: str) -> str:
        """The value of the radio button or box called ``words``."""
        found = [value for at, value, label in self.labels if at == name and label == words]
        assert len(found) == 1, f"{words!r} is not one choice of {name!r}: {self.labels}"
        return found[0]

    def name_of(self, words: str) -> str:
        """The name of the field to type in with this label."""
        found = [name for name, _value, label in self.labels if label == words]
        assert len(found) == 1, f"{words!r} is not one field: {self.labels}"
        return found[0]


@dataclass
class Page:
    """What stands on a page. ``tables`` maps a caption to its rows of words, the header first."""

    text: str
    forms: dict[str, Form]
    tables: dict[str, list[list[str]]]

    def form(self, id_or_action: str) -> Form:
        """The form with this id, or that goes to this address."""
        found = self.forms.get(id_or_action) or next(
            (form for form in self.forms.values() if form.action == id_or_action), None
        )
        assert found is not None, f"no form {id_or_action} on: {self.text}"
        return found


def read_page(html: str) -> Page:
    """Read the HTML of a page of the room."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    for name, value, owner, words in reader.labelled():
        owner.labels.append((name, value, words))
    return Page(_blanks(" ".join(reader.words)), reader.forms, reader.tables)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.forms: dict[str, Form] = {}
        self.tables: dict[str, list[list[str]]] = {}
        self._form: Form | None = None
        self._unread = 0
        self._inputs: list[tuple[str, str, Form, str, int | None]] = []  # name, value, form, id, label it lies in
        self._labels: list[tuple[str, list[str]]] = []  # for=…, words
        self._in_label: int | None = None
        self._area: tuple[str, list[str]] | None = None
        self._caption: list[str] | None = None
        self._rows: list[list[str]] | None = None
        self._cell: list[str] | None = None

    def labelled(self) -> list[tuple[str, str, Form, str]]:
        """(name, value, form, words of its label) for every field that has one."""
        by_id = {target: _blanks(" ".join(words)) for target, words in self._labels if target}
        return [
            (name, value, form, by_id[at] if around is None else _blanks(" ".join(self._labels[around][1])))
            for name, value, form, at, around in self._inputs
            if around is not None or at in by_id
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag in _UNREAD:
            self._unread += 1
        elif tag == "form":
            self._form = Form(told.get("id", ""), told.get("action", ""))
            self.forms[self._form.id or self._form.action] = self._form
        elif tag == "label":
            self._in_label = len(self._labels)
            self._labels.append((told.get("for", ""), []))
        elif tag == "input" and self._form is not None and told.get("name"):
            self._input(told)
        elif tag == "textarea" and self._form is not None:
            self._area = (told["name"], [])
            self._inputs.append((told["name"], "", self._form, told.get("id", ""), self._in_label))
        elif tag == "caption":
            self._caption, self._rows = [], []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows is not None:
            self._cell = []

    def _input(self, told: dict[str, str]) -> None:
        assert self._form is not None
        kind, value = told.get("type", "text"), told.get("value", "")
        is_box = kind in ("radio", "checkbox")
        if not is_box or "checked" in told:
            self._form.values.setdefault(told["name"], []).append(value or ("on" if is_box else ""))
        if kind != "hidden":
            self._inputs.append((told["name"], value if is_box else "", self._form, told.get("id", ""), self._in_label))

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if tag in _UNREAD:
            self._unread -= 1
        elif tag == "form":
            self._form = None
        elif tag == "label":
            self._in_label = None
        elif tag == "textarea" and self._area is not None and self._form is not None:
            self._form.values[self._area[0]] = ["".join(self._area[1]).removeprefix("\n")]
            self._area = None
        elif tag == "caption" and self._rows is not None and self._caption is not None:
            self.tables[_blanks(" ".join(self._caption))] = self._rows
            self._caption = None
        elif tag == "table":
            self._rows = None
        elif tag in ("td", "th") and self._cell is not None and self._rows:
            self._rows[-1].append(_blanks("".join(self._cell)))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if self._area is not None:
            self._area[1].append(data)
            return
        self.words.append(data)
        for place in (self._caption, self._cell):
            if place is not None:
                place.append(data)
        if self._in_label is not None:
            self._labels[self._in_label][1].append(data)


def _blanks(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()
