"""The count of a running open step, kept beside the database from one batch of votes to the next.

Reading a thousand ballots after every batch costs more than storing them did. So who stores also keeps what is stored: the
ballots as they were read once, with every batch added. SQLite tells whether anybody else changed the database meanwhile
(``PRAGMA data_version``); then all is read again. Nothing is counted that was not committed, the database is what counts in
the end, and a secret round is never kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from time import monotonic

from workshop.domain.evening.ballots import Ballot
from workshop.store import vote_path
from workshop.store.by_hand import AnyConn

MOST_DIFFERENT = 200
"""More different ballots than this are not counted while people wait for their answer, but by a reader's thread."""

AGAIN_SECONDS = 0.2
"""All ballots are read again at most this often; when others write all the time, a reader's thread counts."""


@dataclass(eq=False)
class LiveCount:
    """The ballots of one running open round by key, and how many of each kind. Used by one thread at a time."""

    _version: int | None = None
    _kind_of: dict[bytes, vote_path.Kind] = field(default_factory=dict)
    _times: dict[vote_path.Kind, int] = field(default_factory=dict)
    _read_at: float = float("-inf")

    def is_known(self, conn: AnyConn, round_id: str, version: int) -> bool:
        """Whether what is kept is what stands in this transaction; reads it when that is due."""
        if self._version == version:
            return True
        now = monotonic()
        if now - self._read_at < AGAIN_SECONDS:
            return False
        self._kind_of, self._times = vote_path.kinds(conn, round_id), {}
        for kind in self._kind_of.values():
            self._times[kind] = self._times.get(kind, 0) + 1
        self._version, self._read_at = version, now
        return True

    def forget(self) -> None:
        """What was added was not committed, or what was committed was not added: read again."""
        self._version = None

    def add(self, stored: Iterable[tuple[bytes, vote_path.Kind]]) -> None:
        """Ballots as they are stored now, each instead of what was there under its key."""
        for key, kind in stored:
            before = self._kind_of.get(key)
            if before is not None:
                self._times[before] -= 1
                if not self._times[before]:
                    del self._times[before]
            self._kind_of[key] = kind
            self._times[kind] = self._times.get(kind, 0) + 1

    def ballots(self) -> list[Ballot] | None:
        """The ballots as :func:`workshop.store.vote_path.running` gives them; None when there are too many different ones."""
        if len(self._times) > MOST_DIFFERENT:
            return None
        return [vote_path.ballot_of(kind, times) for kind, times in sorted(self._times.items())]

    def count(self) -> vote_path.Count:
        """How many there are."""
        times = self._times.items()
        return vote_path.Count(
            sum(n for kind, n in times if kind.is_complete),
            len(self._kind_of),
            sum(n for kind, n in times if kind.source == "paper"),
        )
