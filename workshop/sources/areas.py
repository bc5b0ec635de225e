"""The areas of the Netherlands: country, municipalities, wijken and buurten.

The list is the CBS division of 2024 (18,313 codes, CC BY 4.0), shipped as
``data/samples/areas_2024.csv.gz`` and read once per process. Areas are always
matched on code: 49 buurten are called «Centrum», two of them in one municipality.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

Level = Literal["land", "gemeente", "wijk", "buurt"]

YEAR = 2024
SAMPLES = Path(__file__).resolve().parents[2] / "data" / "samples"

_LEVELS: dict[str, Level] = {"NL": "land", "GM": "gemeente", "WK": "wijk", "BU": "buurt"}
_WIDTH: dict[int, str] = {4: "GM", 6: "WK", 8: "BU"}
_ORDER: dict[Level, int] = {"land": 0, "gemeente": 1, "wijk": 2, "buurt": 3}
_APOSTROPHES = re.compile(r"['’‘`´ʼ]")
_NO_WORD = re.compile(r"[^0-9a-z]+")
_WIJK_NUMBER = re.compile(r"^wijk \d+ ")
# CBS files what cannot be placed under this municipality; nobody holds a session there.
_UNKNOWN = "0000"
_STEPS = 8
# What people say; CBS writes 's-Gravenhage and 's-Hertogenbosch.
_SPOKEN = {"GM0518": "den haag", "GM0796": "den bosch"}


@dataclass(frozen=True)
class Area:
    """One area of the CBS division.

    ``code`` is ``NL00``, ``GM0308``, ``WK030801`` or ``BU03080100``;
    ``parent_code`` is the next level up and ``None`` for the country. The
    country has empty ``municipality_code`` and ``municipality_name``.
    """

    code: str
    name: str
    level: Level
    municipality_code: str
    municipality_name: str
    parent_code: str | None
    year: int

    @property
    def short_name(self) -> str:
        """The name without CBS's numbering: «Wijk 01 Baarn-Noord» becomes «Baarn-Noord»."""
        if self.level != "wijk":
            return self.name
        return re.sub(r"^Wijk \d+\s+", "", self.name) or self.name

    @property
    def full_name(self) -> str:
        """Name, municipality and code: «Centrum, Baarn (BU03080000)». Always unique."""
        if self.level in ("wijk", "buurt"):
            return f"{self.short_name}, {self.municipality_name} ({self.code})"
        return f"{self.name} ({self.code})"


def normal_code(text: str) -> str:
    """Return a code as CBS writes it, or the text in capitals without blanks.

    ``bu03080000``, ``BU0308 0000``, ``03080000`` and ``BU03080000  `` all give
    ``BU03080000``; a bare number of at most four digits is a municipality
    (``363`` gives ``GM0363``).
    """
    code = re.sub(r"[\s\u00a0.\-_]+", "", text).upper()
    if code[:2] in _LEVELS:
        return code
    if code.isdigit() and len(code) < 4:
        code = code.zfill(4)
    if code[:4].isdigit() and len(code) in _WIDTH:
        return _WIDTH[len(code)] + code
    return code


def normal_name(text: str) -> str:
    """Return a name in lower case without diacritics, apostrophes and signs.

    ``'t Acker``, ``’t acker`` and ``t Acker`` are the same: CBS and police do
    not agree on the apostrophe.
    """
    flat = unicodedata.normalize("NFKD", text).casefold()
    flat = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return _NO_WORD.sub(" ", _APOSTROPHES.sub("", flat)).strip()


@dataclass(frozen=True)
class _Entry:
    area: Area
    names: tuple[str, ...]
    words: str
    residents: int | None


@dataclass(frozen=True)
class _AreaList:
    entries: tuple[_Entry, ...]
    by_code: dict[str, _Entry]
    by_municipality: dict[str, tuple[_Entry, ...]]


@lru_cache(maxsize=1)
def _areas() -> _AreaList:
    with gzip.open(SAMPLES / "areas_2024.csv.gz", "rb") as file:
        text = file.read().decode("utf-8")
    rows = list(csv.reader(io.StringIO(text)))[1:]
    municipalities = {code: name for code, name, _residents in rows if code.startswith("GM")}
    entries: list[_Entry] = []
    grouped: dict[str, list[_Entry]] = {}
    for code, name, residents in rows:
        level = _LEVELS[code[:2]]
        municipality = "" if level == "land" else "GM" + code[2:6]
        parent = {"land": None, "gemeente": "NL00", "wijk": municipality, "buurt": "WK" + code[2:8]}[level]
        area = Area(code, name, level, municipality, municipalities.get(municipality, ""), parent, YEAR)
        # Most names are plain words; the slow road is only for the others.
        plain = name.lower() if name.isascii() and name.isalpha() else normal_name(name)
        names = (plain,) if level != "wijk" else tuple(dict.fromkeys((_WIJK_NUMBER.sub("", plain) or plain, plain)))
        if code in _SPOKEN:
            names, plain = (*names, _SPOKEN[code]), f"{plain} {_SPOKEN[code]}"
        entry = _Entry(area, names, f" {plain}", int(residents) if residents else None)
        entries.append(entry)
        if municipality:
            grouped.setdefault(municipality, []).append(entry)
    return _AreaList(
        tuple(entries),
        {entry.area.code: entry for entry in entries},
        {code: tuple(group) for code, group in grouped.items()},
    )


