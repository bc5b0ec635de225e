"""Who may do what with the sprints: rows for records, key factors, approvals, herkomst and files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.rules.world import ANY_ROLE, OWNER, RUNS_THE_ROOM, World
from workshop.actions.documents import asking
from workshop.actions.evening import notes, pointing_back, sessions
from workshop.actions.sprints import agreements, approving, fixing, handing_over, keyfactors, taking_over
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.domain.jobs import JobKind
from workshop.domain.roles import Actor
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.keyfactors import FactorStatus
from workshop.domain.sprints.records import Agreement
from workshop.domain.sprints.rules import BRIEF_PARTS
from workshop.domain.thread.basis import FigureBasis, ReportBasis
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written

Call = Callable[[World, Actor], object]

AGREED = agreements.AgendaPoint(1, 0, Agreement("Bellen met de school", "Jongerenwerk"), False)


def add_sprints(world: World) -> None:
    """Two sprints left out, a fixed ontwerpbrief, one request for approval, one item added at the desk."""
    who = (world.store, world.actor(OWNER), world.wijkplan_id)
    for sprint in (1, 2):
        sprinting.skip_sprint(*who, sprint, "Vorig jaar gedaan.")
    for part in BRIEF_PARTS:
        sprinting.write_part(*who, 3, part, "Tekst")
    sprinting.write_part(*who, 1, "agreements", [{"what": AGREED.agreement.what, "who": AGREED.agreement.who}])
    session = sessions.plan_session(*who, title="Volgende", sprint=4, held_on=date(2026, 12, 1))
    fixing.fix_result(*who, 3, unseen_reason="Later")
    sprinting.take_up_early(*who, 5, "Buurtfeest")
    asked = approving.ask_approval(*who, organisation="Politie", is_important=True, by_link=True)
    item = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written("Eenzaam"), sprint=1)
    story = herkomst.add_from_desk(*who, kind=ItemKind.INITIATIVE, written=Written("Buurtapp"), sprint=1)
    step = sessions.add_step(world.store, world.actor(OWNER), session, "brainstorm")
    note = notes.add_item(*who, kind=ItemKind.IDEA, written=Written("Buurtmaaltijd"), step_id=step)
    world.extra = {
        "job": asking.ask_for_file(*who, JobKind.REPORT),
        "wijkplan": world.wijkplan_id,
        "approval": asked.id,
        "item": item,
        "story": story,
        "session": session,
        "step": step,
        "conclusion": note,
    }


def _plan(action: Callable[..., object], *more: object, **named: object) -> Call:
    return lambda w, a: action(w.store, a, w.wijkplan_id, *more, **named)


def _do(action: Callable[..., object], what: str, *more: object, **named: object) -> Call:
    return lambda w, a: action(w.store, a, w.extra[what], *more, **named)


def _do_in_plan(action: Callable[..., object], what: str) -> Call:
    return lambda w, a: action(w.store, a, w.wijkplan_id, w.extra[what])


def _along(world: World, actor: Actor) -> None:
    """Parked by the owner first, so that for everybody there is something to take along."""
    who = (world.store, world.actor(OWNER), world.wijkplan_id)
    handing_over.settle_desk(*who, 1, goes_on=[], rest_reason="Later")
    handing_over.take_along_again(world.store, actor, world.wijkplan_id, 2, world.extra["item"])


SPRINT_ROWS: dict[str, tuple[frozenset[str], Call]] = {
    "documents.asking.ask_for_file": (ANY_ROLE, _plan(asking.ask_for_file, JobKind.REPORT)),
    "documents.asking.see_latest_job": (ANY_ROLE, _plan(asking.see_latest_job, JobKind.REPORT)),
    "documents.asking.see_job": (ANY_ROLE, _do_in_plan(asking.see_job, "job")),
    "documents.asking.fetch_file": (ANY_ROLE, _do_in_plan(asking.fetch_file, "job")),
    "sprints.path.see_sprints": (ANY_ROLE, _plan(sprinting.see_sprints)),
    "sprints.path.part_versions": (ANY_ROLE, _plan(sprinting.part_versions, 3, "problem")),
    "sprints.path.see_differences": (ANY_ROLE, _plan(sprinting.see_differences, 3, 1, 1)),
    "sprints.path.write_part": (RUNS_THE_ROOM, _plan(sprinting.write_part, 1, "main_question", "Waarom?")),
    "sprints.path.skip_sprint": (RUNS_THE_ROOM, _plan(sprinting.skip_sprint, 4, "Geen tijd")),
    "sprints.path.resume_sprint": (RUNS_THE_ROOM, _plan(sprinting.resume_sprint, 1)),
    "sprints.path.take_up_early": (RUNS_THE_ROOM, _plan(sprinting.take_up_early, 6, "Buurtfeest")),
    "sprints.path.keep_order": (RUNS_THE_ROOM, _plan(sprinting.keep_order, 5)),
    "sprints.path.look_again": (RUNS_THE_ROOM, _plan(sprinting.look_again, 3)),
    "sprints.taking_over.take_figure": (
        ANY_ROLE,
        _plan(
            taking_over.take_figure,
            FigureBasis("Misdrijven", "Centrum", "BU03080000", 159.0, "159", "misdrijven", "2023", "politie"),
            sentence="In Centrum legde de politie 159 misdrijven vast.",
        ),
    ),
    "sprints.taking_over.take_passage": (
        ANY_ROLE,
        _plan(
            taking_over.take_passage, ReportBasis("Gebiedsscan", "De gemeente", "2024"), passage="Het is er stil.",
            group="Professionals",
        ),
    ),
    "sprints.agreements.see_agenda": (
        RUNS_THE_ROOM, lambda w, a: agreements.see_agenda(w.store, a, w.extra["session"]),
    ),
    "sprints.agreements.mark_agreement": (
        RUNS_THE_ROOM, lambda w, a: agreements.mark_agreement(w.store, a, w.extra["session"], AGREED, Kept.YES),
    ),
    "sprints.taking_over.take_initiative": (RUNS_THE_ROOM, _do_in_plan(taking_over.take_initiative, "story")),
    "sprints.handing_over.see_desk_settling": (ANY_ROLE, _plan(handing_over.see_desk_settling, 1)),
    "sprints.handing_over.settle_desk": (
        RUNS_THE_ROOM, _plan(handing_over.settle_desk, 1, goes_on=[], rest_reason="Later"),
    ),
    "sprints.handing_over.take_along_again": (RUNS_THE_ROOM, _along),
    "evening.pointing_back.see_about": (RUNS_THE_ROOM, _do(pointing_back.see_about, "step")),
    "evening.pointing_back.set_about": (RUNS_THE_ROOM, _do(pointing_back.set_about, "step", [])),
    "evening.pointing_back.link_back": (
        RUNS_THE_ROOM,
        lambda w, a: pointing_back.link_back(w.store, a, w.extra["step"], [w.extra["conclusion"]], [w.extra["item"]]),
    ),
    "sprints.keyfactors.look_at_factor": (
        RUNS_THE_ROOM, _plan(keyfactors.look_at_factor, 1, 1, status=FactorStatus.IN_ORDER),
    ),
    "sprints.approving.ask_approval": (
        RUNS_THE_ROOM, _plan(approving.ask_approval, organisation="School", is_important=True),
    ),
    "sprints.approving.record_answer": (
        RUNS_THE_ROOM, _do(approving.record_answer, "approval", decision=Approval.AGREED, person="A", role="B"),
    ),
    "sprints.approving.pass_over": (RUNS_THE_ROOM, _do(approving.pass_over, "approval", "Geen tijd")),
    "sprints.approving.take_back_request": (RUNS_THE_ROOM, _do(approving.take_back_request, "approval")),
    "sprints.approving.renew_link": (RUNS_THE_ROOM, _do(approving.renew_link, "approval")),
    "thread.herkomst.see_graph": (ANY_ROLE, _plan(herkomst.see_graph)),
    "thread.herkomst.see_herkomst": (
        ANY_ROLE, lambda w, a: herkomst.see_herkomst(w.store, a, w.wijkplan_id, w.extra["item"]),
    ),
    "thread.herkomst.add_from_desk": (
        RUNS_THE_ROOM, _plan(herkomst.add_from_desk, kind=ItemKind.PAIN, written=Written("Nog iets"), sprint=1),
    ),
    "thread.herkomst.point_back": (RUNS_THE_ROOM, _do(herkomst.point_back, "item", origin=[])),
}  # fmt: skip
