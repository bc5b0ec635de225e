"""A phone whose wifi drops: what was answered arrives once, what was typed stays, and what came too late is said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.e2e.phone import HttpPhone
from tests.e2e.server import AppServer
from tests.e2e.window import Window
from tests.evening import Evening, plan_evening
from workshop.actions.evening import running
from workshop.actions.evening.pulse import see_pulse
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.stage import View
from workshop.store import Store, items, open_store, rooms

LATER = 30_000


class Hall:
    """The real program and, beside it, the facilitator's actions on the same database."""

    def __init__(self, server: AppServer, evening: Evening) -> None:
        self.server, self.evening, self.store = server, evening, evening.store

    def open(self, werkvorm: str) -> str:
        with self.store.read() as conn:
            left_open = [s.id for s in rooms.steps_of(conn, self.evening.session_id) if s.state is StepState.OPEN]
        for earlier in left_open:  # of a test that failed
            self.stop(earlier)
        step = self.evening.step(werkvorm)
        running.open_step(self.store, self.evening.facilitator, step)
        return step

    def stop(self, step: str) -> None:
        running.stop_step(self.store, self.evening.facilitator, step)
        running.show_outcome(self.store, self.evening.facilitator, step)

    def notes(self, step: str) -> list[str]:
        with self.store.read() as conn:
            return sorted(item.text for item in items.items_of(conn, step_id=step))

    def done(self) -> int:
        return see_pulse(self.store, self.evening.session_id).done

    def phone(self, browser: Any) -> Window:
        phone = Window(browser, self.server.url, viewport={"width": 320, "height": 640})
        page = phone.go(f"/m/{self.evening.code}")
        page.get_by_label("Bewoners").check()
        page.get_by_role("button", name="Doe mee").click()
        page.locator("#deel").wait_for()
        return phone


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    folder = tmp_path_factory.mktemp("offline")
    store: Store = open_store(f"sqlite:///{folder / 'koppelvlak.db'}")
    store.migrate()
    evening = plan_evening(store)
    evening.step("commitment", title="Begin")
    evening.open_room()
    server = AppServer(folder)
    server.start()
    yield Hall(server, evening)
    server.stop()
    store.close()


def fill_in(page: Any) -> None:
    page.get_by_label("4 Ik doe mee").check()
    page.get_by_label("Goed", exact=True).check()


def send(page: Any, form: str) -> None:
    page.locator(f"#{form} button[type=submit]").last.click()


def write(page: Any, text: str) -> None:
    form = page.locator("#n-finding")
    form.locator("textarea").fill(text)
    form.locator("input[name=environments]").first.check()
    form.locator("input[name=tone]").last.check()


def test_an_answer_made_offline_arrives_once_when_the_phone_is_back(browser: Any, hall: Hall) -> None:
    step = hall.open("commitment")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    fill_in(page)
    phone.context.set_offline(True)
    send(page, "stem")
    page.get_by_text("Je laatste antwoord is nog niet aangekomen.").wait_for()
    page.wait_for_timeout(5_000)
    assert hall.done() == 0
    phone.context.set_offline(False)
    page.get_by_role("heading", name="Verstuurd").wait_for(timeout=LATER)
    assert hall.done() == 1
    hall.stop(step)
    assert phone.problems() == []
    phone.close()


def test_an_answer_that_comes_too_late_is_told_so(browser: Any, hall: Hall) -> None:
    step = hall.open("commitment")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    fill_in(page)
    phone.context.set_offline(True)
    send(page, "stem")
    page.get_by_text("nog niet aangekomen").wait_for()
    hall.stop(step)
    phone.context.set_offline(False)
    page.get_by_text("Deze ronde is gesloten. Je antwoord telt niet meer mee.").wait_for(timeout=LATER)
    phone.close()


