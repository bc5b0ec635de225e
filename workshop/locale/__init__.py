"""Texts, numbers and dates in the language of whoever looks.

The messages in the code are Dutch, so Dutch needs no catalogue to be complete: a missing catalogue or message shows the
Dutch text. A language is added by adding a folder `<code>/LC_MESSAGES/koppelvlak.po`; it is read at run time, so there
is nothing to compile. Texts take their values afterwards: `_("Hallo {name}").format(name=...)`.

The language belongs to the current request or script run (a context variable): two people with different languages in
one process do not disturb each other.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel import Locale, UnknownLocaleError
from babel import dates as babel_dates
from babel import numbers as babel_numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

DEFAULT_LANGUAGE = "nl"
_FOLDER = Path(__file__).parent
_CATALOGUE = Path("LC_MESSAGES", "koppelvlak.po")
_language: ContextVar[str] = ContextVar("language", default=DEFAULT_LANGUAGE)

# The English we write for is European: day before month, a week that starts on Monday.
_CONVENTIONS = {"en": "en_GB"}


def languages() -> dict[str, str]:
    """The languages there is a catalogue for, Dutch first: {"nl": "Nederlands", "en": "English"}."""
    return dict(_languages())


def current_language() -> str:
    """Code of the language in use here and now."""
    return _language.get()


def use_language(code: str | None) -> str:
    """From here on, in this request or script run, use this language; returns the code now in use.

    An unknown or absent code (a cookie can hold anything) gives Dutch; "en-GB" gives "en".
    """
    short = (code or "").replace("_", "-").split("-")[0].lower()
    chosen = short if short in _languages() else DEFAULT_LANGUAGE
    _language.set(chosen)
    return chosen


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Use a language for one block only, for instance for a report in another language than the screen."""
    before = current_language()
    use_language(code)
    try:
        yield
    finally:
        _language.set(before)


def _(message: str) -> str:
    """The message in the current language; the Dutch message itself when there is no translation."""
    return _catalogue(current_language()).gettext(message) if message else ""


def n_(singular: str, plural: str, n: int) -> str:
    """The form that fits `n`, in the current language: `n_("{n} stem", "{n} stemmen", n).format(n=n)`."""
    return _catalogue(current_language()).ngettext(singular, plural, n)


def format_number(value: float, decimals: int | None = None) -> str:
    """1234.5 -> "1.234,5". With `decimals` exactly that many; without, at most three and no trailing zeros."""
    pattern = "#,##0.###" if decimals is None else _pattern(decimals)
    with _halves_go_up():
        return babel_numbers.format_decimal(Decimal(str(value)), format=pattern, locale=_locale())


def format_percent(share: float, decimals: int = 0) -> str:
    """A share from 0 to 1 as a percentage: 0.125 -> "13%"."""
    with _halves_go_up():
        return babel_numbers.format_percent(Decimal(str(share)), format=_pattern(decimals) + "%", locale=_locale())


def format_date(value: date, style: Literal["short", "medium", "long", "full"] = "long") -> str:
    """A day in words: date(2026, 11, 21) -> "21 november 2026"; "full" adds the weekday."""
    return babel_dates.format_date(value, format=style, locale=_locale())


def format_time(value: time | datetime) -> str:
    """Hours and minutes as they stand in `value` (no time zone is applied): "19:30"."""
    return babel_dates.format_time(value.replace(tzinfo=None), format="HH:mm", locale=_locale())


@lru_cache(maxsize=1)
def _languages() -> dict[str, str]:
    codes = {path.parents[1].name for path in _FOLDER.glob(f"*/{_CATALOGUE.as_posix()}")}
    found = {DEFAULT_LANGUAGE: "Nederlands"}
    for code in sorted(codes - {DEFAULT_LANGUAGE}):
        try:
            name = Locale.parse(code).get_display_name(code)
        except (UnknownLocaleError, ValueError):
            continue
        if name:
            found[code] = name[:1].upper() + name[1:]
    return found


@lru_cache
def _catalogue(code: str) -> gettext.NullTranslations:
    path = _FOLDER / code / _CATALOGUE
    if not path.exists():
        return _DutchAsWritten()
    with path.open("rb") as source:
        catalogue = read_po(source, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    translations = gettext.GNUTranslations(compiled)
    translations.add_fallback(_DutchAsWritten())
    return translations


class _DutchAsWritten(gettext.NullTranslations):
    """The messages as they stand in the code; Dutch, like English, has a plural for everything but one."""


def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _halves_go_up() -> AbstractContextManager[Context]:
    """Rounding as people learned it at school; Python's own, half to even, shows 12,5% as 12%."""
    return localcontext(rounding=ROUND_HALF_UP)


def _locale() -> Locale:
    code = current_language()
    return Locale.parse(_CONVENTIONS.get(code, code))
