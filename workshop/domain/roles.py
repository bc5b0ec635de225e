"""Who somebody is for this product. An actor is made from a cookie on every request and never kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an account may do in one wijkplan. An administrator of the installation is no role but a flag."""

    OWNER = "owner"  # projecteigenaar: makes and changes the wijkplan, gives roles
    FACILITATOR = "facilitator"  # begeleider: prepares and runs sessions
    POLICY = "policy"  # beleidsmedewerker: results, origin, downloads


@dataclass(frozen=True)
class Staff:
    """Somebody who logged in with an account."""

    account_id: str
    display_name: str
    is_admin: bool = False
    roles: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    language: str = "nl"

    def has(self, wijkplan_id: str, *roles: Role) -> bool:
        """Whether this account holds at least one of ``roles`` in the wijkplan; an owner may do all a role may."""
        held = self.roles.get(wijkplan_id, frozenset())
        return Role.OWNER in held or any(role in held for role in roles)


@dataclass(frozen=True)
class Participant:
    """Somebody in a room, known by the random token in the own cookie and nothing else."""

    participant_id: str
    session_id: str
    wijkplan_id: str
    token: str = field(repr=False)
    group_id: str | None = None
    group: str | None = None
    organisation: str | None = None


@dataclass(frozen=True)
class TableHelper:
    """A tafelbegeleider: no account, a link that the facilitator made for one session.

    May enter and take out ballots on paper, copy notes from paper, and release or hide notes in that session; nothing else.
    """

    link_id: str
    session_id: str
    wijkplan_id: str
    label: str


@dataclass(frozen=True)
class Stranger:
    """Anybody else. Gets the same answer as for something that does not exist."""


Actor = Staff | Participant | TableHelper | Stranger
