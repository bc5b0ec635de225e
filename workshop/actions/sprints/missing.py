"""What is still missing before a sprint's result can be fixed, each with the place where it is done."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from workshop.actions.sprints.material import Snapshot
from workshop.domain.evening.moves import StepState
from workshop.domain.sprints.approvals import BRIEF_SPRINT, missing_approvals
from workshop.domain.sprints.rules import ONE_A4, brief_length, missing_before, missing_parts
from workshop.domain.wijkplan.order import before_it
from workshop.locale import _, format_number


class Place(StrEnum):
    """Where the missing thing is done."""

    SESSIONS = "sessions"  # ``key``: a session, or "" for planning one
    PART = "part"  # ``key``: the part
    APPROVALS = "approvals"
    SPRINT = "sprint"  # ``key``: the number of the sprint that comes first


@dataclass(frozen=True)
class Missing:
    sentence: str
    place: Place
    key: str = ""


def missing_of(snapshot: Snapshot, sprint: int) -> list[Missing]:
    """Everything that stands between a sprint and fixing its result, in the order in which to do it."""
    return [
        *_missing_before(snapshot, sprint),
        *_missing_in_the_room(snapshot, sprint),
        *_missing_at_the_desk(snapshot, sprint),
        *_missing_approvals(snapshot, sprint),
    ]


def _missing_before(snapshot: Snapshot, sprint: int) -> list[Missing]:
    fixed = {result.sprint for result in snapshot.results}
    return [
        Missing(_("Leg eerst het resultaat van sprint {n} vast.").format(n=n), Place.SPRINT, str(n))
        for n in missing_before(sprint, fixed, snapshot.skipped, snapshot.order)
    ]


def _missing_in_the_room(snapshot: Snapshot, sprint: int) -> list[Missing]:
    held = [s for s in snapshot.sessions if s.sprint == sprint]
    told = []
    if not any(step.rounds for s in held for step in s.steps) and not snapshot.contents(sprint):
        first = held[0].id if held else ""
        told.append(Missing(_("Er is in deze sprint nog geen uitslag getoond."), Place.SESSIONS, first))
    told += [
        Missing(_("“{title}” staat nog open of is nog niet getoond.").format(title=step.title), Place.SESSIONS, s.id)
        for s in held
        for step in s.steps
        if step.state in (StepState.OPEN, StepState.STOPPED)
    ]
    told += [
        Missing(_("Kies bij “{title}” wat meegaat en wat blijft.").format(title=step.title), Place.SESSIONS, s.id)
        for s in held
        for step in s.steps
        if step.rounds and not step.is_settled and step.has_items
    ]
    return told


def _missing_at_the_desk(snapshot: Snapshot, sprint: int) -> list[Missing]:
    contents = snapshot.contents(sprint)
    told = [
        Missing(_("Vul “{part}” in.").format(part=part.label), Place.PART, part.key)
        for part in missing_parts(sprint, contents)
    ]
    if sprint == BRIEF_SPRINT and (length := brief_length(contents)) > ONE_A4:
        told.append(
            Missing(
                _("De ontwerpbrief past niet op één A4: {n} tekens, hoogstens {most}. Kort hem in.").format(
                    n=format_number(length), most=format_number(ONE_A4)
                ),
                Place.PART,
                "problem",
            )
        )
    return told


def _missing_approvals(snapshot: Snapshot, sprint: int) -> list[Missing]:
    briefs = [result for result in snapshot.results if result.sprint == BRIEF_SPRINT]
    if before_it(sprint, snapshot.order, snapshot.skipped) != BRIEF_SPRINT or not briefs:
        return []
    return [
        Missing(sentence, Place.APPROVALS) for sentence in missing_approvals(snapshot.approvals, briefs[-1].version)
    ]
