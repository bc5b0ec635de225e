"""A real child: what it gets, how it may end, and that nobody keeps waiting for it."""

from __future__ import annotations

import dataclasses
import json
import logging
import os
import pickle
import signal
from pathlib import Path
from threading import Event, Timer

import pytest

from tests.jobs.odd_kinds import MUCH, PRIVATE
from workshop.domain.jobs import Failure
from workshop.jobs import making
from workshop.jobs.limits import Limits

KINDS = "tests.jobs.odd_kinds"
ROOMY = Limits()
TIGHT = dataclasses.replace(ROOMY, memory=400 << 20)


def made(kind: str, *, limits: Limits = ROOMY, material: object = PRIVATE, language: str = "nl") -> bytes:
    return making.make(KINDS, kind, language, material, limits=limits, stop=Event()).data


def how_it_failed(kind: str, *, limits: Limits = ROOMY) -> Failure:
    with pytest.raises(making.Failed) as failed:
        made(kind, limits=limits)
    return failed.value.failure


def test_a_child_has_no_database_and_no_text_in_its_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////geheim.db")
    monkeypatch.setenv("KOPPELVLAK_VAR", "/geheim")

    told = made("say").decode()

    assert "DATABASE_URL" not in told
    assert "KOPPELVLAK" not in told
    assert PRIVATE not in told
    assert "workshop.jobs.child" in told


def test_twin_a_child_that_gets_all_our_surroundings_knows_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////geheim.db")
    monkeypatch.setattr(making, "_PASSED_ON", tuple(os.environ))
    assert "DATABASE_URL" in made("say").decode()


def test_a_child_lets_everybody_go_first() -> None:
    assert "nice=19" in made("say").decode()


def test_what_a_library_prints_never_stands_in_the_file_or_in_ours(capfd: pytest.CaptureFixture[str]) -> None:
    assert made("print") == b"goed"
    assert PRIVATE not in "".join(capfd.readouterr())


def test_a_large_material_and_a_large_result_come_through_whole() -> None:
    text = "x" * (3 << 20)
    assert made("echo", material=text) == text.encode()


def test_a_child_speaks_the_language_it_is_told() -> None:
    assert made("speak", language="en") != made("speak", language="nl")


@pytest.mark.parametrize(
    ("kind", "limits", "failure"),
    [
        ("crash", ROOMY, Failure.CRASHED),
        ("die", ROOMY, Failure.CRASHED),
        ("no such kind", ROOMY, Failure.CRASHED),
        ("grow", TIGHT, Failure.TOO_LARGE),
        ("echo", dataclasses.replace(ROOMY, size=5), Failure.TOO_LARGE),
        ("hang", dataclasses.replace(ROOMY, seconds=2.0), Failure.TOO_SLOW),
    ],
)
def test_a_child_that_goes_wrong_ends_and_says_how(kind: str, limits: Limits, failure: Failure) -> None:
    assert how_it_failed(kind, limits=limits) is failure


def test_twin_the_same_child_with_a_limit_that_lets_everything_through_is_not_ended() -> None:
    """It was the limit: without it the large job is done, and with it a small one is, too."""
    assert made("grow", limits=dataclasses.replace(ROOMY, memory=1 << 40)) == str(MUCH).encode()
    assert made("echo", limits=TIGHT) == PRIVATE.encode()


def test_a_crash_is_logged_by_its_place_and_not_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        how_it_failed("crash")
    assert "ValueError in odd_kinds.py" in caplog.text
    assert PRIVATE not in caplog.text


def test_who_stops_waits_for_no_child() -> None:
    stop = Event()
    Timer(1.0, stop.set).start()
    with pytest.raises(making.Stopped):
        making.make(KINDS, "hang", "nl", None, limits=ROOMY, stop=stop)


def test_a_child_ends_with_its_server() -> None:
    """A server that is killed closes its end of the line, and nothing else is needed."""
    child = making.start_child()
    assert child.stdin is not None and child.stdout is not None
    material = pickle.dumps([])
    head = {"kinds": KINDS, "kind": "hang", "language": "nl", "memory": ROOMY.memory, "length": len(material)}
    child.stdin.write(json.dumps(head).encode() + b"\n" + material)
    child.stdin.close()
    assert child.wait(timeout=60) == 1
    child.stdout.close()


def test_a_key_pressed_in_the_terminal_does_not_end_a_child() -> None:
    child = making.start_child()
    assert child.stdin is not None and child.stdout is not None
    material = pickle.dumps([])
    head = {"kinds": KINDS, "kind": "say", "language": "nl", "memory": ROOMY.memory, "length": len(material)}
    _wait_until_it_ignores(child.pid)
    child.send_signal(signal.SIGINT)
    child.stdin.write(json.dumps(head).encode() + b"\n" + material)
    child.stdin.flush()
    told = child.stdout.read()
    assert child.wait(timeout=60) == 0
    assert b"workshop.jobs.child" in told
    child.stdin.close()
    child.stdout.close()


def _wait_until_it_ignores(pid: int) -> None:
    """Ignoring SIGINT is the first thing a child does."""
    while True:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
        mask = next(line.split()[1] for line in status.splitlines() if line.startswith("SigIgn"))
        if int(mask, 16) >> (signal.SIGINT - 1) & 1:
            return
