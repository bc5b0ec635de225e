"""The code that lets a phone into the room: made, shown and read.

Source of the accepted and refused forms: assurance list J.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from workshop.domain.errors import WorkshopError
from workshop.locale import _

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 symbols; no 0 and O, no 1, I and L: they look alike on a projector."""

LENGTH = 8
"""Symbols in a code: 31**8 is about 8.5e11 codes, near 40 bits."""

LONGEST_INPUT = 64
"""Characters; longer input is refused before any work is done on it."""

_LOOK_ALIKES = frozenset("0O1IL")
_ENDINGS = ".,;!?"


def new_code(choose: Callable[[str], str]) -> str:
    """Return a new code of ``LENGTH`` symbols.

    ``choose`` picks one symbol from a string; in the product that is
    ``secrets.choice``, never ``random.choice``.
    """
    return "".join(choose(ALPHABET) for _place in range(LENGTH))


def show_code(code: str) -> str:
    """Return the code as people see it: ``"ABCDEFGH"`` gives ``"ABCD-EFGH"``."""
    return f"{code[:4]}-{code[4:]}"


def read_code(raw: object) -> str:
    """Return the eight symbols a person meant, in capitals and without dash.

    Forgives case, blanks, every kind of dash, full width, the word ``Code:``
    in front and a full stop behind. Raises WorkshopError (field ``code``) for
    everything else; the message never repeats the input.
    """
    if not isinstance(raw, str) or len(raw) > LONGEST_INPUT:
        raise _refused()
    text = unicodedata.normalize("NFKC", raw).strip()
    if text[:4].upper() == "CODE":  # never the start of a code: O is not in the alphabet
        text = text[4:].lstrip().removeprefix(":")
    text = text.rstrip(_ENDINGS)
    symbols = "".join(character for character in text if not _separates(character))
    if not symbols:
        raise WorkshopError(_("Vul de code in die op het scherm staat."), field="code")
    # Before upper(): the capital of ß would be two symbols nobody typed.
    if not symbols.isascii() or len(symbols) != LENGTH:
        raise _refused()
    symbols = symbols.upper()
    if all(symbol in ALPHABET for symbol in symbols):
        return symbols
    if all(symbol in ALPHABET or symbol in _LOOK_ALIKES for symbol in symbols):
        raise _refused(_("Er zit geen nul, letter O, één, I of L in een code."))
    raise _refused()


def _separates(character: str) -> bool:
    return character in "\u2212\n\t" or unicodedata.category(character) in ("Pd", "Zs")


def _refused(hint: str = "") -> WorkshopError:
    message = _("Deze code klopt niet. Typ de acht tekens over die op het scherm staan.")
    return WorkshopError(f"{message} {hint}".strip(), field="code")
