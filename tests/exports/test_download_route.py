"""The way out: with a sign-in cookie and a role, as an attachment that nobody keeps; else there is nothing here."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from docx import Document
from starlette.testclient import TestClient

from tests.evening import staff
from tests.exports.fetching import fetch
from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx
from tests.room.hall import ORIGIN, Hall, hall
from workshop.actions.documents import asking
from workshop.actions.evening import running
from workshop.actions.people.gate import token_hash
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket, sign_out
from workshop.actions.sprints.material import see_snapshot
from workshop.cookies import PARTICIPANT, SIGN_IN
from workshop.locale import in_language
from workshop.room.documents import downloads
from workshop.store import Store

MAGIC = {"docx": b"PK", "xlsx": b"PK", "csv": b"PK", "json": b"{"}


@pytest.fixture
def the_hall(sqlite_store: Store):  # type: ignore[no-untyped-def]
    with hall(sqlite_store) as opened:
        yield opened


def signed_in(hall: Hall, account_id: str) -> tuple[TestClient, str]:
    store = hall.evening.store
    before = "x" * 43
    token = redeem_ticket(store, hand_out_ticket(store, account_id, before), before)
    browser = TestClient(hall.server.app, base_url=ORIGIN, cookies={SIGN_IN: token}, follow_redirects=False)
    browser.portal = hall.server.portal
    return browser, token


@pytest.mark.parametrize("kind", sorted(MAGIC))
def test_a_file_comes_as_an_attachment_that_is_not_kept(the_hall: Hall, kind: str) -> None:
    evening = the_hall.evening
    browser, _token = signed_in(the_hall, evening.facilitator.account_id)

    answer = fetch(browser.get, f"/download/{evening.wijkplan_id}/{kind}")

    assert answer.status_code == 200
    assert answer.content.startswith(MAGIC[kind])
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert re.fullmatch(
        r'attachment; filename="koppelvlak-[a-z0-9-]{1,40}-[0-9a-f]{8}\.[a-z.]+"; filename\*=UTF-8\'\'[\w.%-]+',
        answer.headers["content-disposition"],
    )


def test_strangers_participants_and_others_get_the_page_that_is_not_there(the_hall: Hall) -> None:
    evening = the_hall.evening
    address = f"/download/{evening.wijkplan_id}/json"
    phone = the_hall.inside()
    as_staff = TestClient(the_hall.server.app, base_url=ORIGIN, cookies={SIGN_IN: phone.http.cookies[PARTICIPANT]})
    as_staff.portal = the_hall.server.portal
    other, _token = signed_in(the_hall, staff(evening.store, "ander").account_id)
    owner, token = signed_in(the_hall, evening.facilitator.account_id)
    nowhere = owner.get("/download/" + "0" * 32 + "/json")
    sign_out(evening.store, token)

    answers = [browser.get(address) for browser in (the_hall.phone().http, phone.http, as_staff, other, owner)]

    assert [answer.status_code for answer in [*answers, nowhere]] == [404] * 6
    assert len({answer.text for answer in [*answers, nowhere]}) == 1
    assert all("content-disposition" not in answer.headers for answer in answers)


def test_a_download_during_a_session_holds_nothing_blind_and_says_of_when_it_is(the_hall: Hall) -> None:
    evening = the_hall.evening
    step_id = the_hall.open("commitment")
    round_id = evening.round_id(step_id)
    for n in range(6):
        answer = the_hall.inside().vote(round_id, ballot_id=f"b{n}", stance="4", experience="good")
        assert answer.status_code == 200, answer.text
    browser, _token = signed_in(the_hall, evening.facilitator.account_id)
    address = f"/download/{evening.wijkplan_id}"

    while_open = read_json(browser.get(f"{address}/json").content)
    running.stop_step(evening.store, evening.facilitator, step_id)
    while_stopped = read_json(browser.get(f"{address}/json").content)
    running.show_outcome(evening.store, evening.facilitator, step_id)
    after = read_json(browser.get(f"{address}/json").content)
    report = Document(io.BytesIO(fetch(browser.get, f"{address}/docx").content))

    def rounds(told: dict) -> list:  # type: ignore[type-arg]
        return [found for session in told["sessions"] for step in session["steps"] for found in step["rounds"]]

    assert rounds(while_open) == rounds(while_stopped) == []
    assert [found["outcome"]["stance"] for found in rounds(after)] == [[0, 0, 0, 6, 0]]
    assert all(told["as_of"] for told in (while_open, while_stopped, after))
    assert any(row.cells[-1].text == "6" for table in report.tables for row in table.rows)


def test_nothing_in_a_download_leads_back_to_a_person(the_hall: Hall) -> None:
    evening = the_hall.evening
    step_id = the_hall.open("commitment")
    phones = [the_hall.inside() for _n in range(6)]
    for n, phone in enumerate(phones):
        phone.vote(evening.round_id(step_id), ballot_id=f"ballot-{n}", stance="4", experience="good")
    evening.run(step_id)
    browser, _token = signed_in(the_hall, evening.facilitator.account_id)

    text = browser.get(f"/download/{evening.wijkplan_id}/json").text

    for n, phone in enumerate(phones):
        for secret in (phone.token, token_hash(phone.token), f"ballot-{n}"):
            assert secret not in text
    assert evening.code not in text
    assert see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).sessions[0].total == 6


#: What a shown outcome and its headings say in each language, per kind of file.
SAID = {
    "docx": {"nl": ("In het kort", "Hoe dit rapport is gemaakt"), "en": ("In short", "How this report was made")},
    "xlsx": {"nl": ("Bijeenkomsten", "Gezamenlijke opgave"), "en": ("Sessions", "Joint task")},
    "csv": {"nl": ("Plaats", "Deelnemers"), "en": ("Place", "Participants")},
    "json": {"nl": ("Waar staan we nu, in aantal mensen",), "en": ("Where we stand now, in numbers of people",)},
}


def words_of(kind: str, data: bytes) -> str:
    match kind:
        case "docx":
            return docx_text(data)
        case "xlsx":
            return "\n".join([*read_xlsx(data), *(str(cell) for rows in read_xlsx(data).values() for cell in rows[0])])
        case "csv":
            return "\n".join(cell for rows in read_csv_zip(data).values() for cell in rows[0])
        case _:
            return data.decode()


def said_in(hall: Hall, kind: str, language: str) -> dict[str, list[bool]]:
    """Which of the sentences of each language stand in the file that somebody with this language downloads."""
    evening = hall.evening
    browser, _token = signed_in(hall, evening.facilitator.account_id)
    browser.get(f"/taal/{language}")
    file = fetch(browser.get, f"/download/{evening.wijkplan_id}/{kind}")
    assert file.status_code == 200
    words = words_of(kind, file.content)
    return {each: [sentence in words for sentence in said] for each, said in SAID[kind].items()}


@pytest.fixture
def shown_hall(the_hall: Hall) -> Hall:
    step_id = the_hall.open("commitment")
    for n in range(6):
        the_hall.inside().vote(the_hall.evening.round_id(step_id), ballot_id=f"b{n}", stance="4", experience="good")
    the_hall.evening.run(step_id)
    return the_hall


@pytest.mark.parametrize("kind", sorted(SAID))
def test_a_file_speaks_the_language_of_whoever_downloads_it(shown_hall: Hall, kind: str) -> None:
    for language, other in (("en", "nl"), ("nl", "en")):
        said = said_in(shown_hall, kind, language)
        assert all(said[language]) and not any(said[other]), (language, said)


#: What the route makes itself, and what it has a worker make.
AT_ONCE, BY_A_JOB = ("csv", "json"), ("docx", "xlsx")


@pytest.mark.parametrize("kind", AT_ONCE)
def test_twin_a_route_that_knows_dutch_only_gives_dutch_to_everybody(
    shown_hall: Hall, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = downloads._make

    def in_dutch(*args: Any) -> Any:
        with in_language("nl"):
            return make(*args)

    monkeypatch.setattr(downloads, "_make", in_dutch)
    said = said_in(shown_hall, kind, "en")
    assert all(said["nl"]) and not any(said["en"])


def test_twin_a_shelf_that_knows_dutch_only_gives_dutch_headings_to_everybody(
    shown_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = downloads.make_file

    def in_dutch(*args: Any) -> Any:
        with in_language("nl"):
            return make(*args)

    monkeypatch.setattr(downloads, "make_file", in_dutch)
    said = said_in(shown_hall, "csv", "en")  # of JSON the shelf adds no words
    assert all(said["nl"]) and not any(said["en"])


@pytest.mark.parametrize("kind", BY_A_JOB)
def test_twin_a_job_that_forgets_who_asked_gives_dutch_to_everybody(
    shown_hall: Hall, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "current_language", lambda: "nl")
    said = said_in(shown_hall, kind, "en")
    assert all(said["nl"]) and not any(said["en"])
