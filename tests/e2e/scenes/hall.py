"""The hall: everybody who takes part, and what each of them says in the course of the evening."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tests.e2e.phone import HttpPhone
from tests.e2e.scenes.phones import KeyboardPhone, Phone
from tests.e2e.window import Window

STANCES = ("Ik doe niet mee", "Ik twijfel sterk", "Ik kijk het nog aan", "Ik doe mee", "Ik help trekken")

#: Who sits in which group; the first three have a browser, the others speak HTTP.
GROUPS = {
    "small": "Bewoners", "keyboard": "Bewoners", "desktop": "Ondernemers",
    "Anna": "Bewoners", "Bram": "Bewoners", "Carla": "Bewoners", "Daan": "Bewoners", "Elif": "Bewoners",
    "Frits": "Ondernemers", "Gerda": "Ondernemers", "Hakim": "Ondernemers", "Ineke": "Ondernemers",
}  # fmt: skip

#: Where everybody stands, 1 to 5, and how earlier promises went.
BASELINE = {
    "small": (4, "Goed"), "keyboard": (2, "Teleurgesteld"), "desktop": (5, "Neutraal"),
    "Anna": (4, "Teleurgesteld"), "Bram": (4, "Teleurgesteld"), "Carla": (2, "Neutraal"), "Daan": (1, "Neutraal"),
    "Elif": (3, "Goed"), "Frits": (3, "Neutraal"), "Gerda": (3, "Neutraal"), "Hakim": (4, "Neutraal"),
    "Ineke": (5, "Neutraal"),
}  # fmt: skip

ALLEY = "De brandgang achter de Leestraat is donker"
FIELD = "Buren kennen elkaar van het veldje"
REPORTS = "Meldingen blijven liggen, je hoort niets terug"
RUBBISH = "Rommel bij de Alberthof, elke week weer"
SPEED = "Te hard rijden bij de school"
BLACKENED = "Rommel bij de █████, elke week weer"
SHOPS = "Winkeliers helpen elkaar"

#: Note -> (environments, whether it goes well).
NOTES = {
    ALLEY: (("physical", "criminal"), "bad"),
    FIELD: (("social",), "good"),
    REPORTS: (("institutional", "social"), "bad"),
    RUBBISH: (("physical",), "bad"),
    SPEED: (("physical",), "bad"),
    SHOPS: (("social",), "good"),
}

Dots = dict[str, dict[str, int]]

#: Five dots each, at most three on one subject; the second time some have changed their mind.
FIRST_DOTS: Dots = {
    "small": {ALLEY: 3, SPEED: 2}, "keyboard": {SPEED: 3}, "desktop": {REPORTS: 3, ALLEY: 2},
    "Anna": {ALLEY: 3, BLACKENED: 2}, "Bram": {ALLEY: 2, SPEED: 3}, "Carla": {REPORTS: 3, FIELD: 2},
    "Daan": {SPEED: 3, ALLEY: 2}, "Elif": {FIELD: 3, REPORTS: 2}, "Frits": {BLACKENED: 3, ALLEY: 2},
    "Gerda": {BLACKENED: 1}, "Hakim": {ALLEY: 3, REPORTS: 2}, "Ineke": {SPEED: 1, ALLEY: 1},
}  # fmt: skip
SECOND_DOTS: Dots = {
    "small": {ALLEY: 3}, "keyboard": {ALLEY: 3}, "desktop": {ALLEY: 3, REPORTS: 2}, "Anna": {ALLEY: 3},
    "Bram": {SPEED: 3}, "Carla": {REPORTS: 3}, "Frits": {ALLEY: 1}, "Gerda": {SPEED: 1}, "Hakim": {ALLEY: 3},
}  # fmt: skip


@dataclass
class Hall:
    """Three browsers and nine phones over HTTP, by the names of ``GROUPS``."""

    small: Phone
    keyboard: KeyboardPhone
    desktop: Phone
    http: dict[str, HttpPhone] = field(default_factory=dict)

    @property
    def browsers(self) -> dict[str, Phone]:
        return {"small": self.small, "keyboard": self.keyboard, "desktop": self.desktop}

    def identities(self) -> dict[str, str]:
        """Name -> the cookie of that device."""
        found = {name: phone.identity for name, phone in self.browsers.items()}
        return found | {name: phone.identity for name, phone in self.http.items()}

    def close(self) -> None:
        for phone in self.http.values():
            phone.close()
        for browser in self.browsers.values():
            browser.window.close()


def enter(browser: Any, url: str, code: str) -> Hall:
    """Everybody joins: with the QR code, by typing the code with a keyboard, and over HTTP."""
    small = Phone(Window(browser, url, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True))
    keyboard = KeyboardPhone(Window(browser, url, viewport={"width": 900, "height": 800}))
    desktop = Phone(Window(browser, url, viewport={"width": 1280, "height": 900}))
    hall = Hall(small, keyboard, desktop)
    for name, phone in hall.browsers.items():
        phone.join(code, GROUPS[name])
    for name in list(GROUPS)[3:]:
        hall.http[name] = HttpPhone(url).join(code, GROUPS[name])
    return hall


def stand(hall: Hall) -> None:
    """Everybody answers the baseline."""
    for name, phone in hall.browsers.items():
        stance, experience = BASELINE[name]
        phone.choose(STANCES[stance - 1], experience)
        phone.send()
    for name, http in hall.http.items():
        stance, experience = BASELINE[name]
        receipt = http.vote({"stance": f"{stance} {STANCES[stance - 1]}", "experience": experience})
        assert (receipt["values"]["stance"], receipt["complete"]) == (str(stance), True)


def write_notes_over_http(hall: Hall) -> None:
    """The notes of those without a browser."""
    for name, text in {"Anna": RUBBISH, "Bram": SPEED, "Frits": SHOPS}.items():
        environments, tone = NOTES[text]
        hall.http[name].write("finding", text, environments=list(environments), tone=tone, moment="now")


def give_dots_over_http(hall: Hall, dots: Dots) -> None:
    """The dots of those without a browser."""
    for name, http in hall.http.items():
        if name in dots:
            receipt = http.give_dots(dots[name])
            assert sorted(int(n) for n in receipt["values"].values()) == sorted(dots[name].values())
