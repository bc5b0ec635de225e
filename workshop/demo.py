"""Molenwijk: a fictional wijkplan with three evenings in it, played through the real actions.

Nothing is written behind the actions' backs, so that the demo shows what the product does and not what it should do.
The texts stand in ``data/demo/molenwijk.toml``.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from workshop.actions import deciding, joining, notes, running, sessions, voting
from workshop.actions.definitions import Definition
from workshop.actions.snapshot import see_snapshot
from workshop.actions.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.items import ItemKind
from workshop.domain.roles import Role, Staff
from workshop.store import Store, accounts, rooms, wijkplannen
from workshop.werkvormen.commitment import EXPERIENCE, STANCE
from workshop.werkvormen.risk_dots import DOTS
from workshop.werkvormen.risk_field import BAD, FIELD, OFTEN

SOURCE = Path(__file__).resolve().parent.parent / "data" / "demo" / "molenwijk.toml"

#: The letters of ``experiences`` in the source.
_EXPERIENCE = {"d": "disappointed", "n": "neutral", "g": "good"}
#: Why the demo records results although nobody looked at the key factors: they belong to a later evening.
_UNSEEN = "Voorbeeld: de sleutelfactoren komen op een volgende avond aan bod."


def load_demo(store: Store) -> str:
    """Play the demo, unless it is there already; returns the id of its wijkplan.

    The account that runs it is switched off and has no usable password. The first administrator of an installation
    with a demo in it becomes owner of the demo (see :mod:`workshop.actions.setting_up`).
    """
    with store.read() as conn:
        there = [plan.id for plan in wijkplannen.plans(conn) if plan.is_demo]
    if there:
        return there[0]
    told = tomllib.loads(SOURCE.read_text(encoding="utf-8"))
    chance = random.Random(2026)  # noqa: S311 - play, not secrecy
    with _clock(store) as clock:
        clock.at(told["sessions"][0]["held_on"], 9)
        trainer = _trainer(store)
        wijkplan_id = _wijkplan(store, trainer, told)
        trainer = Staff(trainer.account_id, trainer.display_name, roles={wijkplan_id: frozenset({Role.OWNER})})
        evening = _Evening(store, trainer, wijkplan_id, clock, chance)
        for planned in told["sessions"]:
            evening.play(planned, told["joint_task"])
    with store.write() as conn:
        wijkplannen.change_plan(conn, wijkplan_id, {"is_demo": True})
    return wijkplan_id


class _Clock:
    """The store's clock while the demo plays: it stands on the evening that is told."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def at(self, day: date, hour: int) -> None:
        self.now = datetime.combine(day, time(hour), UTC)

    def later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)


@contextmanager
def _clock(store: Store) -> Iterator[_Clock]:
    real, clock = store.clock, _Clock()
    store.clock = lambda: clock.now
    try:
        yield clock
    finally:
        store.clock = real


def _trainer(store: Store) -> Staff:
    account_id = rooms.new_id()
    with store.write() as conn:
        accounts.add_account(
            conn,
            {
                "id": account_id,
                "username": "demo",
                "display_name": "Begeleider (demo)",
                "password_hash": "!",
                "is_admin": False,
                "is_active": False,
                "language": "nl",
                "created_at": store.now(),
            },
        )
    return Staff(account_id, "Begeleider (demo)")


def _wijkplan(store: Store, trainer: Staff, told: dict[str, Any]) -> str:
    plan = told["wijkplan"]
    return make_wijkplan(
        store,
        trainer,
        NewWijkplan(
            title=plan["title"],
            municipality_code="GM0000",
            municipality_name=plan["municipality"],
            theme=plan["theme"],
            definition=Definition(**told["definition"]),
            partners=tuple(plan["partners"]),
            lead=plan["lead"],
            groups=tuple(plan["groups"]),
        ),
        confirmed=True,
    )


