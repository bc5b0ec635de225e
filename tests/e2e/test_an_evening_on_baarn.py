"""One evening as it would be next Tuesday, in a real browser: from the set-up link to a report on disk.

A facilitator with console and projector, three browsers as phones (a small one, one with only a keyboard, a desktop)
and nine participants over HTTP, over an address of this machine that is not loopback. The people are invented, the
place and its figures are real.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.looking import looks_right
from tests.e2e.phone import HttpPhone
from tests.e2e.scenes import desk, office, strangers
from tests.e2e.scenes import hall as people
from tests.e2e.scenes.evening import Console, Wall, add_to_script, plan_session
from tests.e2e.scenes.hall import (
    ALLEY,
    BLACKENED,
    FIELD,
    FIRST_DOTS,
    REPORTS,
    RUBBISH,
    SECOND_DOTS,
    SHOPS,
    SPEED,
    Hall,
)
from tests.e2e.scenes.office import OMAR, SANNE
from tests.e2e.scenes.streamlit_page import shows, still
from tests.e2e.server import AppServer
from tests.e2e.window import Window, keep_for_the_readme

TITLE = "Samen voor Baarn-Noord"
AREAS = ("Componistenwijk", "Professorenwijk")
TASK = "Samen zorgen we dat iedereen hier na donker prettig over straat gaat."
CONCLUSION = "Iedereen wil binnen een maand horen wat ermee gebeurt"
BOTH = ("light", "dark")

#: The outcomes as every surface must show them: counted by hand from ``scenes/hall.py`` and one card on paper.
STOOD = [
    ["Iedereen samen", "1", "3", "3", "4", "2", "13"],
    ["Bewoners", "1", "3", "1", "3", "0", "8"],
    ["Ondernemers", "0", "0", "2", "1", "2", "5"],
]
WEIGHED = [
    ["1", ALLEY, "18", "8"],
    ["2", SPEED, "12", "5"],
    ["3", REPORTS, "10", "4"],
    ["4", BLACKENED, "6", "3"],
    ["5", FIELD, "5", "2"],
]
WEIGHED_AGAIN = [
    ["1", ALLEY, "16", "6"],
    ["2", REPORTS, "5", "2"],
    ["3", SPEED, "4", "2"],
    ["4", FIELD, "0", "0"],
    ["4", BLACKENED, "0", "0"],
]
DECIDED = {
    CONCLUSION: (True, ""),
    ALLEY: (True, ""),
    REPORTS: (True, ""),
    **dict.fromkeys((FIELD, BLACKENED, SPEED), (False, "Minder vaak gekozen.")),
    SHOPS: (False, "Gaat al goed."),
}


def prepare(laptop: Window, link: str) -> tuple[str, str]:
    """At the desk: the first administrator, a colleague, the wijkplan, the session. Returns plan and session."""
    office.become_first_administrator(laptop, link, SANNE)
    looks_right(laptop.page, "inloggen", themes=BOTH)
    office.sign_in(laptop, SANNE)
    looks_right(laptop.page, "wijkplannen")
    office.make_account(laptop, OMAR)
    looks_right(laptop.page, "beheer")
    plan_id = office.make_wijkplan(laptop, TITLE, "Baarn", *AREAS)
    office.agree(laptop, "Iedereen voelt zich thuis op straat, ook na donker.")
    looks_right(laptop.page, "wijkplan")
    office.tick_partners(laptop, "Politie", "Woningcorporatie")
    office.give_role(laptop, OMAR, "Beleidsmedewerker")
    session_id = plan_session(laptop, plan_id, "Startavond Baarn-Noord", "De Speeldoos")
    for werkvorm in ("Nulmeting", "Wat speelt er in de wijk?", "Wat weegt het zwaarst?"):
        add_to_script(laptop, werkvorm)
    looks_right(laptop.page, "voorbereiden")
    return plan_id, session_id


def ask_where_everybody_stands(console: Console, wall: Wall, hall: Hall) -> None:
    """The baseline: blind until shown, one vote on paper, the outcome everywhere the same."""
    console.next("Kondig aan: Nulmeting")
    wall.says("Zo meteen: Nulmeting")
    console.next("Open de stemming")
    hall.small.sees("Doe jij mee met een plan voor deze wijk?")
    looks_right(hall.small.page, "telefoon-nulmeting", themes=BOTH)
    people.stand(hall)
    console.counts("12 van 12 klaar")
    console.enter_paper("Bewoners", "2 – Ik twijfel sterk", "Teleurgesteld")
    wall.says("13", "van 13 klaar")
    looks_right(wall.page, "scherm-vraag", themes=BOTH)
    wall.does_not_say("doen mee")
    assert hall.http["Anna"].outcome() == {}
    console.next("Stop de stemming")
    hall.small.sees("De stemming is gestopt.")
    wall.does_not_say("doen mee")
    console.next("Laat de uitslag zien")
    wall.says(
        "Iedereen samen: 6 van de 13 doen mee, 6 twijfelen.", "13 van de 13 klaar; 13 stemmen, waarvan 1 op papier"
    )
    looks_right(wall.page, "scherm-nulmeting", themes=BOTH)
    assert hall.small.table("Waar staan we nu") == STOOD
    assert hall.http["Ineke"].outcome()["Waar staan we nu, in aantal mensen"][1:] == STOOD
    assert hall.keyboard.table("Ervaring met eerdere beloftes") == [
        ["Teleurgesteld", "4"], ["Neutraal", "7"], ["Goed", "2"],
    ]  # fmt: skip
    looks_right(hall.small.page, "telefoon-uitslag", themes=BOTH)
    console.write_conclusion(CONCLUSION)
    console.settle("Nulmeting", [CONCLUSION], "")


def map_what_goes_on(server: AppServer, console: Console, wall: Wall, hall: Hall) -> None:
    """Notes with environments; halfway the program is killed and everybody goes on where they were."""
    console.next("Kondig aan: Wat speelt er")
    console.next("Open het onderdeel")
    hall.small.sees("Wat we al weten (1)")
    hall.small.write("finding", ALLEY)
    hall.small.choose("straat en gebouwen", "overlast en misdaad", "gaat niet goed")
    looks_right(hall.small.page, "telefoon-kaartje", themes=BOTH)
    hall.small.send_note("finding")
    hall.keyboard.write("finding", FIELD)
    hall.keyboard.tick("mensen en contact")
    hall.keyboard.choose("gaat goed")
    hall.keyboard.send_note("finding")
    people.write_notes_over_http(hall)
    hall.desktop.write("finding", REPORTS)
    console.counts("5 kaartjes wachten op jou")

    before = hall.identities()
    server.kill()
    console.window.page.get_by_text("Geen verbinding").first.wait_for()
    server.restart()
    assert hall.identities() == before
    assert hall.desktop.typed("finding") == REPORTS
    hall.desktop.page.reload()
    assert hall.desktop.typed("finding") == REPORTS
    hall.desktop.choose("instanties", "mensen en contact", "gaat niet goed")
    hall.desktop.send_note("finding")
    hall.small.sees(ALLEY)
    assert RUBBISH in hall.http["Anna"].look().text and SPEED not in hall.http["Anna"].look().text
    console.counts("6 kaartjes wachten op jou")

    looks_right(console.page, "bediening-kaartjes", themes=BOTH)
    wall.does_not_say(ALLEY)
    console.release_all(6)
    console.blacken(RUBBISH, "Alberthof")
    console.put_on_wall("De kaartjes")
    wall.says(BLACKENED)
    assert wall.notes() == sorted([ALLEY, FIELD, REPORTS, BLACKENED, SPEED, SHOPS])
    looks_right(wall.page, "scherm-kaartjes", themes=BOTH)
    console.next("Stop met kaartjes")
    console.next("Laat het overzicht zien")
    wall.says("6 kaartjes in beeld.")
    wall.changes_tone_while_open()
    looks_right(wall.page, "scherm-omgevingen", themes=BOTH)
    keep_for_the_readme(wall.page, "projector")
    hall.small.sees("6 kaartjes in beeld.")
    console.settle("Wat speelt er", [ALLEY, FIELD, REPORTS, BLACKENED, SPEED], "Gaat al goed.")


def weigh(console: Console, wall: Wall, hall: Hall) -> None:
    """Dots, twice; one phone loses its network while it sends."""
    console.clicker("PageDown")
    console.offers("Open de stemming")
    wall.clicker("PageDown")
    console.offers("Stop de stemming")
    for phone in hall.browsers.values():
        phone.sees("Nog 5 stippen")
    looks_right(hall.small.page, "telefoon-stippen", themes=BOTH)
    for subject, n in FIRST_DOTS["keyboard"].items():
        hall.keyboard.give_dot(subject, n)
    hall.keyboard.send()
    for name in ("small", "desktop"):
        for subject, n in FIRST_DOTS[name].items():
            hall.browsers[name].give_dot(subject, n)
    hall.desktop.send()
    keep_for_the_readme(hall.small.page, "phone")
    hall.small.window.context.set_offline(True)
    hall.small.page.locator("#stem").get_by_role("button", name="Verstuur").click()
    hall.small.sees("Je laatste antwoord is nog niet aangekomen.")
    hall.small.window.context.set_offline(False)
    hall.small.sees("Verstuurd ✓")
    people.give_dots_over_http(hall, FIRST_DOTS)
    console.counts("12 van 12 klaar")
    looks_right(console.page, "bediening-stemming", themes=BOTH)
    keep_for_the_readme(console.page, "console")
    console.next("Stop de stemming")
    console.next("Laat de uitslag zien")
    wall.says(heaviest({ALLEY: 18, SPEED: 12}))
    assert hall.small.table("Stippen per onderwerp") == WEIGHED

    console.again()
    for name, phone in hall.browsers.items():
        phone.sees("Nog 5 stippen")
        for subject, n in SECOND_DOTS[name].items():
            phone.give_dot(subject, n)
        phone.send()
    people.give_dots_over_http(hall, SECOND_DOTS)
    console.counts("9 van 12 klaar")
    # The three who did not answer speak HTTP only: no stream of theirs is open, so the console asks first.
    console.next("Stop de stemming")
    console.next("Stop toch")
    console.next("Laat de uitslag zien")
    wall.says(heaviest({ALLEY: 16}))
    assert hall.http["Elif"].outcome()["Stippen per onderwerp"][1:] == WEIGHED_AGAIN
    looks_right(wall.page, "scherm-stippen", themes=BOTH)


def heaviest(dots: dict[str, int]) -> re.Pattern[str]:
    """The sentence about what weighs most, however the subjects in it are quoted."""
    return re.compile("Het zwaarst wegen: .*" + ".*".join(rf"{re.escape(text)}.*\({n}\)" for text, n in dots.items()))


def round_off(console: Console, wall: Wall, hall: Hall) -> None:
    """Dark and light again, a step back, what goes on, the joint task, and the end."""
    console.press("Scherm donker")
    wall.is_dark()
    console.press("Scherm weer aan")
    wall.says("Het zwaarst wegen")
    console.settle("Wat weegt het zwaarst", [ALLEY, REPORTS], "Minder vaak gekozen.")
    console.write_joint_task(TASK)
    wall.says(TASK)
    looks_right(wall.page, "scherm-opgave", themes=BOTH)
    console.clicker("PageUp")
    wall.says("Het zwaarst wegen")
    console.put_on_wall("Cijfers over de wijk")
    wall.says("Cijfers over de wijk: herken je dit?")
    looks_right(wall.page, "scherm-cijfers", themes=BOTH)
    console.put_on_wall("Het slot: wat we hoorden")
    wall.says("Dank je wel.")
    console.close()
    hall.small.sees("De bijeenkomst is afgelopen.")
    looks_right(hall.small.page, "telefoon-einde", themes=BOTH)


def start_another_evening(console: Console, url: str, plan_id: str) -> None:
    """A second session in the same wijkplan, with a vote that nobody may see yet."""
    session_id = plan_session(console.window, plan_id, "Tweede avond", "De Speeldoos")
    add_to_script(console.window, "Nulmeting")
    second = Console(console.window, plan_id, session_id)
    second.next("Open de zaal")
    code = str(second.page.get_by_text("Code: ").first.inner_text()).removeprefix("Code: ")
    phone = HttpPhone(url).join(code, "Jongeren")
    second.next("Kondig aan: Nulmeting")
    second.next("Open de stemming")
    phone.vote({"stance": "1 Ik doe niet mee", "experience": "Teleurgesteld"})
    phone.close()


def fetch_everything(officer: Window, plan_id: str, folder: Path) -> None:
    """All four files on disk hold what the wall showed, and nothing that is still blind."""
    office.sign_in(officer, OMAR)
    desk.open_results(officer, plan_id)
    shows(officer.page, heaviest({ALLEY: 16, REPORTS: 5, SPEED: 4}))
    looks_right(officer.page, "resultaten", themes=BOTH)
    officer.page.get_by_text("Iedereen samen: 6 van de 13").first.scroll_into_view_if_needed()
    still(officer.page)
    keep_for_the_readme(officer.page, "results")
    files = desk.download(officer, folder)
    looks_right(officer.page, "downloads")
    desk.add_own_figures(officer, folder, "BU03080100")  # Componistenwijk
    stood = [
        "Groep",
        "Ik doe niet mee",
        "Ik twijfel sterk",
        "Ik kijk het nog aan",
        "Ik doe mee",
        "Ik help trekken",
        "Samen",
    ]
    assert desk.tables_in(files, "Waar staan we nu, in aantal mensen", stood) == {key: [STOOD] for key in files}
    weighed = ["Plaats", "Onderwerp", "Stippen", "Aantal mensen"]
    assert desk.tables_in(files, "Stippen per onderwerp", weighed) == {key: [WEIGHED, WEIGHED_AGAIN] for key in files}
    told = desk.told(files)
    assert [[len(step["rounds"]) for step in session["steps"]] for session in told["sessions"]] == [[1, 1, 2], [0]]
    assert (told["wijkplan"]["joint_task"], told["wijkplan"]["title"]) == (TASK, TITLE)
    assert {item["text"]: (item["goes_on"], item["reason"]) for item in told["items"]} == DECIDED
    assert {figure["area_code"] for figure in told["figures"]} >= {"BU03080100", "BU03080101"}
    report = desk.report(files)
    assert TASK in report and "13 stemmen, waarvan 1 op papier" in report and RUBBISH not in report


@pytest.mark.slow
def test_an_evening_on_baarn(app_server: AppServer, browser: Any, tmp_path: Path) -> None:
    laptop, beamer = Window(browser, app_server.url), None
    plan_id, session_id = prepare(laptop, app_server.set_up_link())
    console = Console(laptop, plan_id, session_id)
    looks_right(laptop.page, "bediening-dicht")
    # The projector is a second window of the same laptop: it has the same cookies and no log-in of its own.
    beamer = laptop.beside(width=1920, height=1080)
    wall = Wall(beamer, plan_id, session_id)
    console.next("Open de zaal")
    hall = people.enter(browser, app_server.url, wall.code())
    looks_right(wall.page, "scherm-code", themes=BOTH)
    wall.has_no_buttons()
    ask_where_everybody_stands(console, wall, hall)
    map_what_goes_on(app_server, console, wall, hall)
    weigh(console, wall, hall)
    round_off(console, wall, hall)

    start_another_evening(console, app_server.url, plan_id)
    officer = Window(browser, app_server.url)
    fetch_everything(officer, plan_id, tmp_path)
    strangers.refused_over_http(app_server.url, plan_id, session_id)
    stranger = Window(browser, app_server.url)
    at_the_door = strangers.pages_seen(stranger, strangers.PAGES, plan_id, session_id)
    assert len(set(at_the_door.values())) == 1 and TITLE not in at_the_door["beleid"], at_the_door
    for staff_only in ("voorbereiden", "bediening", "scherm"):
        known = strangers.pages_seen(officer, (staff_only,), plan_id, session_id)
        assert known == strangers.pages_seen(officer, (staff_only,), strangers.NOWHERE, strangers.NOWHERE)

    windows = [laptop, beamer, officer, stranger, *(phone.window for phone in hall.browsers.values())]
    assert {host for window in windows for host in window.hosts} == {f"{app_server.host}:{app_server.port}"}
    assert [problem for window in windows for problem in window.problems()] == []
    hall.close()
    for window in (laptop, officer, stranger):
        window.close()
