"""The seven sprints at the desk: the path, written parts, leaving one out, looking again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from workshop.actions.people.gate import require_role
from workshop.actions.sprints.material import Snapshot, SnapshotItem, read_snapshot
from workshop.actions.sprints.missing import Missing, missing_of
from workshop.actions.sprints.movement import Movement, commitment_movement, slide_movement
from workshop.actions.sprints.record_parts import part_now, put_version
from workshop.actions.wijkplan.path import early_choices, skipped_sprints
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.keyfactors import FactorLook, strip
from workshop.domain.sprints.records import RECORDS, Agreement, SprintRecord
from workshop.domain.sprints.rules import (
    MAY_BE_SKIPPED,
    YIELDS,
    checked_content,
    missing_before,
    only_environment,
    read_record,
)
from workshop.domain.sprints.versions import Difference, differences
from workshop.domain.thread.items import Environment, ItemKind
from workshop.domain.thread.taking_along import StepList, taken_over
from workshop.domain.wijkplan.order import (
    MAY_COME_EARLY,
    SPRINTS,
    Early,
    EarlyChoice,
    OrderChange,
    OrderChoice,
    before_it,
    order_of,
)
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Store, results, rooms, sprints
from workshop.store.results import FixedResult
from workshop.store.rooms import ListedStep
from workshop.store.sprints import SprintPart
from workshop.store.writing import Write, writing
from workshop.werkvormen import werkvorm

#: Longest reason for leaving a sprint out and for looking again, in characters.
REASON_LIMIT = 500


class SprintState(StrEnum):
    """Where a sprint is on the path."""

    WAITING = "waiting"  # nothing in it yet
    RUNNING = "running"
    FIXED = "fixed"
    STALE = "stale"  # fixed, mogelijk verouderd
    SKIPPED = "skipped"


def state_words(state: SprintState) -> str:
    return {
        SprintState.WAITING: _("nog niet begonnen"),
        SprintState.RUNNING: _("bezig"),
        SprintState.FIXED: _("vastgelegd"),
        SprintState.STALE: _("mogelijk verouderd"),
        SprintState.SKIPPED: _("overgeslagen"),
    }[state]


@dataclass(frozen=True)
class SprintView:
    """One sprint on the path. ``record`` was written at the desk; ``made`` was brought in by the room and the desk."""

    number: int
    state: SprintState
    skip_reason: str
    early: EarlyChoice | None  # taken up before its turn
    before: int  # the sprint it builds on; 0 for none
    taken_over: tuple[SnapshotItem, ...]  # of earlier sprints, with the decision of the sprint that sent it
    parked: tuple[SnapshotItem, ...]
    made: tuple[SnapshotItem, ...]
    record: SprintRecord
    contents: Mapping[str, dict[str, Any]]
    factors: Mapping[int, FactorLook | None]
    missing: tuple[Missing, ...]
    results: tuple[FixedResult, ...]
    comes_back: tuple[Agreement, ...]  # agreements of earlier sprints that were not kept

    @property
    def fixed(self) -> FixedResult | None:
        """The version that holds."""
        return self.results[-1] if self.results else None


@dataclass(frozen=True)
class SprintPath:
    """The whole path of a wijkplan, from one read."""

    snapshot: Snapshot
    sprints: tuple[SprintView, ...]
    start_check: Mapping[str, dict[str, Any]]
    slide: Movement
    commitment: Movement
    one_environment: Environment | None  # in which all actions sit, while there is more than one
    choices: tuple[OrderChoice, ...] = ()  # about the order, oldest first

    def sprint(self, number: int) -> SprintView:
        return self.sprints[number - 1]

    @property
    def now(self) -> int:
        """Where the work is: the sprint last taken up early, else the first in order that is not done, else the last."""
        done = {s.number for s in self.sprints if s.state in (SprintState.FIXED, SprintState.SKIPPED)}
        early = [n for n in self.snapshot.early if n not in done]
        open_ones = [n for n in self.snapshot.order if n not in done]
        return early[-1] if early else open_ones[0] if open_ones else SPRINTS[-1]


def see_sprints(store: Store, actor: Actor, wijkplan_id: str) -> SprintPath:
    """The path with everything on it; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        snapshot = read_snapshot(conn, wijkplan_id, store.now())
        listed = rooms.listed_steps(conn, wijkplan_id)
    stayed = {i.id for i in snapshot.items if i.goes_on is False}
    views = tuple(_view(snapshot, number, listed, stayed) for number in SPRINTS)
    return SprintPath(
        snapshot=snapshot,
        sprints=views,
        start_check=snapshot.contents(0),
        slide=slide_movement(snapshot),
        commitment=commitment_movement(snapshot),
        one_environment=only_environment(
            frozenset(Environment(e) for e in item.environments)
            for item in snapshot.items
            if item.kind == ItemKind.ACTION and item.goes_on is not False
        ),
        choices=tuple(sorted(snapshot.choices, key=lambda c: (c.chosen_at, c.sprint, c.version))),
    )


