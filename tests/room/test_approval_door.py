"""The link to approve the ontwerpbrief: that text and nothing else, works once, says why when not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from html import unescape
from threading import Barrier

import pytest
from starlette.testclient import TestClient

from tests.evening import Evening
from tests.room.hall import ORIGIN, application
from tests.sprint_world import fix, fixed_brief, write
from workshop.actions.sprints import approving
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.thread import herkomst
from workshop.domain.sprints.approvals import Approval
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, journal


def plain(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def link(evening: Evening, **more: object) -> str:
    asked = approving.ask_approval(
        evening.store, evening.facilitator, evening.wijkplan_id, organisation="Woonstichting <b>Thuis</b>",
        is_important=True, by_link=True, **more,  # type: ignore[arg-type]
    )  # fmt: skip
    return f"/akkoord/{asked.token}"


ANSWER = {"decision": "conditional", "remark": "Als er licht komt.", "person": "C. Bos", "role": "Manager"}


@pytest.fixture
def evening(store: Store) -> Evening:
    return fixed_brief(store)


def test_the_page_shows_the_brief_and_nothing_else_of_the_wijkplan(evening: Evening) -> None:
    write(evening, 1, "main_question", "Dit is nog van ons alleen")
    herkomst.add_from_desk(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.PAIN,
        written=Written("Ook van ons"),
        sprint=1,
    )
    address = link(evening)
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
        told = browser.get(address)
    assert told.status_code == 200
    assert "Dit staat bij timeline." in plain(told.text)
    assert "Woonstichting <b>Thuis</b>" in plain(told.text) and "<b>Thuis" not in told.text
    assert "van ons" not in told.text and evening.wijkplan_id not in told.text
    assert told.headers["cache-control"] == "no-store"


def test_the_answer_is_kept_once_and_the_second_use_says_so(evening: Evening) -> None:
    address = link(evening)
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
        without = browser.post(address, data={**ANSWER, "remark": " "})
        assert (without.status_code, "Schrijf onder welke voorwaarde" in without.text) == (400, True)
        assert 'value="C. Bos"' in without.text
        sent = browser.post(address, data=ANSWER)
        assert (sent.status_code, "akkoord, onder voorwaarde" in sent.text) == (200, True)
        for again in (browser.get(address), browser.post(address, data={**ANSWER, "decision": "refused"})):
            assert again.status_code == 409
            assert "al een antwoord gegeven" in again.text and "Dit staat bij" not in again.text
    (known,) = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals
    assert (known.decision, known.person) == (Approval.CONDITIONAL, "C. Bos")


def test_an_altered_link_and_one_from_elsewhere_open_nothing(evening: Evening) -> None:
    address = link(evening)
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
        for wrong in (address[:-2] + "xx", "/akkoord/x", "/akkoord/" + "a" * 5_000):
            told = browser.get(wrong)
            assert (told.status_code, "Deze link klopt niet" in told.text) == (404, True)
        forged = browser.post(address, data=ANSWER, headers={"origin": "https://elders.nl"})
        assert forged.status_code == 403
    (known,) = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals
    assert known.decision is None


@contextmanager
def later(store: Store, days: int) -> Iterator[None]:
    real = store.clock
    store.clock = lambda: real() + timedelta(days=days)
    try:
        yield
    finally:
        store.clock = real


def test_an_expired_link_says_until_when_it_worked_and_a_new_one_works(sqlite_store: Store) -> None:
    evening = fixed_brief(sqlite_store)
    asked = approving.ask_approval(
        evening.store, evening.facilitator, evening.wijkplan_id, organisation="School", is_important=True,
        by_link=True, days=7,
    )  # fmt: skip
    address = f"/akkoord/{asked.token}"
    app = TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN})
    with app as browser, later(evening.store, 8):
        for told in (browser.get(address), browser.post(address, data=ANSWER)):
            assert told.status_code == 409
            assert re.search(
                r"Deze link werkte tot \d+ \w+ \d{4}\. Vraag een nieuwe aan de begeleider\.", plain(told.text)
            )
            assert "Dit staat bij" not in told.text
        renewed = approving.renew_link(evening.store, evening.facilitator, asked.id)
        assert browser.get(address).status_code == 404
        assert browser.post(f"/akkoord/{renewed.token}", data=ANSWER).status_code == 200
    (known,) = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals
    assert (known.decision, known.remark) == (Approval.CONDITIONAL, "Als er licht komt.")


def test_two_who_answer_by_the_same_link_at_once_leave_one_answer_and_one_sentence(evening: Evening) -> None:
    address, start = link(evening), Barrier(2)
    answers = [{**ANSWER, "person": "C. Bos"}, {"decision": "agreed", "person": "D. Vos", "role": "Directeur"}]
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:

        def send(data: dict[str, str]) -> tuple[int, str]:
            start.wait()
            told = browser.post(address, data=data)
            return told.status_code, plain(told.text)

        with ThreadPoolExecutor(2) as both:
            heard = list(both.map(send, answers))
    assert sorted(status for status, _text in heard) == [200, 409]
    refused = next(text for status, text in heard if status == 409)
    assert "al een antwoord gegeven" in refused or "gaf al antwoord" in refused
    kept = answers[[status for status, _text in heard].index(200)]
    (known,) = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals
    assert (known.decision, known.person) == (Approval(kept["decision"]), kept["person"])
    with evening.store.read() as conn:
        assert journal.first_broken_line(conn, evening.wijkplan_id) is None


ALTERED = (
    {"decision": "passed_over"},
    {"decision": ""},
    {"person": "x" * 5_000},
    {"remark": "y" * 70_000},
)


def test_an_altered_form_answers_nothing_and_the_link_still_works(sqlite_store: Store) -> None:
    evening = fixed_brief(sqlite_store)
    address = link(evening)
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
        for altered in ALTERED:
            told = browser.post(address, data={**ANSWER, **altered})
            assert told.status_code in (400, 413) and plain(told.text)
            assert see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals[0].decision is None
        assert browser.post(address, data=ANSWER).status_code == 200


def test_an_answer_to_a_brief_that_changed_meanwhile_is_not_taken(sqlite_store: Store) -> None:
    evening = fixed_brief(sqlite_store)
    address = link(evening)
    write(evening, 3, "problem", "Heel anders gezegd.")
    assert fix(evening, 3) == 2
    with TestClient(application(evening.store), base_url=ORIGIN, headers={"origin": ORIGIN}) as browser:
        for told in (browser.get(address), browser.post(address, data=ANSWER)):
            assert (told.status_code, "De ontwerpbrief is intussen veranderd" in told.text) == (409, True)
    (known,) = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).approvals
    assert known.decision is None
