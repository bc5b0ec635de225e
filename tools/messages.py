"""Read the texts people see from the code into the catalogues (`make messages`).

Dutch is the language of the code, so its catalogue repeats every message; the other catalogues keep the translations
they have. Prints what is not translated yet, and ends with status 1 then. `data/method` is content, not code.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "workshop" / "locale"
NATIVE = "nl"
TRANSLATED = ("en",)
FOLDERS = ("workshop", "pages")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**.jinja", "jinja2")]
OPTIONS = {"**/templates/**.html": {"encoding": "utf-8", "silent": "false"}}
# Headers that hold nothing, or a date that would change the file at every run.
EMPTY_HEADERS = tuple(
    f'"{name}:'
    for name in (
        *("Project-Id-Version", "Report-Msgid-Bugs-To", "POT-Creation-Date", "PO-Revision-Date"),
        *("Last-Translator", "Language-Team", "Generated-By"),
    )
)
KEYWORDS: dict[str, Any] = {"_": None, "n_": (1, 2), "gettext": None, "ngettext": (1, 2)}


def extract(root: Path = ROOT) -> Catalog:
    """Every message in the code under `root`, by file; without line numbers, which would make every diff big."""
    found = Catalog(charset="utf-8")
    for folder in FOLDERS:
        if not (root / folder).is_dir():
            continue
        rows = extract_from_dir(root / folder, METHODS, OPTIONS, KEYWORDS, comment_tags=("Translators:",))
        for name, _line, message, comments, _context in sorted(rows, key=lambda row: (row[0], row[1])):
            found.add(message, locations=[(f"{folder}/{Path(name).as_posix()}", 0)], auto_comments=comments)
    return found


def catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """What stands on disk for a language; an empty catalogue when nothing does."""
    path = _path(language, locale)
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False)
    with path.open("rb") as source:
        return read_po(source, locale=language)


def update(language: str, messages: Catalog, locale: Path = LOCALE) -> Catalog:
    """Bring one catalogue in line with the code, write it, and return it. No message is guessed from a similar one."""
    kept = catalogue(language, locale)
    # Without fuzzy guesses: a text that changed is a text to translate again.
    # A copy, because Babel lets two catalogues share their message objects.
    kept.update(deepcopy(messages), no_fuzzy_matching=True, update_header_comment=False)
    kept.obsolete.clear()
    kept.header_comment = "# Koppelvlak, EUPL-1.2"
    for message in _texts(kept):
        if language == NATIVE:
            message.string = message.id
            message.flags.discard("fuzzy")
    path = _path(language, locale)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, kept, width=120, sort_output=True, include_lineno=False)
    lines = written.getvalue().decode().splitlines()
    path.write_text(
        "\n".join(line for line in lines if not line.startswith(EMPTY_HEADERS)).strip() + "\n", encoding="utf-8"
    )
    return kept


def faults(messages: Catalog, translated: Catalog) -> list[str]:
    """What is wrong with a catalogue, one line per message: absent, empty, uncertain or with other {names}."""
    wrong = []
    for message in _texts(messages):
        ids = _as_tuple(message.id)
        theirs = translated.get(message.id)
        if theirs is None:
            wrong.append(f"absent: {ids[0]!r}")
            continue
        strings = _as_tuple(theirs.string)
        if not all(strings) or len(strings) < len(ids):
            wrong.append(f"not translated: {ids[0]!r}")
        elif theirs.fuzzy:
            wrong.append(f"marked uncertain: {ids[0]!r}")
        else:
            wrong += [f"other names in braces: {ids[0]!r} -> {text!r}" for text in _with_other_names(ids, strings)]
    return wrong


def main() -> int:
    messages = extract()
    wrong = {language: faults(messages, update(language, messages)) for language in (NATIVE, *TRANSLATED)}
    for language, lines in wrong.items():
        print(f"{language}: {len(messages)} messages, {len(lines)} to mend")
        for line in lines:
            print(f"  {line}")
    return 1 if any(wrong.values()) else 0


def _with_other_names(ids: tuple[str, ...], strings: tuple[str, ...]) -> Iterator[str]:
    # "één stem" may leave out the {n} that "{n} stemmen" needs, in either language.
    of_one, of_many = [_names(text) for text in ids], [_names(ids[-1])]
    for index, text in enumerate(strings):
        if _names(text) not in (of_one if index == 0 else of_many):
            yield text


def _as_tuple(texts: Any) -> tuple[str, ...]:
    """Babel holds one text as a string and the forms of a plural as a list or tuple."""
    return (texts,) if isinstance(texts, str) else tuple(texts or ("",))


def _names(text: str) -> set[str]:
    return set(re.findall(r"\{(\w*)[^{}]*\}", text))


def _texts(messages: Catalog) -> Iterator[Message]:
    return (message for message in messages if message.id)


def _path(language: str, locale: Path) -> Path:
    return locale / language / "LC_MESSAGES" / "koppelvlak.po"


if __name__ == "__main__":
    sys.exit(main())
