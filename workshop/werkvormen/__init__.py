"""Every activity (werkvorm) the product knows: one file each, found by being here.

A werkvorm says what it asks, what it accepts, what comes out and how that is told. It neither draws nor stores.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from workshop.domain.errors import NotFound
from workshop.domain.evening.questions import extra_words
from workshop.domain.thread.details import Details
from workshop.werkvormen.contract import Ballot, Setting, StepContext, Werkvorm

__all__ = ["Ballot", "Setting", "StepContext", "Werkvorm", "all_werkvormen", "told_beside", "werkvorm"]


@cache
def _found() -> dict[str, Werkvorm]:
    found: dict[str, Werkvorm] = {}
    for module in iter_modules(__path__):
        candidate = getattr(import_module(f"{__name__}.{module.name}"), "WERKVORM", None)
        if candidate is not None:
            if candidate.key in found:
                raise RuntimeError(f"two werkvormen call themselves {candidate.key!r}")
            found[candidate.key] = candidate
    return found


def all_werkvormen() -> tuple[Werkvorm, ...]:
    """All activities, in the order of the sprints they belong to."""
    return tuple(sorted(_found().values(), key=lambda w: (w.sprints[0], w.key)))


def werkvorm(key: str) -> Werkvorm:
    """The activity with this key.

    Raises:
        NotFound: no file defines it (data of a later version, or a forged form).
    """
    try:
        return _found()[key]
    except KeyError:
        raise NotFound() from None


def told_beside(details: Details) -> list[tuple[str, str]]:
    """What was filled in beside a note, from its details: pairs of what was asked and the words."""
    forms = (form for activity in all_werkvormen() for form in activity.note_forms(StepContext()))
    asked = next((form for form in forms if form.key == details.form and form.extras), None)
    return extra_words(asked, details.fields) if asked is not None else []
