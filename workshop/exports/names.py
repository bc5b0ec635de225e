"""Names of files, sheets and languages, made here: nothing somebody typed becomes a path, a header or a sheet title as it is.

Source: assurance T47, E04 and E29.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from workshop.exports.cells import line

_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_NAME = re.compile(r'[<>:"/\\|?*;%\x00-\x1f]')
_SHEET_LIMIT = 31
_RESERVED = {"history"}
_LANGUAGES = {"nl": "nl-NL", "en": "en-GB"}


def language_tag(code: str) -> str:
    """How office files name the language of their text: "nl-NL"."""
    return _LANGUAGES.get(code, _LANGUAGES["nl"])


def slug(text: str) -> str:
    """``text`` as 1 to 40 characters of a-z, 0-9 and dashes."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", plain)[:40].strip("-") or "wijkplan"


def file_name(title: str, ending: str, random_part: str) -> str:
    """A name in plain ASCII, one per download: ``koppelvlak-baarn-noord-1a2b3c4d.docx``."""
    return f"koppelvlak-{slug(title)}-{random_part}.{ending}"


def friendly_name(title: str, ending: str, day: date) -> str:
    """The name people see in their downloads folder; may hold letters with accents, never a path."""
    kept = _NOT_IN_NAME.sub(" ", line(title)).replace("..", " ")
    kept = " ".join(kept.split())[:80].strip(" .")
    return f"{kept or 'Wijkplan'} {day.isoformat()}.{ending}"


def content_disposition(ascii_name: str, friendly: str) -> str:
    """The header that makes a browser save the file (RFC 6266): one line, ASCII only."""
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(friendly, safe='')}"


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Valid, different titles for the sheets of one workbook, in the order asked.

    At most 31 characters, none of ``[ ] : * ? / \\``, no apostrophe at either end; equal ones are numbered.
    """
    taken: set[str] = set()
    titles: list[str] = []
    for text in wanted:
        base = _NOT_IN_TITLE.sub(" ", line(text))
        base = " ".join(base.split()).strip("' ")[:_SHEET_LIMIT].strip("' ") or "Blad"
        title, number = base, 1
        while title.casefold() in taken | _RESERVED:
            number += 1
            tail = f" {number}"
            title = base[: _SHEET_LIMIT - len(tail)] + tail
        taken.add(title.casefold())
        titles.append(title)
    return titles
