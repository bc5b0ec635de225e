"""The pictures of docs/handboek, from the real screens of a played evening: ``python -m tools.handbook_pictures``."""

from __future__ import annotations

import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tools import chromium
from tools.play_evening.__main__ import free_port, scenes, serve_and_play
from tools.play_evening.facilitator import Facilitator, Prepared
from tools.play_evening.people import Play
from workshop.actions.evening import practice, running
from workshop.actions.evening.tables import make_table_link
from workshop.actions.people.gate import new_token
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.cookies import PARTICIPANT, SIGN_IN
from workshop.domain.evening.stage import View
from workshop.opening import ROOT, the_store

FOLDER = ROOT / "docs" / "handboek" / "img"
#: Largest picture, in bytes: the handbook is read on slow lines too.
LARGEST = 250_000

_FLAGS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]


def keep(picture: bytes, name: str, folder: Path) -> None:
    """Write a picture with as many colours as fit under :data:`LARGEST`."""
    with Image.open(io.BytesIO(picture)) as image:
        plain = image.convert("RGB")
    for colours in (256, 128, 64, 32):
        out = io.BytesIO()
        plain.quantize(colours).save(out, "PNG", optimize=True)
        if out.tell() <= LARGEST:
            break
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.png").write_bytes(out.getvalue())
    print(f"{name}.png  {out.tell() // 1000} kB", flush=True)


class Camera:
    """Three windows of the facilitator (console, console on a phone, wall) and one of a participant."""

    def __init__(self, browser: Any, origin: str, made: Prepared, folder: Path) -> None:
        self.origin, self.made, self.folder = origin, made, folder
        before = new_token()
        store = the_store()
        cookie = redeem_ticket(store, hand_out_ticket(store, made.facilitator.account_id, before), before)
        self._browser, self._cookie = browser, cookie
        self.desk = self._staff(1280, 900)
        self.small = self._staff(390, 844)
        self.wall = self._staff(1920, 1080)
        self.where = f"?plan={made.wijkplan_id}&sessie={made.session_id}"

    def _staff(self, width: int, height: int) -> Any:
        context = self._browser.new_context(
            locale="nl-NL", timezone_id="Europe/Amsterdam", viewport={"width": width, "height": height}
        )
        context.add_cookies([{"name": SIGN_IN, "value": self._cookie, "url": self.origin}])
        context.set_default_timeout(30_000)
        return context.new_page()

    def phone(self, identity: str, room: str, name: str) -> None:
        context = self._browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": PARTICIPANT, "value": identity, "url": self.origin}])
        page = context.new_page()
        page.goto(self.origin + room)
        page.wait_for_timeout(800)
        keep(page.screenshot(animations="disabled"), name, self.folder)
        context.close()

    def table(self, secret: str, path: str, name: str) -> None:
        """What a helper at a table sees on an own phone."""
        context = self._browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 844})
        page = context.new_page()
        page.goto(f"{self.origin}/tafel/{secret}")
        page.goto(self.origin + path)
        page.wait_for_timeout(800)
        keep(page.screenshot(animations="disabled"), name, self.folder)
        context.close()

    def go(self, page: Any, path: str, where: str | None = None) -> None:
        page.goto(f"{self.origin}{path}{self.where if where is None else where}")
        self.settle(page)

    def settle(self, page: Any) -> None:
        """Wait until the page stopped drawing."""
        page.locator("[data-testid=stMainBlockContainer]").wait_for()
        page.wait_for_timeout(2500)
        # A picture of plotly comes after its words, the first time after its library.
        for chart in page.locator("[data-testid=stPlotlyChart]").all():
            chart.locator(".main-svg").first.wait_for()

    def shot(self, page: Any, name: str, *, whole: bool = False) -> None:
        keep(page.screenshot(animations="disabled", full_page=whole), name, self.folder)

    def choose(self, name: str) -> None:
        """Open one of the desks under the console and bring it into view."""
        self.desk.get_by_role("radio", name=name, exact=True).or_(
            self.desk.get_by_role("button", name=name, exact=True)
        ).first.click()
        self.settle(self.desk)
        self.desk.get_by_role("heading", name="Werkblad").scroll_into_view_if_needed()
        self.desk.get_by_role("heading", name="Werkblad").evaluate("e => e.scrollIntoView({block: 'start'})")
        self.desk.wait_for_timeout(400)

    def top(self) -> None:
        self.desk.locator("[data-testid=stMain]").evaluate("e => e.scrollTo(0, 0)")


