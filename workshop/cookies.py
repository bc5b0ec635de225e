"""The names of the house's cookies and the rule for reading one; ``room`` writes them, ``room`` and ``ui`` read them."""

from __future__ import annotations

from collections.abc import Mapping

SIGN_IN = "kv_in"
"""Session of somebody with an account."""
PARTICIPANT = "kv_deel"
"""Token of a participant in a room."""
PRE_SIGN_IN = "kv_pre"
"""Set on the page before signing in; the one-time ticket is bound to it."""
TABLE = "kv_tafel"
"""Secret of a link for a helper at a table."""
TABLET = "kv_tablet"
"""The same secret on a device that is handed round: it lets people in one by one and does nothing else."""
PHONE_TEST = "kv_proef"
"""A number that means nothing, to see whether a phone keeps a cookie."""
LANGUAGE = "kv_lang"
"""``nl`` or ``en``."""
HOST_PREFIX = "__Host-"
"""Over https every cookie carries it; over plain http browsers refuse it on a network address (house ruling 1)."""


def read_cookie(cookies: Mapping[str, str], name: str, *, is_https: bool) -> str | None:
    """The value of a house cookie or None.

    Over https the plain form is not believed: a neighbouring subdomain could have planted it.
    """
    value = cookies.get(HOST_PREFIX + name)
    if value is None and not is_https:
        value = cookies.get(name)
    return value or None
