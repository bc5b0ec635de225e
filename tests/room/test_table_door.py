"""A helper at a table: in by link, cards as ballots, notes released, and nothing for whoever has no link."""

from __future__ import annotations

import re
from datetime import date

import pytest
from starlette.testclient import TestClient

from tests.room.hall import ORIGIN, Hall, fields_of, seen
from workshop.actions.evening import running, sessions, tables
from workshop.actions.evening.tables import make_table_link
from workshop.room.frame.cookies import TABLE
from workshop.store import rooms

CARD = {"stance": "4", "experience": "good"}


def link(hall: Hall, label: str = "Tafel <1>") -> str:
    return make_table_link(hall.evening.store, hall.evening.facilitator, hall.evening.session_id, label)


def table(hall: Hall) -> TestClient:
    browser = hall.phone().http
    answer = browser.get(f"/tafel/{link(hall)}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/tafel")
    return browser


def references(page: str) -> list[str]:
    return re.findall(r"/tafel/kaart/([0-9a-f]{32})/weg", page)


def test_the_link_becomes_a_cookie_and_leaves_the_address(the_hall: Hall) -> None:
    browser, secret = the_hall.phone().http, link(the_hall)
    cookie = browser.get(f"/tafel/{secret}").headers["set-cookie"]
    assert cookie.startswith(f"{TABLE}={secret};") and "HttpOnly" in cookie and "SameSite=Lax" in cookie
    page = browser.get("/tafel")
    assert page.status_code == 200 and secret not in page.text
    assert "Tafel &lt;1&gt;" in page.text and "Er is nu niets open" in page.text


def test_a_card_is_one_ballot_twice_is_two_and_can_be_taken_out_until_shown(the_hall: Hall) -> None:
    browser, evening = table(the_hall), the_hall.evening
    step = the_hall.open("commitment")
    for _ in range(2):
        page = browser.get("/tafel/kaart").text
        sent = {**fields_of(page, "kaart"), **CARD, "group": evening.groups["Bewoners"]}
        answer = browser.post("/tafel/kaart", data=sent)
        assert answer.status_code == 303
    told = browser.get(answer.headers["location"]).text
    mark = answer.headers["location"].removeprefix("/tafel/kaart?klaar=")
    assert f"Schrijf dit kenmerk erop: {mark}." in told
    assert len(references(told)) == 2 and "Ingevoerd voor dit onderdeel (2)" in seen(told) and "<ol>" in told
    assert "2 van de 2 klaar" in seen(browser.get("/tafel").text)

    running.stop_step(evening.store, evening.facilitator, step)
    assert "gestopt" in seen(browser.get("/tafel").text)
    gone = references(told)[0]
    round_id = evening.round_id(step)
    assert (
        browser.post(
            f"/tafel/kaart/{references(browser.get('/tafel/kaart').text)[0]}/weg", data={"round": round_id}
        ).status_code
        == 303
    )
    assert browser.post(f"/tafel/kaart/{gone}/weg", data={"round": round_id}).status_code == 303
    assert len(references(browser.get("/tafel/kaart").text)) == 1
    running.show_outcome(evening.store, evening.facilitator, step)
    with evening.store.read() as conn:
        outcome = rooms.last_round(conn, step).outcome
    assert (outcome["n"], outcome["paper"]) == (1, 1)
    late = browser.post("/tafel/kaart", data=sent | {"card": "nog-een"})
    assert late.status_code == 400 and "De uitslag is al getoond." in seen(late.text)


def test_pressing_the_button_twice_is_one_card(the_hall: Hall) -> None:
    browser = table(the_hall)
    the_hall.open("commitment")
    sent = {**fields_of(browser.get("/tafel/kaart").text, "kaart"), **CARD}
    places = {browser.post("/tafel/kaart", data=sent).headers["location"] for _ in range(3)}
    assert len(places) == 1
    assert len(references(browser.get("/tafel/kaart").text)) == 1


