"""Lists J and S of the assurance paper through the HTTP door, and floods: refused in words, no fault, nothing kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import escape

import pytest
from sqlalchemy import func, select

from tests.room.hall import JSON, Hall, fields_of, seen
from workshop.actions.evening import running
from workshop.actions.evening.sessions import put_item_on_step
from workshop.room.frame import attempts
from workshop.room.frame.attempts import Attempts
from workshop.room.frame.cookies import PARTICIPANT
from workshop.store import Store, items, schema

VOTE = {"stance": "4", "experience": "good"}

#: How the code ABCD-EFGH may be typed: J04-J12, J37.
FORGIVEN: dict[str, Callable[[str], str]] = {
    "J04 small letters": lambda c: f"{c[:4]}-{c[4:]}".lower(),
    "J05 no dash": lambda c: c,
    "J07 blanks around": lambda c: f"  {c[:4]}-{c[4:]}\n",
    "J08 en dash": lambda c: f"{c[:4]}–{c[4:]}",
    "J10 full width": lambda c: "".join(chr(ord(s) + 0xFEE0) for s in c),
    "J11 dashes everywhere": "-".join,
    "J37 with the word code": lambda c: f"Code: {c[:4]}-{c[4:]}.",
}

REFUSED = {
    "J01": "",
    "J02": " ",
    "J13": "ABCD-EFGHJ",
    "J14": "ABCD-EFG0",
    "J16": "ABCD-EFGL",
    "J17": "АВСD-EFGH",
    "J19": "\u202eHGFE-DCBA",
    "J20": "ABCD\x00EFGH",
    "J23": "ABCD-EFGH",
    "J28": "ABCD-EFGH' OR '1'='1",
    "J29": 'ABCD-EFGH"; DROP TABLE workshop;--',
    "J31": "../../ABCDEFGH",
    "J32": "<script>alert(1)</script>",
    "J34": "ABCD-EFGH" * 1000,
    "J38": "🙂" * 8,
    "J41": "A\u0301BCD-EFGH",
}


@pytest.mark.parametrize("typed", FORGIVEN.values(), ids=FORGIVEN)
def test_a_code_may_be_typed_as_people_type(sqlite_hall: Hall, typed: Callable[[str], str]) -> None:
    answer = sqlite_hall.phone().http.post("/mee", data={"code": typed(sqlite_hall.evening.code)})
    assert answer.status_code == 200 and "Bij welke groep hoor je?" in answer.text


def test_every_bad_code_is_a_sentence_and_is_never_repeated(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.phone()
    for row, code in REFUSED.items():
        for answer in (
            phone.http.post("/mee", data={"code": code}),
            phone.http.post("/mee/groep", data={"code": code, "group": "x"}),
        ):
            assert answer.status_code in (400, 404), row
            assert 'aria-invalid="true"' in answer.text and 'role="alert"' in answer.text, row
            if len(code.strip()) > 3:
                assert code not in seen(answer.text).replace("ABCD-EFGH. Kleine", ""), row
    assert "geen nul, letter O" in phone.http.post("/mee", data={"code": "ABCD-EFG0"}).text


def test_ten_megabytes_as_a_code_are_not_read(sqlite_hall: Hall) -> None:
    answer = sqlite_hall.phone().http.post("/mee", data={"code": "A" * 10_000_000})
    assert answer.status_code == 413 and answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    "fields",
    [
        {"stance": "77"},
        {"stance": "-1"},
        {"stance": str(2**31)},
        {"stance": str(2**63)},
        {"stance": "4.0"},
        {"stance": "٤"},
        {"stance": ["1", "2"]},
        {"stance": "true"},
        {"stance": "[]"},
        {"stance": "null"},
        {"experience": "EVIL"},
        {"stance": "\x00"},
        {"anything": "else"},
        {},
    ],
    ids=str,
)
def test_a_ballot_with_a_value_that_is_not_there_is_refused(sqlite_hall: Hall, fields: dict[str, object]) -> None:
    phone = sqlite_hall.inside()
    round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment"))
    answer = phone.vote(round_id, **fields)
    assert answer.status_code == 400 and answer.json()["kind"] == "refused"
    assert answer.json()["error"].endswith((".", "?"))
    assert count_ballots(sqlite_hall.evening.store) == 0


def test_rounds_and_cookies_of_others_lead_nowhere(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment"))
    assert phone.vote("0" * 32, **VOTE).status_code == 404
    assert phone.vote("'; DROP TABLE round;--", **VOTE).status_code == 404
    assert phone.vote("", **VOTE).status_code == 404
    stranger = sqlite_hall.phone()
    assert stranger.vote(round_id, **VOTE).status_code == 404
    stranger.http.cookies.set(PARTICIPANT, "x" * 43)
    assert stranger.vote(round_id, **VOTE).status_code == 404
    # Another's id in the form means nothing: the own cookie decides (S25).
    assert phone.vote(round_id, participant="somebody", weight="2", **VOTE).status_code == 200
    assert count_ballots(sqlite_hall.evening.store) == 1


@pytest.mark.parametrize("change", ["0", "-1", "x", "1e9", str(2**63), ""])
def test_a_forged_counter_does_no_harm(sqlite_hall: Hall, change: str) -> None:
    phone = sqlite_hall.inside()
    round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment"))
    data = {"round": round_id, "ballot_id": "b", "change": change, **VOTE}
    assert phone.http.post(f"{phone.base}/stem", data=data, headers=JSON).json()["change"] == 1


def test_another_site_cannot_send_a_ballot(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    round_id = sqlite_hall.evening.round_id(sqlite_hall.open("commitment"))
    for origin in ("http://evil.example", "null", ""):
        phone.http.headers["origin"] = origin
        assert phone.vote(round_id, **VOTE).status_code == 403
    assert count_ballots(sqlite_hall.evening.store) == 0


def test_bodies_that_are_no_small_form_are_refused(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    address = f"{phone.base}/stem"
    post = phone.http.post
    assert post(address, content=b"x" * 70_000, headers=JSON).status_code == 413
    assert post(address, content=iter([b"x" * 40_000] * 3), headers=JSON).status_code == 413
    assert post(address, json={"stance": 4}, headers=JSON).status_code == 415
    assert post(address, files={"stance": b"4"}, headers=JSON).status_code == 415
    many = "&".join(f"f{n}=1" for n in range(2_000))
    assert post(address, content=many, headers={**JSON, "content-type": FORM}).status_code == 400
    assert post(address, content=b"\xff\xfe=%ff", headers={**JSON, "content-type": FORM}).status_code == 404


FORM = "application/x-www-form-urlencoded"


def test_fifty_equal_ballots_over_five_lines_are_one_row_and_fifty_equal_answers(the_hall: Hall) -> None:
    phone = the_hall.inside()
    round_id = the_hall.evening.round_id(the_hall.open("commitment"))
    with ThreadPoolExecutor(5) as lines:
        answers = list(lines.map(lambda _n: phone.vote(round_id, **VOTE), range(50)))
    expected = {"round": round_id, "values": VOTE, "complete": True, "change": 1}
    assert [answer.json() for answer in answers] == [expected] * 50
    assert count_ballots(the_hall.evening.store) == 1


def test_a_late_retry_with_an_older_counter_changes_nothing(the_hall: Hall) -> None:
    phone = the_hall.inside()
    round_id = the_hall.evening.round_id(the_hall.open("commitment"))
    phone.vote(round_id, ballot_id="old", change=1, stance="1", experience="good")
    newest = phone.vote(round_id, ballot_id="new", change=2, stance="5", experience="good").json()
    late = phone.vote(round_id, ballot_id="old", change=1, stance="1", experience="good").json()
    assert late == newest == {"round": round_id, "values": {**VOTE, "stance": "5"}, "complete": True, "change": 2}


def test_ballots_after_the_stop_are_refused_and_not_counted(the_hall: Hall) -> None:
    evening = the_hall.evening
    phones = [the_hall.inside() for _ in range(4)]
    step = the_hall.open("commitment")
    round_id = evening.round_id(step)
    assert [phone.vote(round_id, **VOTE).status_code for phone in phones[:2]] == [200, 200]
    running.stop_step(evening.store, evening.facilitator, step)
    refused = [phone.vote(round_id, **VOTE) for phone in phones]
    assert [answer.status_code for answer in refused] == [409] * 4
    assert "telt niet" in refused[0].json()["error"]
    running.show_outcome(evening.store, evening.facilitator, step)
    assert "2 stemmen" in seen(phones[0].page())


def test_too_many_dots_are_explained(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    phone = sqlite_hall.inside()
    with evening.store.write() as conn:
        ids = [
            items.add_item(
                conn,
                wijkplan_id=evening.wijkplan_id,
                kind="risk",
                state="released",
                text=f"Risico {n}",
                environments=[],
                source="desk",
                created_at=evening.store.now(),
            )
            for n in range(4)
        ]
    step = evening.step("risk_dots")

    for item_id in ids:
        put_item_on_step(evening.store, evening.facilitator, step, item_id)
    running.open_step(evening.store, evening.facilitator, step)
    round_id = evening.round_id(step)
    dots = [f"dots.{item_id}" for item_id in ids]
    page = phone.page()
    assert page.count('type="number"') == 4 and "Je hebt 5 stippen." in page
    for fields in (
        {dots[0]: "3", dots[1]: "3"},
        {dots[0]: "-5", dots[1]: "15"},
        {dots[0]: "4"},
        {dots[0]: "0.5"},
        {f"dots.{'0' * 32}": "1"},
    ):
        answer = phone.vote(round_id, **fields)
        assert answer.status_code == 400 and answer.json()["field"].startswith("dots"), fields
    shown = phone.vote(round_id, json=False, **{dots[0]: "3", dots[1]: "3"})
    assert "Haal er 1 weg" in shown.text and shown.text.count('value="3"') == 2
    assert phone.vote(round_id, **{dots[0]: "3", dots[1]: "2"}).status_code == 200
    assert "Risico 0 3 stippen" in seen(phone.page())


HOSTILE_TEXTS = [
    "<script>window.PWN=1</script>",
    "<b>x & y</b>",
    "{{7*7}} {% for x in y %}${7*7}",
    "&lt;b&gt; &#x3C;script&#x3E; &nbsp;",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)",
    "![x](http://127.0.0.1:8699/p.png)",
    "</textarea><script>alert(1)</script>",
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_what_people_type_is_shown_as_they_typed_it(sqlite_hall: Hall, text: str) -> None:
    phone = sqlite_hall.inside()
    step = sqlite_hall.open("environments")
    literal = escape(text).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    refused = phone.note(step, text, json=False, tone="")
    assert refused.status_code == 400 and literal in refused.text
    assert phone.note(step, text).status_code == 200
    page = phone.page()
    assert literal in page
    assert "<script>" not in page and "<img src=x" not in page and "onerror=alert(1)>" not in page


def test_guessing_codes_gets_slower_and_a_right_code_does_not_wait() -> None:
    now = [0.0]
    tries = Attempts(budget=10, longest=8.0, clock=lambda: now[0])
    delays = [tries.failed() for _ in range(200)]
    assert delays[:10] == [0.0] * 10
    assert delays[10] > 0 and delays == sorted(delays) and delays[-1] == 8.0
    now[0] = 61.0
    assert tries.failed() == 0.0


def test_a_right_code_works_while_thousands_of_wrong_ones_come_in(
    sqlite_hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []

    async def at_once(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(attempts, "sleep", at_once)
    room = sqlite_hall.server.app_state["room"]
    for _ in range(10_000):
        room.attempts.failed()
    phone = sqlite_hall.phone()
    answer = phone.http.post("/mee", data={"code": sqlite_hall.evening.code})
    assert (answer.status_code, waited) == (200, [])
    phone.http.post("/mee", data={"code": "AAAA-AAAA"})
    assert waited == [attempts.LONGEST_DELAY]


def test_the_whole_page_weighs_at_most_sixty_kilobytes(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    sqlite_hall.open("commitment")
    page = phone.page()

    files = re.findall(r'(?:href|src)="(/room/assets/[^"]+)"', page)
    assert len(files) == 5
    total = len(page.encode()) + sum(len(phone.http.get(f).content) for f in files)
    assert total < 60_000, total


def test_nothing_on_the_page_needs_an_inline_script_or_style(sqlite_hall: Hall) -> None:
    page = sqlite_hall.inside().page()
    assert "<style" not in page and " style=" not in page and " onclick" not in page
    assert page.count("<script") == 1
    assert fields_of  # the forms are read by the other tests


def count_ballots(store: Store) -> int:
    with store.read() as conn:
        return int(conn.scalar(select(func.count()).select_from(schema.cast_ballot)) or 0)


def test_a_nul_among_the_fields_harms_no_vote_of_somebody_else(the_hall: Hall) -> None:
    """PostgreSQL refuses it in any text; the writer would do the whole batch again, one by one, and answer 503."""
    phone, other = the_hall.inside(), the_hall.inside()
    step = the_hall.open("commitment")
    round_id = the_hall.evening.round_id(step)
    vote = {"stance": "4", "experience": "good"}
    assert phone.vote("\0", **vote).status_code == 404
    assert phone.vote(round_id + "\0", ballot_id="\0", **vote).status_code == 200
    assert other.vote(round_id, **vote).status_code == 200
    assert phone.note("\0", "Tekst").status_code == 404
    assert phone.note(step, "Tekst \0 hier", form="concern\0", ballot_id="n\0").status_code in (200, 404)
    assert count_ballots(the_hall.evening.store) == 2
