"""One tablet, many people: each is a participant of their own, and the next finds nothing of the one before."""

from __future__ import annotations

from starlette.testclient import TestClient

from tests.room.hall import Hall, fields_of, seen
from tests.room.test_table_door import table
from workshop.actions.evening import running, tables
from workshop.actions.evening.pulse import see_pulse
from workshop.room.frame.cookies import PARTICIPANT, TABLE, TABLET
from workshop.store import rooms

VOTE = {"stance": "4", "experience": "good"}


def tablet(hall: Hall) -> TestClient:
    browser = table(hall)
    answer = browser.post("/tafel/tablet")
    assert (answer.status_code, answer.headers["location"]) == (303, at(hall))
    return browser


def at(hall: Hall, rest: str = "") -> str:
    return f"/zaal/{hall.evening.session_id}/tablet{rest}"


def begin(hall: Hall, browser: TestClient, group: str = "Bewoners") -> str:
    answer = browser.post(at(hall, "/begin"), data={"group": hall.evening.groups[group]})
    assert (answer.status_code, answer.headers["location"]) == (303, at(hall))
    assert "Max-Age" not in answer.headers["set-cookie"] and "HttpOnly" in answer.headers["set-cookie"]
    return str(browser.cookies[PARTICIPANT])


def vote(hall: Hall, browser: TestClient) -> None:
    hidden = fields_of(browser.get(at(hall)).text, "stem")
    sent = browser.post(f"/zaal/{hall.evening.session_id}/stem", data={**hidden, **VOTE})
    assert (sent.status_code, sent.headers["location"]) == (303, at(hall, "#melding"))


def hand_on(hall: Hall, browser: TestClient) -> None:
    answer = browser.post(at(hall, "/volgende"))
    assert (answer.status_code, answer.headers["location"]) == (303, at(hall))
    assert PARTICIPANT not in browser.cookies


def test_a_tablet_is_no_table_anymore(the_hall: Hall) -> None:
    browser = tablet(the_hall)
    assert TABLE not in browser.cookies and TABLET in browser.cookies
    assert browser.get("/tafel").status_code == 404
    assert "Jouw beurt" in browser.get(at(the_hall)).text


def test_nine_people_are_nine_ballots_and_nothing_is_left_of_the_one_before(the_hall: Hall) -> None:
    browser, evening = tablet(the_hall), the_hall.evening
    step = the_hall.open("commitment")
    tokens = set()
    for n in range(9):
        group = ("Bewoners", "Jongeren")[n % 2]
        tokens.add(begin(the_hall, browser, group))
        page = browser.get(at(the_hall)).text
        assert "Verstuurd ✓" not in seen(page) and "checked" not in page and group in page
        assert 'autocomplete="off"' in page and "Volgende persoon" in page
        vote(the_hall, browser)
        assert "Verstuurd ✓" in seen(browser.get(at(the_hall)).text)
        hand_on(the_hall, browser)
        left = browser.get(at(the_hall))
        assert (
            "Verstuurd" not in left.text and "checked" not in left.text and left.headers["cache-control"] == "no-store"
        )
    assert len(tokens) == 9
    pulse = see_pulse(evening.store, evening.session_id)
    assert (pulse.done, pulse.present) == (9, 9)
    evening.run(step)
    with evening.store.read() as conn:
        outcome = rooms.last_round(conn, step).outcome
    assert (outcome["n"], outcome["complete"], outcome["paper"]) == (9, 9, 0)


def test_who_comes_back_for_the_next_step_is_not_counted_twice(the_hall: Hall) -> None:
    browser, evening = tablet(the_hall), the_hall.evening
    first = the_hall.open("commitment")
    for _ in range(3):
        begin(the_hall, browser)
        vote(the_hall, browser)
        hand_on(the_hall, browser)
    browser.get(at(the_hall))
    assert see_pulse(evening.store, evening.session_id).present == 3
    evening.run(first)
    the_hall.open("commitment", title="Nog eens")
    browser.get(at(the_hall))
    assert see_pulse(evening.store, evening.session_id).present == 0
    for n in range(3):
        begin(the_hall, browser)
        vote(the_hall, browser)
        hand_on(the_hall, browser)
        pulse = see_pulse(evening.store, evening.session_id)
        assert (pulse.done, pulse.present) == (n + 1, n + 1)


def test_the_group_is_asked_every_time(sqlite_hall: Hall) -> None:
    browser = tablet(sqlite_hall)
    for wrong in ({}, {"group": ""}, {"group": "0" * 32}, {"group": "<script>"}):
        answer = browser.post(at(sqlite_hall, "/begin"), data=wrong)
        assert answer.status_code == 400 and 'role="alert"' in answer.text and "set-cookie" not in answer.headers


def test_a_note_on_the_tablet_is_gone_for_the_next_person(the_hall: Hall) -> None:
    browser = tablet(the_hall)
    the_hall.open("environments")
    begin(the_hall, browser)
    form = fields_of(browser.get(at(the_hall)).text, "n-finding")
    filled = {"text": "Het zwembad is dicht", "environments": "physical", "tone": "bad", "moment": "now"}
    sent = browser.post(f"/zaal/{the_hall.evening.session_id}/notitie", data={**form, **filled})
    assert sent.headers["location"] == at(the_hall, "#eigen")
    wrong = browser.post(f"/zaal/{the_hall.evening.session_id}/notitie", data={**form, "text": ""})
    assert wrong.status_code == 400 and "Volgende persoon" in wrong.text
    assert "zwembad" in browser.get(at(the_hall)).text
    hand_on(the_hall, browser)
    begin(the_hall, browser)
    assert "zwembad" not in browser.get(at(the_hall)).text


def test_a_revoked_link_ends_the_tablet_and_strangers_have_none(the_hall: Hall) -> None:
    evening, browser = the_hall.evening, tablet(the_hall)
    nowhere = the_hall.phone().http.get(f"/zaal/{'0' * 32}").text
    for other in (the_hall.phone().http, the_hall.inside().http):
        assert other.get(at(the_hall)).text == nowhere
        assert other.post(at(the_hall, "/begin"), data={"group": evening.groups["Bewoners"]}).status_code == 404
        assert other.post("/tafel/tablet").status_code == 404
    assert browser.get(f"/zaal/{'0' * 32}/tablet").status_code == 404
    (made,) = tables.see_table_links(evening.store, evening.facilitator, evening.session_id)
    tables.revoke_table_link(evening.store, evening.facilitator, evening.session_id, made.link_id)
    assert browser.get(at(the_hall)).text == nowhere
    assert browser.post(at(the_hall, "/volgende")).status_code == 404


def test_an_evening_that_is_over_has_no_tablet(sqlite_hall: Hall) -> None:
    evening, browser = sqlite_hall.evening, tablet(sqlite_hall)
    running.close_room(evening.store, evening.facilitator, evening.session_id)
    assert browser.get(at(sqlite_hall)).status_code == 404
