"""The choices that a part of a sprint's record offers; their words stand in ``words.py``."""

from __future__ import annotations

from enum import StrEnum


class PolicyDomain(StrEnum):
    SAFETY = "safety"
    SOCIAL = "social"
    BOTH = "both"


class Feeling(StrEnum):
    """How people look back at an earlier effort (domain paper 1.1, sprint 1)."""

    DISAPPOINTED = "disappointed"
    NEUTRAL = "neutral"
    GOOD = "good"


class Share(StrEnum):
    """How large somebody's role was."""

    NONE = "none"
    SMALL = "small"
    LARGE = "large"


class Relation(StrEnum):
    """What soft information does to a figure."""

    CONFIRMS = "confirms"
    CONTRADICTS = "contradicts"
    STANDS_ALONE = "stands_alone"


class Direction(StrEnum):
    PLUS = "plus"
    MINUS = "minus"


class Evidence(StrEnum):
    FIGURE = "figure"
    STORY = "story"
    ASSUMPTION = "assumption"


class IdeaType(StrEnum):
    """Widening what exists stands beside something new (domain paper 1)."""

    NEW = "new"
    EXTENSION = "extension"
    REWORDING = "rewording"


class Side(StrEnum):
    """On which side of the bow-tie an idea works."""

    PREVENTS = "prevents"
    LIMITS = "limits"


class Verdict(StrEnum):
    CONFIRMED = "confirmed"
    REFUTED = "refuted"
    OPEN = "open"


class TestDecision(StrEnum):
    GO_ON = "go_on"
    ADJUST = "adjust"
    STOP = "stop"


class NormMet(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Kept(StrEnum):
    """Whether an agreement was kept; what was not comes back on the next agenda."""

    YES = "yes"
    NO = "no"
    RUNNING = "running"
