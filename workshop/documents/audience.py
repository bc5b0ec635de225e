"""Who may see which chapter. One table: a chapter that does not stand in it cannot be written."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Audience(StrEnum):
    """For whose eyes something is meant; whoever may see what is internal may see what is public too."""

    PUBLIC = "public"  # anybody: what the room saw on the wall, and published figures
    INTERNAL = "internal"  # people with a role in the wijkplan


class Chapter(StrEnum):
    """What a document can tell, by subject; a workbook divides itself by the same ones."""

    OPENING = "opening"
    PROGRAMME = "programme"
    IN_SHORT = "in_short"
    AGREED = "agreed"
    EVENINGS = "evenings"
    PRESENCE = "presence"
    OUTCOMES = "outcomes"
    TURNOUT = "turnout"
    ITEMS = "items"
    DECISIONS = "decisions"
    ORIGINS = "origins"
    SPRINT_RECORDS = "sprint_records"
    KOPPELVLAKKEN = "koppelvlakken"
    KEY_FACTORS = "key_factors"
    APPROVALS = "approvals"
    TO_COME = "to_come"
    RESULTS = "results"
    FIGURES = "figures"
    ACCOUNT = "account"


#: Who may see each chapter. Public is what the room saw together and what is published anyhow. Internal is what people
#: wrote one by one, what was written at the desk, what partners answered, and whatever names somebody.
SEEN_BY: Mapping[Chapter, Audience] = {
    Chapter.OPENING: Audience.PUBLIC,
    Chapter.PROGRAMME: Audience.INTERNAL,
    Chapter.IN_SHORT: Audience.PUBLIC,
    Chapter.AGREED: Audience.INTERNAL,
    Chapter.EVENINGS: Audience.PUBLIC,
    Chapter.PRESENCE: Audience.PUBLIC,
    Chapter.OUTCOMES: Audience.PUBLIC,
    Chapter.TURNOUT: Audience.PUBLIC,
    Chapter.ITEMS: Audience.INTERNAL,
    Chapter.DECISIONS: Audience.INTERNAL,
    Chapter.ORIGINS: Audience.INTERNAL,
    Chapter.SPRINT_RECORDS: Audience.INTERNAL,
    Chapter.KOPPELVLAKKEN: Audience.INTERNAL,
    Chapter.KEY_FACTORS: Audience.INTERNAL,
    Chapter.APPROVALS: Audience.INTERNAL,
    Chapter.TO_COME: Audience.PUBLIC,
    Chapter.RESULTS: Audience.INTERNAL,
    Chapter.FIGURES: Audience.PUBLIC,
    Chapter.ACCOUNT: Audience.PUBLIC,
}


def may_see(audience: Audience, meant_for: Audience) -> bool:
    """Whether something that is ``meant_for`` some eyes may be given to this audience."""
    return audience is Audience.INTERNAL or meant_for is Audience.PUBLIC
