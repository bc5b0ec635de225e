"""`make evening`: an evening of 34 people, played at a tempo that can be watched. Prints in Dutch what happens.

Twenty-five people come in with a phone, through the real door over HTTP; nine have none and fill in cards that the
facilitator types over. Four come late, two leave early. The people are invented; which of them chooses what follows
from the seed. Started without an address it starts the program itself, over a database of its own, and says where to
look. With an address and a code only the people come, and the facilitator is you.
"""

from __future__ import annotations

import argparse
import os
import random
import secrets
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.e2e.page_reading import Form
from tests.e2e.phone import HttpPhone
from workshop.actions.evening import (
    console_view,
    merging_groups,
    moderation,
    on_paper,
    practice,
    running,
    session_plans,
    sessions,
    settling,
    voting,
    wall_view,
)
from workshop.actions.people.setting_up import make_first_administrator, set_up_link_token
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan
from workshop.address import own_address
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.stage import View
from workshop.domain.roles import Role, Staff
from workshop.domain.thread.items import Tone
from workshop.opening import ROOT, leave, the_store
from workshop.store import Store

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
LATER = "Op 12 december hangt het verslag in het buurthuis. In januari zien we elkaar weer."


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


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


@dataclass
class Prepared:
    """An evening that is ready to be played, and how to look along."""

    facilitator: Staff
    username: str
    password: str
    wijkplan_id: str
    session_id: str
    code: str
    groups: dict[str, str]
    steps: dict[str, str]


def prepare(store: Store) -> Prepared:
    """An invented wijkplan on real areas with one evening on the script, and an account to look along with."""
    username, password = "begeleider@voorbeeld.nl", f"molen wijk {secrets.token_hex(4)}"
    token = set_up_link_token(store)
    if token is None:
        raise SystemExit("In deze map staat al een avond. Kies een andere map met KOPPELVLAK_VAR, of haal haar weg.")
    admin = make_first_administrator(store, token, username, "Begeleider", password)
    plan = NewWijkplan(
        title="Samen in de Componistenwijk (oefening)",
        municipality_code="GM0308",
        municipality_name="Baarn",
        areas=(PlanArea("BU03080100", "Componistenwijk", "buurt"),),
        partners=("Gemeente", "Politie", "Woningcorporatie"),
        groups=("Bewoners", "Jongeren", "Ondernemers", "Politie", "Gemeente", "Woningcorporatie"),
    )
    wijkplan_id = make_wijkplan(store, admin, plan)
    who = Staff(admin.account_id, admin.display_name, True, {wijkplan_id: frozenset({Role.OWNER})})
    session_id = sessions.plan_session(
        store, who, wijkplan_id, title="Avond in het buurthuis", sprint=2, held_on=store.now().date(), place="Buurthuis"
    )
    steps = {
        key: sessions.add_step(store, who, session_id, key, minutes=minutes)
        for key, minutes in (("commitment", 15), ("environments", 20), ("risk_dots", 15), ("checkout", 5))
    }
    sessions.translate_step(store, who, steps["commitment"], "en", "Where do you stand right now?")
    sessions.translate_step(store, who, steps["commitment"], "ar", "أين تقف الآن؟")
    view = console_view.see_console(store, who, session_id)
    groups = {name: group_id for group_id, name in view.groups}
    code = view.session.code or ""
    return Prepared(who, username, password, wijkplan_id, session_id, code, groups, steps)