def test_a_note_made_offline_arrives_once_over_a_restart_and_a_reload(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    write(page, "Donker bij de tunnel")
    phone.context.set_offline(True)
    send(page, "n-finding")
    page.get_by_text("nog niet aangekomen").wait_for()
    page.wait_for_timeout(5_000)
    hall.server.kill()
    phone.context.set_offline(False)
    page.wait_for_timeout(1_500)
    hall.server.restart()
    page.reload()
    page.locator("#eigen").get_by_text("Donker bij de tunnel", exact=True).wait_for(timeout=LATER)
    assert hall.notes(step) == ["Donker bij de tunnel"]
    assert page.locator("#n-finding textarea").input_value() == ""
    page.reload()
    page.wait_for_timeout(1_500)
    assert hall.notes(step) == ["Donker bij de tunnel"]
    hall.stop(step)
    phone.close()


def test_a_note_that_comes_too_late_keeps_its_text_on_the_screen(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    write(page, "Te laat verstuurd <b>")
    phone.context.set_offline(True)
    send(page, "n-finding")
    page.get_by_text("nog niet aangekomen").wait_for()
    hall.stop(step)
    phone.context.set_offline(False)
    told = "Dit onderdeel is gestopt. Je kaartje is niet verstuurd. Je tekst staat er nog."
    page.get_by_text(told).first.wait_for(timeout=LATER)
    assert page.locator("#n-finding textarea").input_value() == "Te laat verstuurd <b>"
    assert hall.notes(step) == []
    phone.close()


def test_a_reload_before_it_was_sent_tells_the_same_and_shows_the_text(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    write(page, "Onderweg <i>kwijt</i>")
    phone.context.route("**/notitie", lambda route: route.abort())
    send(page, "n-finding")
    page.get_by_text("nog niet aangekomen").wait_for()
    hall.stop(step)
    phone.context.unroute("**/notitie")
    page.reload()
    page.get_by_text("Je kaartje is niet verstuurd.").first.wait_for(timeout=LATER)
    assert page.locator("section.warning .tekst").inner_text() == "Onderweg <i>kwijt</i>"
    page.get_by_role("button", name="Kijk nu verder").click()
    page.reload()
    page.wait_for_timeout(1_500)
    assert page.locator("section.warning").count() == 0 and hall.notes(step) == []
    phone.close()


def test_a_half_typed_note_is_never_wiped(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    text = "Een halve zin over het plein en de"
    area = page.locator("#n-finding textarea")
    area.press_sequentially(text)
    phone.context.set_offline(True)
    page.wait_for_timeout(5_000)
    assert area.input_value() == text
    phone.context.set_offline(False)
    hall.server.kill()
    page.wait_for_timeout(1_000)
    hall.server.restart()
    assert area.input_value() == text
    page.reload()
    page.locator("#n-finding").wait_for()
    assert area.input_value() == text
    phone.go("/geheim")
    page.go_back()
    page.locator("#n-finding").wait_for()
    assert area.input_value() == text
    # The room moves on: the text stays until its writer goes on.
    hall.stop(step)
    HttpPhone(hall.server.url).join(hall.evening.code, "Jongeren").close()
    page.get_by_text("Je tekst staat nog hier").wait_for(timeout=LATER)
    assert area.input_value() == text
    assert phone.problems() == []
    phone.close()


def test_a_note_taken_back_offline_goes_when_the_phone_is_back_and_not_before(browser: Any, hall: Hall) -> None:
    step = hall.open("environments")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    for text in ("Bij de brug staat water", "Dit neem ik terug"):
        write(page, text)
        send(page, "n-finding")
        page.locator("#eigen").get_by_text(text, exact=True).wait_for(timeout=LATER)
    phone.context.set_offline(True)
    page.locator("#eigen li", has_text="Dit neem ik terug").get_by_role("button").click()
    page.get_by_text("Je kaartje staat er nog: er is geen verbinding.").wait_for(timeout=LATER)
    assert hall.notes(step) == ["Bij de brug staat water", "Dit neem ik terug"]
    phone.context.set_offline(False)
    page.get_by_text("Je kaartje is weggehaald.").wait_for(timeout=LATER)
    assert "Dit neem ik terug" not in hall.notes(step)
    assert page.locator("#eigen form[data-intrekken]").count() == 1
    hall.stop(step)
    assert phone.problems() == []
    phone.close()


def test_who_leaves_offline_goes_after_the_answer_and_may_stay_after_all(browser: Any, hall: Hall) -> None:
    step = hall.open("commitment")
    phone = hall.phone(browser)
    page = phone.go(f"/zaal/{hall.evening.session_id}")
    before = see_pulse(hall.store, hall.evening.session_id)
    page.get_by_label("4 Ik doe mee").check()
    phone.context.set_offline(True)
    send(page, "stem")  # not complete: the second question has no answer
    page.get_by_text("nog niet aangekomen").wait_for()
    go = page.get_by_role("button", name="Ik ga weg")
    go.click()
    page.get_by_role("button", name="Ik blijf toch").click()
    page.get_by_text("Je doet gewoon nog mee.").wait_for()
    phone.context.set_offline(False)
    page.get_by_text("Bewaard, maar nog niet compleet.").wait_for(timeout=LATER)
    told = see_pulse(hall.store, hall.evening.session_id)
    assert (told.present, told.done, told.started) == (before.present, before.done, before.started + 1)
    phone.context.set_offline(True)
    go.click()
    page.get_by_text("Je bent nog niet afgemeld: er is geen verbinding.").wait_for(timeout=LATER)
    assert see_pulse(hall.store, hall.evening.session_id).present == before.present
    phone.context.set_offline(False)
    page.wait_for_url("**/tot-ziens", timeout=LATER)
    after = see_pulse(hall.store, hall.evening.session_id)
    assert (after.present, after.started) == (before.present - 1, before.started + 1), (
        "the answer stays, the person went"
    )
    hall.stop(step)
    assert phone.problems() == []
    phone.close()


def test_a_waiting_phone_says_what_is_on_the_wall_now(browser: Any, hall: Hall) -> None:
    """Waiting before and after: nothing is being filled in, so what stands around it is drawn again."""
    evening = hall.evening
    running.put_on_wall(hall.store, evening.facilitator, evening.session_id, View.DOOR)
    phone = hall.phone(browser)
    page = phone.page
    page.get_by_text("Op het scherm staat hoe je meedoet.").wait_for()
    hall.server.kill()  # it hears of what another process writes when it starts again
    running.put_on_wall(hall.store, evening.facilitator, evening.session_id, View.FIGURES)
    hall.server.start()
    page.get_by_text("Op het scherm staan cijfers over de wijk.").wait_for(timeout=LATER)
    assert page.get_by_text("Op het scherm staat hoe je meedoet.").count() == 0
    phone.close()
