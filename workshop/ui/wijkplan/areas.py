"""Choosing a municipality, wijken and buurten from the CBS list, by typing a name or a code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import streamlit as st

from workshop.actions.wijkplan.wijkplannen import MOST_AREAS, PlanArea
from workshop.locale import _
from workshop.sources.areas import Area, area, areas_of, find_areas
from workshop.ui.frame.state import value_of

_MOST_SHOWN = 8
_MOST_NAMED = 4


def ask_municipality(*, key: str) -> Area | None:
    """Ask for a municipality; None while none was found."""
    typed = st.text_input(
        _("Gemeente (naam of code)"), max_chars=80, placeholder=_("Bijvoorbeeld: Baarn"), key=f"{key}-typed"
    )
    found = _found(typed)
    if len(found) > 1:
        st.radio(
            _("Welke gemeente bedoel je?"), [each.code for each in found], format_func=_label_of, key=_which(key, found)
        )
    elif found:
        st.caption(f"{found[0].name} ({found[0].code})")
    elif typed.strip():
        st.info(_("Geen gemeente gevonden. Kijk of de naam klopt; de lijst is die van het CBS van 2024."))
    return chosen_municipality(key=key)


def chosen_municipality(*, key: str) -> Area | None:
    """What stands in the fields of :func:`ask_municipality`; of several with such a name the first, until one is chosen."""
    found = _found(value_of(f"{key}-typed", ""))
    if len(found) < 2:
        return found[0] if found else None
    return area(value_of(_which(key, found), found[0].code))


def _found(typed: str) -> Sequence[Area]:
    return find_areas(typed, level="gemeente", limit=_MOST_SHOWN) if typed.strip() else ()


def _which(key: str, found: Sequence[Area]) -> str:
    return f"{key}-{'-'.join(each.code for each in found)}"


def ask_areas(municipality_code: str, now: Iterable[PlanArea], *, key: str) -> None:
    """Ask for wijken and buurten in a municipality; ``now`` are those chosen already."""
    options = _options(municipality_code)
    st.multiselect(
        _("Wijken en buurten (zoek op naam of code)"),
        options,
        default=[each.code for each in now if each.code in options],
        format_func=_label_of,
        max_selections=MOST_AREAS,
        select_all=False,  # Enter would choose every match
        placeholder=_("Kies een of meer"),
        key=f"{key}-{municipality_code}",
    )


def chosen_areas(municipality_code: str, *, key: str) -> tuple[PlanArea, ...]:
    """What was chosen in :func:`ask_areas`."""
    codes: list[str] = value_of(f"{key}-{municipality_code}") or []
    return tuple(plan_area(found) for found in map(area, codes) if found is not None)


def plan_area(found: Area) -> PlanArea:
    """An area of the list as a wijkplan keeps it."""
    return PlanArea(found.code, found.short_name, found.level)


def place_line(municipality: str, areas: Iterable[str], theme: str | None) -> str:
    """Where a wijkplan is about, in one short line."""
    names = list(areas)
    shown = ", ".join(names[:_MOST_NAMED])
    if len(names) > _MOST_NAMED:
        shown = _("{names} en {n} andere").format(names=shown, n=len(names) - _MOST_NAMED)
    return " – ".join(part for part in (municipality, shown, theme) if part)


@lru_cache(maxsize=64)
def _options(municipality_code: str) -> tuple[str, ...]:
    return tuple(each.code for each in areas_of(municipality_code))


def _label_of(code: str) -> str:
    found = area(code)
    if found is None:
        return code
    if found.level == "wijk":
        return _("{name} – hele wijk ({code})").format(name=found.short_name, code=found.code)
    return f"{found.short_name} ({found.code})"
