"""The words that documents and the policy desk use for kinds, states and counts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence

from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound
from workshop.domain.thread.items import Moment, Tone
from workshop.domain.words import group_name, moment_name, tone_name
from workshop.locale import _, n_
from workshop.moments import local

_BREAKS = re.compile("[ \t\r\n\u2028\u2029]+")


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


def in_no_order(items: Sequence[SnapshotItem]) -> list[SnapshotItem]:
    """Items in an order that tells nothing about who was first: by the hash of their text (assurance T21)."""
    return sorted(items, key=lambda item: (hashlib.sha256(item.text.encode("utf-8", "replace")).digest(), item.id))


def one_line(text: str) -> str:
    """A text for inside a sentence: without line breaks, and when nothing in it can be seen it says so."""
    if text and not any(character.isprintable() and not character.isspace() for character in text):
        return unreadable()
    return _BREAKS.sub(" ", text).strip()


def unreadable() -> str:
    """What stands in a file where a text cannot."""
    return _("[tekst kon niet worden weergegeven]")