def take_all(origin: str, made: Prepared, folder: Path) -> list[str]:
    """Play the evening as fast as it goes and take every picture of the handbook."""
    play = Play(origin, made.code, random.Random(34), 0)  # noqa: S311 - play, not secrecy
    lead = Facilitator(the_store(), made, play)
    played: dict[str, Callable[[], None]] = dict(scenes(play, lead))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.bring()), args=_FLAGS)
        camera = Camera(browser, origin, made, folder)
        _before(camera, made)
        _evening(camera, made, play, played)
        browser.close()
    play.close()
    return play.wrong


def _before(camera: Camera, made: Prepared) -> None:
    store, who = the_store(), made.facilitator
    camera.go(camera.desk, "/voorbereiden")
    camera.desk.get_by_text("Oefen eerst").wait_for()
    camera.shot(camera.desk, "voorbereiden")
    rehearsal = practice.practise(store, who, made.session_id, held_on=store.now().date())
    running.open_room(store, who, rehearsal)
    practice.send_people(store, who, rehearsal, 30)
    camera.go(camera.desk, "/bediening", f"?plan={made.wijkplan_id}&sessie={rehearsal}")
    camera.shot(camera.desk, "proefavond")
    running.close_room(store, who, rehearsal)


def _evening(camera: Camera, made: Prepared, play: Play, played: dict[str, Callable[[], None]]) -> None:
    store, who = the_store(), made.facilitator
    played["door"]()
    camera.go(camera.wall, "/scherm")
    camera.shot(camera.wall, "scherm-code")
    running.enlarge_wall(store, who, made.session_id, True)
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-grote-letters")
    running.enlarge_wall(store, who, made.session_id, False)
    played["coming_in"]()
    camera.go(camera.desk, "/bediening")
    camera.shot(camera.desk, "kleine-groepen")
    camera.choose("Tafels")
    camera.desk.get_by_label("Welke tafel of welke persoon?").fill("Tafel bij het raam")
    camera.desk.keyboard.press("Enter")
    camera.settle(camera.desk)
    camera.desk.get_by_role("button", name="Maak een link").click()
    camera.settle(camera.desk)
    camera.desk.get_by_text("Link voor Tafel bij het raam").evaluate("e => e.scrollIntoView({block: 'center'})")
    camera.desk.mouse.wheel(0, 150)
    camera.desk.wait_for_timeout(400)
    camera.shot(camera.desk, "tafels")
    played["merging"]()
    played["baseline_asked"]()
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-vraag")
    first = play.people[0]
    camera.phone(first.phone.identity, first.phone.room, "telefoon-vraag")
    camera.top()
    camera.settle(camera.desk)
    camera.shot(camera.desk, "bediening")
    camera.go(camera.small, "/bediening")
    camera.shot(camera.small, "bediening-telefoon")
    camera.choose("Op papier")
    camera.shot(camera.desk, "op-papier")
    play.vote(play.people[:-3])
    play.out_of_reach = {person.number for person in play.people[-3:]}
    time.sleep(25)
    camera.top()
    camera.settle(camera.desk)
    camera.desk.get_by_role("button", name="Stop de stemming").click()
    camera.settle(camera.desk)
    camera.shot(camera.desk, "niet-bereikbaar")
    play.out_of_reach.clear()
    played["baseline_done"]()
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-uitslag")
    running.enlarge_wall(store, who, made.session_id, True)
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-uitslag-groot")
    running.enlarge_wall(store, who, made.session_id, False)
    played["baseline_chosen"]()
    camera.choose("Afronden")
    camera.shot(camera.desk, "afronden")
    for name in ("late", "notes_asked"):
        played[name]()
    camera.top()
    camera.settle(camera.desk)
    camera.shot(camera.desk, "kaartjes")
    secret = make_table_link(store, who, made.session_id, "Tafel bij het raam")
    camera.table(secret, "/tafel/kaartje", "tafel-kaartje")
    played["notes_shown"]()
    running.put_on_wall(store, who, made.session_id, View.NOTES, step_id=made.steps["environments"])
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-kaartjes")
    for name in ("dots_asked", "dots_done", "checkout"):
        played[name]()
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-hoe-was-het")
    played["end"]()
    camera.go(camera.desk, "/bediening")
    camera.choose("Slot")
    camera.shot(camera.desk, "slot")
    camera.settle(camera.wall)
    camera.shot(camera.wall, "scherm-slot")


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    port = int(os.environ.get("PORT") or free_port())
    with tempfile.TemporaryDirectory() as place:
        return serve_and_play(lambda origin, made: take_all(origin, made, folder), Path(place), port, stay=False)


if __name__ == "__main__":
    sys.exit(main())
