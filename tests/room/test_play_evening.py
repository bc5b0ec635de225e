"""`make evening` with an address: people in a room that somebody else runs."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from tests.e2e.server import AppServer
from tools.play_evening.__main__ import main
from tools.play_evening.facilitator import prepare
from workshop.actions.evening import running
from workshop.actions.evening.pulse import see_pulse
from workshop.store import open_store


def test_an_address_where_nothing_answers_ends_in_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--address", "http://127.0.0.1:9", "--code", "ABCD-EFGH", "--tempo", "0"]) == 1
    assert capsys.readouterr().err == (
        "De mensen kwamen er niet (meer) in. Klopt het adres, staat de zaal open, en is dit de code?\n"
    )


def test_people_come_to_a_program_that_runs_already_and_go_when_it_closes(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'koppelvlak.db'}")
    store.migrate()
    evening = prepare(store)
    step = evening.steps["commitment"]
    running.open_room(store, evening.facilitator, evening.session_id)
    server = AppServer(tmp_path)
    server.start()
    ended: list[int] = []
    asked = ["--address", f"{server.url}/", "--code", evening.code, "--tempo", "0"]
    people = threading.Thread(target=lambda: ended.append(main(asked)))
    try:
        running.open_step(store, evening.facilitator, step)
        people.start()
        for _moment in range(1200):
            pulse = see_pulse(store, evening.session_id)
            if (pulse.present, pulse.done) == (25, 21):
                break
            time.sleep(0.1)
        assert (pulse.present, pulse.done) == (25, 21), "twenty-one voted, four came later"
        running.stop_step(store, evening.facilitator, step)
        running.close_room(store, evening.facilitator, evening.session_id)
        people.join(120)
        assert ended == [0]
    finally:
        server.stop()
        store.close()
