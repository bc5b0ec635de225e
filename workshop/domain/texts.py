"""What people type: made safe to keep, and safe to show where Markdown is read.

A text is kept as the person wrote it, except for characters that break
exports, hide what is said or turn the page around. It is never parsed.
Source of the rules: assurance T23, T26 and list V.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from workshop.domain.errors import WorkshopError
from workshop.locale import _

DEFAULT_LIMIT = 2_000
"""Characters (after NFC) of one contribution."""

MAX_MARKS = 4
"""Combining marks in a row that are kept on one letter."""

BLACK = "█" * 5
"""What stands where the facilitator blackened words; the length tells nothing."""

_RAW_FACTOR = 60
"""Longer than this many times the limit is refused before any other work."""

# Normalising sorts marks and does so slowly on long runs, so runs are cut roughly
# before it and exactly after it.
_MARKS_BEFORE_NFC = 16

_NEWLINES = re.compile("\r\n|[\r\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f"  # C0 and C1; newline stays, tab became a blank before
    "\u202a-\u202e\u2066-\u2069"  # bidi controls
    "\ud800-\udfff"  # lone surrogates: no encoder takes them
    "\ufdd0-\ufdef"  # non-characters
    + "".join(f"{chr((plane << 16) + 0xFFFE)}-{chr((plane << 16) + 0xFFFF)}" for plane in range(17))
    + "]"
)
_EMPTY_LINES = re.compile(r"\n{3,}")
_BLANKS = re.compile(r"\s+")

# Letters and symbols by category, but drawn as nothing.
_BLANK_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def clean_text(raw: object, *, limit: int = DEFAULT_LIMIT, multiline: bool = True) -> str:
    """Return ``raw`` as it may be stored: NFC, no control or bidi characters.

    ``limit`` counts characters after NFC. With ``multiline=False`` a newline
    becomes a blank. Cleaning a cleaned text changes nothing. Takes time in
    proportion to the length.

    Raises WorkshopError when nothing visible is left or the text is too long;
    the message never repeats the text.
    """
    if raw is None:
        raise WorkshopError(_("Vul iets in."))
    if not isinstance(raw, str):
        raise WorkshopError(_("Dit is geen tekst. Typ het opnieuw."))
    if len(raw) > limit * _RAW_FACTOR:
        raise _too_long(len(raw), limit)
    text = _NEWLINES.sub("\n", raw).replace("\t", " ")
    text = _UNWANTED.sub("", text)
    if not text.isascii():
        text = _limit_marks(text, _MARKS_BEFORE_NFC)
        text = unicodedata.normalize("NFC", text)
        text = _limit_marks(text, MAX_MARKS)
    if multiline:
        text = "\n".join(line.rstrip() for line in text.split("\n"))
        text = _EMPTY_LINES.sub("\n\n", text).strip()
    else:
        text = _BLANKS.sub(" ", text).strip()
    if not any(_is_visible(character) for character in text):
        raise WorkshopError(_("Vul iets in."))
    if len(text) > limit:
        raise _too_long(len(text), limit)
    return text


def _too_long(length: int, limit: int) -> WorkshopError:
    message = _("Je tekst is {length} tekens. Kort hem in tot {limit}.")
    return WorkshopError(message.format(length=_grouped(length), limit=_grouped(limit)))


def _grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def _limit_marks(text: str, most: int) -> str:
    kept: list[str] = []
    run = 0
    for character in text:
        if unicodedata.category(character)[0] == "M":
            run += 1
            if run > most:
                continue
        else:
            run = 0
        kept.append(character)
    return "".join(kept)


def _is_visible(character: str) -> bool:
    if character in _BLANK_FILLERS:
        return False
    return unicodedata.category(character)[0] not in "ZCM"


# --- Markdown --------------------------------------------------------------------
#
# Read in the browser bundle of Streamlit 1.67 (StreamlitMarkdown.*.js). Two kinds of rules
# act there. The Markdown parser itself honours a backslash. But web and mail
# addresses, emoji and icon short codes and arrows are searched in the text AFTER parsing,
# when the backslashes are gone: only a character in between stops those. U+2060
# (word joiner) takes no room and is not read out.

_JOINER = "\u2060"

_AFTER_PARSING = re.compile(
    r"(?P<scheme>https?)(?=://)"
    r"|(?P<www>www)(?=\.)"
    r"|(?P<mail>@)(?=[\w-])"
    r"|(?P<short>:)(?=[\w+-]+:|material/)"
    r"|(?<!\S)(?P<arrow><->|->|<-|--|>=|<=|~=)(?!\S)",
    re.IGNORECASE,
)
_SPECIAL = re.compile(r"([\\`*_\[\]()!#<>:$~|&{}^])")
_LINE_START = re.compile(r"^(?P<blanks>[ \u00a0]*)(?P<mark>(?:[-+=]|\d{1,9}[.)])?)")


def escape_markdown(text: str) -> str:
    """Return ``text`` for a place where Streamlit reads Markdown, shown literally.

    Newlines become line breaks (two blanks before the newline), an empty line
    a new paragraph. Short codes, addresses and arrows get an invisible word
    joiner (U+2060), so compare shown text without it.
    """
    lines = (_escape_line(line) for line in text.split("\n"))
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", "\n".join(lines))


def _escape_line(line: str) -> str:
    line = _AFTER_PARSING.sub(_join, line)
    line = _SPECIAL.sub(r"\\\1", line)
    return _LINE_START.sub(_escape_start, line, count=1)


def _join(found: re.Match[str]) -> str:
    token = found.group()
    if found.lastgroup == "arrow":
        return token[0] + _JOINER + token[1:]
    return token + _JOINER


def _escape_start(found: re.Match[str]) -> str:
    # Four blanks at the start would make a block of code; these do not.
    blanks = "\u00a0" * len(found["blanks"])
    mark = found["mark"]
    return f"{blanks}{mark[:-1]}\\{mark[-1]}" if mark else blanks


# --- comparing and blackening ------------------------------------------------------


def same_text(a: str, b: str) -> bool:
    """Tell whether two texts say the same but for case, blanks and composition."""
    return _folded(a) == _folded(b)


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
    return _BLANKS.sub(" ", folded).strip()


def blacken(text: str, words: Iterable[str]) -> str:
    """Return ``text`` with every occurrence of ``words`` replaced by ``BLACK``.

    A word may be a phrase; case and the blanks inside it do not matter, and
    only whole words count. Blackened words that follow each other become one
    run, so that neither length nor number shows.
    """
    wanted = {_BLANKS.sub(" ", unicodedata.normalize("NFC", word)).strip() for word in words}
    wanted.discard("")
    if not wanted:
        return text
    longest_first = sorted(wanted, key=len, reverse=True)
    either = "|".join(r"\s+".join(map(re.escape, word.split(" "))) for word in longest_first)
    result = re.sub(rf"(?<!\w)(?:{either})(?!\w)", BLACK, text, flags=re.IGNORECASE)
    return re.sub(rf"{BLACK}(?:\s+{BLACK})+", BLACK, result)
