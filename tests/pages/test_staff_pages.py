"""The staff pages without a browser: who sees what, and a session that somebody else takes over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.rules.world import ADMIN, FACILITATOR, NOBODY, OTHER, OWNER, POLICY, World, make_world
from workshop import opening as house
from workshop.actions.people import signing_in
from workshop.store import Store
from workshop.ui.frame import visitor

MAIN = str(Path(__file__).resolve().parents[2] / "workshop" / "ui" / "main.py")
PAGES = Path(__file__).resolve().parents[2] / "pages"


class Browser:
    """A tab with the cookies of one visitor; the one thing replaced is what the connection's cookies are."""

    def __init__(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        self.world = world
        self.cookies: dict[str, str] = {}
        monkeypatch.setattr(visitor, "cookie", lambda name: self.cookies.get(name))
        self.tab = AppTest.from_file(MAIN, default_timeout=120)

    def become(self, who: str | None) -> None:
        self.cookies = {}
        if who is not None:
            ticket = signing_in.hand_out_ticket(self.world.store, self.world.account_ids[who], "pre")
            self.cookies = {"kv_in": signing_in.redeem_ticket(self.world.store, ticket, "pre")}

    def open(self, page: str, **query: str) -> str:
        """Open a page; returns all that is readable on it."""
        self.tab.run()
        if self.cookies:
            self.tab.switch_page(str(PAGES / page))
            for name, value in query.items():
                self.tab.query_params[name] = value
            self.tab.run()
        return self.read()

    def read(self) -> str:
        assert not self.tab.exception
        kinds = ("title", "subheader", "markdown", "caption", "error", "success", "info", "warning")
        shown = [element.value for kind in kinds for element in getattr(self.tab, kind)]
        return "\n".join([*shown, *(button.label for button in self.tab.button)])


@pytest.fixture
def browser(sqlite_store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    house.keep_store(sqlite_store)
    yield Browser(make_world(sqlite_store), monkeypatch)
    house.keep_store(None)


def test_a_stranger_sees_the_form_and_nothing_else(browser: Browser) -> None:
    browser.become(None)
    shown = browser.open("beleid/overzicht.py")
    assert "Inloggen" in shown and "Zandvoort" not in shown
    assert [field.label for field in browser.tab.text_input] == ["Gebruikersnaam", "Wachtwoord"]


@pytest.mark.parametrize(
    ("who", "sees", "changes"),
    [
        (OWNER, True, True),
        (POLICY, True, False),
        (FACILITATOR, True, False),
        (OTHER, False, False),
        (ADMIN, False, False),
    ],
)
def test_a_wijkplan_is_read_by_roles_and_changed_by_its_owner(
    browser: Browser, who: str, sees: bool, changes: bool
) -> None:
    browser.become(who)
    shown = browser.open("beleid/wijkplan.py", plan=browser.world.wijkplan_id)
    assert ("Zandvoort samen" in shown, "Pas de afspraken aan" in shown) == (sees, changes)
    assert ("Deze pagina is er niet" in shown) is not sees


@pytest.mark.parametrize("who", [NOBODY, OWNER, ADMIN])
def test_accounts_are_for_administrators(browser: Browser, who: str) -> None:
    browser.become(who)
    shown = browser.open("beheer/beheer.py")
    assert ("Deze pagina is er niet" in shown, "Sluit het account" in shown) == (who != ADMIN, who == ADMIN)


def test_somebody_without_a_wijkplan_is_told_what_to_do(browser: Browser) -> None:
    browser.become(NOBODY)
    assert "Je hebt nog geen wijkplan." in browser.open("beleid/overzicht.py")


def test_a_session_taken_over_with_another_cookie_or_without_one_holds_nothing_of_the_first(browser: Browser) -> None:
    browser.become(OWNER)
    assert "Zandvoort samen" in browser.open("beleid/wijkplan.py", plan=browser.world.wijkplan_id)
    assert browser.tab.session_state["koppelvlak"].plan_id == browser.world.wijkplan_id
    browser.tab.session_state["left_behind"] = "van de eerste"
    for who in (OTHER, None):
        browser.become(who)
        browser.tab.run()
        assert "Zandvoort samen" not in browser.read()
        assert "left_behind" not in browser.tab.session_state
        assert browser.tab.session_state["koppelvlak"].plan_id == ""


def test_signing_out_elsewhere_ends_this_tab_at_its_next_move(browser: Browser) -> None:
    browser.become(OWNER)
    browser.open("beleid/wijkplan.py", plan=browser.world.wijkplan_id)
    signing_in.sign_out(browser.world.store, browser.cookies["kv_in"])
    browser.tab.run()
    assert "Zandvoort samen" not in browser.read()


def test_names_of_people_are_shown_as_typed(browser: Browser) -> None:
    browser.become(OWNER)
    browser.open("beleid/overzicht.py")
    next(button for button in browser.tab.button if button.label == "Maak een wijkplan").click().run()
    browser.tab.text_input(key="new-title").set_value("![x](http://elders/p.png) <b>vet</b>").run()
    browser.tab.text_input(key="new-town-typed").set_value("Baarn").run()
    browser.tab.text_input(key="new-theme").set_value("jeugd").run()
    next(button for button in browser.tab.button if button.label == "Maak het wijkplan").click().run()
    titles = [title.value for title in browser.tab.title]
    assert titles == [r"\!\[x\]\(http⁠\://elders/p.png\) \<b\>vet\</b\>"]
