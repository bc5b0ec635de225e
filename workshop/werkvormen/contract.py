"""What every werkvorm answers. Read this before writing one; ``tests/unit/test_werkvormen.py`` runs over them all."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, final

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.ballots import Ballot as Ballot
from workshop.domain.evening.ballots import closed_outcome, is_closed, people
from workshop.domain.evening.groups import OTHERS, K, add_up, fold
from workshop.domain.evening.questions import Form, NoteForm, Question, Subject, accept_all
from workshop.domain.evening.stories import Story
from workshop.domain.thread.items import Item, ItemKind
from workshop.locale import _, n_


@dataclass(frozen=True)
class Setting:
    """One thing a facilitator can set before a step opens: a whole number between ``low`` and ``high``."""

    key: str
    label: str
    default: int
    low: int
    high: int
    help: str = ""


@dataclass(frozen=True)
class StepContext:
    """All a werkvorm may know about its step.

    ``items`` are the items on the ballot or beside the work, frozen when the round opened. ``notes`` are the released
    items that this step itself made. ``previous`` is the outcome of the round (or earlier measurement) before this
    one, as :meth:`Werkvorm.outcome` gave it, or None.
    """

    settings: Mapping[str, int] = field(default_factory=dict)
    items: Sequence[Item] = ()
    notes: Sequence[Item] = ()
    previous: Mapping[str, Any] | None = None
    is_secret: bool = True

    @property
    def subjects(self) -> tuple[Subject, ...]:
        return tuple(Subject(item.id, item.text) for item in self.items)


class Werkvorm(ABC):
    """One activity.

    Class attributes:
        key: the name in the database; never changes.
        sprints: the sprints it fits, most fitting first.
        takes: kinds of items that are handed over to it.
        makes: kinds of items its notes become.
        asks_ballot: whether people vote in it. A step without a ballot has nothing secret in it but its groups.
        default_minutes: what the script plans for it.
    """

    key: ClassVar[str]
    sprints: ClassVar[tuple[int, ...]]
    takes: ClassVar[frozenset[ItemKind]] = frozenset()
    makes: ClassVar[frozenset[ItemKind]] = frozenset()
    asks_ballot: ClassVar[bool] = True
    needs_items: ClassVar[bool] = False
    ends_in_joint_task: ClassVar[bool] = False
    default_minutes: ClassVar[int] = 15

    @abstractmethod
    def title(self) -> str:
        """Its name on screen, in the current language."""

    @abstractmethod
    def prompt(self) -> str:
        """The one sentence the room reads while it is open."""

    def settings(self) -> tuple[Setting, ...]:
        """What a facilitator can set."""
        return ()

    def questions(self, context: StepContext) -> tuple[Question, ...]:
        """What the ballot asks; empty when there is none."""
        return ()

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        """What notes it asks for; empty when there are none."""
        return ()

    def accept(self, context: StepContext, form: Form) -> tuple[dict[str, Any], bool]:
        """Read one ballot; see :func:`workshop.domain.evening.questions.accept_all`."""
        return accept_all(self.questions(context), form)

    @abstractmethod
    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        """Count. Plain JSON, no words, already folded: what is in here may be shown and exported.

        A ballot may stand for several people (``times``): the outcome is that of the list written out, the cost is that
        of the different ballots. :mod:`workshop.domain.evening.ballots` has the sums.
        """

    @abstractmethod
    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        """Tell what was counted in the current language. Only what :meth:`outcome` lets through comes here."""

    @final
    def outcome(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        """What was counted, as far as it may be known: a secret round with fewer than k ballots says how many, no more.

        Source: house ruling 4. Every surface and every record gets its outcome here, so it is decided for all of them.
        """
        if self.asks_ballot and context.is_secret and people(ballots) < K:
            return closed_outcome(ballots)
        return self.count(context, ballots)

    @final
    def story(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        """Tell an outcome in the current language; of a closed one how many answered and why nothing more is told."""
        if is_closed(outcome):
            return closed_story(outcome)
        if context.previous is not None and is_closed(context.previous):
            context = replace(context, previous=None)
        return self.tell(context, outcome)

    @final
    def scores(self, context: StepContext, outcome: Mapping[str, Any]) -> dict[str, str]:
        """The score of each item in words, for the list at closing and the label on later screens."""
        return dict(self.story(context, outcome).scores)

    def is_ready(self, context: StepContext) -> None:
        """Check that the step can open.

        Raises:
            WorkshopError: it would ask about nothing.
        """
        if self.needs_items and not context.items:
            raise WorkshopError(
                _(
                    "Er staat nog niets op de lijst om over te stemmen. Zet er eerst onderwerpen op, of sla dit onderdeel over."
                )
            )


def clean_settings(activity: Werkvorm, raw: Mapping[str, Any]) -> dict[str, int]:
    """Settings within their bounds, defaults for what is missing.

    Raises:
        WorkshopError: a value is not a whole number within its bounds.
    """
    cleaned: dict[str, int] = {}
    for setting in activity.settings():
        value = raw.get(setting.key, setting.default)
        if isinstance(value, bool) or not isinstance(value, int) or not setting.low <= value <= setting.high:
            raise WorkshopError(
                _("{label}: kies een heel getal van {low} tot en met {high}.").format(
                    label=setting.label, low=setting.low, high=setting.high
                ),
                field=setting.key,
            )
        cleaned[setting.key] = value
    return cleaned


def tally_frame(context: StepContext, ballots: Sequence[Ballot]) -> tuple[dict[str, Any], dict[str, list[Ballot]]]:
    """What every outcome with ballots begins with: how many, how many on paper, per group by the folding rule.

    Returns:
        the frame, and the ballots of each group in ``frame["groups"]`` under the label it is shown with.
    """
    per_group = add_up((ballot.group, ballot.times) for ballot in ballots)
    folding = fold(per_group) if context.is_secret else fold(per_group, k=1)
    # Only others is no groups at all: that is how a room is kept whose groups were too small.
    is_one_heap = context.is_secret and set(folding.counts) == {OTHERS}
    shown = {} if folding.total_only or is_one_heap else dict(folding.counts)
    frame = {
        "n": people(ballots),
        "complete": people(ballot for ballot in ballots if ballot.is_complete),
        "paper": people(ballot for ballot in ballots if ballot.is_paper),
        "groups": shown,
    }
    of_group: dict[str, list[Ballot]] = {label: [] for label in shown}
    for ballot in ballots if shown else ():
        of_group[folding.label(ballot.group)].append(ballot)
    return frame, of_group


def turnout_sentence(outcome: Mapping[str, Any]) -> str:
    """How many ballots, and how many of them on paper."""
    votes = n_("{n} stem", "{n} stemmen", outcome["n"]).format(n=outcome["n"])
    if outcome.get("paper"):
        return _("{votes}, waarvan {paper} op papier").format(votes=votes, paper=outcome["paper"])
    return votes


def closed_story(outcome: Mapping[str, Any]) -> Story:
    """How many answered, and why nothing more is told."""
    n = outcome["n"]
    if not n:
        return Story(lead=_("Er zijn nog geen stemmen."), turnout=turnout_sentence(outcome))
    return Story(
        lead=n_(
            "{n} mens heeft geantwoord. Dat is te weinig om een uitslag te laten zien.",
            "{n} mensen hebben geantwoord. Dat is te weinig om een uitslag te laten zien.",
            n,
        ).format(n=n),
        sentences=(
            _("Met minder dan {k} antwoorden is te raden wie wat koos. Daarom ziet niemand deze uitslag.").format(k=K),
        ),
        turnout=turnout_sentence(outcome),
    )


def spoken(text: str) -> str:
    """The text of an item as a piece of a sentence of ours: without the full stop that people end with."""
    return text.rstrip().rstrip(".")
