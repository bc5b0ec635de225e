"""The chooser: which werkvorm fits this question, this group, so many people, so much time, this sprint, and why.

Rules that can be read aloud, not a model. Two things exclude: a werkvorm that answers another question, and one that
does not fit in the time or needs more people. Everything else moves it up or down, and says so. The weights are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.method import Aim, Audience, Guide, aim_words, audience_words
from workshop.locale import _, n_

MOST = 5


@dataclass(frozen=True)
class Candidate:
    """A werkvorm to choose from: its guide and the sprints its code names, most fitting first."""

    guide: Guide
    sprints: tuple[int, ...]


@dataclass(frozen=True)
class Advice:
    """A werkvorm that fits, and the reasons in whole sentences, weightiest first."""

    werkvorm: str
    why: tuple[str, ...]


def advise(
    candidates: Iterable[Candidate],
    *,
    question: Aim | None = None,
    group: Audience | None = None,
    people: int | None = None,
    minutes: int | None = None,
    sprint: int | None = None,
    most: int = MOST,
) -> list[Advice]:
    """Rank what fits; what was not filled in is not weighed.

    Returns:
        at most ``most``, best first; empty when nothing fits in the time or with so few people.

    Raises:
        WorkshopError: a number that cannot be.
    """
    if people is not None and not 1 <= people <= 10_000:
        raise WorkshopError(_("Vul in hoeveel mensen er komen: minstens 1."), field="people")
    if minutes is not None and not 1 <= minutes <= 1_440:
        raise WorkshopError(_("Vul in hoeveel minuten je hebt: minstens 1."), field="minutes")
    if sprint is not None and not 1 <= sprint <= 7:
        raise WorkshopError(_("Kies een sprint van 1 tot en met 7."), field="sprint")
    found = []
    for candidate in candidates:
        guide = candidate.guide
        if question is not None and question not in guide.aims:
            continue
        if (minutes is not None and guide.minutes > minutes) or (people is not None and people < guide.group[0]):
            continue
        reasons = [
            *_of_question(guide, question),
            *_of_sprint(candidate.sprints, sprint),
            *_of_group(guide, group),
            *_of_people(guide, people),
            *_of_minutes(guide, minutes),
        ]
        points = sum(weight for weight, _why in reasons)
        why = tuple(sentence for _weight, sentence in sorted(reasons, key=lambda reason: -reason[0]))
        found.append((-points, guide.minutes, guide.key, Advice(guide.key, why)))
    return [advice for *_rank, advice in sorted(found, key=lambda row: row[:3])[:most]]


def _of_question(guide: Guide, question: Aim | None) -> Iterator[tuple[int, str]]:
    """Its first aim is what a werkvorm is made for."""
    if question is not None:
        weight = 4 if guide.aims[0] is question else 3
        yield weight, _("Geeft antwoord op jouw vraag: {question}").format(question=aim_words(question))


def _of_sprint(sprints: tuple[int, ...], sprint: int | None) -> Iterator[tuple[int, str]]:
    if sprint is None:
        return
    if sprint == sprints[0]:
        yield 3, _("Hoort bij sprint {n}.").format(n=sprint)
    elif sprint in sprints:
        yield 2, _("Past ook in sprint {n}.").format(n=sprint)
    else:
        yield -2, _("Is bedoeld voor sprint {n}, maar kan ook nu.").format(n=sprints[0])


def _of_group(guide: Guide, group: Audience | None) -> Iterator[tuple[int, str]]:
    if group is None:
        return
    if group not in guide.suits:
        listed = ", ".join(audience_words(audience) for audience in guide.suits)
        yield -2, _("Is vooral gemaakt voor {list}. Pas de uitleg aan.").format(list=listed)
    elif len(guide.suits) < len(Audience):
        yield 2, _("Is gemaakt voor {group}.").format(group=audience_words(group))
    else:
        yield 1, _("Werkt met {group}.").format(group=audience_words(group))


def _of_people(guide: Guide, people: int | None) -> Iterator[tuple[int, str]]:
    if people is None:
        return
    least, largest = guide.group
    if people <= largest:
        yield 2, n_("Kan met {n} mens.", "Kan met {n} mensen.", people).format(n=people)
        return
    tables = -(-people // largest)
    if people // tables >= least:
        yield (
            -1,
            _("Verdeel de groep: {n} tafels van hoogstens {most} mensen, elk met een begeleider.").format(
                n=tables, most=largest
            ),
        )
    else:
        yield -2, _("Is voor hoogstens {most} mensen. Laat de anderen meekijken.").format(most=largest)


def _of_minutes(guide: Guide, minutes: int | None) -> Iterator[tuple[int, str]]:
    if minutes is not None:
        yield 1, _("Duurt {n} minuten; je hebt er {m}.").format(n=guide.minutes, m=minutes)