def _view(snapshot: Snapshot, number: int, listed: Iterable[ListedStep], stayed: Collection[str]) -> SprintView:
    earlier = snapshot.order[: snapshot.order.index(number)]
    lists = [StepList(werkvorm(step.werkvorm).takes, step.kept) for step in listed if step.sprint == number]
    sent_by = taken_over(snapshot.decided, number, snapshot.order, lists)
    reached = {d.item_id for d in snapshot.decided if d.sprint in earlier}
    contents = snapshot.contents(number)
    fixed = tuple(r for r in snapshot.results if r.sprint == number)
    made = tuple(i.in_sprint(number) for i in snapshot.items if i.sprint == number)
    has_begun = bool(contents or made or any(s.sprint == number for s in snapshot.sessions))
    skip_reason = snapshot.skipped.get(number, "")
    state = (
        SprintState.SKIPPED
        if skip_reason
        else SprintState.STALE
        if fixed and fixed[-1].is_stale
        else SprintState.FIXED
        if fixed
        else SprintState.RUNNING
        if has_begun
        else SprintState.WAITING
    )
    return SprintView(
        number=number,
        state=state,
        skip_reason=skip_reason,
        early=snapshot.early.get(number),
        before=before_it(number, snapshot.order, snapshot.skipped),
        taken_over=tuple(i.in_sprint(sent_by[i.id]) for i in snapshot.items if i.id in sent_by and i.sprint != number),
        parked=tuple(i for i in snapshot.items if i.id in stayed and i.id in reached),
        made=made,
        record=read_record(number, contents),
        contents=contents,
        factors=strip(snapshot.looks, number),
        missing=tuple(missing_of(snapshot, number)),
        results=fixed,
        comes_back=tuple(
            agreement
            for sprint in earlier
            for agreement in _agreements(read_record(sprint, snapshot.contents(sprint)))
            if agreement.is_kept is Kept.NO
        ),
    )


def _agreements(record: SprintRecord) -> tuple[Agreement, ...]:
    found: tuple[Agreement, ...] = getattr(record, "agreements", ())
    return found


def made_of_kind(view: SprintView) -> dict[ItemKind, tuple[SnapshotItem, ...]]:
    """What a sprint yields, by the kinds of its record first and whatever else was made after those."""
    order = [*YIELDS[view.number], *(kind for kind in ItemKind if kind not in YIELDS[view.number])]
    found = {kind: tuple(i for i in view.made if i.kind == kind) for kind in order}
    return {kind: made for kind, made in found.items() if made or kind in YIELDS[view.number]}


def write_part(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    sprint: int,
    part: str,
    content: Any,
    *,
    based_on: int | None = None,
    confirmed: bool = False,
) -> int:
    """Write a part of a sprint's record; the version before is kept. Returns the version; the same again makes none.

    Args:
        sprint: 1 to 7, or 0 for the check before the start.
        content: a text, or rows as mappings (see ``domain.sprints.parts_of``).
        based_on: the version the writer had in view; when somebody else wrote meanwhile nothing is written over.

    Raises:
        Refused: somebody else wrote meanwhile.
        WorkshopError: a cell is missing or cannot be; the message names row and column.
        PersonalData: a text seems to hold data about a person.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in RECORDS:
        raise WorkshopError(_("Kies een sprint van 1 tot en met 7."), field="sprint")

    def clean(text: str, limit: int) -> str:
        return check_free_text(text, confirmed=confirmed, limit=limit, field=part)

    kept = checked_content(sprint, part, content, clean)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        now = part_now(write, wijkplan_id, sprint, part)
        version = now.version if now else 0
        if now is not None and now.content == kept:
            return version
        if based_on is not None and based_on != version:
            raise Refused(
                _(
                    "Intussen schreef {who} dit onderdeel ook (versie {n}). Jouw tekst staat nog op je scherm. "
                    "Kijk wat er veranderde en leg daarna opnieuw vast."
                ).format(who=now.written_by if now else _("iemand anders"), n=version),
                field=part,
            )
        return put_version(write, wijkplan_id, sprint, part, kept, version + 1)


def part_versions(store: Store, actor: Actor, wijkplan_id: str, sprint: int, part: str) -> list[SprintPart]:
    """Every version of a part, oldest first; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return [p for p in sprints.parts(conn, wijkplan_id) if (p.sprint, p.part) == (sprint, part)]


