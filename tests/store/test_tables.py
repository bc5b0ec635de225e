"""A helper at a table may enter cards and release notes in one session, and nothing else."""

from __future__ import annotations

import pytest

from tests.evening import plan_evening
from workshop.actions import notes, running, seeing, tables, voting
from workshop.domain.errors import NotFound
from workshop.domain.roles import Stranger, TableHelper
from workshop.store import Store


def test_a_table_helper_enters_a_card_and_releases_a_note_but_runs_nothing(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(store, evening.facilitator, step)
    secret = tables.make_table_link(store, evening.facilitator, evening.session_id, "Tafel bij het raam")
    helper = tables.helper_by_token(store, secret)
    assert isinstance(helper, TableHelper) and helper.label == "Tafel bij het raam"
    card = {"stance": ["2"], "experience": ["good"]}
    reference = voting.enter_paper_ballot(
        store, helper, evening.round_id(step), group_id=evening.groups["Jongeren"], form=card
    )
    note = notes.write_note(
        store, token, step_id=step, form_key="condition", text="Een vast gezicht", note_id="1"
    ).item.id
    notes.release(store, helper, [note])
    view = tables.see_table(store, helper, evening.session_id)
    assert (view.step.round_id, [n.id for n in view.notes_released]) == (evening.round_id(step), [note])
    assert [c.reference for c in voting.paper_ballots(store, helper, evening.round_id(step))] == [reference]
    for attempt in (
        lambda: running.stop_step(store, helper, step),
        lambda: notes.blacken(store, helper, note, ["vast"]),
        lambda: seeing.see_console(store, helper, evening.session_id),
        lambda: tables.make_table_link(store, helper, evening.session_id, "Nog een"),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_a_revoked_link_and_a_closed_evening_open_nothing(store: Store) -> None:
    evening = plan_evening(store)
    evening.step("commitment")
    secrets = [tables.make_table_link(store, evening.facilitator, evening.session_id, f"Tafel {n}") for n in (1, 2)]
    first, _second = tables.see_table_links(store, evening.facilitator, evening.session_id)
    tables.revoke_table_link(store, evening.facilitator, evening.session_id, first.link_id)
    found = [tables.helper_by_token(store, secret) for secret in secrets]
    assert [isinstance(one, TableHelper) for one in found] == [False, True]
    evening.open_room()
    running.close_room(store, evening.facilitator, evening.session_id)
    assert tables.helper_by_token(store, secrets[1]) == Stranger()
