"""A wijkplan that went through its first sprints, made through the real actions."""

from __future__ import annotations

from tests.evening import Evening, plan_evening
from workshop.actions.evening import moderation, notes, running
from workshop.actions.sprints import fixing, keyfactors
from workshop.actions.sprints import path as sprinting
from workshop.domain.sprints.keyfactors import FACTORS, FactorStatus
from workshop.domain.sprints.rules import BRIEF_PARTS
from workshop.domain.thread.written import Written
from workshop.store import Store

WHY = "De sleutelfactoren komen later."


def fix(evening: Evening, sprint: int) -> int:
    """Fix a sprint of which no key factor was looked at; returns the version."""
    return fixing.fix_result(evening.store, evening.facilitator, evening.wijkplan_id, sprint, unseen_reason=WHY).version


def write(evening: Evening, sprint: int, part: str, content: object, **more: object) -> int:
    return sprinting.write_part(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        sprint,
        part,
        content,
        **more,  # type: ignore[arg-type]
    )


def write_brief(evening: Evening) -> None:
    for part in BRIEF_PARTS:
        write(evening, 3, part, f"Dit staat bij {part}.")


def fixed_brief(store: Store) -> Evening:
    """Sprints 1 and 2 left out with a reason, the ontwerpbrief written and fixed as version 1."""
    evening = plan_evening(store, sprint=3)
    for sprint in (1, 2):
        sprinting.skip_sprint(
            store, evening.facilitator, evening.wijkplan_id, sprint, "Gedaan in het plan van vorig jaar."
        )
    write_brief(evening)
    assert fix(evening, 3) == 1
    return evening


TOLD = {
    "extra.organisation": ["Gemeente, afdeling Jeugd"],
    "extra.year": ["2019"],
    "extra.domain": ["both"],
    "extra.feeling": ["disappointed"],
    "extra.reuse": ["De vaste avond"],
}


def tell_the_room(evening: Evening, names: list[str]) -> list[str]:
    """A step in which people tell about earlier policy, each note released and the outcome shown; returns their ids."""
    step = evening.step("earlier_policy")
    evening.open_room()
    people = evening.people(len(names))
    running.open_step(evening.store, evening.facilitator, step)
    written = [
        notes.write_note(
            evening.store,
            notes.Note(
                token, step, "n", Written(name, form_key="initiative", second="Niemand kwam terug", extras=TOLD)
            ),
        ).item.id
        for token, name in zip(people, names, strict=True)
    ]
    moderation.release(evening.store, evening.facilitator, written)
    evening.run(step)
    return written


def look_at_all(evening: Evening, sprint: int) -> None:
    for factor in FACTORS:
        keyfactors.look_at_factor(
            evening.store, evening.facilitator, evening.wijkplan_id, sprint, factor, status=FactorStatus.IN_ORDER
        )
