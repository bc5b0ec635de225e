"""The projectdefinitie: what was agreed with the commissioner, and how its texts are checked."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from workshop.domain.errors import PersonalData, WorkshopError
from workshop.domain.texts import clean_text
from workshop.locale import _
from workshop.screening.free_text import check_free_text

LONGEST_PART = 1_000
"""Characters of one part of the projectdefinitie."""
LONGEST_COMMISSIONER = 120


@dataclass(frozen=True)
class Definition:
    """The projectdefinitie, agreed with the commissioner. ``""`` is: not written yet."""

    ambition: str = ""
    goal: str = ""
    results: str = ""
    outside: str = ""
    influence: str = ""
    commissioner: str = ""
    agreed_on: date | None = None

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the parts nobody has written yet, in reading order."""
        return tuple(each.name for each in fields(self) if not getattr(self, each.name))


def check_named(raw: str, name: str, what: str, *, limit: int, multiline: bool = False, confirmed: bool = False) -> str:
    """A text that may be stored; the error names the field in words and by name."""
    try:
        return check_free_text(raw, limit=limit, multiline=multiline, field=name, confirmed=confirmed)
    except PersonalData:
        raise
    except WorkshopError as error:
        raise WorkshopError(f"{what}: {error.message}", field=name) from error


def check_optional(raw: str, name: str, what: str, limit: int, *, confirmed: bool, multiline: bool = True) -> str:
    return check_named(raw, name, what, limit=limit, multiline=multiline, confirmed=confirmed) if raw.strip() else ""


def definition_labels() -> dict[str, str]:
    """Name of each part of the projectdefinitie as people read it, in reading order."""
    return {
        "ambition": _("Ambitie"),
        "goal": _("Doel"),
        "results": _("Beoogde resultaten"),
        "outside": _("Wat valt erbuiten"),
        "influence": _("Ruimte voor invloed"),
        "commissioner": _("Opdrachtgever"),
        "agreed_on": _("Afgesproken op"),
    }


def check_definition(definition: Definition, *, confirmed: bool = False) -> Definition:
    """The definition with cleaned texts; empty parts stay empty.

    Raises:
        WorkshopError: a part is too long, seems to hold personal data, or the date lies outside 2000-2100.
    """
    labels = definition_labels()
    texts = {
        name: check_optional(getattr(definition, name), name, labels[name], LONGEST_PART, confirmed=confirmed)
        for name in ("ambition", "goal", "results", "outside", "influence")
    }
    # Here a name belongs: the commissioner answers for the assignment in public office.
    texts["commissioner"] = (
        clean_text(definition.commissioner, limit=LONGEST_COMMISSIONER, multiline=False)
        if definition.commissioner.strip()
        else ""
    )
    agreed = definition.agreed_on
    if agreed is not None and not 2000 <= agreed.year <= 2100:
        raise WorkshopError(_("Afgesproken op: kies een datum tussen 2000 en 2100."), field="agreed_on")
    return Definition(**texts, agreed_on=agreed)


def definition_json(definition: Definition) -> dict[str, Any]:
    stored: dict[str, Any] = {each.name: getattr(definition, each.name) for each in fields(definition)}
    stored["agreed_on"] = definition.agreed_on.isoformat() if definition.agreed_on else None
    return stored


def definition_from(stored: Any) -> Definition:
    texts = {each.name: stored.get(each.name) or "" for each in fields(Definition) if each.name != "agreed_on"}
    agreed = stored.get("agreed_on")
    return Definition(**texts, agreed_on=date.fromisoformat(agreed) if agreed else None)