def skip_sprint(store: Store, actor: Actor, wijkplan_id: str, sprint: int, reason: str) -> None:
    """Leave a sprint out, with a reason that stands in every later result.

    Raises:
        Refused: this sprint cannot be left out, or its result is fixed already.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in SPRINTS or not MAY_BE_SKIPPED[sprint]:
        raise Refused(_("Deze sprint kun je niet overslaan: de sprints erna bouwen erop."))
    kept = check_free_text(reason, confirmed=True, limit=REASON_LIMIT, field="reason")
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        if sprint in results.fixed_sprints(write.conn, wijkplan_id):
            raise Refused(_("Deze sprint is al vastgelegd. Overslaan hoeft niet meer."))
        _choose(write, wijkplan_id, sprint, None, kept)


def resume_sprint(store: Store, actor: Actor, wijkplan_id: str, sprint: int) -> None:
    """Take up a sprint that was left out; that it was, and why, stays in the versions."""
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        chosen = sprints.order_choices(write.conn, wijkplan_id)
        if not any(c.sprint == sprint and c.what is OrderChange.SKIPPED for c in chosen):
            raise Refused(_("Deze sprint was niet overgeslagen."))
        _choose(write, wijkplan_id, sprint, None, "")


def take_up_early(
    store: Store, actor: Actor, wijkplan_id: str, sprint: int, reason: str, *, how: Early = Early.PREPARE
) -> None:
    """Work on a sprint before its turn, with a reason that stands in its result and the later ones.

    Raises:
        Refused: the order does not allow it this way, it is its turn already, or its result is fixed.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    if sprint not in SPRINTS or how not in MAY_COME_EARLY[sprint].ways:
        raise Refused(_("Zo kan het niet: deze sprint bouwt op de sprint ervoor. Kies een andere volgorde."))
    kept = check_free_text(reason, confirmed=True, limit=REASON_LIMIT, field="reason")
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        fixed = results.fixed_sprints(write.conn, wijkplan_id)
        chosen = sprints.order_choices(write.conn, wijkplan_id)
        if sprint in fixed:
            raise Refused(_("Deze sprint is al vastgelegd. Eerder doen hoeft niet meer."))
        if not missing_before(sprint, fixed, skipped_sprints(chosen), order_of(early_choices(chosen))):
            raise Refused(_("Deze sprint is nu aan de beurt. Je kunt meteen beginnen."))
        _choose(write, wijkplan_id, sprint, how, kept)


def keep_order(store: Store, actor: Actor, wijkplan_id: str, sprint: int) -> None:
    """Put a sprint back in its turn; that it was early, and why, stays in the versions.

    Raises:
        Refused: it was not early, or its result was fixed before the one it changed places with.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        fixed = results.fixed_sprints(write.conn, wijkplan_id)
        chosen = sprints.order_choices(write.conn, wijkplan_id)
        early = early_choices(chosen)
        if sprint not in early:
            raise Refused(_("Deze sprint staat al op de gewone plek."))
        in_turn = order_of({n: c for n, c in early.items() if n != sprint})
        if sprint in fixed and missing_before(sprint, fixed, skipped_sprints(chosen), in_turn):
            told = _("Sprint {n} is al vastgelegd in deze volgorde. Leg eerst de andere sprint vast, of laat het zo.")
            raise Refused(told.format(n=sprint))
        _choose(write, wijkplan_id, sprint, early[sprint].how, "")


def _choose(write: Write, wijkplan_id: str, sprint: int, how: Early | None, reason: str) -> None:
    """Keep a choice about the order as its next version; the same choice again makes none."""
    choice = OrderChoice(sprint, how, reason, 1, write.now, write.actor)
    versions = [
        c for c in sprints.order_choices(write.conn, wijkplan_id) if (c.sprint, c.what) == (choice.sprint, choice.what)
    ]
    if versions:
        if (versions[-1].how, versions[-1].reason) == (how, reason):
            return
        choice = replace(choice, version=versions[-1].version + 1)
    sprints.add_order_choice(write.conn, wijkplan_id, choice)
    told = {"sprint": sprint, "what": choice.what.value, "version": choice.version}
    write.journal("sprint.choose", wijkplan_id, details=told)


def look_again(store: Store, actor: Actor, wijkplan_id: str, sprint: int) -> None:
    """Say that somebody looked whether a result *mogelijk verouderd* still holds, and that it does.

    Raises:
        Refused: nothing was marked.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        if not sprints.clear_stale(write.conn, wijkplan_id, sprint):
            raise Refused(_("Dit resultaat was niet gemarkeerd als mogelijk verouderd."))
        write.journal("result.look_again", wijkplan_id, details={"sprint": sprint})


def see_differences(
    store: Store, actor: Actor, wijkplan_id: str, sprint: int, before: int, after: int
) -> list[Difference]:
    """What changed between two fixed versions of a sprint's result; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        known = {r.version: r.record for r in results.results(conn, wijkplan_id) if r.sprint == sprint}
    if before not in known or after not in known:
        raise NotFound()
    return differences(known[before], known[after], sprint)
