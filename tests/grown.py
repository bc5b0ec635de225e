"""A wijkplan of a chosen size, made through the real actions: so many evenings, steps, items, partners and groups."""

from __future__ import annotations

from dataclasses import dataclass

from tests.evening import Evening, plan_evening, session_in
from tests.sprint_world import write
from workshop.actions.evening import notes, running, sessions, settling, tables
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import partners
from workshop.domain.thread.herkomst import Authority
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store


@dataclass(frozen=True)
class Grown:
    """``session_id`` is the evening that runs: steps that are done, one that people vote in, one that takes what went on."""

    evening: Evening
    notes_step: str
    open_step: str
    next_step: str
    items: tuple[str, ...]

    @property
    def store(self) -> Store:
        return self.evening.store

    @property
    def session_id(self) -> str:
        return self.evening.session_id


def _done(evening: Evening, werkvorm: str) -> str:
    step = evening.step(werkvorm)
    running.open_step(evening.store, evening.facilitator, step)
    evening.run(step)
    return step


def grow(store: Store, size: int) -> Grown:
    """``size`` evenings; in the one that runs ``size`` steps that are done and ``size`` items of each sort."""
    evening = plan_evening(store)
    who = (store, evening.facilitator, evening.wijkplan_id)
    write(evening, 1, "main_question", "Waarom?")
    for n in range(size):
        partners.add_partner(*who, f"Partner {n}")
        partners.add_group(*who, f"Groep {n}")
        write(evening, 2, "positive_effects", f"Effect {n}")
        earlier = session_in(store, evening.facilitator, evening.wijkplan_id, title=f"Avond {n}", sprint=1)
        earlier.step("risk_dots")
        running.open_room(store, evening.facilitator, earlier.session_id)
        _done(earlier, "commitment")
        running.close_room(store, evening.facilitator, earlier.session_id)
        tables.make_table_link(store, evening.facilitator, evening.session_id, f"Tafel {n}")
    notes_step = evening.step("environments")
    evening.open_room()
    people = evening.people(5)
    for _n in range(size):
        _done(evening, "commitment")
    made = _notes(evening, notes_step, people, size)
    open_step = evening.step("commitment")
    next_step = sessions.add_step(store, evening.facilitator, evening.session_id, "risk_dots")
    running.open_step(store, evening.facilitator, open_step)
    return Grown(evening, notes_step, open_step, next_step, made)


def _notes(evening: Evening, step: str, people: list[str], size: int) -> tuple[str, ...]:
    """A step of notes: ``size`` that went on, as many that wait, and as many made of the first at the desk."""
    store, actor, plan = evening.store, evening.facilitator, evening.wijkplan_id
    running.open_step(store, actor, step)
    for n in range(size):
        written = Written(f"Wacht {n}", "finding", environments=["social"], tone="bad", moment="now")
        notes.write_note(store, notes.Note(people[n % len(people)], step, f"n{n}", written))
    made = tuple(
        notes.add_item(store, actor, plan, kind=ItemKind.FINDING, written=Written(f"Bevinding {n}"), step_id=step)
        for n in range(size)
    )
    evening.run(step)
    settling.settle_step(store, actor, step, goes_on=made)
    for n, origin in enumerate(made):
        herkomst.add_from_desk(
            store, actor, plan, kind=ItemKind.WISH, written=Written(f"Wens {n}"), sprint=2, origin=[origin],
            authority=Authority.COUNCIL,
        )  # fmt: skip
    return made
