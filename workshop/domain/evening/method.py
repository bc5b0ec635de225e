"""The method as people read it: sprints, key factors, environments, and how each werkvorm is done.

Values only. The texts stand in ``data/method/`` so that a trainer can change a title without touching code;
``workshop.sources.method`` reads them. Every name carries a mark that tells where it comes from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from workshop.domain.thread.items import Environment
from workshop.domain.wijkplan.order import Mark
from workshop.locale import _


def mark_words(mark: Mark) -> str:
    """What stands beside a name, so that nothing of ours is taken for the CCV's."""
    return {
        Mark.OFFICIAL: _("titel van het CCV"),
        Mark.HEADING: _("kopje in de tekst van het CCV"),
        Mark.SOURCED: _("naar het CCV, in onze woorden"),
        Mark.WORKING_TITLE: _("werktitel"),
        Mark.OURS: _("onze uitwerking"),
    }[mark]


class Aim(StrEnum):
    """The question a facilitator has when choosing a werkvorm."""

    LISTEN = "listen"
    SEE = "see"
    UNDERSTAND = "understand"
    COMMITMENT = "commitment"
    INVENT = "invent"
    WEIGH = "weigh"
    DECIDE = "decide"
    SHAPE = "shape"
    TEST = "test"
    LOOK_BACK = "look_back"


def aim_words(aim: Aim) -> str:
    """The question in words."""
    return {
        Aim.LISTEN: _("Waar zit de pijn?"),
        Aim.SEE: _("Wat speelt er in de wijk?"),
        Aim.UNDERSTAND: _("Waarom gebeurt dit, en hoe is het voor wie het meemaakt?"),
        Aim.COMMITMENT: _("Wie doet er mee?"),
        Aim.INVENT: _("Wat kunnen we doen?"),
        Aim.WEIGH: _("Wat weegt het zwaarst?"),
        Aim.DECIDE: _("Kunnen we hier samen achter staan?"),
        Aim.SHAPE: _("Hoe gaat het er precies uitzien?"),
        Aim.TEST: _("Werkt het echt?"),
        Aim.LOOK_BACK: _("Wat leerden we?"),
    }[aim]


class Audience(StrEnum):
    """Who sits in the room, as far as it matters for the choice of a werkvorm."""

    RESIDENTS = "residents"
    YOUTH = "youth"
    ENTREPRENEURS = "entrepreneurs"
    PROFESSIONALS = "professionals"
    MIXED = "mixed"


def audience_words(audience: Audience) -> str:
    return {
        Audience.RESIDENTS: _("bewoners"),
        Audience.YOUTH: _("jongeren"),
        Audience.ENTREPRENEURS: _("ondernemers"),
        Audience.PROFESSIONALS: _("professionals"),
        Audience.MIXED: _("een gemengde groep"),
    }[audience]


@dataclass(frozen=True)
class Sprint:
    """One of the seven sprints. Its result record is code; these are the words around it."""

    number: int
    title: str
    title_mark: Mark
    purpose: str
    inputs: tuple[str, ...]
    result: str
    result_mark: Mark
    who: str
    passes_on: str
    prompts: tuple[str, ...]
    werkvormen: tuple[str, ...]

    @property
    def shown_title(self) -> str:
        """The title with its mark, unless it is the CCV's own."""
        if self.title_mark is Mark.OFFICIAL:
            return self.title
        return _("{title} ({mark})").format(title=self.title, mark=mark_words(self.title_mark))


@dataclass(frozen=True)
class KeyFactor:
    """One of the six key factors, looked at in every sprint."""

    number: int
    key: str
    title: str
    title_mark: Mark
    says: str
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class EnvironmentGuide:
    """What belongs in one environment, and what to ask about it."""

    environment: Environment
    what: str
    already: str  # what is being done
    more: str  # what could be done more
    prompts: tuple[str, ...]


@dataclass(frozen=True)
class GuideStep:
    """One step of a werkvorm with the minutes on the timer."""

    text: str
    minutes: int


@dataclass(frozen=True)
class Guide:
    """How one werkvorm is done, for the facilitator and for a table without devices.

    ``group`` is the smallest and largest number of people together; ``minutes`` the sum of the steps.
    ``name_mark`` tells whose name it is, ``way_mark`` whose way of working.
    """

    key: str
    name_mark: Mark
    way_mark: Mark
    aims: tuple[Aim, ...]
    suits: tuple[Audience, ...]
    group: tuple[int, int]
    purpose: str
    result: str
    materials: tuple[str, ...]
    preparation: tuple[str, ...]
    roles: tuple[str, ...]
    steps: tuple[GuideStep, ...]
    card: str

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)

    def timer(self, seconds: int) -> tuple[int, int]:
        """Where the timer stands this long after the start.

        Returns:
            the place of the running step (from 0) and the seconds it has left; past the end the last step with what
            it is over, as a negative number.
        """
        left = max(0, seconds)
        for place, step in enumerate(self.steps):
            if left < step.minutes * 60 or place == len(self.steps) - 1:
                return place, step.minutes * 60 - left
            left -= step.minutes * 60
        raise ValueError("a guide has at least one step")


@dataclass(frozen=True)
class Method:
    """The whole content in one language."""

    sprints: tuple[Sprint, ...]
    key_factors: tuple[KeyFactor, ...]
    environments: Mapping[Environment, EnvironmentGuide]
    guides: Mapping[str, Guide]

    def sprint(self, number: int) -> Sprint:
        """The sprint with this number, 1 to 7."""
        return self.sprints[number - 1]
