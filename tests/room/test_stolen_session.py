"""T01 over the wire: who knows the id of a Streamlit session gets that session, and with it nothing of its owner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from faults.hall import plan_open_evening
from faults.server import Server
from tests.evening import Evening, staff
from tests.raw_streamlit import RawTab
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.domain.evening.moves import StepState
from workshop.room.frame.cookies import PARTICIPANT, SIGN_IN
from workshop.store import rooms

CONSOLE = "bediening"


def sign_in(evening: Evening, account_id: str) -> str:
    """A sign-in cookie, by the way the form takes."""
    ticket = hand_out_ticket(evening.store, account_id, "pre")
    return f"{SIGN_IN}={redeem_ticket(evening.store, ticket, 'pre')}"


def is_open(evening: Evening, step_id: str) -> bool:
    with evening.store.read() as conn:
        step = rooms.step(conn, step_id)
    return step is not None and step.state is StepState.OPEN


@pytest.mark.parametrize("without", ["", "the look at the cookie"])
def test_a_stolen_session_id_gives_no_right_and_shows_nothing(
    new_sqlite_url: Callable[[], str], tmp_path: Path, without: str
) -> None:
    """And the twin: a server that keeps its visitor in the session's state hands the room over with it."""
    url = new_sqlite_url()
    evening, step_id = plan_open_evening(url)
    (participant,) = evening.people(1)
    # Everybody has voted, so that the button stops at once and does not ask first.
    form = {"stance": ["4"], "experience": ["good"]}
    cast_ballots(evening.store, [Cast(participant, evening.round_id(step_id), form, "b1")])
    owner = sign_in(evening, evening.facilitator.account_id)
    thieves = ("", f"{PARTICIPANT}={participant}", sign_in(evening, staff(evening.store, "vreemd").account_id))
    private = ("Avond in Baarn-Noord", "Veilig in Baarn-Noord", f"{evening.code[:4]}-{evening.code[4:]}")
    address = f"plan={evening.wijkplan_id}&sessie={evening.session_id}"
    with Server(url, tmp_path, without=without) as server, RawTab(server.address, cookie=owner) as tab:
        shown = tab.open(CONSOLE, address)
        assert all(word in shown for word in private)
        stop = tab.buttons["Stop de stemming"]
        for cookie in thieves:
            with RawTab(server.address, cookie=cookie, session_id=tab.session_id) as stolen:
                seen = stolen.open(CONSOLE, address) + stolen.open(CONSOLE, address, press=stop)
            # Streamlit does hand over the session: what protects its owner is ours.
            assert stolen.session_id == tab.session_id
            if without:
                break
            assert [word for word in private if word in seen] == []
            assert is_open(evening, step_id)
        if without:
            assert private[0] in seen and not is_open(evening, step_id)
        else:
            with RawTab(server.address, cookie=owner, session_id=tab.session_id) as back:
                assert private[0] in back.open(CONSOLE, address)
                back.open(CONSOLE, address, press=back.buttons["Stop de stemming"])
            assert not is_open(evening, step_id)
    evening.store.close()
