"""The product under load: the real ``app.py`` in a process of its own, with a wire to press the facilitator's buttons.

On SQLite one process holds the database, so the buttons are pressed inside it: a thread reads commands from standard
input and calls the same actions the console calls. Everything else goes over HTTP and WebSocket.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import threading
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


@dataclass
class Stage:
    """What the load client needs to know of the prepared evening."""

    session_id: str
    code: str
    group_id: str
    staff_cookie: str
    tokens: list[str] = field(default_factory=list)
    secret_step: str = ""
    open_step: str = ""
    beside: dict[str, Any] = field(default_factory=dict)

    @property
    def other_hall(self) -> Stage:
        """A second session of the same evening, with fewer people."""
        return Stage(**self.beside)


def prepare(url: str, people: int) -> Stage:
    """An evening with an open room, ``people`` participants, a secret and an open step of the baseline."""
    from workshop.actions.people.gate import token_hash
    from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan
    from workshop.domain.roles import Role, Staff
    from workshop.store import accounts, open_store, rooms

    store = open_store(url)
    store.migrate()
    account_id, cookie = rooms.new_id(), secrets.token_urlsafe(32)
    with store.write() as conn:
        accounts.add_account(
            conn,
            {
                "id": account_id,
                "username": "bench@voorbeeld.nl",
                "display_name": "Bench",
                "password_hash": "x",
                "is_admin": False,
                "is_active": True,
                "language": "nl",
                "created_at": store.now(),
            },
        )
        accounts.add_sign_in(conn, token_hash(cookie), account_id, store.now(), store.now() + timedelta(hours=12))
    owner = Staff(account_id, "Bench")
    plan = NewWijkplan(
        title="Bench",
        municipality_code="GM0308",
        municipality_name="Baarn",
        areas=(PlanArea("BU03080000", "Baarn-Noord", "buurt"),),
        partners=("Politie",),
        groups=("Bewoners", "Ondernemers"),
    )
    wijkplan_id = make_wijkplan(store, owner, plan)
    owner = Staff(account_id, "Bench", False, {wijkplan_id: frozenset({Role.OWNER})})
    hall = _hall(store, owner, wijkplan_id, cookie, people)
    hall.beside = asdict(_hall(store, owner, wijkplan_id, cookie, min(people, 200)))
    store.close()
    return hall


def _hall(store: Any, owner: Any, wijkplan_id: str, cookie: str, people: int) -> Stage:
    from workshop.actions.evening import joining, sessions
    from workshop.store import rooms

    session_id = sessions.plan_session(store, owner, wijkplan_id, title="Bench", sprint=1, held_on=date(2026, 11, 24))
    secret_step = sessions.add_step(store, owner, session_id, "commitment", title="Geheim")
    open_step = sessions.add_step(store, owner, session_id, "commitment", title="Open", is_secret=False)
    sessions.open_room(store, owner, session_id)
    with store.read() as conn:
        session = rooms.session(conn, session_id)
        groups = rooms.groups_of(conn, wijkplan_id)
    assert session is not None and session.code is not None
    wishes = [joining.Joining(session.code, groups[n % 2][0]) for n in range(people)]
    tokens = [j.token for j in joining.join_many(store, wishes) if isinstance(j, joining.Joined)]
    return Stage(session_id, session.code, groups[0][0], cookie, tokens, secret_step, open_step)


def press(command: str) -> dict[str, Any]:
    """One press of a button: ``open <step>``, ``stop <step>``, ``show <step>``, ``again <step>`` or ``fix <word>``."""
    from workshop.actions.evening import running
    from workshop.actions.people.gate import staff_by_cookie
    from workshop.opening import the_store
    from workshop.store import rooms

    verb, step_id = command.split()
    store = the_store()
    staff = staff_by_cookie(store, os.environ["BENCH_STAFF"])
    if verb == "fix":
        return _fix(store, staff, step_id)
    act = {"open": running.open_step, "stop": running.stop_step, "show": running.show_outcome, "again": running.again}
    act[verb](store, staff, step_id)
    with store.read() as conn:
        found = rooms.last_round(conn, step_id)
    return {"round": found.id if found else None}


def _fix(store: Any, staff: Any, word: str) -> dict[str, Any]:
    """Change the brief of the one wijkplan and fix it."""
    from workshop.actions.sprints.fixing import fix_result
    from workshop.actions.sprints.path import write_part
    from workshop.domain.sprints.rules import BRIEF_PARTS

    (wijkplan_id,) = staff.roles
    write_part(store, staff, wijkplan_id, 3, BRIEF_PARTS[0], f"Versie {word}.")
    return {"round": fix_result(store, staff, wijkplan_id, 3, unseen_reason="Later").digest}


def _follow_commands() -> None:
    for command in sys.stdin:
        try:
            told = press(command)
        except Exception as error:  # noqa: BLE001 - the bench on the other side has to know
            told = {"error": repr(error)}
        print("BENCH " + json.dumps(told), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "prepare":
        print(json.dumps(asdict(prepare(sys.argv[2], int(sys.argv[3])))))
    else:
        sys.path.insert(0, str(ROOT))
        sys.argv = [str(ROOT / "app.py")]
        from app import app

        threading.Thread(target=_follow_commands, daemon=True).start()
        app.run(config={"server.port": int(os.environ["BENCH_PORT"]), "server.address": "127.0.0.1"})