class Facilitator:
    """Does through the actions what the console does; one method per moment of the evening."""

    def __init__(self, store: Store, made: Prepared, play: Play) -> None:
        self.store, self.made, self.play = store, made, play
        self.who = made.facilitator

    def open_room(self) -> None:
        running.open_room(self.store, self.who, self.made.session_id)
        self.play.tell(f"De zaal gaat open. De code op het scherm is {self.made.code[:4]}-{self.made.code[4:]}.")

    def open(self, key: str) -> None:
        step = self.made.steps[key]
        running.put_on_wall(self.store, self.who, self.made.session_id, View.STEP, step_id=step)
        self.play.wait(4)
        running.open_step(self.store, self.who, step)
        self.play.tell(f"Open: {self._title(key)}")

    def merge(self, from_name: str, into_name: str) -> None:
        ids = self.made.groups
        n = merging_groups.merge_groups(self.store, self.who, self.made.wijkplan_id, ids[from_name], ids[into_name])
        self.play.tell(f"{from_name} ({n} mensen) gaat samen met {into_name}: apart zijn ze te klein om te tonen.")

    def cards(self) -> int:
        """Type the nine cards over, one by one."""
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        assert view.now is not None and view.now.round_id is not None
        questions = voting.questions_of(self.store, view.now.round_id)
        entered = 0
        for group, n in ON_PAPER.items():
            for _card in range(n):
                self.play.wait(1)
                form = practice.chance_answers(questions, self.play.chance)
                on_paper.enter_paper_ballot(
                    self.store, self.who, view.now.round_id, group_id=self.made.groups[group], form=form
                )
                entered += 1
        self.play.tell(f"De begeleider typte {entered} kaarten op papier over.")
        return entered

    def release(self) -> list[str]:
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        waiting = [item.id for item in view.notes_waiting]
        for item in view.notes_waiting:
            if item.text == FINDINGS[-1][0]:
                moderation.translate(self.store, self.who, item.id, TRANSLATION)
                self.play.tell("Bij een kaartje in het Arabisch staat nu een vertaling.")
        if waiting:
            moderation.release(self.store, self.who, waiting)
        self.play.tell(f"{len(waiting)} kaartjes zijn bekeken en staan op het scherm.")
        return waiting

    def finish(self, key: str, *, wanted: int | None = None) -> None:
        step = self.made.steps[key]
        running.stop_step(self.store, self.who, step)
        if wanted is not None:
            view = console_view.see_console(self.store, self.who, self.made.session_id)
            done = next(s.done for s in view.steps if s.id == step)
            self.play.check(self._title(key), done, wanted)
        self.play.wait(3)
        running.show_outcome(self.store, self.who, step)
        told = wall_view.see_wall(self.store, self.who, self.made.session_id).story
        self.play.tell(f"Uitslag: {told.lead if told else ''} {told.turnout if told else ''}".rstrip())

    def settle(self, key: str, n: int) -> None:
        rows = settling.see_settling(self.store, self.who, self.made.steps[key]).rows
        going = [row.item.id for row in rows if row.item.tone is not Tone.GOOD][:n]
        settling.settle_step(
            self.store, self.who, self.made.steps[key], goes_on=going, reasons={}, rest_reason="Minder vaak genoemd"
        )
        self.play.tell(f"Afgerond: {len(going)} onderwerpen gaan door.")

    def end(self) -> None:
        running.put_on_wall(self.store, self.who, self.made.session_id, View.CLOSING, text=LATER)
        self.play.tell("Op het scherm staat wat we hoorden, en wanneer mensen meer horen.")
        self.play.wait(6)
        running.close_room(self.store, self.who, self.made.session_id)
        self.play.tell("De bijeenkomst is gesloten.")

    def _title(self, key: str) -> str:
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        return next(s.title for s in view.steps if s.id == self.made.steps[key])


def scenes(play: Play, lead: Facilitator) -> list[tuple[str, Callable[[], None]]]:
    """The evening as named scenes, in order; whoever wants to look in between does so between two of them."""

    def baseline_asked() -> None:
        lead.open("commitment")
        play.write("condition", CONDITIONS)

    def baseline_done() -> None:
        sent = play.vote()
        lead.finish("commitment", wanted=sent + lead.cards())

    def baseline_chosen() -> None:
        lead.release()
        lead.settle("commitment", 2)

    def notes_asked() -> None:
        lead.open("environments")
        play.write("finding", FINDINGS)

    def notes_shown() -> None:
        lead.release()
        lead.finish("environments")
        lead.settle("environments", 6)

    def dots_done() -> None:
        play.leave("Politie")
        sent = play.vote()
        lead.finish("risk_dots", wanted=sent + lead.cards())
        lead.settle("risk_dots", 3)

    def checkout() -> None:
        lead.open("checkout")
        play.write("different", DIFFERENT)
        sent = play.vote(spread=8)
        lead.finish("checkout", wanted=sent + lead.cards())

    return [
        ("door", lead.open_room),
        ("coming_in", lambda: play.come_in(ON_TIME, 15)),
        ("merging", lambda: lead.merge("Politie", "Gemeente")),
        ("baseline_asked", baseline_asked),
        ("baseline_done", baseline_done),
        ("baseline_chosen", baseline_chosen),
        ("late", lambda: play.come_in(LATE, 4)),
        ("notes_asked", notes_asked),
        ("notes_shown", notes_shown),
        ("dots_asked", lambda: lead.open("risk_dots")),
        ("dots_done", dots_done),
        ("checkout", checkout),
        ("end", lead.end),
    ]


