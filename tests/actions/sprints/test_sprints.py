"""Sprint parts in versions, key factors, gates, leaving a sprint out, reopening and looking again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.evening import plan_evening, session_in
from tests.sprint_world import WHY, fix, fixed_brief, look_at_all, write, write_brief
from workshop.actions.evening import notes, running, settling
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.sprints import fixing, keyfactors
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.sprints.missing import Missing, Place
from workshop.actions.sprints.path import SprintState
from workshop.actions.thread import herkomst
from workshop.domain.errors import PersonalData, Refused, WorkshopError
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.keyfactors import FactorStatus
from workshop.domain.sprints.records import Agreement
from workshop.domain.sprints.rules import BRIEF_PARTS
from workshop.domain.sprints.versions import Change
from workshop.domain.thread.items import Environment, ItemKind
from workshop.domain.thread.written import Written
from workshop.store import Store, journal


def test_a_part_is_kept_in_versions_and_the_same_text_makes_none(store: Store) -> None:
    evening = plan_evening(store)
    assert write(evening, 1, "main_question", "Waarom is het plein leeg?") == 1
    assert write(evening, 1, "main_question", "Waarom is het plein leeg?", based_on=1) == 1
    assert write(evening, 1, "main_question", "Waarom komt niemand op het plein?", based_on=1) == 2
    versions = sprinting.part_versions(store, evening.facilitator, evening.wijkplan_id, 1, "main_question")
    assert [(v.version, v.content["text"], v.written_by) for v in versions] == [
        (1, "Waarom is het plein leeg?", "Opgave"),
        (2, "Waarom komt niemand op het plein?", "Opgave"),
    ]
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert path.sprint(1).record.main_question == "Waarom komt niemand op het plein?"  # type: ignore[union-attr]


def test_two_who_write_the_same_part_do_not_write_over_each_other(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 3, "problem", "Eerste")
    write(evening, 3, "problem", "Tweede", based_on=1)
    with pytest.raises(Refused, match=r"Intussen schreef Opgave dit onderdeel ook \(versie 2\)"):
        write(evening, 3, "problem", "Te laat", based_on=1)


def test_personal_data_in_a_part_is_stopped(store: Store) -> None:
    evening = plan_evening(store)
    with pytest.raises(PersonalData):
        write(evening, 1, "observations", [{"place": "Plein", "text": "Bel 06-12345678"}])
    assert write(evening, 1, "observations", [{"place": "Plein", "text": "Bel 06-12345678"}], confirmed=True) == 1


def test_a_result_is_fixed_only_when_the_one_before_is(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 2, "positive_effects", "Meer contact")
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert path.sprint(2).missing == (Missing("Leg eerst het resultaat van sprint 1 vast.", Place.SPRINT, "1"),)
    with pytest.raises(Refused, match="Leg eerst het resultaat van sprint 1 vast"):
        fix(evening, 2)
    write(evening, 1, "main_question", "Waarom?")
    assert (fix(evening, 1), fix(evening, 2)) == (1, 1)


def test_a_sprint_that_was_left_out_says_why_in_every_later_result(store: Store) -> None:
    evening = plan_evening(store)
    sprinting.skip_sprint(store, evening.facilitator, evening.wijkplan_id, 1, "Gedaan in 2025.")
    write(evening, 2, "positive_effects", "Meer contact")
    assert fix(evening, 2) == 1
    (result,) = fixing.see_results(store, evening.facilitator, evening.wijkplan_id)
    assert result.record["left_out_before"] == {"1": "Gedaan in 2025."}
    assert fixing.record_digest(result.record) == result.digest
    view = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id).sprint(1)
    assert (view.state, view.skip_reason) == (SprintState.SKIPPED, "Gedaan in 2025.")
    sprinting.resume_sprint(store, evening.facilitator, evening.wijkplan_id, 1)
    view = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id).sprint(1)
    assert (view.state, view.skip_reason) == (SprintState.WAITING, "")
    for refused in (lambda: sprinting.skip_sprint(store, evening.facilitator, evening.wijkplan_id, 3, "Geen zin"),
                    lambda: sprinting.skip_sprint(store, evening.facilitator, evening.wijkplan_id, 2, "Al vast"),
                    lambda: sprinting.resume_sprint(store, evening.facilitator, evening.wijkplan_id, 5)):  # fmt: skip
        with pytest.raises(Refused):
            refused()


def test_a_factor_nobody_looked_at_asks_for_a_reason_that_is_kept(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 1, "main_question", "Waarom?")
    with pytest.raises(Refused, match="6 sleutelfactoren zijn in deze sprint nog niet bekeken") as warned:
        fixing.fix_result(store, evening.facilitator, evening.wijkplan_id, 1)
    assert (warned.value.kind, warned.value.field) == ("warning", "unseen_reason")
    assert fix(evening, 1) == 1
    look_at_all(evening, 1)
    assert fixing.fix_result(store, evening.facilitator, evening.wijkplan_id, 1).version == 2
    first, second = fixing.see_results(store, evening.facilitator, evening.wijkplan_id)
    assert first.record[fixing.UNSEEN] == {"factors": [1, 2, 3, 4, 5, 6], "reason": WHY}
    assert fixing.UNSEEN not in second.record
    assert [f["status"] for f in second.record["key_factors"]] == ["in_order"] * 6
    with pytest.raises(Refused, match="Er is niets veranderd sinds versie 2"):
        fixing.fix_result(store, evening.facilitator, evening.wijkplan_id, 1)
    with store.read() as conn:
        assert journal.first_broken_line(conn, evening.wijkplan_id) is None


def test_the_same_reason_twice_makes_no_second_version(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 1, "main_question", "Waarom?")
    fix(evening, 1)
    with pytest.raises(Refused, match="Er is niets veranderd"):
        fix(evening, 1)


def test_attention_needs_words(store: Store) -> None:
    evening = plan_evening(store)
    with pytest.raises(WorkshopError, match="Schrijf kort wat er aandacht nodig heeft"):
        keyfactors.look_at_factor(
            store, evening.facilitator, evening.wijkplan_id, 1, 3, status=FactorStatus.ATTENTION, owner="Gemeente"
        )


def test_an_ontwerpbrief_that_misses_a_part_or_is_too_long_is_not_fixed(store: Store) -> None:
    evening = plan_evening(store, sprint=3)
    for sprint in (1, 2):
        sprinting.skip_sprint(store, evening.facilitator, evening.wijkplan_id, sprint, "Vorig jaar.")
    write(evening, 3, "problem", "Het plein is leeg.")
    with pytest.raises(Refused, match="Vul “Gevonden feiten” in"):
        fix(evening, 3)
    write_brief(evening)
    write(evening, 3, "problem", "a" * 2_000)
    write(evening, 3, "facts", "b" * 1_900)
    with pytest.raises(Refused, match=r"past niet op één A4: 4\.\d+ tekens, hoogstens 3\.500"):
        fix(evening, 3)
    write(evening, 3, "facts", "b")
    assert fix(evening, 3) == 1
    record = fixing.see_results(store, evening.facilitator, evening.wijkplan_id)[0].record
    assert {part["part"] for part in record["parts"]} == set(BRIEF_PARTS)


def test_reopening_makes_the_next_version_and_marks_later_results_until_somebody_looks(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 1, "main_question", "Waarom?")
    fix(evening, 1)
    write(evening, 2, "positive_effects", "Contact")
    fix(evening, 2)
    write(evening, 1, "main_question", "Waarom juist hier?")
    assert fix(evening, 1) == 2
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert [view.state for view in path.sprints[:3]] == [SprintState.FIXED, SprintState.STALE, SprintState.WAITING]
    told = sprinting.see_differences(store, evening.facilitator, evening.wijkplan_id, 1, 1, 2)
    assert [(d.subject, d.change, d.lines) for d in told] == [
        ("Hoofdvraag", Change.CHANGED, ("- Waarom?", "+ Waarom juist hier?"))
    ]
    sprinting.look_again(store, evening.facilitator, evening.wijkplan_id, 2)
    assert sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id).sprint(2).state is SprintState.FIXED
    with pytest.raises(Refused):
        sprinting.look_again(store, evening.facilitator, evening.wijkplan_id, 2)


def test_two_who_fix_the_same_version_at_once_make_one(store: Store) -> None:
    evening = plan_evening(store)
    write(evening, 1, "main_question", "Waarom?")

    def press(_n: int) -> str:
        try:
            return str(fix(evening, 1))
        except Refused as refused:
            return refused.message

    with ThreadPoolExecutor(2) as both:
        heard = sorted(both.map(press, range(2)))
    assert heard == ["1", "Er is niets veranderd sinds versie 1."]


def test_the_next_sprint_takes_over_exactly_what_went_on_and_offers_what_stayed_again(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    step = evening.step("environments")
    evening.open_room()
    running.open_step(store, evening.facilitator, step)
    made = {
        text: notes.add_item(
            store, evening.facilitator, evening.wijkplan_id, kind=ItemKind.FINDING, written=Written(text), step_id=step
        )
        for text in ("Donker", "Lawaai", "Leeg")
    }
    evening.run(step)
    settling.settle_step(store, evening.facilitator, step, goes_on=[made["Donker"]], rest_reason="Later")
    session_in(store, evening.facilitator, evening.wijkplan_id, title="Wensen", sprint=3)
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert [[i.text for i in view.taken_over] for view in path.sprints] == [[], *[["Donker"]] * 6]
    assert {(i.text, i.reason) for i in path.sprint(3).parked} == {("Lawaai", "Later"), ("Leeg", "Later")}
    assert {i.text for i in path.sprint(1).made} == set(made)
    assert (path.sprint(1).parked, path.now) == ((), 1)


def test_agreements_that_were_not_kept_come_back_in_the_next_sprint(store: Store) -> None:
    evening = plan_evening(store)
    rows = [
        {"what": "Bellen met de school", "who": "Jongerenwerk", "is_kept": "no"},
        {"what": "Lantaarns tellen", "who": "Gemeente", "is_kept": "yes"},
    ]
    write(evening, 1, "agreements", rows)
    path = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id)
    assert path.sprint(1).comes_back == ()
    assert path.sprint(2).comes_back == (Agreement("Bellen met de school", "Jongerenwerk", None, Kept.NO),)


def test_a_plan_with_all_actions_in_one_environment_is_warned(store: Store) -> None:
    evening = plan_evening(store)

    def act(text: str, *where: Environment) -> None:
        herkomst.add_from_desk(
            store,
            evening.facilitator,
            evening.wijkplan_id,
            kind=ItemKind.ACTION,
            written=Written(text, environments=where),
            sprint=7,
            authority=herkomst.Authority.COUNCIL,
        )

    def one() -> Environment | None:
        return sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id).one_environment

    act("Lantaarns", Environment.PHYSICAL)
    assert one() is None
    act("Bankjes", Environment.PHYSICAL)
    assert one() is Environment.PHYSICAL
    act("Buurtfeest", Environment.SOCIAL)
    assert one() is None


def test_the_slide_is_followed_over_all_measurements(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    first = evening.step("slide")
    evening.open_room()
    people = evening.people(6)
    _vote(evening, first, people, "1")
    again = session_in(store, evening.facilitator, evening.wijkplan_id, title="Later", sprint=3)
    second = again.step("slide")
    again.open_room()
    _vote(again, second, again.people(6), "3")
    slide = sprinting.see_sprints(store, evening.facilitator, evening.wijkplan_id).slide
    assert [(m.sprint, m.everybody) for m in slide.measured] == [(1, (6, 0, 0)), (3, (0, 0, 6))]
    assert len(slide.words) == 3


def _vote(evening, step, tokens, place):  # type: ignore[no-untyped-def]
    running.open_step(evening.store, evening.facilitator, step)
    casts = [Cast(t, evening.round_id(step), {"place": [place]}, f"b{n}") for n, t in enumerate(tokens)]
    cast_ballots(evening.store, casts)
    evening.run(step)


def test_the_snapshot_holds_what_was_written_and_looked_at(store: Store) -> None:
    evening = fixed_brief(store)
    look_at_all(evening, 3)
    snapshot = see_snapshot(store, evening.facilitator, evening.wijkplan_id)
    assert set(snapshot.contents(3)) == set(BRIEF_PARTS)
    assert set(snapshot.skipped) == {1, 2}
    assert [look.factor for look in snapshot.looks if look.sprint == 3] == [1, 2, 3, 4, 5, 6]
