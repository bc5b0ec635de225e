"""Hashing and judging passwords.

bcrypt is called directly and not through streamlit-authenticator's ``Hasher``: importing that package starts
Streamlit, and these functions also run in the start command and the room's routes. The hashes are the same
(``$2b$12$``); a test has each check what the other made.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import bcrypt

from workshop.domain.errors import WorkshopError
from workshop.locale import _

SHORTEST = 12
"""Characters. Length is asked, not a mix of signs (NIST SP 800-63B, 5.1.1.2)."""
LONGEST_BYTES = 72
"""bcrypt reads no further, so longer ones are refused instead of silently cut."""

_TOO_WELL_KNOWN = ("koppelvlak", "wachtwoord", "password", "welkom", "123456", "qwerty", "azerty", "abcdef")


def _bytes(password: str) -> bytes:
    # One keyboard sends é as one sign, another as two.
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")


def check_new_password(password: object, *, username: str = "") -> str:
    """Return the password when it may be used.

    Raises:
        WorkshopError: too short, too long, or easy to guess (field ``password``).
    """
    if not isinstance(password, str) or len(password) < SHORTEST:
        raise WorkshopError(
            _("Kies een wachtwoord van minstens {n} tekens. Een zin van een paar woorden werkt goed.").format(
                n=SHORTEST
            ),
            field="password",
        )
    if len(_bytes(password)) > LONGEST_BYTES:
        raise WorkshopError(
            _("Dit wachtwoord is te lang. Kies er een van hooguit {n} tekens.").format(n=LONGEST_BYTES),
            field="password",
        )
    if "\x00" in password:
        raise WorkshopError(_("In dit wachtwoord zit een teken dat niet kan. Kies een ander."), field="password")
    rest = password.casefold()
    for known in (*_TOO_WELL_KNOWN, *username.casefold().replace("@", ".").split(".")):
        if len(known) > 3:
            rest = rest.replace(known, "")
    if len(set(rest)) < 5:
        raise WorkshopError(_("Dit wachtwoord is makkelijk te raden. Kies een ander."), field="password")
    return password


def hash_password(password: str) -> str:
    """A bcrypt hash with a salt of its own; about a quarter of a second of CPU."""
    return bcrypt.hashpw(_bytes(password), bcrypt.gensalt(12)).decode("ascii")


def is_password(password: str, hashed: str) -> bool:
    """Whether the password fits the hash. Takes the same time whatever the password is, also an impossible one."""
    raw = _bytes(password)
    is_possible = 0 < len(raw) <= LONGEST_BYTES and b"\x00" not in raw
    fits = bcrypt.checkpw(raw if is_possible else b"-", hashed.encode("ascii"))
    return fits and is_possible


@lru_cache(maxsize=1)
def dummy_hash() -> str:
    """A hash nothing fits, to spend the same time on when there is no account (house ruling 5)."""
    return hash_password("geen enkel wachtwoord past hierop")
