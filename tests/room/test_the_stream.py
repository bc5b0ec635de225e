"""What is pushed: the wall at once, phones only when the room moves, and nobody who may not follow."""

from __future__ import annotations

import json
import time
from contextlib import ExitStack
from datetime import timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text
from starlette.websockets import WebSocketDisconnect

from tests.room.hall import ORIGIN, Hall, Phone, hall
from workshop.actions.evening import running
from workshop.actions.people.gate import new_token, token_hash
from workshop.actions.people.signing_in import sign_out
from workshop.room.evening import live
from workshop.room.evening.live import NOT_YOURS, TOO_MANY
from workshop.room.frame.cookies import SIGN_IN
from workshop.room.frame.follower import Look
from workshop.room.frame.hub import SOCKETS_PER_DEVICE
from workshop.room.frame.reception import here
from workshop.store import Store, accounts, open_store
from workshop.store.writing import CHANNEL

VOTE = {"stance": "4", "experience": "good"}


def staff_cookie(hall: Hall) -> str:
    """A sign-in of the facilitator, with the role in the database as the gate reads it."""
    store, token = hall.evening.store, new_token()
    with store.write() as conn:
        accounts.add_sign_in(
            conn, token_hash(token), hall.evening.facilitator.account_id, store.now(), store.now() + timedelta(hours=1)
        )
    return token


def wall(hall: Hall) -> Any:
    cookie = f"{SIGN_IN}={staff_cookie(hall)}"
    return hall.server.websocket_connect(
        f"/live/{hall.evening.session_id}", headers={"origin": ORIGIN, "cookie": cookie}
    )


def stream(phone: Phone, hall: Hall) -> Any:
    cookie = "; ".join(f"{name}={value}" for name, value in phone.http.cookies.items())
    return hall.server.websocket_connect(f"{phone.base}/live", headers={"origin": ORIGIN, "cookie": cookie})


def until(socket: Any, wanted: Any) -> dict[str, Any]:
    """The first message for which ``wanted`` holds, of at most fifty."""
    for _ in range(50):
        told: dict[str, Any] = json.loads(socket.receive_text())
        if wanted(told):
            return told
    raise AssertionError("it never came")


def test_the_wall_hears_of_a_vote_at_once(the_hall: Hall) -> None:
    phone = the_hall.inside()
    with wall(the_hall) as screen:
        round_id = the_hall.evening.round_id(the_hall.open("commitment"))
        until(screen, lambda told: told["round_id"] == round_id)
        phone.vote(round_id, **VOTE)
        told = until(screen, lambda told: told["done"] == 1)
        assert (told["state"], told["present"], told["tally"]) == ("open", 1, None)


def test_an_open_step_streams_its_tally_and_a_secret_one_never_does(the_hall: Hall) -> None:
    phone = the_hall.inside()
    with wall(the_hall) as screen:
        round_id = the_hall.evening.round_id(the_hall.open("commitment", is_secret=False))
        phone.vote(round_id, **VOTE)
        told = until(screen, lambda told: told["tally"] and told["tally"]["n"] == 1)
        assert told["tally"]["stance"] == [0, 0, 0, 1, 0]


def test_a_snapshot_that_was_read_before_a_vote_does_not_undo_it(sqlite_hall: Hall) -> None:
    """Somebody changes an answer while the whole is being read: there are as many ballots as before, but another tally."""
    phone, session_id = sqlite_hall.inside(), sqlite_hall.evening.session_id
    hub = here().hub
    look, was_read, may_go_on = hub._see_pulse, Event(), Event()

    def look_slowly(store: Store, session_id: str) -> Any:
        pulse = look(store, session_id)
        was_read.set()
        assert may_go_on.wait(60)
        return pulse

    with wall(sqlite_hall) as screen:
        round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment", is_secret=False))
        phone.vote(round_id, **VOTE)
        until(screen, lambda told: told["tally"] and told["tally"]["stance"] == [0, 0, 0, 1, 0])
        while not hub._rooms[session_id].is_calm:
            time.sleep(0.01)
        hub._see_pulse = look_slowly
        hub.everything_may_be_old()
        assert was_read.wait(60)
        phone.vote(round_id, stance="2", experience="good", change=2)
        until(screen, lambda told: told["tally"]["stance"] == [0, 1, 0, 0, 0])
        may_go_on.set()
        while hub._rooms[session_id].snapshot is not Look.NONE:
            time.sleep(0.01)
        pulse = hub._rooms[session_id].pulse
        assert pulse is not None and pulse.tally is not None and pulse.tally["stance"] == [0, 1, 0, 0, 0]


