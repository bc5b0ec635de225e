"""Who was there beside who lives there: in words, because people chose to come and areas are estimates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from workshop.domain.evening.groups import OTHERS
from workshop.domain.texts import same_text
from workshop.locale import _, format_number, n_
from workshop.sources.areas import area
from workshop.sources.figures import population, population_by_age

#: Share of the neighbourhood beside share of the room: within this factor it is called about the same.
ABOUT = 1.5
#: Groups at the door that are an age group of CBS. Only these can be laid beside the population without guessing.
_AGES = {"Jongeren": ("jongeren_15_25",), "Ouderen": ("ouderen_65",), "Kinderen": ("kinderen_0_15",)}


def presence_lines(total: int, groups: Mapping[str, int], area_codes: Sequence[str], *, on_paper: int = 0) -> list[str]:
    """How the room compares with the neighbourhood, one sentence a line; ``groups`` are folded already.

    ``on_paper``: people without a phone, who are not in ``total``.
    """
    if total == 0 and not on_paper:
        return [_("Er was niemand.")]
    lines = [n_("Er was {n} deelnemer.", "Er waren {n} deelnemers.", total).format(n=total)]
    if on_paper:
        lines = [
            n_(
                "Er was {n} deelnemer met een telefoon, en {paper} op papier.",
                "Er waren {n} deelnemers met een telefoon, en {paper} op papier.",
                total,
            ).format(n=total, paper=on_paper)
        ]
    people = population(area_codes)
    if not people:
        lines.append(_("Hoeveel mensen er in de wijk wonen, weten we niet."))
    else:
        lines.append(
            _("In {area} wonen ongeveer {n} mensen (CBS, 2024).").format(
                area=_named(area_codes), n=format_number(_rounded(people))
            )
        )
        lines += _by_age(total, groups, area_codes, people, on_paper)
    lines.append(_("Mensen kozen zelf om te komen. De uitslag zegt wat deze groep vindt, niet wat de hele wijk vindt."))
    return lines


def _by_age(total: int, groups: Mapping[str, int], area_codes: Sequence[str], people: int, on_paper: int) -> list[str]:
    ages = population_by_age(area_codes)
    if ages is None or people <= 0 or not total:
        return []
    lines = []
    for name, keys in _AGES.items():
        here = next((n for label, n in groups.items() if label != OTHERS and same_text(label, name)), None)
        if here is None:
            continue
        share = max(sum(ages[key] for key in keys) / people, 0.001)
        # Who filled in a card may be of any group: only what holds either way is said.
        everybody = total + on_paper
        verdicts = {_verdict(n / everybody / share) for n in (here, here + on_paper)}
        if len(verdicts) > 1:
            continue
        sentence = verdicts.pop()
        lines.append(sentence.format(group=name))
    return lines


def _verdict(ratio: float) -> str:
    if ratio > ABOUT:
        return _("{group}: er waren er meer dan je in deze wijk verwacht.")
    if ratio < 1 / ABOUT:
        return _("{group}: er waren er minder dan je in deze wijk verwacht.")
    return _("{group}: er waren er ongeveer zoveel als je in deze wijk verwacht.")


def _rounded(people: int) -> int:
    """To half of the second figure (1.050, 6.400, 25.000): more would promise what an older count cannot keep."""
    step = max(1, 10 ** max(0, len(str(people)) - 2) // 2)
    return int((people + step / 2) // step * step)


def _named(area_codes: Sequence[str]) -> str:
    found = [one.short_name for one in (area(code) for code in dict.fromkeys(area_codes)) if one is not None]
    if len(found) <= 3:
        return ", ".join(found)
    return _("deze {n} gebieden").format(n=len(found))
