"""A snapshot as an evening in Baarn would leave it, made by the werkvormen themselves from known ballots."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from workshop.actions.evening.steps import Telling
from workshop.actions.sprints.material import (
    Snapshot,
    SnapshotItem,
    SnapshotRound,
    SnapshotSession,
    SnapshotStep,
    SprintDecision,
)
from workshop.actions.wijkplan.definitions import Definition
from workshop.actions.wijkplan.wijkplannen import Named, PlanArea, Wijkplan
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.sprints.approvals import Approval, Asked
from workshop.domain.sprints.keyfactors import FactorLook, FactorStatus
from workshop.domain.thread.items import Environment, Item, ItemKind, Tone
from workshop.domain.wijkplan.order import Early, OrderChoice
from workshop.store.results import FixedResult, JointTask
from workshop.store.sprints import SprintPart
from workshop.werkvormen import Ballot, StepContext, werkvorm

AS_OF = datetime(2026, 11, 21, 21, 31, 12, tzinfo=UTC)
DAY = date(2026, 11, 17)
TASK = "Samen zorgen we dat elke straat na donker prettig is om te lopen."

FINDINGS = (
    ("Jongeren en ouderen kennen elkaar van het voetbalveld", {Environment.SOCIAL, Environment.PHYSICAL}, Tone.GOOD),
    ("De brandgang achter de Leestraat is donker", {Environment.PHYSICAL, Environment.CRIMINAL}, Tone.BAD),
    ("Meldingen blijven liggen; je hoort niets terug", {Environment.INSTITUTIONAL, Environment.SOCIAL}, Tone.BAD),
    ("Handel bij het station, vooral op vrijdag", {Environment.CRIMINAL}, Tone.BAD),
    ("De wijkagent is bekend en aanspreekbaar", {Environment.INSTITUTIONAL}, Tone.GOOD),
    ("Te hard rijden op de Eemnesserweg, juist als de school uitgaat", {Environment.PHYSICAL}, Tone.BAD),
)


@dataclass(frozen=True)
class Said:
    """A herkomst of which the line is given."""

    text: str

    def line(self) -> str:
        return self.text


def full_evening() -> Snapshot:
    """Commitment twice, mapping, dots and the field in two rounds; decisions, two results of which one is stale."""
    session, step_ids = "5e55" + "0" * 28, [f"57e9{n}" + "0" * 27 for n in range(5)]
    findings = [
        _item(f"f1{n}" + "0" * 29, ItemKind.FINDING, text, step_ids[1], environments=places, tone=tone)
        for n, (text, places, tone) in enumerate(FINDINGS)
    ]
    risks = [_decided(f, SprintDecision(True, "", f"{9 - n} stippen")) for n, f in enumerate(findings[1:5])]
    stays = _decided(findings[5], SprintDecision(False, "Loopt al bij verkeer: snelheidsmeting in januari", ""))
    conditions = [
        _item("c10" + "0" * 29, ItemKind.CONDITION, "Dat we na een maand horen wat ermee gebeurt", step_ids[0]),
        _item(
            "c20" + "0" * 29, ItemKind.INITIATIVE, "De buurtapp van 2021", step_ids[0],
            lesson="Zonder beheerder wordt het een klaagmuur",
        ),
    ]  # fmt: skip
    origin = findings[1]
    wish = _item(
        "a10" + "0" * 29, ItemKind.RISK, "Donkere plekken waar niemand komt", step_ids[3],
        origin=(origin.id,), origin_line="uit: Omgevingen en koppelvlakken, sprint 2, 17 november 2026",
    )  # fmt: skip
    subjects = tuple(_as_item(risk) for risk in risks)
    steps = (
        _step(step_ids[0], 1, "commitment", _commitment()),
        _step(step_ids[1], 2, "environments", [((), tuple(_as_item(f) for f in findings), None)]),
        _step(step_ids[2], 3, "risk_dots", [(_dots(subjects), subjects, None)]),
        _step(step_ids[3], 4, "risk_field", _field_rounds(subjects)),
        replace(_step(step_ids[4], 5, "commitment", []), state=StepState.SKIPPED, skip_reason="De tijd was om"),
    )
    return Snapshot(
        as_of=AS_OF,
        wijkplan=_plan(
            "Wijkplan Baarn-Noord",
            Definition(
                "Iedereen voelt zich thuis op straat, ook na donker.",
                "In 2028 zegt driekwart van de bewoners: ik ken hier mensen die ik kan aanspreken.",
                "Een plan met hooguit tien acties, elk met een eigenaar.",
                "Nieuwbouw bij het station.",
                "Bewoners kiezen de volgorde; het college stelt het budget vast.",
                "Wethouder leefbaarheid",
                date(2026, 9, 1),
            ),
            areas=(PlanArea("BU03080000", "Centrum", "buurt"), PlanArea("BU03080001", "Schoonoordpark", "buurt")),
            partners=("Gemeente Baarn", "Politie", "Eemland Wonen", "Welzijn Baarn"),
        ),
        joint_task=TASK,
        joint_tasks=(JointTask(1, "Veiliger worden.", AS_OF, "Sanne"), JointTask(2, TASK, AS_OF, "Sanne")),
        sessions=(
            SnapshotSession(
                session, 2, "Wat speelt er in de wijk?", DAY, "De Trits, Baarn", SessionState.OPEN, 31,
                {"bewoners": 19, "ondernemers": 7, "overig": 5}, steps,
            ),
            SnapshotSession(
                "5e56" + "0" * 28, 3, "Wat willen we?", date(2026, 12, 8), "", SessionState.PLANNED, 0, {}, ()
            ),
        ),
        items=(*conditions, findings[0], *risks, stays, wish),
        results=(
            FixedResult("b00", 1, 1, {"n": 12}, "ab" * 32, True, AS_OF, "Sanne de Wit"),
            FixedResult("b00", 1, 2, {"n": 14}, "cd" * 32, False, AS_OF, "Sanne de Wit"),
        ),
        parts=(
            SprintPart(2, "positive_effects", 2, {"text": "Buren die elkaar kennen.\nEen plein dat leeft."}, AS_OF, "Sanne"),
            SprintPart(
                2, "links", 1,
                {"rows": [{"source": "physical", "target": "social", "mechanism": "Licht trekt mensen naar het plein",
                           "direction": "plus", "evidence": "story", "moment": "now"}]},
                AS_OF, "Sanne",
            ),
        ),
        choices=(
            OrderChoice(4, None, "De ideeën waren er al.", 1, AS_OF, "Sanne"),
            OrderChoice(6, Early.CHANGE_PLACES, "Het buurtfeest is in mei.", 1, AS_OF, "Sanne"),
        ),
        looks=(
            FactorLook(1, 3, FactorStatus.ATTENTION, "Wie besluit over de brandgang?", "Gemeente", AS_OF, "Sanne"),
            FactorLook(2, 3, FactorStatus.IN_ORDER, "", "Gemeente", AS_OF, "Sanne"),
        ),
        approvals=(
            Asked("a" * 32, 3, 1, "Eemland Wonen", True, True, AS_OF, Approval.CONDITIONAL, "Piet Geheim", "Manager",
                  "Als er licht komt", AS_OF, AS_OF, None),
            Asked("b" * 32, 3, 1, "Welzijn Baarn", False, False, None, None, "", "", "", AS_OF, None, None),
        ),
    )  # fmt: skip


def empty_plan() -> Snapshot:
    """A wijkplan that was made a minute ago."""
    return Snapshot(AS_OF, _plan("Nieuw plan", Definition()), None, (), (), (), ())


def poisoned(texts: Sequence[str]) -> Snapshot:
    """The full evening with one finding per text, as if they stood in the database already; every other field too."""
    base = full_evening()
    bad = tuple(
        replace(
            _item(f"bad{n:03d}" + "0" * 26, ItemKind.FINDING, text, None), reason=text, score=text, herkomst=Said(text)
        )
        for n, text in enumerate(texts)
    )
    whole = " ".join(texts)
    plan = replace(
        base.wijkplan,
        title=whole[:400],
        municipality_name=whole[:200],
        theme=texts[0],
        definition=replace(base.wijkplan.definition, ambition=whole, goal=texts[-1]),
        partners=tuple(Named(str(n), text) for n, text in enumerate(texts)),
    )
    step = replace(base.sessions[0].steps[3], title=whole[:200], rounds=_risky_rounds(texts))
    session = replace(base.sessions[0], title=whole[:300], place=texts[0], steps=(*base.sessions[0].steps[:3], step))
    return replace(
        base,
        wijkplan=plan,
        sessions=(session, *base.sessions[1:]),
        items=(*base.items, *bad),
        joint_tasks=(*base.joint_tasks, JointTask(3, whole, AS_OF, whole[:100])),
        joint_task=whole,
    )


def _risky_rounds(texts: Sequence[str]) -> tuple[SnapshotRound, ...]:
    """The texts as the subjects of a ballot: they come back in sentences, tables and pictures."""
    subjects = [Item(f"bad{n:03d}", "b00", ItemKind.FINDING, text) for n, text in enumerate(texts[:6])]
    return _step("57e99" + "0" * 27, 4, "risk_field", _field_rounds(subjects)).rounds


def _plan(
    title: str, definition: Definition, *, areas: tuple[PlanArea, ...] = (), partners: tuple[str, ...] = ()
) -> Wijkplan:
    return Wijkplan(
        "b00" + "0" * 29, title, "GM0308", "Baarn", areas, None, definition,
        tuple(Named(name, name) for name in partners), (), (), 6, None, False, False,
    )  # fmt: skip


def _decided(item: SnapshotItem, one: SprintDecision) -> SnapshotItem:
    """The item as sprint 2 decided about it."""
    return replace(item, goes_on=one.goes_on, reason=one.reason, score=one.score, decided={2: one})


def _item(
    item_id: str,
    kind: ItemKind,
    text: str,
    step_id: str | None,
    *,
    environments: Collection[Environment] = (),
    tone: Tone | None = None,
    lesson: str = "",
    origin: tuple[str, ...] = (),
    origin_line: str = "uit: Omgevingen en koppelvlakken, sprint 2, 17 november 2026",
) -> SnapshotItem:
    return SnapshotItem(
        item_id, kind.value, text, tuple(sorted(environments)), tone, "now" if tone else None, lesson, "bewoners",
        "room", 2, "5e55" + "0" * 28, step_id, DAY, origin, Said(origin_line), None, "", "",
    )  # fmt: skip


def _as_item(item: SnapshotItem) -> Item:
    environments = frozenset(Environment(e) for e in item.environments)
    return Item(item.id, "b00", ItemKind(item.kind), item.text, environments=environments, tone=Tone(item.tone))


def _commitment() -> list[tuple[Sequence[Ballot], Sequence[Item], Any]]:
    stances = ((5, 3, 9, 7, 3), (1, 4, 8, 12, 6))
    rounds: list[tuple[Sequence[Ballot], Sequence[Item], Any]] = []
    for counts in stances:
        values = [step for step, n in enumerate(counts, start=1) for _ in range(n)]
        ballots = [
            Ballot(
                {"stance": stance, "experience": ("disappointed", "neutral", "good")[n % 3]},
                group=("bewoners", "bewoners", "ondernemers", "bewoners", "politie")[n % 5],
                is_paper=n % 7 == 0,
            )
            for n, stance in enumerate(values)
        ]
        rounds.append((ballots, (), None))
    return rounds


def _dots(subjects: Sequence[Item]) -> list[Ballot]:
    return [
        Ballot({"dots": {s.id: (n + place) % 3 for place, s in enumerate(subjects)}}, group="bewoners", is_paper=n < 6)
        for n in range(24)
    ]


def _field_rounds(subjects: Sequence[Item]) -> list[tuple[Sequence[Ballot], Sequence[Item], Any]]:
    def ballots(turn: int) -> list[Ballot]:
        return [
            Ballot(
                {
                    "field": {
                        s.id: [1 + (n * 3 + place * 2 + turn) % 5, 1 + (n // (2 + turn) + place) % 5]
                        for place, s in enumerate(subjects)
                    }
                },
                group="bewoners" if n % 2 else "ondernemers",
            )
            for n in range(22)
        ]

    return [(ballots(0), subjects, None), (ballots(1), subjects, None)]


def _step(
    step_id: str, position: int, key: str, rounds: Sequence[tuple[Sequence[Ballot], Sequence[Item], Any]]
) -> SnapshotStep:
    activity = werkvorm(key)
    told: list[SnapshotRound] = []
    previous: Mapping[str, Any] | None = None
    for number, (ballots, items, _more) in enumerate(rounds, start=1):
        notes = items if key == "environments" else ()
        context = StepContext(items=items, notes=notes, previous=previous)
        outcome = activity.outcome(context, ballots)
        told.append(
            SnapshotRound(
                f"{step_id[:5]}{number}" + "f" * 26, number, DAY, len(ballots) + 3 if ballots else None,
                outcome.get("complete", 0), len(ballots), sum(ballot.is_paper for ballot in ballots),
                outcome.get("groups", {}), outcome, Telling(key, context, outcome),
            )
        )  # fmt: skip
        previous = outcome
    state = StepState.SHOWN if told else StepState.PREPARED
    return SnapshotStep(step_id, position, activity.title(), key, 20, True, state, "", True, bool(told), tuple(told))
