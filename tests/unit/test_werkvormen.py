"""The contract of a werkvorm, over every file in ``workshop/werkvormen``; a new one needs no line more here."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.unit.werkvormen import room
from workshop import werkvormen
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.evening.questions import as_form
from workshop.domain.evening.stories import BarsPicture, FieldPicture, GroupsPicture, OverlapPicture, Picture, Story
from workshop.domain.thread.items import KOPPELVLAKKEN, Environment, ItemKind
from workshop.domain.words import environment_name, koppelvlak_name
from workshop.locale import format_number
from workshop.werkvormen import StepContext, Werkvorm, all_werkvormen, werkvorm
from workshop.werkvormen.contract import clean_settings

ALL = all_werkvormen()
VOTING = [a for a in ALL if a.asks_ballot]
LONG = "Ĳ🙂 " * 500  # 2,000 characters


def by_key(activity: Werkvorm) -> str:
    return activity.key


every = pytest.mark.parametrize("activity", ALL, ids=by_key)
every_vote = pytest.mark.parametrize("activity", VOTING, ids=by_key)


def test_every_file_with_a_werkvorm_is_found_once() -> None:
    folder = Path(werkvormen.__file__).parent
    modules = [import_module(f"workshop.werkvormen.{path.stem}") for path in folder.glob("[!_]*.py")]
    made = [module.WERKVORM for module in modules if hasattr(module, "WERKVORM")]
    assert sorted(a.key for a in made) == sorted(a.key for a in ALL)
    assert len({a.key for a in made}) == len(made)
    assert len({a.title() for a in made}) == len(made)


def test_a_key_that_nobody_defines_is_not_found() -> None:
    with pytest.raises(NotFound):
        werkvorm("../checkout")


@every
def test_it_says_what_it_is(activity: Werkvorm) -> None:
    assert werkvorm(activity.key) is activity
    assert activity.key.isidentifier() and activity.key.islower()
    assert activity.title().strip() and activity.prompt().strip().endswith((".", "?", "…"))
    assert activity.sprints and set(activity.sprints) <= set(range(1, 8))
    assert len(set(activity.sprints)) == len(activity.sprints)
    assert 1 <= activity.default_minutes <= 240
    assert activity.takes <= set(ItemKind) and activity.makes <= set(ItemKind)


@every
def test_its_notes_become_the_kinds_it_names(activity: Werkvorm) -> None:
    forms = activity.note_forms(StepContext())
    assert len({form.key for form in forms}) == len(forms)
    assert {ItemKind(form.kind) for form in forms} <= activity.makes
    assert all(form.prompt.strip() and 1 <= form.limit <= 2_000 for form in forms)
    assert activity.asks_ballot or forms


@every
def test_settings_stay_within_their_bounds(activity: Werkvorm) -> None:
    settings = activity.settings()
    assert len({s.key for s in settings}) == len(settings)
    assert clean_settings(activity, {}) == {s.key: s.default for s in settings}
    for setting in settings:
        assert setting.low <= setting.default <= setting.high and setting.label.strip()
        for wrong in (setting.low - 1, setting.high + 1, True, "5", 2.0, None):
            with pytest.raises(WorkshopError):
                clean_settings(activity, {setting.key: wrong})


@every
def test_it_asks_a_ballot_exactly_when_it_says_so(activity: Werkvorm) -> None:
    questions = activity.questions(room.context(activity))
    assert bool(questions) is activity.asks_ballot
    assert len({question.key for question in questions}) == len(questions)


@every_vote
def test_a_whole_answer_is_accepted_and_shown_back_as_it_was_sent(activity: Werkvorm) -> None:
    around = room.context(activity)
    for n in range(4):
        sent = room.form(activity, around, n)
        answers, is_complete = activity.accept(around, sent)
        assert is_complete
        assert as_form(activity.questions(around), answers) == {name: values[0] for name, values in sent.items()}
        assert json.loads(json.dumps(answers)) == answers


@every_vote
def test_a_weight_or_a_stranger_in_the_form_counts_for_nothing(activity: Werkvorm) -> None:
    around = room.context(activity)
    sent = room.form(activity, around)
    assert activity.accept(around, {**sent, "weight": ["2"], "token": ["x"]}) == activity.accept(around, sent)


HOSTILE: list[Any] = [
    ["77"], ["-1"], ["-5"], ["2147483648"], ["9223372036854775808"], ["0.30000000000000004"], ["1e1"], ["+1"], ["1_0"],
    ["٣"], ["１"], ["EVIL"], ["\x00"], ["NaN"], ["[]"], ["{}"], ["true"], ["1", "2"], ["1", "1"], ["eens "],
    [True], [None], [1], [{}], [["1"]], {"1": "1"}, None, True, 1, "1", "11", b"1",
]  # fmt: skip


@every_vote
def test_a_hostile_value_is_refused_in_words(activity: Werkvorm) -> None:
    around = room.context(activity)
    sent = room.form(activity, around)
    for question in activity.questions(around):
        for name in question.fields:
            for value in HOSTILE:
                with pytest.raises(WorkshopError) as refused:
                    activity.accept(around, {**sent, name: value})
                assert str(refused.value).endswith(".")
                assert "EVIL" not in str(refused.value)


@every_vote
def test_nothing_chosen_is_told_as_such(activity: Werkvorm) -> None:
    around = room.context(activity)
    empty = {name: [""] for question in activity.questions(around) for name in question.fields}
    for sent in ({}, empty):
        with pytest.raises(WorkshopError, match="Kies eerst iets"):
            activity.accept(around, sent)


@every_vote
def test_an_item_of_another_step_is_refused(activity: Werkvorm) -> None:
    around = room.context(activity)
    for question in activity.questions(around):
        if hasattr(question, "subjects"):
            with pytest.raises(WorkshopError):
                activity.accept(around, {**room.form(activity, around), f"{question.key}.elders": ["1"]})


@every
def test_the_outcome_is_plain_json_and_always_the_same(activity: Werkvorm) -> None:
    around = room.context(activity)
    ballots = room.cast(activity, around, {"Bewoners": 7, "Jongeren": 6}) if activity.asks_ballot else []
    outcome = activity.outcome(around, ballots)
    assert json.loads(json.dumps(outcome, allow_nan=False)) == outcome
    shuffled = ballots[:]
    random.Random(7).shuffle(shuffled)
    again = activity.outcome(around, shuffled)
    assert json.dumps(again, sort_keys=True) == json.dumps(outcome, sort_keys=True)


@every
def test_counting_leaves_an_unanswered_ballot_out_of_no_total(activity: Werkvorm) -> None:
    around = room.context(activity)
    ballots = room.cast(activity, around, {"Bewoners": 6}) if activity.asks_ballot else []
    outcome = activity.outcome(around, ballots)
    assert outcome["n"] == (len(ballots) if activity.asks_ballot else len(around.notes))
    if activity.asks_ballot:
        assert (outcome["complete"], outcome["paper"]) == (6, 0)


def _words(story: Story) -> Iterator[str]:
    yield from (story.lead, story.turnout, story.formula, *story.sentences, *story.discuss, *story.scores.values())
    for table in story.tables:
        yield from (table.caption, *table.header)
        yield from (cell for row in table.rows for cell in row if isinstance(cell, str))


def _numbers_of(picture: Picture) -> Iterator[tuple[Any, ...]]:
    """Per mark of a picture what must stand together in one row of a table: the label and its numbers."""
    match picture:
        case BarsPicture():
            yield from ((bar.label, bar.value) for bar in picture.bars)
        case GroupsPicture():
            yield from ((row.label, *row.counts) for row in picture.rows)
        case OverlapPicture():
            yield from ((environment_name(e), picture.per_environment[e]) for e in Environment)
            yield from ((koppelvlak_name(p), picture.per_koppelvlak[p]) for p in KOPPELVLAKKEN)
        case FieldPicture():
            yield from (
                (point.number, point.label, *(format_number(m) for m in point.median), point.n)
                for point in picture.points
                if point.median is not None
            )


def _check_told(activity: Werkvorm, story: Story) -> None:
    assert story.lead.strip() and story.lead.endswith((".", "!", "?"))
    assert not [text for text in _words(story) if "{" in text or "None" in text]
    for table in story.tables:
        assert table.caption.strip()
        assert all(len(row) == len(table.header) for row in table.rows)
        assert all(isinstance(cell, (str, int, float)) or cell is None for row in table.rows for cell in row)
    if story.picture is not None:
        rows = [row for table in story.tables for row in table.rows]
        for mark in _numbers_of(story.picture):
            assert any(set(mark) <= set(row) for row in rows), f"{mark} stands in no table"


@every
@pytest.mark.parametrize("is_secret", [True, False])
def test_it_is_told_with_tables_that_hold_the_numbers_of_the_picture(activity: Werkvorm, is_secret: bool) -> None:
    around = room.context(activity, is_secret=is_secret)
    ballots = room.cast(activity, around, {"Bewoners": 9, "Jongeren": 6}) if activity.asks_ballot else []
    first = activity.outcome(around, ballots)
    _check_told(activity, activity.story(around, first))
    second = room.context(activity, is_secret=is_secret, previous=json.loads(json.dumps(first)))
    _check_told(activity, activity.story(second, first))
    known = {item.id for item in (*around.items, *around.notes)}
    assert set(activity.scores(around, first)) <= known


@every
def test_an_empty_round_is_told_in_words(activity: Werkvorm) -> None:
    around = room.context(activity, notes=[])
    _check_told(activity, room.told(activity, around, []))
    nothing = room.context(activity, notes=[], items=[])
    _check_told(activity, room.told(activity, nothing, []))


@every_vote
def test_a_small_group_is_folded_out_of_sight(activity: Werkvorm) -> None:
    around = room.context(activity)
    folded = room.cast(activity, around, {"Bewoners": 8, "Kleine groep": 2, "Kleinste groep": 3})
    outcome = activity.outcome(around, folded)
    assert outcome["groups"] == {"Bewoners": 8, "overig": 5}
    total_only = activity.outcome(around, folded[:-3])
    assert total_only["groups"] == {}
    for counted in (outcome, total_only):
        shown = json.dumps(counted) + repr(activity.story(around, counted))
        assert "Klein" not in shown
        assert "positions" not in counted


@every_vote
def test_an_open_step_keeps_groups_apart(activity: Werkvorm) -> None:
    around = room.context(activity, is_secret=False)
    outcome = activity.outcome(around, room.cast(activity, around, {"Bewoners": 3, "Jongeren": 1}))
    assert outcome["groups"] == {"Bewoners": 3, "Jongeren": 1}


@every
def test_five_hundred_items_and_long_texts_survive(activity: Werkvorm) -> None:
    forms = activity.note_forms(StepContext())
    many = room.items(activity, [f"{n} {LONG}"[:2000] for n in range(500)])
    lots = room.notes(activity, {form.key: [f"{n} {LONG}"[:2000] for n in range(500)] for form in forms})
    around = room.context(activity, items=many if activity.takes or activity.needs_items else [], notes=lots)
    refusal = refusal_of(activity, around)
    if refusal:
        assert refusal.endswith(".")
        return
    ballots = room.cast(activity, around, {"Bewoners": 5}) if activity.asks_ballot else []
    _check_told(activity, room.told(activity, around, ballots))


def refusal_of(activity: Werkvorm, around: StepContext) -> str:
    """Why the step does not open, in words; empty when it does."""
    try:
        activity.is_ready(around)
    except WorkshopError as refused:
        return str(refused)
    return ""


@every
def test_a_step_about_nothing_does_not_open(activity: Werkvorm) -> None:
    around = room.context(activity, items=[])
    if activity.needs_items:
        with pytest.raises(WorkshopError):
            activity.is_ready(around)
    else:
        activity.is_ready(around)


class TestTheContractItself:
    """A contract that finds nothing proves something only when it can find: each planted fault is found."""

    @pytest.fixture
    def good(self) -> Werkvorm:
        return werkvorm("statements")

    def _spoiled(self, monkeypatch: pytest.MonkeyPatch, activity: Werkvorm, name: str, spoil: Any) -> Werkvorm:
        kind, kept = type(activity), getattr(type(activity), name)
        monkeypatch.setattr(kind, name, lambda self, *given: spoil(kept(self, *given), *given))
        return activity

    def test_a_table_with_another_number_than_the_picture(
        self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm
    ) -> None:
        bad = self._spoiled(monkeypatch, good, "story", lambda told, *_given: replace(told, tables=told.tables[1:]))
        with pytest.raises(AssertionError, match="stands in no table"):
            test_it_is_told_with_tables_that_hold_the_numbers_of_the_picture(bad, True)

    def test_a_group_that_was_not_folded(self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm) -> None:
        bad = self._spoiled(
            monkeypatch,
            good,
            "outcome",
            lambda counted, _around, ballots: {**counted, "who": [b.group for b in ballots]},
        )
        with pytest.raises(AssertionError):
            test_a_small_group_is_folded_out_of_sight(bad)

    def test_an_outcome_that_remembers_the_order_of_ballots(
        self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm
    ) -> None:
        bad = self._spoiled(
            monkeypatch,
            good,
            "outcome",
            lambda counted, _around, ballots: {**counted, "all": [b.answers for b in ballots]},
        )
        with pytest.raises(AssertionError):
            test_the_outcome_is_plain_json_and_always_the_same(bad)

    def test_an_outcome_that_is_no_json(self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm) -> None:
        bad = self._spoiled(monkeypatch, good, "outcome", lambda counted, *_given: {**counted, "pair": (1, 2)})
        with pytest.raises(AssertionError):
            test_the_outcome_is_plain_json_and_always_the_same(bad)

    def test_a_form_that_is_read_carelessly(self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm) -> None:
        careless = lambda self, around, form: ({k: v[0] for k, v in form.items()}, True)  # noqa: E731
        monkeypatch.setattr(type(good), "accept", careless)
        with pytest.raises((pytest.fail.Exception, TypeError)):
            test_a_hostile_value_is_refused_in_words(good)

    def test_a_sentence_with_a_hole_in_it(self, monkeypatch: pytest.MonkeyPatch, good: Werkvorm) -> None:
        bad = self._spoiled(monkeypatch, good, "story", lambda told, *_given: replace(told, lead="Samen {n}."))
        with pytest.raises(AssertionError):
            test_an_empty_round_is_told_in_words(bad)
