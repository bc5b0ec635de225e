"""The tables. Migrations in ``store/migrations`` build exactly these; a test compares the two.

Identifiers are random (``uuid4().hex``): they tell nothing about order and may be shown in addresses. Times are UTC.
What is secret is kept out of the schema instead of hidden by a view (house rulings 2-4): a ballot row has no person,
no time, no address, no sequence.
"""

from workshop.store.schema.base import Utc, metadata
from workshop.store.schema.evening import (
    ballot,
    cast_ballot,
    participant,
    round,
    session,
    stage,
    step,
    step_item,
    table_link,
)
from workshop.store.schema.facts import loaded_figures
from workshop.store.schema.jobs import job, job_part
from workshop.store.schema.journal import journal
from workshop.store.schema.people import account, login_guard, sign_in, ticket
from workshop.store.schema.sprints import approval, key_factor, sprint_choice, sprint_part, sprint_result
from workshop.store.schema.thread import decision, item, item_origin, item_version
from workshop.store.schema.wijkplan import joint_task, membership, partner, stakeholder_group, wijkplan, wijkplan_area

__all__ = [
    "Utc",
    "account",
    "approval",
    "ballot",
    "cast_ballot",
    "decision",
    "item",
    "item_origin",
    "item_version",
    "job",
    "job_part",
    "joint_task",
    "journal",
    "key_factor",
    "loaded_figures",
    "login_guard",
    "membership",
    "metadata",
    "participant",
    "partner",
    "round",
    "session",
    "sign_in",
    "sprint_choice",
    "sprint_part",
    "sprint_result",
    "stage",
    "stakeholder_group",
    "step",
    "step_item",
    "table_link",
    "ticket",
    "wijkplan",
    "wijkplan_area",
]
