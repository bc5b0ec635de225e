"""What was done before, told on a phone, on a paper card and at a table: every line arrives, a wrong one comes back."""

from __future__ import annotations

from typing import Any

import pytest

from tests.room.hall import Hall, fields_of, seen
from tests.room.test_table_door import table
from tests.sprint_world import TOLD
from workshop.domain.thread.details import Details
from workshop.store import items

SENT: dict[str, Any] = {key: value[0] for key, value in TOLD.items()}
KEPT = Details(
    form="initiative",
    lesson="Niemand kwam terug",
    fields={
        "organisation": "Gemeente, afdeling Jeugd",
        "year": 2019,
        "domain": "both",
        "feeling": "disappointed",
        "reuse": "De vaste avond",
    },
)


def kept(the_hall: Hall, step: str) -> list[Details]:
    with the_hall.evening.store.read() as conn:
        return [item.details for item in items.items_of(conn, step_id=step)]


def test_every_line_of_a_phone_is_kept_once(the_hall: Hall) -> None:
    step = the_hall.open("earlier_policy")
    phone = the_hall.inside()
    for _again in range(2):
        sent = phone.note(step, "Buurtapp", form="initiative", second="Niemand kwam terug", **SENT)
        assert sent.status_code == 200
    assert kept(the_hall, step) == [KEPT]


def test_a_wrong_line_comes_back_with_all_that_was_typed(sqlite_hall: Hall) -> None:
    step = sqlite_hall.open("earlier_policy")
    phone = sqlite_hall.inside()
    page = phone.note(step, "Buurtapp", form="initiative", json=False, **{**SENT, "extra.year": "1800"})
    assert page.status_code == 400
    assert "In welk jaar? Vul een heel getal in van 1950 tot en met 2100, of laat het leeg." in seen(page.text)
    for typed in ("Buurtapp", "Gemeente, afdeling Jeugd", "1800", "De vaste avond"):
        assert f">\n{typed}</textarea>" in page.text or f">{typed}</textarea>" in page.text
    assert 'value="disappointed" checked' in page.text and 'value="both" checked' in page.text
    told = phone.note(step, "Buurtapp", form="initiative", **{**SENT, "extra.organisation": "Bel 06-12345678"})
    assert (told.status_code, told.json()["field"], told.json().get("masked")) == (409, "extra.organisation", "")
    assert kept(sqlite_hall, step) == []


@pytest.mark.parametrize("wrong", [{"extra.domain": ["both", "social"]}, {"extra.feeling": "boos"}])
def test_a_forged_choice_is_refused(sqlite_hall: Hall, wrong: dict[str, Any]) -> None:
    step = sqlite_hall.open("earlier_policy")
    told = sqlite_hall.inside().note(step, "Buurtapp", form="initiative", **{**SENT, **wrong})
    assert told.status_code == 400 and kept(sqlite_hall, step) == []


def test_a_stranger_line_and_a_nul_leave_no_trace(sqlite_hall: Hall) -> None:
    step = sqlite_hall.open("earlier_policy")
    more = {**SENT, "extra.organisation": "Gemeente, \0afdeling Jeugd", "extra.token": "x"}
    sent = sqlite_hall.inside().note(step, "Buurtapp", form="initiative", second="Niemand kwam terug", **more)
    assert sent.status_code == 200
    assert kept(sqlite_hall, step) == [KEPT]


def test_a_card_on_paper_is_copied_at_the_table_with_every_line(the_hall: Hall) -> None:
    browser, evening = table(the_hall), the_hall.evening
    step = the_hall.open("earlier_policy")
    hidden = fields_of(browser.get("/tafel/kaartje").text, "n-initiative")
    note = {**hidden, **SENT, "text": "Buurtapp", "second": "Niemand kwam terug", "group": evening.groups["Bewoners"]}
    assert browser.post("/tafel/kaartje", data=note).status_code == 303
    assert kept(the_hall, step) == [KEPT]


def test_the_card_on_paper_asks_the_same_as_the_phone(sqlite_hall: Hall) -> None:
    browser = table(sqlite_hall)
    step = sqlite_hall.open("earlier_policy")
    asked = ("Welke afdeling of organisatie?", "In welk jaar?", "Waar hoorde het bij?", "Hoe kijk je erop terug?",
             "Wat kunnen we opnieuw gebruiken?", "Wat leerden we ervan?")  # fmt: skip
    card, phone = seen(browser.get(f"/kaarten/{step}").text), seen(sqlite_hall.inside().page())
    assert [line for line in asked if line not in card or line not in phone] == []
    assert "groter dan een kwart vel" not in card
