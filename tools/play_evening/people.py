"""The people of the evening: who comes, what they write, and what they choose."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.e2e.page_reading import Form
from tests.e2e.phone import HttpPhone

#: Who has a phone, who comes late, and who has none: 25 and 9.
ON_TIME = {"Bewoners": 9, "Jongeren": 2, "Ondernemers": 3, "Politie": 2, "Gemeente": 3, "Woningcorporatie": 2}


LATE = {"Jongeren": 4}


ON_PAPER = {"Bewoners": 7, "Ondernemers": 2}


#: What people write; the places are invented. Text, environments, tone, moment.
FINDINGS = (
    ("Bij de fietsenrekken op het plein is het 's avonds donker", ("physical",), "bad", "now"),
    ("Op woensdag eten we samen in het buurthuis", ("social",), "good", "now"),
    ("Jongeren hebben na zeven uur geen plek om te zitten", ("social", "physical"), "bad", "now"),
    ("Als je iets meldt, hoor je er nooit meer iets van", ("institutional",), "bad", "past"),
    ("De winkeliers houden samen de stoep schoon", ("social",), "good", "now"),
    ("Er wordt vanuit auto's gedeald bij de garageboxen", ("criminal", "physical"), "bad", "now"),
    ("De school en de wijkagent kennen elkaar goed", ("institutional", "social"), "good", "now"),
    ("Jongens van veertien krijgen geld om op de uitkijk te staan", ("criminal", "social"), "bad", "now"),
    ("Straks komen er tweehonderd woningen bij zonder speelplek", ("physical", "institutional"), "bad", "future"),
    ("الشارع مظلم في المساء", ("physical",), "bad", "now"),
)


TRANSLATION = "'s Avonds is het donker in de straat"


CONDITIONS = (
    "Dat we na een maand horen wat er met onze punten is gebeurd",
    "Vaste mensen die we kennen",
    "Dat jongeren echt mogen meekiezen",
)


DIFFERENT = ("Iets meer tijd om aan tafel te praten", "Graag ook een keer overdag")


@dataclass
class Person:
    """Somebody with a phone."""

    number: int
    group: str
    phone: HttpPhone


@dataclass
class Play:
    """One evening under way. ``tempo`` 1 can be watched; 0 does not wait. ``wrong`` collects what did not add up."""

    origin: str
    code: str
    chance: random.Random
    tempo: float = 1.0
    say: Callable[[str], None] = print
    people: list[Person] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    began: float = field(default_factory=time.monotonic)
    out_of_reach: set[int] = field(default_factory=set)
    _is_over: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        threading.Thread(target=self._stay_in_touch, daemon=True).start()

    def _stay_in_touch(self) -> None:
        """Phones without a stream ask how things stand; else the console would call all of them out of reach."""
        while not self._is_over.wait(5):
            for person in tuple(self.people):
                if person.number not in self.out_of_reach and person.phone.room:
                    with suppress(httpx.HTTPError, RuntimeError):
                        person.phone.http.get(f"{person.phone.room}/stand")

    def tell(self, sentence: str) -> None:
        passed = int(time.monotonic() - self.began)
        self.say(f"{passed // 60:02d}:{passed % 60:02d}  {sentence}")

    def wait(self, seconds: float) -> None:
        time.sleep(seconds * self.tempo)

    def together(self, what: Callable[[Person, random.Random], None], people: Sequence[Person], spread: float) -> None:
        """Everybody does the same, each at an own moment within ``spread`` seconds."""
        moments = [(person, self.chance.random() * spread, self.chance.randrange(2**32)) for person in people]

        def one(person: Person, moment: float, seed: int) -> None:
            self.wait(moment)
            what(person, random.Random(seed))  # noqa: S311 - play, not secrecy

        with ThreadPoolExecutor(max(1, len(moments))) as hall:
            for answer in [hall.submit(one, *each) for each in moments]:
                answer.result()

    def come_in(self, groups: dict[str, int], spread: float) -> None:
        coming = [group for group, n in groups.items() for _ in range(n)]
        self.chance.shuffle(coming)
        first = len(self.people)
        new = [Person(first + n + 1, group, HttpPhone(self.origin)) for n, group in enumerate(coming)]
        self.together(lambda person, _chance: self._enter(person), new, spread)
        self.people += new
        self.tell(f"{len(new)} mensen kwamen binnen met hun telefoon. Er zijn nu {len(self.people)} telefoons.")

    def _enter(self, person: Person) -> None:
        person.phone.join(self.code, person.group)

    def vote(self, people: Sequence[Person] | None = None, spread: float = 12) -> int:
        """Everybody fills in the ballot that stands on the own screen; returns how many the room took in whole."""
        taken: list[bool] = []

        def one(person: Person, chance: random.Random) -> None:
            page = person.phone.look()
            if "stem" not in page.forms:  # sent already: the page says so instead of asking again
                taken.append("Verstuurd" in page.text)
                return
            form = page.form("stem")
            sent = {**form.values, **ballot(form, chance)}
            answer = person.phone.http.post(form.action, data=sent, headers={"accept": "application/json"})
            taken.append(answer.status_code == 200 and answer.json()["complete"])

        asked = self.people if people is None else people
        self.together(one, asked, spread)
        self.tell(f"{sum(taken)} van de {len(asked)} telefoons hebben ingestuurd.")
        return sum(taken)

    def write(self, form_key: str, texts: Sequence[Any], spread: float = 10) -> None:
        """The first people each write one of ``texts``."""
        given = dict(zip((p.number for p in self.people), texts, strict=False))

        def one(person: Person, _chance: random.Random) -> None:
            told = given[person.number]
            if isinstance(told, str):
                person.phone.write(form_key, told)
            else:
                text, environments, tone, moment = told
                person.phone.write(form_key, text, environments=list(environments), tone=tone, moment=moment)

        self.together(one, [p for p in self.people if p.number in given], spread)
        self.tell(f"{len(given)} kaartjes geschreven.")

    def leave(self, group: str) -> None:
        going = [person for person in self.people if person.group == group]
        for person in going:
            person.phone.http.post(f"{person.phone.room}/weg")
        self.people = [person for person in self.people if person.group != group]
        self.tell(f"{len(going)} mensen van {group} moeten weg. Zij tellen niet meer mee bij wie er is.")

    def check(self, what: str, found: int, wanted: int) -> None:
        if found != wanted:
            self.wrong.append(f"{what}: {found}, het moeten er {wanted} zijn")

    def close(self) -> None:
        self._is_over.set()
        for person in self.people:
            person.phone.close()


def ballot(form: Form, chance: random.Random) -> dict[str, str]:
    """A whole ballot by chance, from what can be chosen on the page: one of every choice, five dots over the rest."""
    choices: dict[str, list[str]] = {}
    for name, value, _words in form.labels:
        choices.setdefault(name, []).append(value)
    # Most people stand somewhere in the middle; without that every picture would be flat.
    sent = {name: chance.choice([*values, *values[1:4]]) for name, values in choices.items() if all(values)}
    dots = [name for name, values in choices.items() if values == [""]]
    given = dict.fromkeys(dots, 0)
    weights = [len(dots) - place for place in range(len(dots))]
    while dots and sum(given.values()) < min(5, 3 * len(dots)):
        name = chance.choices(dots, weights)[0]
        given[name] = min(3, given[name] + 1)
    return sent | {name: str(n) for name, n in given.items() if n}