class _Evening:
    """Plays one session after another in the same wijkplan."""

    def __init__(self, store: Store, trainer: Staff, wijkplan_id: str, clock: _Clock, chance: random.Random) -> None:
        self.store, self.trainer, self.wijkplan_id = store, trainer, wijkplan_id
        self.clock, self.chance = clock, chance
        with store.read() as conn:
            self.groups = {name: gid for gid, name in rooms.groups_of(conn, wijkplan_id)}

    def play(self, planned: dict[str, Any], joint_task: str) -> None:
        self.clock.at(planned["held_on"], 18)
        session_id = sessions.plan_session(
            self.store,
            self.trainer,
            self.wijkplan_id,
            title=planned["title"],
            sprint=planned["sprint"],
            held_on=planned["held_on"],
            place=planned["place"],
        )
        if "people" not in planned:
            sessions.add_step(self.store, self.trainer, session_id, "commitment")
            return
        steps = self._script(session_id, planned)
        running.open_room(self.store, self.trainer, session_id)
        people = self._come_in(session_id, planned["people"])
        if "commitment" in planned:
            self._commitment(steps["commitment"], planned["commitment"], people, joint_task)
        if "environments" in planned:
            self._environments(steps["environments"], planned["environments"], people)
        if "risk" in planned:
            self._risk(steps, planned, people)
        running.close_room(self.store, self.trainer, session_id)
        self._fix(planned)

    def _script(self, session_id: str, planned: dict[str, Any]) -> dict[str, str]:
        wanted = {"commitment": ["commitment"], "environments": ["environments"], "risk": ["risk_dots", "risk_field"]}
        keys = [key for name, keys in wanted.items() if name in planned for key in keys]
        settings = {"risk_dots": {k: planned["risk"][k] for k in ("budget", "cap")}} if "risk" in planned else {}
        return {
            key: sessions.add_step(self.store, self.trainer, session_id, key, settings=settings.get(key))
            for key in keys
        }

    def _come_in(self, session_id: str, counts: dict[str, int]) -> dict[str, list[str]]:
        with self.store.read() as conn:
            session = rooms.session(conn, session_id)
        assert session is not None and session.code is not None
        return {
            group: [
                joining.join(self.store, session.code, group_id=self.groups[group]).token for _person in range(number)
            ]
            for group, number in counts.items()
        }

    def _round(self, step_id: str) -> str:
        with self.store.read() as conn:
            found = rooms.last_round(conn, step_id)
        assert found is not None
        return found.id

    def _vote(self, step_id: str, forms: list[tuple[str, dict[str, list[str]]]]) -> None:
        round_id = self._round(step_id)
        answers = voting.cast_ballots(
            self.store, [voting.Cast(token, round_id, form, f"demo{n}") for n, (token, form) in enumerate(forms)]
        )
        refused = [answer for answer in answers if isinstance(answer, Exception)]
        if refused:
            raise refused[0]

    def _finish(self, step_id: str, minutes: float) -> None:
        self.clock.later(minutes)
        running.stop_step(self.store, self.trainer, step_id)
        running.show_outcome(self.store, self.trainer, step_id)

    def _commitment(self, step_id: str, told: dict[str, Any], people: dict[str, list[str]], joint_task: str) -> None:
        running.open_step(self.store, self.trainer, step_id)
        self._vote(
            step_id,
            [
                (token, {STANCE: [str(stance)], EXPERIENCE: [_EXPERIENCE[letter]]})
                for group, tokens in people.items()
                for token, stance, letter in zip(
                    tokens, told["stances"][group], told["experiences"][group], strict=True
                )
            ],
        )
        everybody = [token for tokens in people.values() for token in tokens]
        written: dict[str, str] = {}
        for n, text in enumerate(told["conditions"]):
            written[text] = self._write(everybody[n * 7], step_id, "condition", text)
        for n, (text, lesson) in enumerate(told["initiatives"]):
            written[text] = self._write(everybody[n * 5 + 2], step_id, "initiative", text, second=lesson)
        notes.release(self.store, self.trainer, list(written.values()))
        conclusions = [
            notes.add_item(
                self.store,
                self.trainer,
                self.wijkplan_id,
                kind=ItemKind.CONCLUSION,
                text=conclusion["text"],
                step_id=step_id,
                origin=[written[conclusion["from"]]],
                confirmed=True,
            )
            for conclusion in told["conclusions"]
        ]
        self._finish(step_id, 18)
        deciding.write_joint_task(self.store, self.trainer, self.wijkplan_id, joint_task)
        deciding.settle_step(self.store, self.trainer, step_id, goes_on=conclusions, rest_reason=told["rest_reason"])

    def _write(self, token: str, step_id: str, form: str, text: str, **more: Any) -> str:
        self.clock.later(0.3)
        note = notes.write_note(
            self.store,
            token,
            step_id=step_id,
            form_key=form,
            text=text,
            note_id=f"{form}{text[:20]}",
            confirmed=True,
            **more,
        )
        return note.item.id

    def _environments(self, step_id: str, told: dict[str, Any], people: dict[str, list[str]]) -> None:
        running.open_step(self.store, self.trainer, step_id)
        everybody = [token for tokens in people.values() for token in tokens]
        made: list[tuple[str, str]] = []
        for n, (text, environments, tone, moment) in enumerate(told["notes"]):
            item_id = self._write(
                everybody[n % len(everybody)], step_id, "finding", text,
                environments=environments.split(), tone=tone, moment=moment,
            )  # fmt: skip
            made.append((item_id, tone))
        notes.release(self.store, self.trainer, [item_id for item_id, _tone in made])
        self._finish(step_id, 32)
        chosen = [item_id for item_id, tone in made if tone == "bad"][: told["chosen"]]
        deciding.settle_step(self.store, self.trainer, step_id, goes_on=chosen, rest_reason=told["rest_reason"])

    def _risk(self, steps: dict[str, str], planned: dict[str, Any], people: dict[str, list[str]]) -> None:
        told = planned["risk"]
        everybody = [(group, token) for group, tokens in people.items() for token in tokens]
        dots, field = steps["risk_dots"], steps["risk_field"]
        running.open_step(self.store, self.trainer, dots)
        with self.store.read() as conn:
            last = rooms.last_round(conn, dots)
        assert last is not None
        subjects = list(last.items)
        self._vote(dots, [(token, self._dots(subjects, told)) for _group, token in everybody])
        for _card in range(planned.get("paper", 0)):
            voting.enter_paper_ballot(
                self.store,
                self.trainer,
                self._round(dots),
                group_id=self.groups["Bewoners"],
                form=self._dots(subjects, told),
            )
        self._finish(dots, 14)
        for spread in (2, 1):  # a second round after talking: opinions move closer
            (running.open_step if spread == 2 else running.again)(self.store, self.trainer, field)
            self._vote(field, [(token, self._field(subjects, spread)) for _group, token in everybody])
            self._finish(field, 12)
        rows = deciding.see_settling(self.store, self.trainer, dots).rows
        chosen = [row.item.id for row in rows[: told["chosen"]]]
        for step_id in (field, dots):
            deciding.settle_step(self.store, self.trainer, step_id, goes_on=chosen, rest_reason=told["rest_reason"])

    def _dots(self, subjects: list[str], told: dict[str, Any]) -> dict[str, list[str]]:
        """Dots as people put them: most on the first subjects, never over budget or cap."""
        given: dict[str, int] = {}
        weights = [len(subjects) - n for n in range(len(subjects))]
        for _dot in range(told["budget"]):
            subject = self.chance.choices(subjects, weights)[0]
            if given.get(subject, 0) < told["cap"]:
                given[subject] = given.get(subject, 0) + 1
        return {f"{DOTS}.{subject}": [str(n)] for subject, n in given.items()}

    def _field(self, subjects: list[str], spread: int) -> dict[str, list[str]]:
        """How often and how bad, scattered around a middle of the subject's own."""
        form: dict[str, list[str]] = {}
        for n, subject in enumerate(subjects):
            for axis, middle in ((OFTEN, 5 - n % 3), (BAD, 4 - n % 4)):
                score = middle + self.chance.randint(-spread, spread)
                form[f"{FIELD}.{subject}.{axis}"] = [str(min(5, max(1, score)))]
        return form

    def _fix(self, planned: dict[str, Any]) -> None:
        snapshot = see_snapshot(self.store, self.trainer, self.wijkplan_id)
        if not deciding.missing_for_fixing(snapshot, planned["sprint"]):
            deciding.fix_result(self.store, self.trainer, self.wijkplan_id, planned["sprint"], unseen_reason=_UNSEEN)
