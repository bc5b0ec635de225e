"""A small wijkplan with people in it, made through the real actions: the ground on which the tests of an evening stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from workshop.actions.evening import joining, running, sessions
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan
from workshop.domain.roles import Role, Staff
from workshop.store import Store, accounts, rooms

BAARN = PlanArea("BU03080000", "Baarn-Noord", "buurt")


def staff(store: Store, name: str, *, is_admin: bool = False) -> Staff:
    """An account without roles, as the database holds it."""
    account_id = rooms.new_id()
    with store.write() as conn:
        accounts.add_account(
            conn,
            {
                "id": account_id,
                "username": f"{name}@voorbeeld.nl",
                "display_name": name.title(),
                "password_hash": "x",
                "is_admin": is_admin,
                "is_active": True,
                "language": "nl",
                "created_at": store.now(),
            },
        )
    return Staff(account_id, name.title(), is_admin=is_admin)


def with_role(person: Staff, wijkplan_id: str, *roles: Role) -> Staff:
    """The same person as the gate would make it once these roles were given."""
    return Staff(
        person.account_id, person.display_name, person.is_admin, {**person.roles, wijkplan_id: frozenset(roles)}
    )


@dataclass
class Evening:
    """A wijkplan with one planned session and the people who run it."""

    store: Store
    facilitator: Staff
    wijkplan_id: str
    session_id: str
    groups: dict[str, str]
    code: str
    tokens: list[str] = field(default_factory=list)

    def step(self, werkvorm: str, **more: object) -> str:
        return sessions.add_step(self.store, self.facilitator, self.session_id, werkvorm, **more)  # type: ignore[arg-type]

    def open_room(self) -> None:
        running.open_room(self.store, self.facilitator, self.session_id)

    def people(self, n: int, group: str = "Bewoners") -> list[str]:
        """Let ``n`` people in; returns their cookies."""
        wishes = [joining.Joining(self.code, self.groups[group]) for _ in range(n)]
        joined = [j.token for j in joining.join_many(self.store, wishes) if isinstance(j, joining.Joined)]
        assert len(joined) == n
        self.tokens += joined
        return joined

    def round_id(self, step_id: str) -> str:
        with self.store.read() as conn:
            found = rooms.last_round(conn, step_id)
        assert found is not None
        return found.id

    def run(self, step_id: str) -> None:
        """Stop and show."""
        running.stop_step(self.store, self.facilitator, step_id)
        running.show_outcome(self.store, self.facilitator, step_id)


def plan_evening(store: Store, *, title: str = "Avond in Baarn-Noord", sprint: int = 2) -> Evening:
    """A fresh wijkplan for Baarn-Noord with one session."""
    owner = staff(store, "opgave")
    wijkplan_id = make_wijkplan(
        store,
        owner,
        NewWijkplan(
            title="Veilig in Baarn-Noord",
            municipality_code="GM0308",
            municipality_name="Baarn",
            areas=(BAARN,),
            partners=("Politie", "Woningcorporatie"),
            groups=("Bewoners", "Ondernemers", "Jongeren"),
        ),
    )
    facilitator = with_role(owner, wijkplan_id, Role.OWNER)
    return session_in(store, facilitator, wijkplan_id, title=title, sprint=sprint)


def session_in(store: Store, facilitator: Staff, wijkplan_id: str, *, title: str, sprint: int) -> Evening:
    """One more session in the same wijkplan."""
    session_id = sessions.plan_session(
        store, facilitator, wijkplan_id, title=title, sprint=sprint, held_on=date(2026, 11, 24), place="Buurthuis"
    )
    with store.read() as conn:
        session = rooms.session(conn, session_id)
        groups = {name: gid for gid, name in rooms.groups_of(conn, wijkplan_id)}
    assert session is not None and session.code is not None
    return Evening(store, facilitator, wijkplan_id, session_id, groups, session.code)
