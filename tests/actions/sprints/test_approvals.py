"""Approval of the ontwerpbrief: asked, answered in the room or by link, passed over; the gate of sprint 4."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.evening import plan_evening
from tests.sprint_world import fix, fixed_brief, write
from workshop.actions.sprints import approving
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.sprints.approvals import Approval, standing
from workshop.domain.words import local_day
from workshop.store import Store, journal


@contextmanager
def later(store: Store, days: int) -> Iterator[None]:
    real = store.clock
    store.clock = lambda: real() + timedelta(days=days)
    try:
        yield
    finally:
        store.clock = real


def test_sprint_four_waits_for_every_important_stakeholder(store: Store) -> None:
    evening = fixed_brief(store)
    plan = evening.wijkplan_id
    write(evening, 4, "choice", "Drie ideeën.")
    with pytest.raises(Refused, match="Vraag akkoord op de ontwerpbrief"):
        fix(evening, 4)
    police = approving.ask_approval(store, evening.facilitator, plan, organisation="Politie", is_important=True)
    school = approving.ask_approval(store, evening.facilitator, plan, organisation="School", is_important=True)
    approving.record_answer(
        store, evening.facilitator, police.id, decision=Approval.AGREED, person="A. de Wit", role="Teamchef"
    )
    approving.record_answer(
        store,
        evening.facilitator,
        school.id,
        decision=Approval.REFUSED,
        person="B. Smit",
        role="Directeur",
        remark="Geen tijd.",
    )
    with pytest.raises(Refused, match="School is niet akkoord"):
        fix(evening, 4)
    with pytest.raises(WorkshopError):
        approving.pass_over(store, evening.facilitator, school.id, " ")
    approving.pass_over(store, evening.facilitator, school.id, "De school doet mee vanaf maart.")
    assert fix(evening, 4) == 1
    holds = standing(see_snapshot(store, evening.facilitator, plan).approvals)
    assert {name: (a.decision, a.remark) for name, a in holds.items()} == {
        "Politie": (Approval.AGREED, ""),
        "School": (Approval.PASSED_OVER, "De school doet mee vanaf maart."),
    }
    (result,) = [r for r in see_snapshot(store, evening.facilitator, plan).results if r.sprint == 4]
    assert {(a["organisation"], a["decision"]) for a in result.record["approvals"]} == {
        ("Politie", "agreed"), ("School", "refused"), ("School", "passed_over"),
    }  # fmt: skip
    assert "person" not in result.record["approvals"][0]
    with store.read() as conn:
        assert journal.first_broken_line(conn, plan) is None


def test_a_link_shows_the_brief_and_takes_one_answer(store: Store) -> None:
    evening = fixed_brief(store)
    asked = approving.ask_approval(
        store,
        evening.facilitator,
        evening.wijkplan_id,
        organisation="Woningcorporatie",
        is_important=True,
        by_link=True,
    )
    assert asked.token is not None
    letter = approving.read_letter(store, asked.token)
    assert (letter.organisation, letter.wijkplan, letter.version) == ("Woningcorporatie", "Veilig in Baarn-Noord", 1)
    assert letter.parts[0] == ("Het probleem", "Dit staat bij problem.")
    assert len(letter.parts) == 7
    answer = {"person": "C. Bos", "role": "Gebiedsmanager"}
    for wrong, field in (
        ({"decision": "misschien"}, "decision"),
        ({"decision": "agreed", "person": ""}, "person"),
        ({"decision": "agreed", "role": " "}, "role"),
        ({"decision": "refused"}, "remark"),
        ({"decision": "conditional"}, "remark"),
        ({"decision": "passed_over"}, "decision"),
    ):
        with pytest.raises(WorkshopError) as refused:
            approving.answer_by_link(store, asked.token, **{**answer, **wrong})
        assert refused.value.field == field
    said = approving.answer_by_link(store, asked.token, decision="conditional", remark="Als er licht komt.", **answer)
    assert said is Approval.CONDITIONAL
    for use in (
        lambda: approving.read_letter(store, asked.token or ""),
        lambda: approving.answer_by_link(store, asked.token or "", decision="agreed", **answer),
    ):
        with pytest.raises(WorkshopError, match=r"Via deze link is op .* al een antwoord gegeven"):
            use()
    (known,) = see_snapshot(store, evening.facilitator, evening.wijkplan_id).approvals
    assert (known.decision, known.person, known.remark, known.recorded_by) == (
        Approval.CONDITIONAL, "C. Bos", "Als er licht komt.", None,
    )  # fmt: skip


def test_an_expired_an_altered_and_a_taken_back_link_say_so(store: Store) -> None:
    evening = fixed_brief(store)
    asked = approving.ask_approval(
        store, evening.facilitator, evening.wijkplan_id, organisation="School", is_important=True, by_link=True, days=7
    )
    assert asked.token is not None
    altered = asked.token[:-1] + ("A" if asked.token[-1] != "A" else "B")
    with pytest.raises(NotFound, match="Deze link klopt niet"):
        approving.read_letter(store, altered)
    with later(store, 8), pytest.raises(WorkshopError, match="Deze link werkte tot"):
        approving.answer_by_link(store, asked.token, decision="agreed", person="D", role="E")
    with later(store, 8):
        again = approving.renew_link(store, evening.facilitator, asked.id)
        assert again.token is not None and approving.read_letter(store, again.token).version == 1
    with pytest.raises(NotFound):
        approving.read_letter(store, asked.token)
    approving.take_back_request(store, evening.facilitator, asked.id)
    with pytest.raises(NotFound):
        approving.read_letter(store, again.token)


#: Half past eleven in the evening of UTC: half past midnight, the next day, in the neighbourhood.
AFTER_MIDNIGHT = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)


def days_told(store: Store) -> set[date]:
    """Every last day of one link that was made just after midnight: on the letter, in the refusal, on the staff page."""
    store.clock = lambda: AFTER_MIDNIGHT
    evening = fixed_brief(store)
    asked = approving.ask_approval(
        store, evening.facilitator, evening.wijkplan_id, organisation="School", is_important=True, by_link=True, days=7
    )
    assert asked.token is not None and asked.expires_at is not None
    letter = approving.read_letter(store, asked.token)
    assert letter.works_until is not None
    with later(store, 8), pytest.raises(WorkshopError) as refused:
        approving.read_letter(store, asked.token)
    said = re.search(r"werkte tot (\d+) december 2026", refused.value.message)
    assert said is not None
    days = {letter.works_until, date(2026, 12, int(said[1])), local_day(asked.expires_at)}
    return days | {letter.fixed_on + timedelta(days=7)}


def test_a_link_ends_on_the_day_of_the_neighbourhood_on_every_screen(sqlite_store: Store) -> None:
    assert days_told(sqlite_store) == {date(2026, 12, 2)}


def test_twin_a_link_that_ends_on_the_day_of_utc_names_another_day_than_the_staff_page(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(approving, "_day", lambda moment: moment.date())
    assert days_told(sqlite_store) == {date(2026, 12, 1), date(2026, 12, 2)}


def test_a_new_version_of_the_brief_asks_again(store: Store) -> None:
    evening = fixed_brief(store)
    plan = evening.wijkplan_id
    asked = approving.ask_approval(
        store, evening.facilitator, plan, organisation="School", is_important=True, by_link=True
    )
    police = approving.ask_approval(store, evening.facilitator, plan, organisation="Politie", is_important=True)
    approving.record_answer(store, evening.facilitator, police.id, decision=Approval.AGREED, person="A", role="B")
    write(evening, 3, "problem", "Anders gezegd.")
    assert fix(evening, 3) == 2
    assert asked.token is not None
    with pytest.raises(WorkshopError, match="De ontwerpbrief is intussen veranderd"):
        approving.read_letter(store, asked.token)
    with pytest.raises(Refused, match="nieuwe versie"):
        approving.record_answer(store, evening.facilitator, asked.id, decision=Approval.AGREED, person="A", role="B")
    missing = sprinting.see_sprints(store, evening.facilitator, plan).sprint(4).missing
    assert "Vraag akkoord op de ontwerpbrief aan de belangrijke betrokkenen (versie 2)." in [
        m.sentence for m in missing
    ]


def test_approval_is_asked_of_a_fixed_brief(store: Store) -> None:
    evening = plan_evening(store)
    with pytest.raises(Refused, match="Leg eerst de ontwerpbrief vast"):
        approving.ask_approval(
            store, evening.facilitator, evening.wijkplan_id, organisation="School", is_important=True
        )


def test_an_organisation_is_asked_once_and_its_answer_stays(store: Store) -> None:
    done = fixed_brief(store)
    asked = approving.ask_approval(store, done.facilitator, done.wijkplan_id, organisation="School", is_important=True)
    with pytest.raises(Refused, match="School is al gevraagd"):
        approving.ask_approval(store, done.facilitator, done.wijkplan_id, organisation="School", is_important=True)
    approving.record_answer(store, done.facilitator, asked.id, decision=Approval.AGREED, person="A", role="B")
    with pytest.raises(Refused, match="School gaf al antwoord"):
        approving.record_answer(store, done.facilitator, asked.id, decision=Approval.AGREED, person="A", role="B")
    with pytest.raises(Refused, match="School gaf al antwoord"):
        approving.take_back_request(store, done.facilitator, asked.id)