def test_a_refused_card_comes_back_filled_in(sqlite_hall: Hall) -> None:
    browser = table(sqlite_hall)
    sqlite_hall.open("commitment")
    hidden = fields_of(browser.get("/tafel/kaart").text, "kaart")
    for wrong in ({}, {"stance": "9"}, {**CARD, "group": "0" * 32}, {**CARD, "organisation": "Verzonnen"}):
        answer = browser.post("/tafel/kaart", data={**hidden, "group": "", **wrong})
        assert answer.status_code == 400 and 'role="alert"' in answer.text
    assert 'value="4" checked' in answer.text
    assert references(browser.get("/tafel/kaart").text) == []


def test_a_card_of_another_evening_is_not_taken(the_hall: Hall) -> None:
    browser, evening = table(the_hall), the_hall.evening
    the_hall.open("commitment")
    hidden = fields_of(browser.get("/tafel/kaart").text, "kaart")
    elsewhere = sessions.copy_session(evening.store, evening.facilitator, evening.session_id, held_on=date(2027, 1, 1))
    running.open_room(evening.store, evening.facilitator, elsewhere)
    step = sessions.add_step(evening.store, evening.facilitator, elsewhere, "commitment")
    running.open_step(evening.store, evening.facilitator, step)
    other = browser.post("/tafel/kaart", data={**hidden, **CARD, "round": evening.round_id(step)})
    assert other.status_code == 404
    assert browser.get(f"/kaarten/{step}").status_code == 404


def test_notes_are_shown_and_hidden_from_the_table(the_hall: Hall) -> None:
    browser, phone = table(the_hall), the_hall.inside()
    step = the_hall.open("environments")
    item = phone.note(step, "Het <b>donker</b> bij de speeltuin").json()["id"]
    page = browser.get("/tafel").text
    assert "&lt;b&gt;donker" in page and "1 kaartje wacht" in seen(page) and "Voer een kaart in" not in page
    assert "Typ het hier over." in page
    assert browser.post(f"/tafel/kaartje/{item}/toon").status_code == 303
    assert "Staat op het scherm." in phone.page()
    assert browser.post(f"/tafel/kaartje/{item}/verberg").status_code == 303
    assert "Staat niet op het scherm." in phone.page()
    assert browser.post(f"/tafel/kaartje/{'0' * 32}/toon").status_code == 404


def test_a_note_on_paper_is_copied_once_and_waits(the_hall: Hall) -> None:
    browser, evening = table(the_hall), the_hall.evening
    the_hall.open("environments")
    page = browser.get("/tafel/kaartje").text
    assert "/zaal/" not in page and "data-notitie" not in page
    note = {"text": "Het <b>donker</b> plein", "environments": ["physical", "social"], "tone": "bad", "moment": "past"}
    sent = {**fields_of(page, "n-finding"), **note, "group": evening.groups["Bewoners"]}
    for _ in range(2):
        answer = browser.post("/tafel/kaartje", data=sent)
        assert (answer.status_code, answer.headers["location"]) == (303, "/tafel/kaartje?klaar=1")
    assert "Het wacht nu bij de kaartjes" in seen(browser.get("/tafel/kaartje?klaar=1").text)
    shown = browser.get("/tafel").text
    assert "Kaartjes die wachten (1)" in seen(shown) and "&lt;b&gt;donker" in shown
    view = tables.see_table(evening.store, evening.facilitator, evening.session_id)
    assert [(n.source, n.moment, sorted(n.environments)) for n in view.notes_waiting] == [
        ("paper", "past", ["physical", "social"])
    ]
    assert browser.post("/tafel/kaartje", data=sent | {"step": "0" * 32, "ballot_id": "x"}).status_code == 404


def test_a_refused_note_comes_back_filled_in_and_can_be_confirmed(the_hall: Hall) -> None:
    browser, evening = table(the_hall), the_hall.evening
    step = the_hall.open("environments")
    hidden = fields_of(browser.get("/tafel/kaartje").text, "n-finding")
    note = {**hidden, "text": "Bel 06 12345678", "environments": "physical", "tone": "bad", "group": ""}
    warned = browser.post("/tafel/kaartje", data=note)
    assert warned.status_code == 409 and "Bel 06 12345678" in warned.text and 'name="confirmed"' in warned.text
    assert 'value="physical" checked' in warned.text and 'value="bad" checked' in warned.text
    strange = browser.post("/tafel/kaartje", data={**note, "text": "Mooi", "group": "0" * 32})
    assert strange.status_code == 400 and "Kies een groep uit de lijst." in seen(strange.text)
    again = {**note, **fields_of(warned.text, "n-finding"), "text": note["text"], "confirmed": "1"}
    assert browser.post("/tafel/kaartje", data=again).status_code == 303
    running.stop_step(evening.store, evening.facilitator, step)
    late = {**note, "text": "Nog een", "ballot_id": "a"}
    assert browser.post("/tafel/kaartje", data=late).status_code == 303
    running.show_outcome(evening.store, evening.facilitator, step)
    shown = browser.post("/tafel/kaartje", data={**late, "ballot_id": "b"})
    assert shown.status_code == 400 and "al getoond" in seen(shown.text)
    assert "geen onderdeel met kaartjes" in seen(browser.get("/tafel/kaartje").text)
    view = tables.see_table(evening.store, evening.facilitator, evening.session_id)
    assert len(view.notes_waiting) == 2


