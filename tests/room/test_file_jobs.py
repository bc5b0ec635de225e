"""A file that is made as a job, at the door: asked for, followed without JavaScript, fetched; and never by a stranger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from tests.evening import Evening, staff
from tests.exports.fetching import follow
from tests.exports.test_download_route import signed_in
from tests.room.hall import JSON, Hall, hall, seen
from tests.rules.world import BAARN
from workshop.actions.documents import asking
from workshop.actions.evening import running
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.jobs import Failure
from workshop.store import Store
from workshop.store import jobs as rows


@pytest.fixture
def the_hall(sqlite_store: Store) -> Iterator[Hall]:
    with hall(sqlite_store) as opened:
        yield opened


@pytest.fixture
def open_step(the_hall: Hall) -> str:
    """The step of a room that votes, so that what is asked waits."""
    return the_hall.open("commitment")


@pytest.fixture
def busy_hall(the_hall: Hall, open_step: str) -> Hall:
    return the_hall


def asked(hall: Hall, browser: Any, kind: str = "docx") -> str:
    answer = browser.get(f"/download/{hall.evening.wijkplan_id}/{kind}")
    assert answer.status_code == 303
    return str(answer.headers["location"])


def test_who_waits_sees_how_far_it_is_without_javascript_and_hears_it(busy_hall: Hall) -> None:
    browser, _token = signed_in(busy_hall, busy_hall.evening.facilitator.account_id)

    answer = browser.get(asked(busy_hall, browser))

    assert answer.status_code == 202
    assert "Het bestand is aangevraagd. Stemt er een zaal?" in seen(answer.text)
    assert re.search(r'<noscript><meta http-equiv="refresh" content="\d+"></noscript>', answer.text)
    assert re.search(r'<section id="bestand" role="status" data-ververs="\d+">', answer.text)
    assert answer.headers["cache-control"] == "no-store"
    told = browser.get(answer.request.url.path, headers=JSON)
    assert (told.status_code, told.json()["state"], told.json()["file"]) == (202, "waiting", None)


def test_the_page_ends_with_the_link_and_stops_looking(the_hall: Hall) -> None:
    browser, _token = signed_in(the_hall, the_hall.evening.facilitator.account_id)
    first = browser.get(f"/download/{the_hall.evening.wijkplan_id}/docx")

    told = follow(browser.get, first)

    assert told.status_code == 200
    assert "refresh" not in told.text and "data-ververs" not in told.text
    link = re.search(r'<a class="button" href="([^"]+)" download>', told.text)
    assert link is not None
    file = browser.get(link[1])
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.content.startswith(b"PK")
    assert "content-encoding" not in file.headers, "a packed file is not packed again on the loop"


def test_before_it_is_there_the_address_of_the_file_says_how_far_it_is(busy_hall: Hall) -> None:
    browser, _token = signed_in(busy_hall, busy_hall.evening.facilitator.account_id)
    answer = browser.get(asked(busy_hall, browser) + "/bestand")
    assert (answer.status_code, "content-disposition" in answer.headers) == (202, False)


def test_two_who_ask_at_once_get_the_same(busy_hall: Hall) -> None:
    first, _token = signed_in(busy_hall, busy_hall.evening.facilitator.account_id)
    second, _token = signed_in(busy_hall, busy_hall.evening.facilitator.account_id)
    assert asked(busy_hall, first) == asked(busy_hall, second) == asked(busy_hall, first)
    assert asked(busy_hall, first, "xlsx") != asked(busy_hall, first)


def test_a_look_at_the_head_asks_for_nothing(busy_hall: Hall) -> None:
    evening = busy_hall.evening
    browser, _token = signed_in(busy_hall, evening.facilitator.account_id)
    assert browser.head(f"/download/{evening.wijkplan_id}/docx").status_code == 202
    with evening.store.read() as conn:
        assert not rows.is_any(conn)


# -- strangers -------------------------------------------------------------------------------------------------------


def answers_to_strangers(hall: Hall) -> dict[str, Any]:
    """What everybody who has no business there gets for a job that is done; and what nobody's job answers."""
    evening, store = hall.evening, hall.evening.store
    owner, _token = signed_in(hall, evening.facilitator.account_id)
    page = asked(hall, owner)
    assert follow(owner.get, owner.get(f"/download/{evening.wijkplan_id}/docx")).status_code == 200
    job_id = page.rsplit("/", 1)[1]
    elsewhere = staff(store, "elders")
    other = make_wijkplan(store, elsewhere, NewWijkplan("Elders", "GM0308", "Baarn", areas=BAARN))
    neighbour, _token = signed_in(hall, elsewhere.account_id)
    nobody, _token = signed_in(hall, staff(store, "ander").account_id)
    theirs = f"/download/{other}/taak/{job_id}"
    found = {}
    for end in ("", "/bestand"):
        for name, browser, address in (
            ("without a cookie", hall.phone().http, page + end),
            ("from the room", hall.inside().http, page + end),
            ("without a role", nobody, page + end),
            ("of another wijkplan", neighbour, page + end),
            ("of another wijkplan, under its own", neighbour, theirs + end),
            ("nowhere", owner, f"/download/{evening.wijkplan_id}/taak/{'0' * 32}{end}"),
        ):
            found[name + end] = browser.get(address)
    return found


def test_a_stranger_gets_what_does_not_exist(the_hall: Hall) -> None:
    answers = answers_to_strangers(the_hall)
    assert {answer.status_code for answer in answers.values()} == {404}
    assert len({re.sub(r"terug=[^\"]+", "", answer.text) for answer in answers.values()}) == 1


def test_twin_who_looks_only_at_the_job_lets_the_neighbour_in(the_hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    def any_job(conn: Any, _store: Store, _wijkplan_id: str, job_id: str) -> Any:
        return rows.job(conn, job_id)

    monkeypatch.setattr(asking, "_job", any_job)
    answers = answers_to_strangers(the_hall)
    assert answers["of another wijkplan, under its own/bestand"].status_code == 200
    assert answers["of another wijkplan/bestand"].status_code == 404


# -- what went wrong -------------------------------------------------------------------------------------------------


def test_a_job_that_failed_says_so_in_words_with_the_way_to_ask_again(busy_hall: Hall) -> None:
    evening = busy_hall.evening
    browser, _token = signed_in(busy_hall, evening.facilitator.account_id)
    page = asked(busy_hall, browser)
    fail(evening, page.rsplit("/", 1)[1])

    answer = browser.get(page)

    assert answer.status_code == 200
    assert "Het maken van het bestand is mislukt" in seen(answer.text)
    again = re.search(r'<a class="button" href="([^"]+)">Vraag het opnieuw</a>', answer.text)
    assert again is not None
    assert browser.get(again[1]).headers["location"] != page


def fail(evening: Evening, job_id: str) -> None:
    store = evening.store
    with store.write() as conn:
        taken = rows.take(conn, store.now(), asked_before=store.now())
        assert taken is not None and taken[0].id == job_id
        rows.fail(conn, job_id, taken[1], store.now(), Failure.CRASHED)


def test_a_report_asked_while_the_room_votes_comes_when_it_is_done(the_hall: Hall, open_step: str) -> None:
    evening = the_hall.evening
    browser, _token = signed_in(the_hall, evening.facilitator.account_id)
    first = browser.get(f"/download/{evening.wijkplan_id}/docx")
    assert browser.get(first.headers["location"]).status_code == 202

    running.stop_step(evening.store, evening.facilitator, open_step)

    assert follow(browser.get, first).status_code == 200
