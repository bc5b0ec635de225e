"""One evening from a phone without JavaScript: in by code, a ballot, a note, out again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.room.hall import Hall, fields_of, hall, seen
from workshop.actions.evening import running
from workshop.room.frame.cookies import PARTICIPANT
from workshop.store import Store, rooms

VOTE = {"stance": "4", "experience": "good"}


def test_a_phone_gets_in_with_code_and_group_and_stays_the_same_participant(the_hall: Hall) -> None:
    phone = the_hall.phone()
    door = phone.http.get("/")
    assert door.status_code == 200 and 'name="code"' in door.text
    code = the_hall.evening.code
    groups = phone.http.post("/mee", data={"code": f" {code[:4].lower()} {code[4:].lower()}. "})
    assert groups.status_code == 200
    assert [name for name in ("Bewoners", "Ondernemers", "Jongeren") if name in groups.text] == [
        "Bewoners",
        "Ondernemers",
        "Jongeren",
    ]
    joined = phone.join()
    assert joined.headers["location"] == phone.base
    cookie = joined.headers["set-cookie"]
    assert PARTICIPANT in cookie and "HttpOnly" in cookie and "SameSite=Lax" in cookie and "Max-Age=15552000" in cookie
    first = phone.token
    assert phone.http.get(f"/m/{code}").headers["location"] == phone.base
    phone.join("Jongeren")
    assert phone.token == first
    assert "Jongeren" in phone.page()
    assert "Ga verder waar je was" in phone.http.get("/").text


def test_a_ballot_without_javascript_is_sent_shown_and_changed(the_hall: Hall) -> None:
    phone = the_hall.inside()
    assert "Je hoeft nu niets te doen" in phone.page()
    the_hall.open("commitment")
    hidden = fields_of(phone.page(), "stem")
    assert hidden["change"] == "1" and len(hidden["ballot_id"]) == 16
    sent = phone.http.post(f"{phone.base}/stem", data={**hidden, **VOTE})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{phone.base}#melding")
    page = phone.page()
    assert 'id="stem"' not in page
    assert "Verstuurd ✓" in page and "4. Ik doe mee" in seen(page) and "Goed" in seen(page)
    again = phone.page("?wijzig=1")
    assert fields_of(again, "stem")["change"] == "2"
    assert 'name="stance" value="4" checked' in again
    phone.http.post(f"{phone.base}/stem", data={**fields_of(again, "stem"), **VOTE, "stance": "2"})
    assert "2. Ik twijfel sterk" in seen(phone.page())


def test_an_incomplete_ballot_is_kept_and_says_so(the_hall: Hall) -> None:
    phone = the_hall.inside()
    step = the_hall.open("commitment")
    answer = phone.vote(the_hall.evening.round_id(step), stance="4")
    assert answer.json() == {
        "round": the_hall.evening.round_id(step),
        "values": {"stance": "4"},
        "complete": False,
        "change": 1,
    }
    assert "nog niet compleet" in phone.page()


def test_a_refused_ballot_comes_back_with_the_reason_and_what_was_chosen(the_hall: Hall) -> None:
    phone = the_hall.inside()
    the_hall.open("commitment")
    hidden = fields_of(phone.page(), "stem")
    nothing = phone.http.post(f"{phone.base}/stem", data=hidden)
    assert nothing.status_code == 400 and "Kies eerst iets" in nothing.text
    wrong = phone.http.post(f"{phone.base}/stem", data={**hidden, "stance": "9", "experience": "good"})
    assert wrong.status_code == 400
    assert 'role="alert"' in wrong.text and 'aria-invalid="true"' in wrong.text
    assert 'value="good" checked' in wrong.text
    assert "Verstuurd ✓" not in seen(phone.page())


def test_a_stopped_round_is_told_and_the_outcome_is_readable(the_hall: Hall) -> None:
    evening = the_hall.evening
    phone = the_hall.inside()
    step = the_hall.open("commitment")
    round_id = evening.round_id(step)
    for each in (phone, *(the_hall.inside() for _n in range(4))):
        assert each.vote(round_id, **VOTE).status_code == 200
    running.stop_step(evening.store, evening.facilitator, step)
    late = phone.vote(round_id, ballot_id="b2", change=2, **VOTE)
    assert late.status_code == 409 and late.json()["kind"] == "closed"
    assert "De stemming is gestopt. De uitslag komt op het scherm." in seen(phone.page())
    running.show_outcome(evening.store, evening.facilitator, step)
    page = phone.page()
    assert "<table" in page and "Waar staan we nu, in aantal mensen" in page


def test_a_secret_round_of_one_says_how_many_answered_and_why_no_more(the_hall: Hall) -> None:
    evening = the_hall.evening
    phone = the_hall.inside()
    step = the_hall.open("commitment")
    assert phone.vote(evening.round_id(step), **VOTE).status_code == 200
    evening.run(step)
    page = phone.page()
    assert "1 mens heeft geantwoord. Dat is te weinig om een uitslag te laten zien." in seen(page)
    assert "<table" not in page


def test_notes_are_sent_seen_back_and_taken_away(the_hall: Hall) -> None:
    phone = the_hall.inside()
    the_hall.open("environments")
    form = fields_of(phone.page(), "n-finding")
    filled = {"text": "Het is donker bij de speeltuin.", "environments": ["physical"], "tone": "bad", "moment": "now"}
    sent = phone.http.post(f"{phone.base}/notitie", data={**form, **filled})
    assert (sent.status_code, sent.headers["location"]) == (303, f"{phone.base}#eigen")
    page = phone.page()
    assert "Het is donker bij de speeltuin." in page and "De begeleider kijkt er nog naar." in page
    other = the_hall.inside()
    assert "speeltuin" not in other.page().split('id="eigen"')[1]

    address = next(part.split('"')[0] for part in page.split('action="') if "/intrekken" in part.split('"')[0])
    assert other.http.post(address).status_code == 404
    assert phone.http.post(address).status_code == 303
    assert "Haal weg" not in seen(phone.page())


def test_a_personal_text_warns_and_keeps_what_was_typed(the_hall: Hall) -> None:
    phone = the_hall.inside()
    step = the_hall.open("environments")
    text = "Bel mij op 06-12345678"
    warned = phone.note(step, text, json=False)
    assert warned.status_code == 409
    assert "telefoonnummer" in warned.text and "Toch versturen" in seen(warned.text) and text in warned.text
    assert phone.note(step, text).json()["masked"] == "Bel mij op █████"
    assert phone.note(step, text, confirmed="1").status_code == 200
    bsn = "Mijn bsn is 111222333"
    refused = phone.note(step, bsn, json=False, confirmed="1")
    assert refused.status_code == 400
    assert "burgerservicenummer" in refused.text and "Toch versturen" not in seen(refused.text)
    assert bsn in refused.text


def test_leaving_takes_someone_out_of_the_count_and_the_code_lets_them_back(the_hall: Hall) -> None:
    phone = the_hall.inside()
    token = phone.token
    assert phone.http.post(f"{phone.base}/weg").headers["location"] == "/tot-ziens"
    assert "Dank je wel" in phone.http.get("/tot-ziens").text
    phone.join()
    assert phone.token == token


def test_a_stranger_gets_the_same_answer_as_for_a_room_that_is_not_there(the_hall: Hall) -> None:
    stranger = the_hall.phone()
    here, nowhere = stranger.http.get(stranger.base), stranger.http.get("/zaal/" + "0" * 32)
    assert here.status_code == nowhere.status_code == 404
    assert here.text == nowhere.text
    elsewhere = the_hall.inside()
    assert elsewhere.http.get("/zaal/" + "0" * 32).status_code == 404


def test_the_page_speaks_the_language_that_was_chosen(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    chosen = phone.http.get(f"/taal/en?terug={phone.base}")
    assert chosen.headers["location"] == phone.base
    assert '<html lang="en">' in phone.page()
    assert phone.http.get("/taal/en?terug=//evil.example").headers["location"] == "/"
    assert phone.http.get("/taal/xx?terug=/geheim").headers.get("set-cookie") is None


def test_plain_pages_tell_the_numbers_of_the_code(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.phone()
    for path in ("/geheim", "/privacy", "/toegankelijkheid"):
        assert phone.http.get(path).status_code == 200
    assert "minder dan 5 mensen" in phone.http.get("/geheim").text
    assert "180 dagen" in phone.http.get("/privacy").text


def test_pressing_the_button_twice_is_one_person(the_hall: Hall) -> None:
    phone = the_hall.phone()
    evening = the_hall.evening
    phone.http.get(f"/m/{evening.code}")
    phone.join()
    phone.join()
    with evening.store.read() as conn:
        assert rooms.present_by_group(conn, evening.session_id) == {"Bewoners": 1}


def test_while_the_database_is_locked_the_choice_stays_and_the_sentence_says_so(
    sqlite_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = sqlite_hall.inside()
    round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment"))
    store = sqlite_hall.evening.store

    @contextmanager
    def locked() -> Iterator[None]:
        raise OSError("database is locked")
        yield

    with monkeypatch.context() as broken:
        broken.setattr(type(store), "write_by_hand", lambda self: locked())
        answer = phone.vote(round_id, **VOTE)
        assert answer.status_code == 503 and answer.headers["retry-after"] == "3"
        assert answer.json() == {
            "error": "Het lukt nu niet. Je keuze staat nog op je scherm. Probeer het zo weer.",
            "field": None,
            "kind": "later",
        }
        page = phone.vote(round_id, json=False, **VOTE)
        assert page.status_code == 503 and "Het lukt nu niet." in page.text
    assert phone.vote(round_id, **VOTE).status_code == 200


def test_a_server_that_stops_says_it_will_be_back(sqlite_store: Store) -> None:
    with hall(sqlite_store) as opened:
        phone = opened.inside()
        round_id = opened.evening.round_id(opened.open("commitment"))
        room = opened.server.app_state["room"]
        opened.server.portal.call(room.writer.stop)
        answer = phone.vote(round_id, **VOTE)
        assert answer.status_code == 503 and answer.json()["error"].startswith("We zijn zo terug.")
