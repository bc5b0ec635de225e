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
import shutil
import socket
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import httpx

from tools.play_evening.facilitator import Facilitator, Prepared, prepare
from tools.play_evening.people import CONDITIONS, DIFFERENT, FINDINGS, LATE, ON_TIME, Play
from workshop.actions.evening import (
    session_plans,
)
from workshop.address import own_address
from workshop.domain.errors import WorkshopError
from workshop.opening import ROOT, leave, the_store


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


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