def test_phones_are_told_when_the_room_moves_and_not_of_votes(the_hall: Hall) -> None:
    evening = the_hall.evening
    phone, other = the_hall.inside(), the_hall.inside()
    with stream(phone, the_hall) as live:
        first = json.loads(live.receive_text())
        assert first["is"] == "stand"
        step = the_hall.open("commitment")
        moved = until(live, lambda told: told["is"] == "deel")
        assert moved["stage"] > first["stage"] and 'data-mode="ballot"' in moved["html"]
        assert "ballot_id" in moved["html"] and 'value="4" checked' not in moved["html"]
        other.vote(evening.round_id(step), **VOTE)
        running.stop_step(evening.store, evening.facilitator, step)
        # The very next thing it hears is the stop: nothing about the vote came between.
        stopped = json.loads(live.receive_text())
        assert stopped["is"] == "deel" and 'data-mode="stopped"' in stopped["html"]


def test_each_phone_gets_its_own_language(sqlite_hall: Hall) -> None:
    dutch, english = sqlite_hall.inside(), sqlite_hall.inside()
    english.http.get("/taal/en?terug=/")
    with stream(dutch, sqlite_hall) as one, stream(english, sqlite_hall) as other:
        one.receive_text(), other.receive_text()
        sqlite_hall.open("commitment")
        here = until(one, lambda told: told["is"] == "deel")["html"]
        there = until(other, lambda told: told["is"] == "deel")["html"]
        assert "Verstuur" in here
        assert here.count("name=") == there.count("name=")


def test_who_may_not_follow_is_told_so_and_hears_nothing(the_hall: Hall) -> None:
    inside, stranger = the_hall.inside(), the_hall.phone()
    with stream(stranger, the_hall) as live, pytest.raises(WebSocketDisconnect) as closed:
        live.receive_text()
    assert closed.value.code == NOT_YOURS
    participant = "; ".join(f"{name}={value}" for name, value in inside.http.cookies.items())
    for cookie in (participant, f"{SIGN_IN}={'x' * 43}", ""):
        with (
            the_hall.server.websocket_connect(
                f"/live/{the_hall.evening.session_id}", headers={"origin": ORIGIN, "cookie": cookie}
            ) as live,
            pytest.raises(WebSocketDisconnect) as closed,
        ):
            live.receive_text()
        assert closed.value.code == NOT_YOURS


def test_another_site_cannot_listen(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    cookie = "; ".join(f"{name}={value}" for name, value in phone.http.cookies.items())
    with (
        pytest.raises(WebSocketDisconnect),
        sqlite_hall.server.websocket_connect(
            f"{phone.base}/live", headers={"origin": "http://evil.example", "cookie": cookie}
        ),
    ):
        pass


def test_a_seventh_tab_of_one_phone_asks_instead_of_listening(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    with ExitStack() as tabs:
        for _ in range(SOCKETS_PER_DEVICE):
            tabs.enter_context(stream(phone, sqlite_hall)).receive_text()
        seventh = tabs.enter_context(stream(phone, sqlite_hall))
        with pytest.raises(WebSocketDisconnect) as closed:
            seventh.receive_text()
        assert closed.value.code == TOO_MANY
        told = phone.http.get(f"{phone.base}/stand").json()
    assert told["is"] == "stand" and isinstance(told["stage"], int)
    with stream(phone, sqlite_hall) as again:
        assert json.loads(again.receive_text())["is"] == "stand"


def until_it_listens(store: Store) -> None:
    """PostgreSQL itself knows whether the server's thread listens already."""
    who = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query = :query")
    for _look in range(600):
        with store.read() as conn:
            if conn.execute(who, {"query": f"LISTEN {CHANNEL}"}).scalar_one():
                return
        time.sleep(0.1)
    raise AssertionError("nobody listens")


def test_a_change_made_by_another_process_reaches_the_wall(new_postgres_url: Any) -> None:
    url = new_postgres_url()
    store, elsewhere = open_store(url), open_store(url)
    try:
        with hall(store) as opened, wall(opened) as screen:
            screen.receive_text()
            until_it_listens(store)
            step = opened.evening.step("commitment")
            running.open_step(elsewhere, opened.evening.facilitator, step)
            assert until(screen, lambda told: told["state"] == "open")["step_id"] == step
    finally:
        store.close()
        elsewhere.close()


def test_who_was_signed_out_stops_hearing(sqlite_hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PING_SECONDS", 0.05)
    monkeypatch.setattr(live, "BEATS_PER_CHECK", 1)
    cookie = staff_cookie(sqlite_hall)
    headers = {"origin": ORIGIN, "cookie": f"{SIGN_IN}={cookie}"}
    with sqlite_hall.server.websocket_connect(f"/live/{sqlite_hall.evening.session_id}", headers=headers) as screen:
        until(screen, lambda told: told["is"] == "stand")
        until(screen, lambda told: told["is"] == "puls")
        sign_out(sqlite_hall.evening.store, cookie)
        with pytest.raises(WebSocketDisconnect) as closed:
            until(screen, lambda told: False)
        assert closed.value.code == NOT_YOURS
