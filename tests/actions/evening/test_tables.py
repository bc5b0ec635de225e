"""A helper at a table may enter cards and release notes in one session, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests.evening import plan_evening
from workshop.actions.evening import console_view, moderation, notes, on_paper, running, tables
from workshop.domain.errors import NotFound, PersonalData, Refused, WorkshopError
from workshop.domain.roles import Stranger, TableHelper
from workshop.domain.thread.items import Environment, Item, ItemState, Tone
from workshop.domain.thread.written import Written
from workshop.store import Store, items, schema


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
    reference = on_paper.enter_paper_ballot(
        store, helper, evening.round_id(step), group_id=evening.groups["Jongeren"], form=card
    )
    note = notes.write_note(
        store, notes.Note(token, step, "1", Written("Een vast gezicht", form_key="condition"))
    ).item.id
    moderation.release(store, helper, [note])
    view = tables.see_table(store, helper, evening.session_id)
    assert (view.step.round_id, [n.id for n in view.notes_released]) == (evening.round_id(step), [note])
    assert [c.reference for c in on_paper.paper_ballots(store, helper, evening.round_id(step))] == [reference]
    for attempt in (
        lambda: running.stop_step(store, helper, step),
        lambda: moderation.blacken(store, helper, note, ["vast"]),
        lambda: console_view.see_console(store, helper, evening.session_id),
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


def test_a_note_on_paper_waits_like_any_other_and_belongs_to_no_phone(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("environments")
    evening.open_room()
    for group, n in (("Bewoners", 6), ("Ondernemers", 3), ("Jongeren", 3)):
        evening.people(n, group)
    helper = tables.helper_by_token(
        store, tables.make_table_link(store, evening.facilitator, evening.session_id, "Tafel")
    )
    say = Written("Donker bij de speeltuin", "finding", environments=["physical"], tone="bad")
    with pytest.raises(Refused, match="nog niet open"):
        notes.write_paper_note(store, helper, step, say)
    running.open_step(store, evening.facilitator, step)
    bewoners, jongeren = evening.groups["Bewoners"], evening.groups["Jongeren"]
    made = [notes.write_paper_note(store, helper, step, say, group_id=g) for g in (bewoners, jongeren, None)]
    running.stop_step(store, evening.facilitator, step)
    made.append(notes.write_paper_note(store, evening.facilitator, step, say))
    with store.read() as conn:
        found: list[Item] = items.items_by_id(conn, made)
        owners = {items.owner_key_of(conn, item_id) for item_id in made}
        lines = (
            conn.execute(select(schema.journal.c.object).where(schema.journal.c.action == "note.paper")).scalars().all()
        )
    assert [(i.text, i.state, i.source, i.group) for i in found] == [
        ("Donker bij de speeltuin", ItemState.WAITING, "paper", group)
        for group in ("Bewoners", "overig", "overig", "overig")
    ]
    assert (found[0].environments, found[0].tone) == (frozenset({Environment.PHYSICAL}), Tone.BAD)
    assert (owners, sorted(lines)) == ({None}, sorted(made))
    assert [n.id for n in tables.see_table(store, helper, evening.session_id).notes_waiting] == [i.id for i in found]
    running.show_outcome(store, evening.facilitator, step)
    with pytest.raises(Refused, match="al getoond"):
        notes.write_paper_note(store, helper, step, say)


def test_a_note_on_paper_is_checked_like_one_from_a_phone(store: Store) -> None:
    evening = plan_evening(store)
    step, own = evening.step("environments"), evening.facilitator
    evening.open_room()
    running.open_step(store, own, step)
    good = Written("Mooi plein", "finding", environments=["physical"], tone="good")
    for wrong, error in (
        ({"text": " "}, WorkshopError),
        ({"text": "Bel 06 12345678"}, PersonalData),
        ({"environments": []}, WorkshopError),
        ({"environments": ["mars"]}, WorkshopError),
        ({"tone": None}, WorkshopError),
        ({"form_key": "niets"}, NotFound),
    ):
        with pytest.raises(error):
            notes.write_paper_note(store, own, step, replace(good, **wrong))
    with pytest.raises(Refused):
        notes.write_paper_note(store, own, step, good, group_id="0" * 32)
    with store.read() as conn:
        assert items.items_of(conn, step_id=step) == []
    kept = notes.write_paper_note(store, own, step, replace(good, text="Bel 06 12345678"), confirmed=True)
    assert len(kept) == 32
