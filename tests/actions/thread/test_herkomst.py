"""Herkomst through the store: chains over merged and parked items, no circles, an authority, the own fate."""

from __future__ import annotations

import pytest

from tests.evening import plan_evening
from workshop.actions.evening import moderation, notes, running, settling
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.thread import herkomst
from workshop.actions.thread.herkomst import Fate
from workshop.domain.errors import NotFound, Refused
from workshop.domain.thread.details import Authority, Details
from workshop.domain.thread.items import ItemKind, ItemState
from workshop.domain.thread.written import Written
from workshop.store import Store, items


def test_the_line_runs_from_an_action_to_the_notes_also_over_a_merge_and_a_parked_idea(store: Store) -> None:
    evening = plan_evening(store, sprint=2)

    def desk(kind: ItemKind, text: str, sprint: int, *origin: str) -> str:
        who = (store, evening.facilitator, evening.wijkplan_id)
        return herkomst.add_from_desk(*who, kind=kind, written=Written(text), sprint=sprint, origin=origin)

    step = evening.step("environments")
    evening.open_room()
    people = evening.people(6)
    running.open_step(store, evening.facilitator, step)
    written = [
        notes.write_note(
            store,
            notes.Note(
                token, step, "n", Written(text, form_key="finding", environments=["physical"], tone="bad", moment="now")
            ),
        ).item.id
        for token, text in zip(people, ("Donker bij het veld", "Geen licht", "Eng in het donker"), strict=False)
    ]
    moderation.release(store, evening.facilitator, written)
    merged = moderation.merge(store, evening.facilitator, written, "Te weinig licht")
    hidden = notes.write_note(
        store,
        notes.Note(
            people[3],
            step,
            "n",
            Written("Niet voor de zaal", form_key="finding", environments=["social"], tone="bad", moment="now"),
        ),
    ).item.id
    evening.run(step)
    settling.settle_step(store, evening.facilitator, step, goes_on=[], rest_reason="Eerst meten")
    risk = desk(ItemKind.RISK, "Mensen mijden het veld", 2, merged)
    wish = desk(ItemKind.WISH, "Het veld is 's avonds van ons", 3, risk)
    action = desk(ItemKind.ACTION, "Lantaarns op bewegingsmelder", 7, wish)

    line = "actie ← wens ← risico ← bevinding (fysiek) ← 3 kaartjes ← sprint 2, 24 november 2026"
    told = herkomst.see_herkomst(store, evening.facilitator, evening.wijkplan_id, action)
    assert told.line == line
    assert [[n.id for n in layer] for layer in told.before] == [[wish], [risk], [merged], sorted(written)]
    by_id = {i.id: i for i in see_snapshot(store, evening.facilitator, evening.wijkplan_id).items}
    assert by_id[action].origin_line == line

    assert herkomst.fate_of_own(store, people[0], evening.session_id) == [
        Fate(
            written[0],
            "Donker bij het veld",
            "kaartje → bevinding (fysiek) → risico → wens → actie; nog niet besloten",
        )
    ]
    assert herkomst.fate_of_own(store, people[3], evening.session_id) == []
    assert herkomst.fate_of_own(store, "somebody else", evening.session_id) == []

    notes.withdraw_note(store, people[0], written[0])
    again = herkomst.see_herkomst(store, evening.facilitator, evening.wijkplan_id, action)
    assert again.line == line
    erased = next(n for n in again.before[3] if n.id == written[0])
    assert (erased.state, erased.text) == (ItemState.WITHDRAWN, "")
    waiting = herkomst.see_herkomst(store, evening.facilitator, evening.wijkplan_id, hidden)
    assert waiting.node.text == ""


def test_an_item_at_the_desk_names_its_origin_or_its_authority(store: Store) -> None:
    evening = plan_evening(store)
    who = (store, evening.facilitator, evening.wijkplan_id)
    with pytest.raises(Refused, match="Kies waar dit vandaan komt"):
        herkomst.add_from_desk(*who, kind=ItemKind.IDEA, written=Written("Zomaar"), sprint=4)
    first = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written("Eenzaam"), sprint=1)
    legal = herkomst.add_from_desk(
        *who,
        kind=ItemKind.ACTION,
        written=Written("Toezicht"),
        sprint=7,
        authority=Authority.DRIEHOEK,
        authority_note="Overleg mei",
    )
    lines = {i.id: i.origin_line for i in see_snapshot(*who).items}
    assert lines[legal] == "actie ← prioriteit van de driehoek: Overleg mei"
    assert lines[first] == "uit: aan het bureau toegevoegd, sprint 1"
    with pytest.raises(NotFound):
        herkomst.add_from_desk(*who, kind=ItemKind.IDEA, written=Written("X"), sprint=4, origin=["0" * 32])


def test_pointing_back_refuses_circles_and_keeps_what_was_merged(store: Store) -> None:
    evening = plan_evening(store)
    who = (store, evening.facilitator, evening.wijkplan_id)
    pain = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written("Eenzaam"), sprint=1)
    other = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written("Niemand kent elkaar"), sprint=1)
    idea = herkomst.add_from_desk(*who, kind=ItemKind.IDEA, written=Written("Buurtmaaltijd"), sprint=4, origin=[pain])
    for wrong in (idea, pain):
        with pytest.raises(Refused, match="dan komt iets uit zichzelf voort"):
            herkomst.point_back(store, evening.facilitator, pain, origin=[wrong])
    herkomst.point_back(
        store, evening.facilitator, idea, origin=[pain, other], authority=Authority.COUNCIL, authority_note="Motie 12"
    )
    with store.read() as conn:
        found = items.item(conn, idea)
    assert found is not None and set(found.origin) == {pain, other}
    assert found.details == Details(authority=Authority.COUNCIL, authority_note="Motie 12")
    herkomst.point_back(store, evening.facilitator, idea, origin=[other])
    with store.read() as conn:
        found = items.item(conn, idea)
    assert found is not None and (found.origin, found.details) == ((other,), Details())
    merged = moderation.merge(store, evening.facilitator, [pain, other], "Alleen")
    with pytest.raises(Refused, match="samengevoegd uit andere kaartjes"):
        herkomst.point_back(store, evening.facilitator, merged, origin=[])
