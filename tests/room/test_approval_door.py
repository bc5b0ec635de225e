"""The link to approve the ontwerpbrief: that text and nothing else, works once, says why when not."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient

from tests.evening import Evening
from tests.room.hall import ORIGIN, application
from tests.sprint_world import fixed_brief, write
from workshop.actions import approving, herkomst
from workshop.actions.snapshot import see_snapshot
from workshop.domain.approvals import Approval
from workshop.domain.items import ItemKind
from workshop.store import Store


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
        evening.store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.PAIN, text="Ook van ons", sprint=1
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
