"""The chain from commitment to a fixed result, through the real actions on both databases."""

from __future__ import annotations

import json
from datetime import date

import pytest
from sqlalchemy import select

from tests.evening import BAARN, Evening, plan_evening, session_in, staff, with_role
from workshop.actions.evening import (
    console_view,
    moderation,
    notes,
    on_paper,
    room_view,
    running,
    session_plans,
    sessions,
    settling,
    wall_view,
)
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.votes.door import Cast, Receipt, cast_ballots
from workshop.actions.sprints import fixing
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.wijkplan import joint_task
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, make_wijkplan
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.evening.moves import StepState
from workshop.domain.evening.stage import View
from workshop.domain.roles import Role, Stranger
from workshop.domain.thread.items import ItemKind, ItemState
from workshop.domain.thread.written import Written
from workshop.store import Store, items, journal, rooms, schema


def vote(
    evening: Evening, step_id: str, token: str, *, change: int = 1, ballot_id: str = "b1", **form: object
) -> Receipt:
    fields = {name.replace("__", "."): [str(value)] for name, value in form.items()}
    cast = Cast(token, evening.round_id(step_id), fields, ballot_id, change)
    answer = cast_ballots(evening.store, [cast])[0]
    if isinstance(answer, WorkshopError):
        raise answer
    return answer


def dots(evening: Evening, step_id: str, token: str, given: dict[str, int]) -> Receipt:
    return vote(evening, step_id, token, **{f"dots__{item}": n for item, n in given.items()})


def write(evening: Evening, step_id: str, token: str, text: str, *environments: str, n: int = 1) -> str:
    return notes.write_note(
        evening.store,
        notes.Note(
            token,
            step_id,
            f"n{n}",
            Written(text, form_key="finding", environments=environments, tone="bad", moment="now"),
        ),
    ).item.id


def test_commitment_mapping_and_risk_voting_hand_over_exactly_what_was_chosen(store: Store) -> None:
    first = plan_evening(store, sprint=1)
    baseline = first.step("commitment")
    first.open_room()
    residents, shops = first.people(6), first.people(2, "Ondernemers")
    running.open_step(store, first.facilitator, baseline)
    for token, stance in zip(residents + shops, (4, 5, 2, 4, 3, 1, 2, 4), strict=True):
        vote(first, baseline, token, stance=stance, experience="neutral")
    chosen = notes.write_note(
        store,
        notes.Note(residents[0], baseline, "c1", Written("Dat we horen wat ermee gebeurt.", form_key="condition")),
    ).item.id
    moderation.release(store, first.facilitator, [chosen])
    conclusion = notes.add_item(
        store,
        first.facilitator,
        first.wijkplan_id,
        kind=ItemKind.CONCLUSION,
        written=Written("We bellen terug."),
        step_id=baseline,
    )
    first.run(baseline)
    assert (
        joint_task.write_joint_task(store, first.facilitator, first.wijkplan_id, "Samen maken we het plein veilig.")
        == 1
    )
    with pytest.raises(Refused):
        settling.settle_step(store, first.facilitator, baseline, goes_on=[conclusion])
    settling.settle_step(store, first.facilitator, baseline, goes_on=[conclusion], rest_reason="Geldt al.")
    result = fixing.fix_result(store, first.facilitator, first.wijkplan_id, 1, unseen_reason="Volgt nog.")
    assert (result.sprint, result.version, result.is_stale) == (1, 1, False)
    with store.read() as conn:
        assert rooms.last_round(conn, baseline).outcome == {
            "n": 8, "complete": 8, "paper": 0, "groups": {}, "stance": [1, 2, 1, 3, 1],
            "experience": {"disappointed": 0, "neutral": 8, "good": 0}, "stance_per_group": {},
        }  # fmt: skip
    running.close_room(store, first.facilitator, first.session_id)

    second = session_in(store, first.facilitator, first.wijkplan_id, title="Wat speelt er", sprint=2)
    mapping, voting_step = second.step("environments"), second.step("risk_dots")
    plan = session_plans.see_session(store, second.facilitator, second.session_id)
    assert [[c.item.id for c in p.items] for p in plan.steps] == [[conclusion], []]
    assert plan.steps[0].items[0].label == "uit: Nulmeting: waar sta jij?, sprint 1, 24 november 2026"
    assert [c.item.id for c in plan.steps[0].others] == [chosen]
    second.open_room()
    people = second.people(6)
    running.open_step(store, second.facilitator, mapping)
    dark = write(second, mapping, people[0], "Donker bij het speelveld", "physical", "social")
    noise = write(second, mapping, people[1], "Lawaai bij de winkels", "social")
    hidden = write(second, mapping, people[2], "Iets anders", "criminal")
    moderation.release(store, second.facilitator, [dark, noise])
    second.run(mapping)
    story = room_view.see_room(store, people[3], second.session_id).story
    assert story is not None and story.lead == "2 kaartjes in beeld."
    assert story.scores == {dark: "sociaal, fysiek", noise: "sociaal"}
    settling.settle_step(store, second.facilitator, mapping, goes_on=[dark, noise])
    running.open_step(store, second.facilitator, voting_step)
    view = room_view.see_room(store, people[0], second.session_id)
    assert {(c.item.id, c.label) for c in view.items} == {
        (dark, "uit: Wat speelt er in de wijk?, sprint 2, 24 november 2026 (sociaal, fysiek)"),
        (noise, "uit: Wat speelt er in de wijk?, sprint 2, 24 november 2026 (sociaal)"),
    }
    for token in people:
        dots(second, voting_step, token, {dark: 3, noise: 1})
    second.run(voting_step)
    settling.settle_step(store, second.facilitator, voting_step, goes_on=[dark], reasons={noise: "Loopt al."})
    settled = settling.see_settling(store, second.facilitator, voting_step)
    assert [(r.item.id, r.score, r.goes_on, r.reason) for r in settled.rows] == [
        (dark, "18 stippen", True, ""),
        (noise, "6 stippen", False, "Loopt al."),
    ]
    again = fixing.fix_result(store, first.facilitator, first.wijkplan_id, 2, unseen_reason="Volgt nog.")
    assert again.version == 1
    with store.read() as conn:
        assert items.item(conn, hidden).state is ItemState.WAITING
        assert journal.first_broken_line(conn, first.wijkplan_id) is None
    snapshot = see_snapshot(store, first.facilitator, first.wijkplan_id)
    assert hidden not in {i.id for i in snapshot.items}
    assert [(i.text, i.goes_on, i.score) for i in snapshot.items if i.id in (dark, noise)] == [
        (i.text, i.goes_on, i.score) for i in snapshot.items if i.kind == "finding"
    ]


