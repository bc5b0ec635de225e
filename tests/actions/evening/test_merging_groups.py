"""Small groups put together before a secret step, and taken apart again; every count stays right."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.actions.evening.test_an_evening import vote
from tests.evening import Evening, plan_evening
from workshop.actions.evening import console_view, joining, merging_groups, running
from workshop.actions.evening.closing import see_closing
from workshop.domain.errors import NotFound, Refused
from workshop.domain.roles import Stranger
from workshop.store import Store, rooms, schema


def an_evening(store: Store) -> tuple[Evening, str]:
    """Six residents, two entrepreneurs, three youngsters, and a secret step that is next."""
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    for n, group in ((6, "Bewoners"), (2, "Ondernemers"), (3, "Jongeren")):
        evening.people(n, group)
    return evening, step


def merge(evening: Evening, from_name: str, into_name: str) -> int:
    return merging_groups.merge_groups(
        evening.store, evening.facilitator, evening.wijkplan_id, evening.groups[from_name], evening.groups[into_name]
    )


def unmerge(evening: Evening, name: str) -> int:
    return merging_groups.unmerge_groups(evening.store, evening.facilitator, evening.wijkplan_id, evening.groups[name])


def look(evening: Evening) -> console_view.ConsoleView:
    return console_view.see_console(evening.store, evening.facilitator, evening.session_id)


def test_two_small_groups_together_are_shown_apart_from_the_rest(store: Store) -> None:
    evening, step = an_evening(store)
    before = look(evening)
    assert [(name, n) for _id, name, n in before.small_groups] == [("Ondernemers", 2), ("Jongeren", 3)]
    assert merge(evening, "Ondernemers", "Jongeren") == 2
    after = look(evening)
    assert after.present_by_group == {"Bewoners": 6, "Jongeren": 5}
    assert (after.small_groups, after.folding_preview) == ((), ())
    assert [line[1:] for line in after.merged] == [("Ondernemers", "Jongeren")]
    assert [name for _id, name in joining.find_room(store, evening.code).groups] == ["Bewoners", "Jongeren"]
    running.open_step(store, evening.facilitator, step)
    for token in evening.tokens:
        vote(evening, step, token, stance=4, experience="good")
    evening.run(step)
    with store.read() as conn:
        told = rooms.last_round(conn, step)
    assert told is not None and told.outcome is not None
    assert told.outcome["groups"] == {"Bewoners": 6, "Jongeren": 5}


def test_taking_it_back_brings_back_exactly_who_moved(store: Store) -> None:
    evening, _step = an_evening(store)
    assert merge(evening, "Ondernemers", "Jongeren") == 2
    assert merge(evening, "Jongeren", "Bewoners") == 5
    assert look(evening).present_by_group == {"Bewoners": 11}
    assert [line[1] for line in look(evening).merged] == ["Jongeren"], "only the last one can be taken back"
    assert unmerge(evening, "Jongeren") == 5
    assert unmerge(evening, "Ondernemers") == 2
    assert look(evening).present_by_group == {"Bewoners": 6, "Ondernemers": 2, "Jongeren": 3}
    assert look(evening).merged == ()


def test_who_chose_another_group_meanwhile_stays_there(store: Store) -> None:
    evening, _step = an_evening(store)
    token = evening.tokens[6]
    merge(evening, "Ondernemers", "Jongeren")
    joining.join(store, evening.code, group_id=evening.groups["Bewoners"], token=token)
    assert unmerge(evening, "Ondernemers") == 1
    assert look(evening).present_by_group == {"Bewoners": 7, "Ondernemers": 1, "Jongeren": 3}


def test_who_left_and_comes_back_does_not_stand_alone(store: Store) -> None:
    evening, _step = an_evening(store)
    with store.write() as conn:
        seat = conn.execute(
            select(schema.participant.c.id).where(schema.participant.c.group_id == evening.groups["Ondernemers"])
        ).first()
        assert seat is not None
        rooms.change_participant(conn, seat.id, left_at=store.now())
    assert merge(evening, "Ondernemers", "Jongeren") == 2
    assert look(evening).present_by_group == {"Bewoners": 6, "Jongeren": 4}
    assert see_closing(store, evening.session_id).presence.groups == {"Bewoners": 6, "Jongeren": 5}


def test_nothing_moves_while_a_step_is_open(store: Store) -> None:
    evening, step = an_evening(store)
    merge(evening, "Ondernemers", "Jongeren")
    running.open_step(store, evening.facilitator, step)
    with pytest.raises(Refused, match="is nu open"):
        merge(evening, "Jongeren", "Bewoners")
    with pytest.raises(Refused, match="is nu open"):
        unmerge(evening, "Ondernemers")
    assert look(evening).present_by_group == {"Bewoners": 6, "Jongeren": 5}


def test_what_makes_no_sense_is_refused_with_a_sentence(sqlite_store: Store) -> None:
    evening, _step = an_evening(sqlite_store)
    with pytest.raises(Refused, match="twee verschillende"):
        merge(evening, "Jongeren", "Jongeren")
    with pytest.raises(Refused, match="staat al in de lijst"):
        unmerge(evening, "Jongeren")
    merge(evening, "Ondernemers", "Jongeren")
    with pytest.raises(NotFound):
        merge(evening, "Ondernemers", "Bewoners")
    for person in (Stranger(), evening.facilitator):
        wijkplan = evening.wijkplan_id if isinstance(person, Stranger) else "0" * 32
        with pytest.raises(NotFound):
            merging_groups.merge_groups(
                sqlite_store, person, wijkplan, evening.groups["Jongeren"], evening.groups["Bewoners"]
            )


def test_the_journal_holds_the_merge_and_no_people(sqlite_store: Store) -> None:
    evening, _step = an_evening(sqlite_store)
    merge(evening, "Ondernemers", "Jongeren")
    unmerge(evening, "Ondernemers")
    with sqlite_store.read() as conn:
        lines = conn.execute(
            select(schema.journal.c.action, schema.journal.c.details)
            .where(schema.journal.c.action.in_(["group.merge", "group.unmerge"]))
            .order_by(schema.journal.c.number)
        ).all()
    assert [tuple(line) for line in lines] == [
        ("group.merge", {"into": evening.groups["Jongeren"], "people": 2}),
        ("group.unmerge", {"people": 2}),
    ]
