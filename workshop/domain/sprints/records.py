"""The typed record of each sprint: what is written at the desk beside what the room made and counted.

Fields follow the table of the seven sprints (domain paper 1.1; marks there say what is the CCV's and what is our
reading). A field is one text, or rows of one dataclass; the fields of a row without a default have to be filled in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from workshop.domain.sprints.choices import (
    Direction,
    Evidence,
    Feeling,
    IdeaType,
    Kept,
    NormMet,
    PolicyDomain,
    Relation,
    Share,
    Side,
    TestDecision,
    Verdict,
)
from workshop.domain.sprints.fields import (
    AnAction,
    AnIdea,
    AnInitiative,
    AnIntervention,
    Between,
    FiveSteps,
    Line,
)
from workshop.domain.thread.items import Environment, Moment

# -- in every sprint: key factor 4, koppelvlakken (1.4), and key factor 3, structures and roles (1.3 and 8) -------------


@dataclass(frozen=True)
class Link:
    """A koppelvlak: a turn in one environment that works through in another (domain paper 1.4)."""

    source: Environment
    target: Environment
    mechanism: str
    direction: Direction
    evidence: Evidence
    knob: str = ""
    moment: Moment = Moment.NOW


@dataclass(frozen=True)
class Body:
    question: Line
    body: Line
    meets_on: date | None = None
    in_position: str = ""


@dataclass(frozen=True)
class Agreement:
    what: str
    who: Line
    by: date | None = None
    is_kept: Kept = Kept.RUNNING
    note: str = ""
    discussed_on: date | None = None


@dataclass(frozen=True)
class StartCheck:
    """The *kapstok* under the wijkplan, before the first sprint."""

    people_and_hours: str = ""
    way_of_working: str = ""
    partner_commitment: str = ""
    privacy_protocol: str = ""


@dataclass(frozen=True)
class _EverySprint:
    links: tuple[Link, ...] = ()
    structures: tuple[Body, ...] = ()
    agreements: tuple[Agreement, ...] = ()


# -- 1: pijn- en behoeftenkaart ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class EarlierPolicy:
    name: Line
    organisation: Line
    year: Annotated[int | None, Between(1950, 2100)] = None
    domain: PolicyDomain | None = None
    target_group: Line = ""
    wijkmanager: Share | None = None
    wijkagent: Share | None = None
    boa: Share | None = None
    youth_worker: Share | None = None
    feeling: Feeling | None = None
    lesson: str = ""
    reuse: str = ""
    is_reused: bool = False
    came_from: AnInitiative = ""


@dataclass(frozen=True)
class RunningEffort:
    partner: Line
    effort: str
    place: Line
    theme: Line
    target_group: Line = ""
    doubles_with: str = ""
    clashes_with: str = ""
    apart_from: str = ""


@dataclass(frozen=True)
class GroupPain:
    group: Line
    pain: str
    need: str = ""
    why: str = ""
    slide: Annotated[int | None, Between(1, 3)] = None
    quote: str = ""
    promises: str = ""
    threshold: str = ""


@dataclass(frozen=True)
class Observation:
    place: Line
    text: str
    environment: Environment | None = None


@dataclass(frozen=True)
class PainMap(_EverySprint):
    main_question: str = ""
    impact: str = ""
    dropped_assumptions: str = ""
    groups: tuple[GroupPain, ...] = ()
    earlier_policy: tuple[EarlierPolicy, ...] = ()
    running_efforts: tuple[RunningEffort, ...] = ()
    observations: tuple[Observation, ...] = ()


# -- 2: wijkdiagnose ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class HardFact:
    indicator: Line
    source: Line
    value: Line
    environment: Environment | None = None
    area: Line = ""
    period: Line = ""
    reference: Line = ""
    caveat: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class SoftFact:
    group: Line
    finding: str
    method: Line = ""
    people: Annotated[int | None, Between(1, 100_000)] = None
    relation: Relation | None = None
    indicator: Line = ""


@dataclass(frozen=True)
class Empathy:
    group: Line
    thinks: str = ""
    hears: str = ""
    sees: str = ""
    says: str = ""
    does: str = ""
    pain: str = ""
    gain: str = ""


@dataclass(frozen=True)
class EnvironmentLook:
    """Per environment: what already happens, what can be more (domain paper 1.4)."""

    environment: Environment
    happens: str
    more: str = ""


@dataclass(frozen=True)
class Problem:
    text: str
    evidence: str


@dataclass(frozen=True)
class Diagnosis(_EverySprint):
    problems: tuple[Problem, ...] = ()
    positive_effects: str = ""
    environments: tuple[EnvironmentLook, ...] = ()
    hard: tuple[HardFact, ...] = ()
    soft: tuple[SoftFact, ...] = ()
    empathy: tuple[Empathy, ...] = ()


# -- 3: ontwerpbrief, one A4, seven parts (CCV) ------------------------------------------------------------------------


@dataclass(frozen=True)
class DesignBrief(_EverySprint):
    problem: str = ""
    facts: str = ""
    earlier_sprints: str = ""
    timeline: str = ""
    impact: str = ""
    people: str = ""
    facilitators: str = ""
    goals: str = ""
    conditions: str = ""
    mandate: str = ""


# -- 4 to 7 ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class IdeaCard:
    idea: AnIdea
    type: IdeaType
    serves: str = ""
    helps: Line = ""
    side: Side | None = None


@dataclass(frozen=True)
class IdeaOverview(_EverySprint):
    choice: str = ""
    ideas: tuple[IdeaCard, ...] = ()


@dataclass(frozen=True)
class InterventionCard:
    intervention: AnIntervention
    story: str
    means: str = ""
    existing_structure: str = ""
    side_effects: str = ""
    legal_check: str = ""


@dataclass(frozen=True)
class CardRole:
    intervention: AnIntervention
    actor: Line
    task: str
    is_agreed: bool = False


@dataclass(frozen=True)
class CardAssumption:
    intervention: AnIntervention
    text: str
    how_sure: FiveSteps = None
    how_fatal: FiveSteps = None


@dataclass(frozen=True)
class CardIndicator:
    intervention: AnIntervention
    what: Line
    baseline: Line = ""
    target: Line = ""
    source: Line = ""
    when: Line = ""


@dataclass(frozen=True)
class TestPlan:
    intervention: AnIntervention
    place: Line
    period: Line
    norm: str
    scale: Line = ""


@dataclass(frozen=True)
class InterventionCards(_EverySprint):
    cards: tuple[InterventionCard, ...] = ()
    roles: tuple[CardRole, ...] = ()
    assumptions: tuple[CardAssumption, ...] = ()
    indicators: tuple[CardIndicator, ...] = ()
    test_plans: tuple[TestPlan, ...] = ()


@dataclass(frozen=True)
class Trial:
    intervention: AnIntervention
    decision: TestDecision
    reason: str
    variant: Line = ""
    period: Line = ""
    place: Line = ""
    people: str = ""
    experiences: str = ""
    adjustment: str = ""


@dataclass(frozen=True)
class Sabotage:
    intervention: AnIntervention
    how: str
    likelihood: FiveSteps = None
    counter: str = ""


@dataclass(frozen=True)
class Measured:
    intervention: AnIntervention
    indicator: Line
    measured: Line
    baseline: Line = ""
    norm_met: NormMet = NormMet.UNKNOWN


@dataclass(frozen=True)
class TestReport(_EverySprint):
    trials: tuple[Trial, ...] = ()
    measured: tuple[Measured, ...] = ()
    sabotage: tuple[Sabotage, ...] = ()


@dataclass(frozen=True)
class CheckedAssumption:
    text: str
    verdict: Verdict
    evidence: str = ""


@dataclass(frozen=True)
class Embedding:
    """One line of the uitvoeringsprogramma: who draws it, by when, and by what one sees it (domain paper 5.3)."""

    action: AnAction
    owner: Line
    by: date | None = None
    indicator: Line = ""
    body: Line = ""
    budget: Line = ""
    ivp_theme: Line = ""


@dataclass(frozen=True)
class Monitoring:
    indicator: Line
    rhythm: Line
    threshold: Line = ""


@dataclass(frozen=True)
class Ruling:
    body: Line
    decision: str
    on: date | None = None


@dataclass(frozen=True)
class SafetyPlan(_EverySprint):
    embedding: tuple[Embedding, ...] = ()
    monitoring: tuple[Monitoring, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    assumptions: tuple[CheckedAssumption, ...] = ()
    reply: str = ""


SprintRecord = (
    PainMap | Diagnosis | DesignBrief | IdeaOverview | InterventionCards | TestReport | SafetyPlan | StartCheck
)

#: The record of each sprint; 0 is the check before the start.
RECORDS: dict[int, type[SprintRecord]] = {
    0: StartCheck,
    1: PainMap,
    2: Diagnosis,
    3: DesignBrief,
    4: IdeaOverview,
    5: InterventionCards,
    6: TestReport,
    7: SafetyPlan,
}
