"""Real ballots of real elections, cast by that many phones through the room's door: the published totals come out.

Assen 2024 is an approval vote (one point per proposal named), Zürich D10 lets everybody spread ten points.
Source of the files: Pabulib, see ``../shared/data/real/README.md``.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import openpyxl
import pytest

from tests.e2e.phone import HttpPhone
from tests.evening import Evening, plan_evening
from tests.exports.fetching import fetch
from tests.replay.pabulib import Election, Vote, read_pb
from tests.replay.serving import served
from workshop.actions.evening import notes, running, sessions
from workshop.actions.people import signing_in
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.room.frame.cookies import SIGN_IN
from workshop.store import Store

GROUPS = ("Bewoners", "Ondernemers", "Jongeren")
AT_ONCE = 12
OUTCOME = "Stippen per onderwerp"


def put_on_the_ballot(evening: Evening, election: Election, *, budget: int, cap: int) -> str:
    """A step with every proposal on it, room open; returns the step's id."""
    step_id = evening.step("risk_dots", settings={"budget": budget, "cap": cap})
    for project in election.projects:
        item = notes.add_item(
            evening.store,
            evening.facilitator,
            evening.wijkplan_id,
            kind=ItemKind.RISK,
            written=Written(project.name),
            confirmed=True,
        )
        sessions.put_item_on_step(evening.store, evening.facilitator, step_id, item)
    evening.open_room()
    return step_id


def take_part(origin: str, evening: Evening, step_id: str, election: Election) -> list[HttpPhone]:
    """Everybody of the file joins and, once the step is open, votes, a dozen at a time; returns their phones."""
    names = {project.id: project.name for project in election.projects}

    def join(number: int) -> HttpPhone:
        return HttpPhone(origin).join(evening.code, GROUPS[number % len(GROUPS)])

    def vote(phone: HttpPhone, cast: Vote) -> None:
        given = {names[project]: points for project, points in cast.points_per_project.items()}
        receipt = phone.give_dots(given)
        kept = sorted(int(value) for value in receipt["values"].values())
        assert (kept, receipt["complete"]) == (sorted(given.values()), True)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        phones = list(pool.map(join, range(len(election.votes))))
        running.open_step(evening.store, evening.facilitator, step_id)
        list(pool.map(vote, phones, election.votes))
    return phones


def sign_in(evening: Evening) -> dict[str, str]:
    """The cookie of the facilitator, as the log-in form's ticket gives it."""
    ticket = signing_in.hand_out_ticket(evening.store, evening.facilitator.account_id, "before")
    return {SIGN_IN: signing_in.redeem_ticket(evening.store, ticket, "before")}


def download(origin: str, evening: Evening, kind: str) -> bytes:
    with httpx.Client(base_url=origin, cookies=sign_in(evening), trust_env=False, timeout=60) as browser:
        answer = fetch(browser.get, f"/download/{evening.wijkplan_id}/{kind}")
    assert answer.status_code == 200, answer.text
    return answer.content


def dots_in_workbook(content: bytes) -> dict[str, tuple[int, int]]:
    """Subject -> (dots, people who gave it any), from the sheet of outcomes."""
    sheet = openpyxl.load_workbook(io.BytesIO(content), read_only=True)["Uitslagen"]
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    at = {name: head.index(name) for name in ("Tabel", "Regel", "Kolom", "Waarde")}
    lines: dict[int, dict[str, str]] = {}
    for row in rows:
        if row[at["Tabel"]] == OUTCOME:
            lines.setdefault(row[at["Regel"]], {})[row[at["Kolom"]]] = str(row[at["Waarde"]])
    return {line["Onderwerp"]: (int(line["Stippen"]), int(line["Aantal mensen"])) for line in lines.values()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "budget", "cap", "published"),
    [
        ("Netherlands_Assen_2024", 14, 1, lambda e: (e.published_votes, e.published_votes)),
        ("Switzerland_Zurich_D10", 10, 10, lambda e: (e.published_scores, e.published_votes)),
    ],
    ids=["Assen", "Zürich"],
)
def test_the_published_totals_come_out_on_every_surface(
    name: str,
    budget: int,
    cap: int,
    published: Callable[[Election], tuple[dict[str, int], dict[str, int]]],
    shared: Path,
    store: Store,
) -> None:
    election = read_pb(shared / "data/real/stemmen" / f"{name}.pb")
    dots, people = published(election)
    expected = {project.name: (dots[project.id], people[project.id]) for project in election.projects}
    evening = plan_evening(store)
    step_id = put_on_the_ballot(evening, election, budget=budget, cap=cap)
    with served(store) as origin:
        phones = take_part(origin, evening, step_id, election)
        blind = json.loads(download(origin, evening, "json"))
        assert [step["rounds"] for step in blind["sessions"][0]["steps"]] == [[]]
        running.stop_step(store, evening.facilitator, step_id)
        assert phones[0].outcome() == {}
        running.show_outcome(store, evening.facilitator, step_id)

        for phone in (phones[0], phones[-1]):
            header, *rows = phone.outcome()[OUTCOME]
            assert header == ["Plaats", "Onderwerp", "Stippen", "Aantal mensen"]
            assert {row[1]: (int(row[2]), int(row[3])) for row in rows} == expected
            assert [int(row[2]) for row in rows] == sorted((n for n, _people in expected.values()), reverse=True)
        workbook = download(origin, evening, "xlsx")
        told = json.loads(download(origin, evening, "json"))
        for phone in phones:
            phone.close()

    (step,) = see_snapshot(store, evening.facilitator, evening.wijkplan_id).sessions[0].steps
    (shown,) = step.rounds
    names = {item["id"]: item["text"] for item in told["items"]}
    assert {names[i]: (n, shown.outcome["voters"][i]) for i, n in shown.outcome["totals"].items()} == expected
    assert (shown.ballots, shown.complete, shown.paper, shown.expected) == (len(phones), len(phones), 0, len(phones))
    assert dict(shown.groups) == {g: len(phones) // 3 for g in GROUPS}
    per_group = shown.outcome["totals_per_group"]
    assert {names[i]: sum(per_group[g][i] for g in GROUPS) for i in names} == {n: d for n, (d, _p) in expected.items()}
    (exported,) = told["sessions"][0]["steps"][0]["rounds"]
    assert exported["outcome"] == json.loads(json.dumps(shown.outcome))
    assert (exported["ballots"], exported["turnout"]) == (len(phones), dict(shown.groups))
    assert dots_in_workbook(workbook) == expected
