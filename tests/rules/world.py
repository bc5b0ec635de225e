"""A small world to try rights in: two wijkplannen, and one of every kind of actor.

Rows are put in directly: hashing passwords for hundreds of cases would take minutes and prove nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan, see_wijkplan
from workshop.domain.roles import Actor, Participant, Role, Staff, Stranger
from workshop.store import Store
from workshop.store import accounts as rows
from workshop.store import wijkplannen as plans

STRANGER = "stranger"
PARTICIPANT = "participant"
NOBODY = "staff without a role"
OTHER = "facilitator of another wijkplan"
FACILITATOR = "facilitator"
POLICY = "policy officer"
OWNER = "owner"
ADMIN = "administrator"
ACTORS = (STRANGER, PARTICIPANT, NOBODY, OTHER, FACILITATOR, POLICY, OWNER, ADMIN)

#: Sets that are often allowed.
ALL_STAFF = frozenset({NOBODY, OTHER, FACILITATOR, POLICY, OWNER, ADMIN})
ANY_ROLE = frozenset({FACILITATOR, POLICY, OWNER})
RUNS_THE_ROOM = frozenset({FACILITATOR, OWNER})
ONLY_OWNER = frozenset({OWNER})
ONLY_ADMIN = frozenset({ADMIN})

#: A bcrypt hash of its right form that no password fits.
IMPOSSIBLE = "$2b$04$" + "." * 53

BAARN = (PlanArea("BU03080100", "Zandvoort", "buurt"),)


@dataclass
class World:
    """``extra`` is room for what a row of the table needs more, such as a session or a step."""

    store: Store
    wijkplan_id: str
    other_wijkplan_id: str
    account_ids: dict[str, str]
    group_ids: list[str]
    partner_ids: list[str]
    extra: dict[str, str] = field(default_factory=dict)
    foreign: dict[str, str] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)

    def make_foreign(self) -> None:
        """Call everything in ``extra`` somebody else's, and think up ids that do not exist beside them."""
        self.foreign, self.unknown = dict(self.extra), {name: f"{n:032d}" for n, name in enumerate(self.extra)}
        with self.store.write() as conn:
            plans.remove_member(conn, self.wijkplan_id, self.account_ids[OWNER], Role.OWNER)

    def use(self, which: str) -> None:
        """From now on ``extra`` names the ``foreign`` or the ``unknown`` things."""
        if self.foreign:
            self.extra = dict(self.foreign if which == "foreign" else self.unknown)

    def actor(self, who: str) -> Actor:
        """The actor as the gate would make it from a cookie now."""
        if who == STRANGER:
            return Stranger()
        if who == PARTICIPANT:
            return Participant("p", "s", self.wijkplan_id, token="t", group_id=self.group_ids[0])
        account_id = self.account_ids[who]
        with self.store.read() as conn:
            return Staff(account_id, who, is_admin=who == ADMIN, roles=rows.roles_of(conn, account_id))


def make_account_row(store: Store, account_id: str, *, is_admin: bool = False, password_hash: str = IMPOSSIBLE) -> str:
    """An account nobody can sign in with, put in directly; returns its id."""
    with store.write() as conn:
        rows.add_account(
            conn,
            {
                "id": account_id,
                "username": f"{account_id}@voorbeeld.nl",
                "display_name": account_id.title(),
                "password_hash": password_hash,
                "is_admin": is_admin,
                "is_active": True,
                "language": "nl",
                "created_at": datetime(2026, 11, 1, tzinfo=UTC),
            },
        )
    return account_id


def make_world(store: Store) -> World:
    ids = {
        who: make_account_row(store, f"account{number}", is_admin=who == ADMIN)
        for number, who in enumerate(ACTORS)
        if who not in (STRANGER, PARTICIPANT)
    }
    owner = Staff(ids[OWNER], OWNER)
    new = NewWijkplan(
        title="Zandvoort samen",
        municipality_code="GM0308",
        municipality_name="Baarn",
        areas=BAARN,
        partners=("Gemeente", "Politie"),
        groups=("Bewoners", "Jongeren"),
    )
    wijkplan_id = make_wijkplan(store, owner, new)
    other_id = make_wijkplan(store, Staff(ids[ADMIN], ADMIN), new)
    with store.write() as conn:
        # The administrator made the other one but holds no role in any.
        plans.remove_member(conn, other_id, ids[ADMIN], Role.OWNER)
        plans.add_member(conn, wijkplan_id, ids[FACILITATOR], Role.FACILITATOR)
        plans.add_member(conn, wijkplan_id, ids[POLICY], Role.POLICY)
        plans.add_member(conn, other_id, ids[OTHER], Role.FACILITATOR)
    seen = see_wijkplan(store, Staff(ids[OWNER], OWNER, roles={wijkplan_id: frozenset({Role.OWNER})}), wijkplan_id)
    return World(
        store,
        wijkplan_id,
        other_id,
        ids,
        [group.id for group in seen.groups],
        [partner.id for partner in seen.partners],
    )