def play_all(origin: str, made: Prepared, *, seed: int, tempo: float, say: Callable[[str], None] = print) -> list[str]:
    """The whole evening in a process that holds the store; returns what did not add up (nothing, it is hoped)."""
    play = Play(origin, made.code, random.Random(seed), tempo, say)  # noqa: S311 - play, not secrecy
    lead = Facilitator(the_store(), made, play)
    try:
        for _name, scene in scenes(play, lead):
            scene()
            play.wait(4)
    finally:
        play.close()
    total = session_plans.see_sessions(the_store(), made.facilitator, made.wijkplan_id)[0].participants
    play.check("Mensen met een telefoon", total, sum(ON_TIME.values()) + sum(LATE.values()))
    play.tell("Klaar. " + ("Alle aantallen kloppen." if not play.wrong else "; ".join(play.wrong)))
    return play.wrong


def visit(origin: str, code: str, *, seed: int, tempo: float, until: Callable[[], bool] = lambda: False) -> None:
    """Only the people, in a room that somebody else runs: they answer whatever is asked until the room closes."""
    play = Play(origin, code, random.Random(seed), tempo)  # noqa: S311 - play, not secrecy
    play.come_in(ON_TIME, 15)
    answered: set[str] = set()
    is_late = True
    while not until():
        page = play.people[0].phone.look()
        if "stem" in page.forms and (round_id := page.forms["stem"].values["round"][0]) not in answered:
            answered.add(round_id)
            play.vote()
            if is_late:
                is_late = False
                play.come_in(LATE, 4)
        elif "n-finding" in page.forms and (step := page.forms["n-finding"].values["step"][0]) not in answered:
            answered.add(step)
            play.write("finding", FINDINGS)
        elif "afgelopen" in page.text:
            play.tell("De bijeenkomst is gesloten.")
            break
        time.sleep(2)
    play.close()


def serve_and_play(act: Callable[[str, Prepared], list[str]], folder: Path, port: int, *, stay: bool) -> int:
    """Start the program in this process over ``folder``, let ``act`` play in a thread, and stop (or stay) after it."""
    os.environ["KOPPELVLAK_VAR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    os.chdir(ROOT)
    made = prepare(the_store())
    origin = f"http://{own_address() or '127.0.0.1'}:{port}"
    where = f"?plan={made.wijkplan_id}&sessie={made.session_id}"
    print(f"\n  Kijk mee:   {origin}/bediening{where}")
    print(f"  Het scherm: {origin}/scherm{where}")
    print(f"  Aanmelden:  {made.username}   wachtwoord: {made.password}\n", flush=True)
    status = [1]

    def later() -> None:
        try:
            _wait_until_up(port)
            status[0] = 1 if act(origin, made) else 0
        except (WorkshopError, AssertionError, OSError) as problem:
            print(f"De avond stopte: {problem}", file=sys.stderr, flush=True)
        if stay:
            print("Het programma blijft aan. Stoppen: Ctrl+C", flush=True)
            return
        leave()
        sys.stdout.flush()
        os._exit(status[0])

    threading.Thread(target=later, daemon=True).start()
    sys.argv = [str(ROOT / "app.py")]
    from app import app  # noqa: PLC0415 - it reads the arguments above when it is loaded

    app.run(config={"server.port": port, "server.address": "0.0.0.0", "browser.serverAddress": "localhost"})  # noqa: S104
    return status[0]


def _wait_until_up(port: int) -> None:
    for _attempt in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise OSError("het programma startte niet")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="tools.play_evening", description="Speel een avond met 34 mensen na.")
    parser.add_argument("--address", help="van een programma dat al draait, bijvoorbeeld http://192.168.1.5:8501")
    parser.add_argument("--code", help="de code van de zaal, met --address")
    parser.add_argument("--tempo", type=float, default=1.0, help="1: om naar te kijken, 0: zo snel als het kan")
    parser.add_argument("--seed", type=int, default=34, help="een ander getal geeft andere antwoorden")
    parser.add_argument("--port", type=int, default=0, help="anders een vrije poort")
    parser.add_argument("--stay", action="store_true", help="laat het programma daarna aan staan")
    options = parser.parse_args(arguments)
    if options.address:
        if not options.code:
            parser.error("geef met --code de code die op het scherm staat")
        try:
            visit(options.address.rstrip("/"), options.code, seed=options.seed, tempo=options.tempo)
        except (AssertionError, httpx.HTTPError, httpx.InvalidURL):
            told = "De mensen kwamen er niet (meer) in. Klopt het adres, staat de zaal open, en is dit de code?"
            print(told, file=sys.stderr)
            return 1
        return 0
    folder = ROOT / "var" / "evening"
    shutil.rmtree(folder, ignore_errors=True)

    def act(origin: str, made: Prepared) -> list[str]:
        return play_all(origin, made, seed=options.seed, tempo=options.tempo)

    return serve_and_play(act, folder, options.port or free_port(), stay=options.stay)


if __name__ == "__main__":
    sys.exit(main())
