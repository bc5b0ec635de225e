"""The words that files and the policy desk use for kinds, states and days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound
from workshop.domain.thread.items import Moment, Tone
from workshop.domain.words import ZONE, group_name, moment_name, tone_name
from workshop.locale import _, format_date, format_time, n_


def source_name(source: str) -> str:
    """Who brought an item in: the room, paper that somebody typed over, or somebody behind a desk."""
    return {"room": _("zaal"), "paper": _("op papier"), "desk": _("bureau")}.get(source, source)


def session_state_name(state: str) -> str:
    return {"planned": _("gepland"), "open": _("bezig"), "closed": _("afgelopen")}.get(state, state)


def step_state_name(state: str) -> str:
    return {
        "prepared": _("nog niet geweest"),
        "open": _("bezig"),
        "stopped": _("gestopt, uitslag nog niet getoond"),
        "shown": _("uitslag getoond"),
        "skipped": _("overgeslagen"),
    }.get(state, state)


def level_name(level: str) -> str:
    return {
        "land": _("land"),
        "gemeente": _("gemeente"),
        "wijk": _("wijk"),
        "buurt": _("buurt"),
        "punt": _("punt"),
    }.get(level, level)


def decision_name(item: SnapshotItem) -> str:
    """What the group decided about an item, in two or three words."""
    if item.goes_on is None:
        return _("nog niet besloten")
    return _("gaat mee") if item.goes_on else _("blijft hier")


def tone_word(tone: str | None) -> str:
    return tone_name(Tone(tone)) if tone else ""


def moment_word(moment: str | None) -> str:
    return moment_name(Moment(moment)) if moment else ""


def moment_of(snapshot: Snapshot) -> str:
    """«Stand van 21 november 2026, 22:31 uur», in Dutch local time."""
    return _("Stand van {moment}").format(moment=local(snapshot.as_of))


def local(moment: datetime) -> str:
    """A moment in Dutch local time: «21 november 2026, 22:31 uur»."""
    here = moment.astimezone(ZONE)
    return _("{day}, {time} uur").format(day=format_date(here.date()), time=format_time(here))


def turnout_line(shown: SnapshotRound) -> str:
    """«24 stemmen, waarvan 6 op papier, van 30 aanwezigen»."""
    told = n_("{n} stem", "{n} stemmen", shown.ballots).format(n=shown.ballots)
    if shown.paper:
        told = _("{votes}, waarvan {paper} op papier").format(votes=told, paper=shown.paper)
    if shown.expected is not None:
        told = n_("{votes}, van {n} aanwezige", "{votes}, van {n} aanwezigen", shown.expected).format(
            votes=told, n=shown.expected
        )
    return told


def per_group(counts: Mapping[str, int], total: int) -> tuple[tuple[str, int], ...]:
    """How many per group as it may be shown, and everybody together as the last row."""
    return (*((group_name(label), n) for label, n in sorted(counts.items())), (_("Allen samen"), total))
