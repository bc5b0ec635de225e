"""Consent: carried means nobody has a grave objection; a second round shows what the change did."""

from __future__ import annotations

from tests.unit.werkvormen import room
from workshop.domain.evening.ballots import Ballot
from workshop.werkvormen import werkvorm

CONSENT = werkvorm("consent")
AROUND = room.context(CONSENT, items=room.items(CONSENT, ("Buurtkamer", "Cameratoezicht")), is_secret=False)


def _ballots(*pairs: tuple[str, str]) -> list[Ballot]:
    return [Ballot({"answer": {"i1": one, "i2": two}}, group="Bewoners") for one, two in pairs]


def test_one_grave_objection_stops_a_proposal_however_many_agree() -> None:
    story = room.told(CONSENT, AROUND, _ballots(("agree", "agree"), ("can_live", "agree"), ("agree", "objection")))
    assert story.lead == "Gedragen, zonder overwegend bezwaar: Buurtkamer."
    assert story.discuss == ("Cameratoezicht: 1 keer overwegend bezwaar. Pas het voorstel aan en doe nog een ronde.",)


def test_a_proposal_nobody_answered_is_not_called_carried() -> None:
    story = room.told(CONSENT, AROUND, [Ballot({"answer": {"i2": "objection"}})])
    assert story.lead == "Bij elk voorstel is er nog een overwegend bezwaar."


def test_a_second_round_tells_where_objections_changed() -> None:
    first = CONSENT.outcome(AROUND, _ballots(("agree", "objection"), ("agree", "objection")))
    second = room.context(CONSENT, items=AROUND.items, previous=first, is_secret=False)
    assert room.told(CONSENT, second, _ballots(("agree", "can_live"), ("agree", "objection"))).sentences == (
        "Cameratoezicht: overwegend bezwaar van 2 naar 1.",
    )


def test_a_sentence_of_the_room_keeps_no_full_stop_inside_ours() -> None:
    texts = ("Een buurtkamer. Elke dag open.", "Cameratoezicht.")
    around = room.context(CONSENT, items=room.items(CONSENT, texts), is_secret=False)
    story = room.told(CONSENT, around, _ballots(("agree", "agree"), ("agree", "objection")))
    assert story.lead == "Gedragen, zonder overwegend bezwaar: Een buurtkamer. Elke dag open."
    assert story.discuss[0].startswith("Cameratoezicht: 1 keer overwegend bezwaar.")


def test_it_never_says_bezwaar_alone() -> None:
    """*Bezwaar* is a term of law (Awb); the room has an *overwegend bezwaar*."""
    words = [CONSENT.prompt(), *(o.label for o in CONSENT.options())] + [f.prompt for f in CONSENT.note_forms(AROUND)]
    assert all("bezwaar" not in text.lower().replace("overwegend bezwaar", "") for text in words)
