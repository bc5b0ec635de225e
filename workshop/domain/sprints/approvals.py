"""Approval of the ontwerpbrief: who was asked, what they said, and when the next sprint may go on.

Source: all key stakeholders approve (CCV, domain paper 1.1, sprint 3); going on without one of them is a recorded
decision with a reason (our reading). Words: house list, *niet akkoord, omdat …* instead of *bezwaar*.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workshop.locale import _

#: The sprint whose result is approved; the one that builds on it waits for that (sprint 4, or the next when 4 is left out).
BRIEF_SPRINT = 3


class Approval(StrEnum):
    AGREED = "agreed"
    CONDITIONAL = "conditional"
    REFUSED = "refused"
    PASSED_OVER = "passed_over"


#: What somebody who is asked can say; going on without them is said by somebody else.
ANSWERS = (Approval.AGREED, Approval.CONDITIONAL, Approval.REFUSED)
#: Answers that need words of their own.
NEEDS_REMARK = frozenset({Approval.CONDITIONAL, Approval.REFUSED, Approval.PASSED_OVER})
#: With these behind it the brief may be built upon.
OPENS_THE_GATE = frozenset({Approval.AGREED, Approval.CONDITIONAL, Approval.PASSED_OVER})


def approval_words(decision: Approval | None) -> str:
    if decision is None:
        return _("gevraagd, nog geen antwoord")
    return {
        Approval.AGREED: _("akkoord"),
        Approval.CONDITIONAL: _("akkoord, onder voorwaarde"),
        Approval.REFUSED: _("niet akkoord, omdat …"),
        Approval.PASSED_OVER: _("verder zonder akkoord"),
    }[decision]


@dataclass(frozen=True)
class Asked:
    """One request, and the answer when there is one. ``recorded_by`` is None when it came by the link."""

    id: str
    sprint: int
    version: int
    organisation: str
    is_important: bool
    has_link: bool
    expires_at: datetime | None
    decision: Approval | None
    person: str
    role: str
    remark: str
    asked_at: datetime
    decided_at: datetime | None
    recorded_by: str | None


def of_version(asked: Iterable[Asked], version: int) -> tuple[Asked, ...]:
    """The requests about one version of the brief, oldest first."""
    return tuple(each for each in asked if (each.sprint, each.version) == (BRIEF_SPRINT, version))


def standing(asked: Iterable[Asked]) -> dict[str, Asked]:
    """What holds per organisation: its latest answer, or its latest request while there is none."""
    found: dict[str, Asked] = {}
    for each in asked:
        before = found.get(each.organisation)
        if before is None or each.decision is not None or before.decision is None:
            found[each.organisation] = each
    return found


def missing_approvals(asked: Sequence[Asked], version: int) -> list[str]:
    """What stands between the brief and what builds on it, as sentences; empty when the gate is open."""
    of_this = of_version(asked, version)
    important = {each.organisation for each in of_this if each.is_important}
    if not important:
        return [_("Vraag akkoord op de ontwerpbrief aan de belangrijke betrokkenen (versie {n}).").format(n=version)]
    told = []
    for organisation, holds in standing(of_this).items():
        if organisation not in important or holds.decision in OPENS_THE_GATE:
            continue
        if holds.decision is Approval.REFUSED:
            told.append(
                _(
                    "{who} is niet akkoord. Pas de ontwerpbrief aan, of leg met de reden vast dat je zonder dit "
                    "akkoord verdergaat."
                ).format(who=holds.organisation)
            )
        else:
            told.append(_("{who} gaf nog geen antwoord op de ontwerpbrief.").format(who=holds.organisation))
    return told