@pytest.mark.parametrize(
    "path", ["/tafel", "/tafel/kaart", "/tafel/kaartje", "/tafel/" + "x" * 43, "/tafel/%00", "/tafel/" + "a" * 4000]
)
def test_without_a_link_there_is_no_table(the_hall: Hall, path: str) -> None:
    stranger = the_hall.phone().http
    answer, nowhere = stranger.get(path), stranger.get(f"/zaal/{'0' * 32}")
    assert answer.status_code == 404 and answer.text == nowhere.text and "set-cookie" not in answer.headers


def test_a_participant_and_a_stranger_may_do_nothing_at_a_table(the_hall: Hall) -> None:
    step = the_hall.open("environments")
    phone = the_hall.inside()
    item = phone.note(step, "Mooi plein").json()["id"]
    for browser in (phone.http, the_hall.phone().http):
        assert browser.post(f"/tafel/kaartje/{item}/toon").status_code == 404
        assert browser.post("/tafel/kaart", data=CARD).status_code == 404
        assert browser.post("/tafel/kaartje", data={"step": step, "text": "Mooi"}).status_code == 404


def test_a_revoked_link_and_a_closed_evening_look_like_nothing_was_ever_there(the_hall: Hall) -> None:
    evening = the_hall.evening
    browser, other = table(the_hall), table(the_hall)
    nowhere = the_hall.phone().http.get(f"/zaal/{'0' * 32}").text
    first = tables.see_table_links(evening.store, evening.facilitator, evening.session_id)[0]
    tables.revoke_table_link(evening.store, evening.facilitator, evening.session_id, first.link_id)
    assert sorted(b.get("/tafel").status_code for b in (browser, other)) == [200, 404]
    running.close_room(evening.store, evening.facilitator, evening.session_id)
    for one_of_them in (browser, other):
        answer = one_of_them.get("/tafel")
        assert answer.status_code == 404 and answer.text == nowhere


def test_the_tables_stream_says_only_that_something_changed(the_hall: Hall) -> None:
    browser, phone = table(the_hall), the_hall.inside()
    round_id = the_hall.evening.round_id(the_hall.open("commitment", is_secret=False))
    with browser.websocket_connect("/tafel/live", headers={"origin": ORIGIN}) as socket:
        assert socket.receive_text() == '{"is":"stand"}'
        phone.vote(round_id, **CARD)
        assert socket.receive_text() == '{"is":"stand"}'
    stranger = the_hall.phone().http
    with stranger.websocket_connect("/tafel/live", headers={"origin": ORIGIN}) as socket:
        assert socket.receive()["code"] == 4404


@pytest.mark.parametrize("value", ["\0", "x" * 5000, "' OR 1=1 --", "{{ 7*7 }}"])
def test_strange_fields_of_a_card_are_refused_in_a_sentence(the_hall: Hall, value: str) -> None:
    browser = table(the_hall)
    the_hall.open("commitment")
    hidden = fields_of(browser.get("/tafel/kaart").text, "kaart")
    # Without its NUL a group is no group, and that may stand on a card.
    for name in ("round", "stance") if value == "\0" else ("round", "group", "organisation", "stance"):
        answer = browser.post("/tafel/kaart", data={**hidden, **CARD, name: value})
        assert answer.status_code in (400, 404), (name, answer.status_code)
        assert value not in answer.text or value == "\0"
    assert references(browser.get("/tafel/kaart").text) == []