def test_a_round_is_blind_on_every_read_until_it_is_shown(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    people = evening.people(7)
    running.open_step(store, evening.facilitator, step)
    for token in people[:5]:
        vote(evening, step, token, stance=1, experience="disappointed")
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    pulse = see_pulse(store, evening.session_id)
    assert (wall.story, wall.live_story, wall.done, wall.present) == (None, None, 5, 7)
    assert (pulse.done, pulse.started, pulse.present, pulse.tally) == (5, 5, 7, None)
    running.stop_step(store, evening.facilitator, step)
    assert room_view.see_room(store, people[0], evening.session_id).story is None
    assert see_snapshot(store, evening.facilitator, evening.wijkplan_id).sessions[0].steps[0].rounds == ()
    running.show_outcome(store, evening.facilitator, step)
    told = room_view.see_room(store, people[6], evening.session_id).story
    assert told is not None and told.turnout == "5 van de 7 klaar; 5 stemmen."


def test_the_same_ballot_again_changes_nothing_and_a_late_one_gets_the_newer_back(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(store, evening.facilitator, step)
    first = vote(evening, step, token, stance=2, experience="good", change=1)
    assert vote(evening, step, token, stance=2, experience="good", change=1) == first
    newer = vote(evening, step, token, stance=5, experience="good", change=2, ballot_id="b2")
    late = vote(evening, step, token, stance=2, experience="good", change=1)
    assert late.values == newer.values == {"stance": "5", "experience": "good"}
    assert (late.change, see_pulse(store, evening.session_id).done) == (2, 1)


def test_a_ballot_after_stopping_is_refused_and_the_refusal_of_one_leaves_the_others(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    one, other = evening.people(2)
    running.open_step(store, evening.facilitator, step)
    round_id = evening.round_id(step)
    good = {"stance": ["3"], "experience": ["good"]}
    answers = cast_ballots(
        store,
        [
            Cast(one, round_id, good, "a"),
            Cast("somebody else", round_id, good, "b"),
            Cast(other, round_id, {"stance": ["9"]}, "c"),
            Cast(other, "0" * 32, good, "d"),
        ],
    )
    assert [type(a).__name__ for a in answers] == ["Receipt", "NotFound", "WorkshopError", "NotFound"]
    running.stop_step(store, evening.facilitator, step)
    running.stop_step(store, evening.facilitator, step)
    (late,) = cast_ballots(store, [Cast(other, round_id, good, "e")])
    assert isinstance(late, WorkshopError) and late.kind == "closed"
    assert see_pulse(store, evening.session_id).done == 1


def test_a_new_round_keeps_the_old_one_and_shows_the_movement(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("risk_field")
    risk = notes.add_item(
        store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.RISK, written=Written("Hard rijden")
    )
    sessions.put_item_on_step(store, evening.facilitator, step, risk)
    evening.open_room()
    people = evening.people(5)
    for often, bad in ((2, 5), (4, 3)):
        with store.read() as conn:
            state = rooms.step(conn, step).state
        (running.open_step if state is StepState.PREPARED else running.again)(store, evening.facilitator, step)
        for token in people:
            vote(evening, step, token, **{f"field__{risk}__often": often, f"field__{risk}__bad": bad})
        evening.run(step)
    told = room_view.see_room(store, people[0], evening.session_id).story
    assert told is not None
    assert told.sentences == ("“Hard rijden”: hoe vaak van 2 naar 4, hoe erg van 5 naar 3.",)
    with store.read() as conn:
        assert [r.outcome["field"][risk]["median"] for r in rooms.rounds_of(conn, step)] == [[2.0, 5.0], [4.0, 3.0]]


def test_paper_ballots_count_apart_and_can_be_taken_out_until_the_outcome_is_shown(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    people = evening.people(3)
    running.open_step(store, evening.facilitator, step)
    for token in people:
        vote(evening, step, token, stance=4, experience="good")
    card = {"stance": ["1"], "experience": ["disappointed"]}
    round_id = evening.round_id(step)
    enter = lambda: on_paper.enter_paper_ballot(  # noqa: E731
        store, evening.facilitator, round_id, group_id=evening.groups["Jongeren"], form=card
    )
    enter()
    mistake = enter()
    on_paper.remove_paper_ballot(store, evening.facilitator, round_id, mistake)
    pulse = see_pulse(store, evening.session_id)
    assert (pulse.done, pulse.present, pulse.paper) == (4, 4, 1)
    running.stop_step(store, evening.facilitator, step)
    late = enter()
    extra = enter()
    on_paper.remove_paper_ballot(store, evening.facilitator, round_id, late)
    assert {c.reference for c in on_paper.paper_ballots(store, evening.facilitator, round_id)} >= {extra}
    running.show_outcome(store, evening.facilitator, step)
    told = room_view.see_room(store, people[0], evening.session_id).story
    assert told is not None and told.turnout == "5 van de 5 klaar; 5 stemmen, waarvan 2 op papier."
    with pytest.raises(Refused):
        enter()


def test_the_wall_steps_back_without_loss_and_remembers_over_a_restart(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    running.put_on_wall(store, evening.facilitator, evening.session_id, View.STEP, step_id=step)
    running.open_step(store, evening.facilitator, step)
    running.put_on_wall(store, evening.facilitator, evening.session_id, View.MESSAGE, text="Pauze tot negen uur")
    running.blank_wall(store, evening.facilitator, evening.session_id, True)
    stage = wall_view.see_wall(store, evening.facilitator, evening.session_id).stage
    assert (stage.view, stage.text, stage.is_blank) == (View.MESSAGE, "Pauze tot negen uur", True)
    assert running.step_back(store, evening.facilitator, evening.session_id)
    stage = wall_view.see_wall(store, evening.facilitator, evening.session_id).stage
    assert (stage.view, stage.step_id, stage.is_blank) == (View.STEP, step, False)
    assert console_view.see_console(store, evening.facilitator, evening.session_id).now.state is StepState.OPEN


def test_the_clicker_walks_through_the_evening_and_never_ends_it(store: Store) -> None:
    evening = plan_evening(store)
    evening.step("commitment")
    evening.step("environments")
    done, asked = [], None
    for _press in range(13):
        move = running.press_next(store, evening.facilitator, evening.session_id, sure_of=asked)
        done.append("asked" if move.asks else move.key.value)
        asked = move.step_id if move.asks else None
    assert done == [
        "open_room", "announce", "open", "asked", "stop", "show",
        "announce", "open", "asked", "stop", "show", "nothing", "nothing",
    ]  # fmt: skip


def test_a_press_of_the_clicker_never_stops_a_vote_it_was_not_asked_about(store: Store) -> None:
    evening = plan_evening(store)
    first, second = evening.step("commitment"), evening.step("environments")
    evening.open_room()
    running.open_step(store, evening.facilitator, first)
    for sure_of in (None, "", second):
        move = running.press_next(store, evening.facilitator, evening.session_id, sure_of=sure_of)
        assert (move.asks, move.key.value, move.step_id) == (True, "stop", first)
    assert console_view.see_console(store, evening.facilitator, evening.session_id).now.state is StepState.OPEN
    assert not running.press_next(store, evening.facilitator, evening.session_id, sure_of=first).asks
    assert console_view.see_console(store, evening.facilitator, evening.session_id).now.state is StepState.STOPPED


def test_notes_can_be_blackened_merged_and_all_of_it_undone(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("environments")
    evening.open_room()
    one, two = evening.people(2)
    running.open_step(store, evening.facilitator, step)
    first = write(evening, step, one, "Hond van Kees blaft", "social")
    second = write(evening, step, two, "Honden los op het veld", "physical")
    assert write(evening, step, one, "Hond van Kees blaft", "social") == first
    moderation.blacken(store, evening.facilitator, first, ["Kees"])
    merged = moderation.merge(store, evening.facilitator, [first, second], "Overlast van honden")
    with store.read() as conn:
        new, old = items.item(conn, merged), items.item(conn, first)
    assert (new.text, {e.value for e in new.environments}, set(new.origin)) == (
        "Overlast van honden", {"social", "physical"}, {first, second},
    )  # fmt: skip
    assert (old.state, old.text, old.merged_into) == (ItemState.MERGED, "Hond van █████ blaft", merged)
    moderation.undo(store, evening.facilitator, merged)
    with store.read() as conn:
        assert [i.state for i in items.items_by_id(conn, [merged, first, second])] == [
            ItemState.HIDDEN, ItemState.WAITING, ItemState.WAITING,
        ]  # fmt: skip
    notes.withdraw_note(store, two, second)
    with store.read() as conn:
        gone = items.item(conn, second)
    assert (gone.state, gone.text) == (ItemState.WITHDRAWN, "")
    with pytest.raises(NotFound):
        notes.withdraw_note(store, two, first)


def test_strangers_and_others_get_the_same_answer_as_for_what_is_not_there(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    other = plan_evening_of_somebody_else(store)
    for actor in (Stranger(), staff(store, "iemand"), other.facilitator):
        for attempt in (
            lambda a: running.open_step(store, a, step),
            lambda a: running.open_step(store, a, "0" * 32),
            lambda a: console_view.see_console(store, a, evening.session_id),
            lambda a: see_snapshot(store, a, evening.wijkplan_id),
            lambda a: fixing.fix_result(store, a, evening.wijkplan_id, 1),
        ):
            with pytest.raises(NotFound) as refused:
                attempt(actor)
            assert refused.value.message == NotFound().message


def plan_evening_of_somebody_else(store: Store) -> Evening:
    owner = staff(store, "ander")
    wijkplan_id = make_wijkplan(
        store, owner, NewWijkplan("Ander plan", "GM0308", "Baarn", areas=(BAARN,), groups=("Bewoners",))
    )
    return session_in(store, with_role(owner, wijkplan_id, Role.OWNER), wijkplan_id, title="Anders", sprint=1)


def test_secret_ballots_leave_no_line_in_the_journal(store: Store) -> None:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    people = evening.people(5)
    running.open_step(store, evening.facilitator, step)
    for token in people:
        vote(evening, step, token, stance=4, experience="good")
    evening.run(step)

    with store.read() as conn:
        lines = conn.execute(select(schema.journal.c.action, schema.journal.c.details)).all()
    actions = [line.action for line in lines]
    assert actions.count("step.open") == actions.count("step.stop") == actions.count("step.show") == 1
    assert not [a for a in actions if "ballot" in a]
    assert all(token not in json.dumps(line.details) for line in lines for token in people)


def test_the_date_of_a_copied_session_is_the_new_one_and_nothing_of_the_room_comes_along(store: Store) -> None:
    evening = plan_evening(store)
    evening.step("commitment", minutes=12)
    evening.step("risk_dots", settings={"budget": 7, "cap": 2}, is_secret=False)
    copy = sessions.copy_session(store, evening.facilitator, evening.session_id, held_on=date(2027, 1, 12))
    plan = session_plans.see_session(store, evening.facilitator, copy)
    assert (plan.session.held_on, plan.session.state.value, plan.session.code != evening.code) == (
        date(2027, 1, 12), "planned", True,
    )  # fmt: skip
    assert [(p.step.werkvorm, p.step.minutes, p.step.is_secret, p.step.settings) for p in plan.steps] == [
        ("commitment", 12, True, {}),
        ("risk_dots", 15, False, {"budget": 7, "cap": 2}),
    ]
