"""Looking first and writing after: nothing reads a whole wijkplan while it holds the lock that votes wait for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TypeVar

from workshop.domain.errors import Refused
from workshop.locale import _
from workshop.store import Conn, Store
from workshop.store import wijkplannen as plans
from workshop.store.writing import Write

Seen = TypeVar("Seen")
Done = TypeVar("Done")

#: So often is looked again when somebody else wrote meanwhile, before it is left to the person.
MOST_LOOKS = 5

#: The revision of a wijkplan and the sum of those of its sessions.
Mark = tuple[int, int]


class _Moved(Exception):
    """Somebody wrote between the look and the write."""


def has_moved(seen: Mark, now: Mark) -> bool:
    """Whether anybody but this write itself, which raises the revision of the wijkplan by one, wrote since."""
    return now not in (seen, (seen[0] + 1, seen[1]))


def write_as_seen(
    store: Store, open_write: Callable[[], AbstractContextManager[Write]], wijkplan_id: str, look: Callable[[Conn], Seen],
    do: Callable[[Write, Seen], Done],
) -> Done:  # fmt: skip
    """Look without holding anybody up, then write only if the wijkplan is still as it was seen; else look again.

    What changes it either takes its lock and raises its revision, or is a note that is taken back, which raises the
    revision of its session. Somebody who comes in or goes away raises neither: what is written then says who was there at
    the look.

    Args:
        open_write: opens the write that takes the lock of the wijkplan.
        look: reads all that ``do`` needs; may refuse.
        do: writes; may refuse.

    Raises:
        Refused: so much is written at the same time that no look held.
    """
    for _turn in range(MOST_LOOKS):
        with store.read() as conn:
            mark = plans.revisions(conn, wijkplan_id)
            seen = look(conn)
        try:
            with open_write() as write:
                if has_moved(mark, plans.revisions(write.conn, wijkplan_id)):
                    raise _Moved
                return do(write, seen)
        except _Moved:
            continue
    raise Refused(_("Er verandert nu veel tegelijk in dit wijkplan. Probeer het zo nog een keer."))
