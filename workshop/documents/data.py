"""A wijkplan in the types of the JSON file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound, SnapshotSession, SnapshotStep
from workshop.documents import contract
from workshop.documents.words import in_no_order
from workshop.documents.written import written_parts
from workshop.domain.words import local_day
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure


def data_of(snapshot: Snapshot, known: Sequence[Figure]) -> contract.WijkplanFile:
    """Everything, with the ``known`` figures of its areas; what is told in words is in the current language."""
    days = {(p.sprint, p.part): local_day(p.written_at) for p in snapshot.parts}
    return contract.WijkplanFile(
        schema=contract.SCHEMA,
        as_of=snapshot.as_of,
        wijkplan=_plan(snapshot),
        joint_tasks=tuple(
            contract.JointTask(task.version, task.text, local_day(task.written_at)) for task in snapshot.joint_tasks
        ),
        sessions=tuple(_session(session) for session in snapshot.sessions),
        items=tuple(_item(item) for item in in_no_order(snapshot.items)),
        sprint_parts=tuple(
            contract.SprintPart(w.sprint, w.part.key, w.version, dict(w.content), days[w.sprint, w.part.key])
            for w in written_parts(snapshot)
        ),
        sprints_left_out=tuple(contract.LeftOut(n, reason) for n, reason in sorted(snapshot.skipped.items())),
        sprints_taken_up_early=tuple(
            contract.TakenUpEarly(n, choice.how, choice.reason) for n, choice in sorted(snapshot.early.items())
        ),
        key_factors=tuple(
            contract.KeyFactor(
                look.sprint, look.factor, look.status, look.note, look.owner, local_day(look.looked_at)
            )
            for look in snapshot.looks
        ),
        approvals=_approvals(snapshot),
        results=_results(snapshot),
        figures=tuple(_figure(figure) for figure in known),
        attributions=tuple(attributions()),
    )  # fmt: skip


def _plan(snapshot: Snapshot) -> contract.Plan:
    plan = snapshot.wijkplan
    return contract.Plan(
        id=plan.id,
        title=plan.title,
        municipality=contract.Municipality(plan.municipality_code, plan.municipality_name),
        theme=plan.theme,
        is_demo=plan.is_demo,
        definition=contract.Definition(**asdict(plan.definition)),
        areas=tuple(contract.Area(area.code, area.name, area.level) for area in plan.areas),
        partners=tuple(partner.name for partner in plan.open_partners),
        joint_task=snapshot.joint_task,
    )


def _session(session: SnapshotSession) -> contract.Session:
    return contract.Session(
        id=session.id,
        sprint=session.sprint,
        title=session.title,
        held_on=session.held_on,
        place=session.place,
        state=session.state,
        participants=session.total,
        participants_per_group=dict(session.participants),
        steps=tuple(_step(step) for step in session.steps),
    )


def _step(step: SnapshotStep) -> contract.Step:
    return contract.Step(
        id=step.id,
        position=step.position,
        werkvorm=step.werkvorm,
        title=step.title,
        minutes=step.minutes,
        state=step.state,
        is_secret=step.is_secret,
        skip_reason=step.skip_reason,
        rounds=tuple(_round(shown) for shown in step.rounds),
    )


def _round(shown: SnapshotRound) -> contract.Round:
    story = shown.story
    return contract.Round(
        id=shown.id,
        number=shown.number,
        shown_on=shown.shown_on,
        ballots=shown.ballots,
        complete=shown.complete,
        on_paper=shown.paper,
        present=shown.expected,
        turnout=dict(shown.groups),
        outcome=dict(shown.outcome),
        told=(story.lead, *story.sentences, *story.discuss),
        tables=tuple(contract.StoryTable(table.caption, table.header, table.rows) for table in story.tables),
    )


def _item(item: SnapshotItem) -> contract.Item:
    return contract.Item(
        id=item.id,
        kind=item.kind,
        text=item.text,
        environments=item.environments,
        tone=item.tone,
        moment=item.moment,
        lesson=item.lesson,
        group=item.group,
        source=item.source,
        sprint=item.sprint,
        session_id=item.session_id,
        step_id=item.step_id,
        made_on=item.made_on,
        origin=item.origin,
        came_from=item.origin_line,
        fields=dict(item.fields),
        basis=None if item.basis is None else dict(item.basis),
        goes_on=item.goes_on,
        reason=item.reason,
        score=item.score,
        decided=tuple(
            contract.Decided(sprint, one.goes_on, one.reason, one.score)
            for sprint, one in item.decided.items()
            if one.goes_on is not None
        ),
    )


def _approvals(snapshot: Snapshot) -> tuple[contract.ApprovalAsked, ...]:
    return tuple(
        contract.ApprovalAsked(
            sprint=asked.sprint,
            version=asked.version,
            organisation=asked.organisation,
            is_important=asked.is_important,
            decision=asked.decision,
            role=asked.role,
            remark=asked.remark,
            decided_on=local_day(asked.decided_at) if asked.decided_at else None,
        )
        for asked in snapshot.approvals
    )


def _results(snapshot: Snapshot) -> tuple[contract.Result, ...]:
    return tuple(
        contract.Result(
            sprint=result.sprint,
            version=result.version,
            digest=result.digest,
            is_stale=result.is_stale,
            fixed_on=local_day(result.fixed_at),
            fixed_by=result.fixed_by,
            record=result.record,
        )
        for result in snapshot.results
    )


def _figure(figure: Figure) -> contract.PublishedFigure:
    return contract.PublishedFigure(
        indicator=figure.indicator,
        label=figure.label_nl,
        environment=figure.environment,
        area_code=figure.area_code,
        area_name=figure.area_name,
        level=figure.level,
        period=figure.period,
        value=figure.value,
        unit=figure.unit,
        is_small_count=figure.is_small_count,
        reference=tuple(contract.Reference(level, name, value) for level, name, value in figure.reference),
        source=figure.source,
        table=figure.table,
        licence=figure.licence,
        note=figure.note,
    )