def area(code: str) -> Area | None:
    """Return the area with this code (any spelling of :func:`normal_code`), or ``None``."""
    entry = _areas().by_code.get(normal_code(code))
    return entry.area if entry else None


def areas_of(municipality_code: str) -> list[Area]:
    """Return the wijken and buurten of a municipality, each wijk before its buurten.

    An unknown code gives an empty list.
    """
    group = _areas().by_municipality.get(normal_code(municipality_code), ())
    return [entry.area for entry in group if entry.area.level in ("wijk", "buurt")]


def area_and_parents(code: str) -> list[Area]:
    """Return the area itself, then its wijk, municipality and country as far as they exist."""
    chain: list[Area] = []
    current = area(code)
    while current is not None:
        chain.append(current)
        current = area(current.parent_code) if current.parent_code else None
    return chain


def find_areas(
    text: str, *, level: Level | None = None, municipality_code: str | None = None, limit: int = 20
) -> list[Area]:
    """Find areas by name or code, best match first.

    The order is: exact code, exact name, code that starts with the text, name
    that starts with it, a word in the name that starts with it, name that
    contains it, and last every word found in the name of the area and its
    municipality together (``centrum baarn``). Within one step: larger areas
    before smaller, then by name and municipality. Case, diacritics,
    apostrophes and blanks do not matter. Without text the result is empty,
    unless ``municipality_code`` is given: then all its areas.
    """
    known = _areas()
    if municipality_code is None:
        entries: Sequence[_Entry] = known.entries
    else:
        entries = known.by_municipality.get(normal_code(municipality_code), ())
    wanted_name, wanted_code = normal_name(text), normal_code(text)
    if not wanted_name:
        if municipality_code is None:
            return []
        return [e.area for e in entries if level in (None, e.area.level)][:limit]
    code = wanted_code if any(sign.isdigit() for sign in wanted_code) else ""
    words = wanted_name.split()
    steps: list[list[_Entry]] = [[] for _step in range(_STEPS)]
    for entry in entries:
        # One plain test throws out nearly all 18,313 areas.
        if not (wanted_name in entry.words or code or len(words) > 1) or level not in (None, entry.area.level):
            continue
        step = _match(entry, wanted_name, code, words)
        if step is not None and (step == 0 or entry.area.code[2:6] != _UNKNOWN):
            steps[step].append(entry)
    found: list[Area] = []
    for hits in steps:
        if len(found) >= limit:
            break
        found += [entry.area for entry in sorted(hits, key=_by_size_and_name)]
    return found[:limit]


def _by_size_and_name(entry: _Entry) -> tuple[int, str, str, str]:
    return (_ORDER[entry.area.level], entry.names[0], entry.area.municipality_name, entry.area.code)


def _match(entry: _Entry, name: str, code: str, words: list[str]) -> int | None:
    step = _match_code(entry.area.code, code) if code else None
    if step is None and name in entry.words:
        return _match_name(entry, name)
    if step is None and len(words) > 1 and _holds_all(entry, words):
        return 7
    return step


def _match_code(own: str, asked: str) -> int | None:
    if own == asked:
        return 0
    if len(asked) >= 4 and own.startswith(asked):
        return 2
    if len(asked) >= 6 and asked[:2] in ("GM", "WK") and own.startswith(asked[2:], 2):
        return 3
    return None


def _match_name(entry: _Entry, name: str) -> int | None:
    if name in entry.names:
        return 1
    if any(own.startswith(name) for own in entry.names):
        return 4
    if f" {name}" in entry.words:
        return 5
    return 6 if len(name) > 1 else None


def _holds_all(entry: _Entry, words: list[str]) -> bool:
    """Whether the area with its municipality holds every word; its own name must begin or end what was asked."""
    if f" {words[0]}" not in entry.words and f" {words[-1]}" not in entry.words:
        return False
    spoken = _SPOKEN.get(entry.area.municipality_code, "")
    both = f"{entry.words} {normal_name(entry.area.municipality_name)} {spoken}"
    return all(f" {word}" in both for word in words)


def residents_of(code: str) -> int | None:
    """Return the residents on 1 January 2024 (CBS 85984NED, rounded to 5), or ``None``.

    Only buurten carry a number of their own; a wijk, municipality or the
    country is the sum of its buurten and so holds their rounding.
    """
    known = _areas()
    entry = known.by_code.get(normal_code(code))
    if entry is None:
        return None
    if entry.area.level == "buurt":
        return entry.residents
    start = "" if entry.area.level == "land" else entry.area.code[2:]
    group = known.entries if entry.area.level == "land" else known.by_municipality[entry.area.municipality_code]
    counts = [e.residents for e in group if e.area.level == "buurt" and e.area.code[2:].startswith(start)]
    counted = [count for count in counts if count is not None]
    return sum(counted) if counted else None
