"""Reading a written report (an area scan) as passages that can be taken over word for word.

Markdown and plain text. Figures in tables are left out and counted: a number belongs with its year and source, and comes
in by way of the figures. The report itself is not kept.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from workshop.domain.errors import WorkshopError
from workshop.domain.thread.items import LONGEST_TEXT
from workshop.locale import _

#: Bytes; the largest of the real area scans is 14 kB.
LARGEST = 1_000_000
#: Shorter than this is a label or a loose word, no passage.
SHORTEST = 25

_FRONT = re.compile(r"\A---\n(.*?)\n---\n", re.DOTALL)
_TITLE = re.compile(r"^(?:title|title_tag):\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)#*\s*$")
_LIST = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_RULE = re.compile(r"^\s*(?:[-*_=]\s*){3,}$")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>|\{:[^}]*\}|\{%.*?%\}|\{\{.*?\}\}")
_STRONG = re.compile(r"(\*\*|__|\*|_)(?=\S)(.+?)(?<=\S)\1")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|-])")
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True)
class Passage:
    """One paragraph or point of a report, in its own words, under the heading it stands."""

    heading: str
    text: str


@dataclass(frozen=True)
class Report:
    """``checksum`` is the SHA-256 (hex) of the bytes; ``left_out`` counts lines of tables."""

    title: str
    passages: tuple[Passage, ...]
    checksum: str
    left_out: int


def read_report(content: bytes) -> Report:
    """Read a report of UTF-8 or Windows text.

    Raises:
        WorkshopError: it is too large, no text, or holds no passage.
    """
    if len(content) > LARGEST:
        raise WorkshopError(_("Dit bestand is te groot. Kies een tekst van hoogstens 1 MB."))
    if b"\0" in content or content.startswith((b"PK\x03\x04", b"%PDF")):
        raise WorkshopError(
            _("Dit is geen tekstbestand. Sla het rapport op als tekst (.txt of .md), of plak de tekst hieronder.")
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    title, front = "", _FRONT.match(text)
    if front:
        named = _TITLE.search(front.group(1))
        title = named.group(1) if named else ""
        text = text[front.end() :]
    passages, heading, left_out = _read_lines(text.split("\n"))
    if not passages:
        raise WorkshopError(_("We vonden geen zinnen in deze tekst. Kijk of je het goede bestand koos."))
    return Report(title or heading, tuple(passages), hashlib.sha256(content).hexdigest(), left_out)


def _read_lines(lines: list[str]) -> tuple[list[Passage], str, int]:
    """The passages, the first heading, and how many lines of tables there were."""
    found: dict[Passage, None] = {}
    heading = first = ""
    held: list[str] = []
    left_out = 0

    def close() -> None:
        text = _bare(" ".join(held))
        held.clear()
        for part in _parts(text):
            if len(part) >= SHORTEST:
                found[Passage(heading, part)] = None

    for line in lines:
        told = _HEADING.match(line)
        if told:
            close()
            heading = _bare(told.group(2))
            first = first or heading
        elif line.lstrip().startswith("|"):
            close()
            left_out += not set(line) <= set("|-+=: \t")
        elif not line.strip() or _RULE.match(line):
            close()
        elif _LIST.match(line):
            close()
            held.append(_LIST.sub("", line))
        else:
            held.append(line.strip())
    close()
    return list(found), first, left_out


def _bare(text: str) -> str:
    """The words without the signs of Markdown."""
    text = _LINK.sub(r"\1", _PICTURE.sub("", _TAG.sub(" ", text)))
    for _twice in range(2):
        text = _STRONG.sub(r"\2", text)
    return " ".join(_ESCAPED.sub(r"\1", text).lstrip("> ").split())


def _parts(text: str) -> list[str]:
    """A text as one passage, or cut between sentences where it is longer than an item may be."""
    if len(text) <= LONGEST_TEXT:
        return [text]
    parts = [""]
    for sentence in _SENTENCE.split(text):
        for piece in (sentence[at : at + LONGEST_TEXT] for at in range(0, len(sentence), LONGEST_TEXT)):
            if len(parts[-1]) + len(piece) + 1 > LONGEST_TEXT:
                parts.append("")
            parts[-1] = f"{parts[-1]} {piece}".strip()
    return parts
