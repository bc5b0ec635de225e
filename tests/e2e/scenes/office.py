"""What happens at a desk before the evening: the first administrator, accounts, a wijkplan, roles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import expect

from tests.e2e.scenes.streamlit_page import drawn, open_tab, pick, press, shows, type_in
from tests.e2e.window import Window


@dataclass(frozen=True)
class Person:
    """Somebody invented, with an account."""

    name: str
    username: str
    password: str


SANNE = Person("Sanne de Vries", "sanne@baarn.example", "de brug over de Eem")
OMAR = Person("Omar Jansen", "omar@baarn.example", "licht in de Laanstraat")


def become_first_administrator(window: Window, link: str, person: Person) -> None:
    """Open the link of the console and fill in the form behind it."""
    page = window.page
    page.goto(link)
    page.get_by_label("Je naam").fill(person.name)
    page.get_by_label("Gebruikersnaam").fill(person.username)
    page.get_by_label("Wachtwoord", exact=True).fill(person.password)
    page.get_by_label("Nog een keer hetzelfde wachtwoord").fill(person.password)
    page.get_by_role("button", name="Maak het account").click()
    page.wait_for_url("**/inloggen?welkom=1")


def sign_in(window: Window, person: Person) -> None:
    """Through the real form; ends where this person's next step is."""
    page = window.go("/inloggen")
    page.get_by_role("textbox", name="Gebruikersnaam").fill(person.username)
    page.get_by_role("textbox", name="Wachtwoord").fill(person.password)
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("button", name="Log uit")).to_be_visible()
    drawn(page)


def make_account(window: Window, person: Person) -> None:
    page = window.go("/beheer")
    open_tab(page, "Nieuw account")
    page.get_by_role("textbox", name="Naam", exact=True).fill(person.name)
    page.get_by_role("textbox", name="Gebruikersnaam").fill(person.username)
    page.get_by_role("textbox", name="Eerste wachtwoord").fill(person.password)
    press(page, "Maak het account")
    shows(page, f"Het account van {person.name} is gemaakt.")


def make_wijkplan(window: Window, title: str, town: str, *areas: str) -> str:
    """From the list of wijkplannen, with a real search in the CBS list; returns the id of the plan."""
    page = window.go("/overzicht")
    press(page, "Maak een wijkplan")
    type_in(page, "Titel", title)
    type_in(page, "Gemeente (naam of code)", town)
    pick(page, "Wijken en buurten", *areas)
    press(page, "Maak het wijkplan")
    shows(page, "Het wijkplan is gemaakt. Jij bent eigenaar.")
    found = re.search(r"plan=([0-9a-f]{32})", page.url)
    assert found, page.url
    return found[1]


def agree(window: Window, ambition: str) -> None:
    """The short agreement with the commissioner, on the page of the wijkplan."""
    page = window.page
    press(page, "Pas de afspraken aan")
    page.get_by_role("textbox").first.fill(ambition)
    press(page, "Bewaar de afspraken")
    shows(page, "De afspraken zijn bewaard.")


def tick_partners(window: Window, *names: str) -> None:
    page = window.page
    open_tab(page, "Partners")
    for name in names:
        page.get_by_role("button", name=name, exact=True).or_(page.get_by_role("checkbox", name=name)).first.click()
        drawn(page)
    press(page, "Voeg partners toe")
    for name in names:
        expect(page.get_by_role("listitem").filter(has_text=name).first).to_be_visible()


def give_role(window: Window, person: Person, role: str) -> None:
    page: Any = window.page
    open_tab(page, "Wie mag wat")
    pick(page, "Geef een rol aan", person.name)
    page.get_by_text(role, exact=True).first.click()
    drawn(page)
    press(page, "Geef de rol")
    shows(page, f"{person.name} is nu {role.lower()}.")
