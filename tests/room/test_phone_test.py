"""*Test met je telefoon*: what a phone sees of itself, what staff see of the phones, and what nobody keeps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from tests.room.hall import ORIGIN, Hall, seen
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.room.evening import phone_test
from workshop.room.evening.phone_test import KEPT_SECONDS, MOST_PHONES, Phones, browser_family
from workshop.room.frame.cookies import PHONE_TEST, SIGN_IN


@pytest.fixture(autouse=True)
def an_empty_list() -> Iterator[None]:
    phone_test.phones.forget_all()
    yield
    phone_test.phones.forget_all()


def staff_browser(hall: Hall) -> TestClient:
    """The facilitator's browser, signed in."""
    store, before = hall.evening.store, "x" * 43
    browser = hall.phone().http
    browser.cookies.set(
        SIGN_IN, redeem_ticket(store, hand_out_ticket(store, hall.evening.facilitator.account_id, before), before)
    )
    return browser


def test_a_phone_sees_its_lines_turn_green_one_by_one(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.phone().http
    first = phone.get("/test")
    assert first.status_code == 200 and "HttpOnly" in first.headers["set-cookie"]
    assert "Dit is telefoon 1." in first.text and "✓ Netwerk." in first.text and "✓ Cookie." not in first.text
    assert "<svg" in first.text and "<style" not in first.text and " style=" not in first.text
    again = phone.get("/test")
    assert "Dit is telefoon 1." in again.text and "✓ Cookie." in again.text
    assert "set-cookie" not in again.headers
    with phone.websocket_connect("/test/live", headers={"origin": ORIGIN}) as socket:
        assert socket.receive_text() == '{"is":"proef"}'
        socket.send_text("gezien")
        assert socket.receive()["type"] == "websocket.close"
    (known,) = phone_test.phones.all()
    assert (known.number, known.cookie, known.stream) == (1, True, True)


def test_without_javascript_the_page_says_what_still_works(sqlite_hall: Hall) -> None:
    assert "Alleen moet je zelf op Vernieuw drukken." in sqlite_hall.phone().http.get("/test").text


@pytest.mark.parametrize(("off", "is_told"), [(0, False), (299, False), (3600, True), (-3600, True)])
def test_a_clock_is_mentioned_only_when_it_is_off_by_more_than_five_minutes(
    sqlite_hall: Hall, monkeypatch: pytest.MonkeyPatch, off: int, is_told: bool
) -> None:
    phone = sqlite_hall.phone().http
    phone.get("/test")
    monkeypatch.setattr(phone_test, "wall_clock", lambda: 1_800_000_000.0)
    told = phone.post("/test/klok", data={"now": str((1_800_000_000 + off) * 1000)}).json()
    assert told["cookie"] is True
    assert bool(told["clock"]) is is_told


@pytest.mark.parametrize("now", ["", "gisteren", "-5", "9" * 400, "1e12", "１２３"])
def test_a_clock_that_says_nonsense_is_not_believed(sqlite_hall: Hall, now: str) -> None:
    phone = sqlite_hall.phone().http
    phone.get("/test")
    assert phone.post("/test/klok", data={"now": now}).json() == {"cookie": True, "clock": ""}
    assert phone_test.phones.all()[0].clock_seconds is None


def test_a_phone_without_cookies_is_told_so(sqlite_hall: Hall) -> None:
    assert sqlite_hall.phone().http.post("/test/klok", data={"now": "1"}).json() == {"cookie": False, "clock": ""}


def test_staff_see_which_phones_came_through_and_a_phone_does_not(the_hall: Hall) -> None:
    staff = staff_browser(the_hall)
    empty = staff.get("/test").text
    assert "Er is nog geen telefoon doorgekomen." in empty and "gastnetwerk" in empty and "sudo ufw allow" in empty
    phone = the_hall.phone().http
    phone.headers["user-agent"] = "Mozilla/5.0 (iPhone) AppleWebKit/605.1 Version/18.0 Mobile/15E148 Safari/604.1"
    phone.get("/test")
    page = seen(staff.get("/test").text)
    assert "1 Safari ✓ werkt nog niet gezien nog niet gezien" in page and "Er is nog geen telefoon" not in page
    assert "Telefoons van de laatste" not in the_hall.phone().http.get("/test").text
    assert phone.post("/test/opnieuw").status_code == 303 and phone_test.phones.all()
    assert staff.post("/test/opnieuw").status_code == 303 and not phone_test.phones.all()


def test_no_address_of_a_phone_is_kept() -> None:
    assert set(phone_test.Phone.__dataclass_fields__) == {
        "number", "browser", "seen", "cookie", "stream", "clock_seconds",
    }  # fmt: skip


def test_after_a_quarter_of_an_hour_a_phone_is_forgotten_and_a_flood_stays_small() -> None:
    now = [0.0]
    known = Phones(clock=lambda: now[0])
    known.came("a", "Chrome")
    now[0] = KEPT_SECONDS + 1.0
    assert known.of("a") is None and known.all() == []
    for n in range(MOST_PHONES * 3):
        known.came(f"k{n}", "Chrome")
    assert len(known.all()) == MOST_PHONES
    assert known.of(f"k{MOST_PHONES * 3 - 1}") is not None


@pytest.mark.parametrize("cookie", ["te-kort", "<script>alert(1)</script>", "a" * 23, "../../etc/passwd"])
def test_a_made_up_cookie_is_replaced_by_one_of_ours(sqlite_hall: Hall, cookie: str) -> None:
    phone = sqlite_hall.phone().http
    answer = phone.get("/test", headers={"cookie": f"{PHONE_TEST}={cookie}", "user-agent": "<b>x</b>"})
    assert "set-cookie" in answer.headers and cookie not in answer.text
    assert phone_test.phones.all()[0].browser == "andere browser"


def test_a_strange_host_does_not_break_the_page(sqlite_hall: Hall) -> None:
    answer = sqlite_hall.phone().http.get("/test", headers={"host": 'x"><script>:99999999'})
    assert answer.status_code == 200 and '"><script>' not in answer.text


def test_the_family_of_a_browser_is_one_word() -> None:
    chrome = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
    assert browser_family(chrome) == "Chrome"
    assert browser_family(chrome + " EdgA/130") == "Edge"
    assert browser_family(chrome.replace("Chrome", "SamsungBrowser/27 Chrome")) == "Samsung Internet"
    assert browser_family("") == "andere browser"
