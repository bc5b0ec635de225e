"""The sprint records accept what they should and say where it is wrong; gates, matrix, differences."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from typing import Any

import pytest

from workshop.domain.errors import WorkshopError
from workshop.domain.sprints.approvals import Approval, Asked, missing_approvals
from workshop.domain.sprints.choices import Direction, Evidence, Kept, PolicyDomain
from workshop.domain.sprints.keyfactors import FactorLook, FactorStatus, history, strip, unseen
from workshop.domain.sprints.records import RECORDS, DesignBrief, EarlierPolicy, Link
from workshop.domain.sprints.rules import (
    BRIEF_PARTS,
    LONGEST,
    MOST_ROWS,
    Sort,
    brief_length,
    cell_words,
    checked_content,
    link_matrix,
    missing_before,
    missing_parts,
    only_environment,
    part_of,
    parts_of,
    read_record,
)
from workshop.domain.sprints.versions import Change, Difference, differences
from workshop.domain.sprints.words import choice_words, column_words, part_words
from workshop.domain.thread.herkomst import Authority, Node, backwards, chain_line, fate_line, forwards, would_circle
from workshop.domain.thread.items import Environment, ItemKind, ItemState, Moment
from workshop.domain.wijkplan.order import SPRINTS
from workshop.locale import in_language

NOW = datetime(2026, 10, 13, 20, tzinfo=UTC)


def as_it_is(text: str, limit: int) -> str:
    if len(text) > limit:
        raise WorkshopError("te lang")
    return text.strip()


@pytest.mark.parametrize("sprint", sorted(RECORDS))
def test_every_part_and_column_has_words(sprint: int) -> None:
    for part in parts_of(sprint):
        assert part.label and part.hint
        for column in part.columns:
            assert column.label
            assert [choice_words(choice) for choice in column.choices] == [
                cell_words(column, choice.value, {}) for choice in column.choices
            ]


def test_an_empty_record_is_a_record() -> None:
    for sprint, record in RECORDS.items():
        assert read_record(sprint, {}) == record()


def test_a_row_is_stored_as_plain_values_and_read_back_typed() -> None:
    raw = [
        {"name": "Buurtapp", "organisation": "Gemeente", "year": "2021", "domain": "both", "wijkagent": "small",
         "lesson": " Te weinig mensen deden mee. ", "is_reused": True, "target_group": ""},
        {"name": "", "organisation": ""},
    ]  # fmt: skip
    stored = checked_content(1, "earlier_policy", raw, as_it_is)
    assert stored == {
        "rows": [
            {"name": "Buurtapp", "organisation": "Gemeente", "year": 2021, "domain": "both", "wijkagent": "small",
             "lesson": "Te weinig mensen deden mee.", "is_reused": True}
        ]
    }  # fmt: skip
    (row,) = read_record(1, {"earlier_policy": stored}).earlier_policy  # type: ignore[union-attr]
    assert isinstance(row, EarlierPolicy)
    assert (row.year, row.domain, row.boa, row.is_reused) == (2021, PolicyDomain.BOTH, None, True)


@pytest.mark.parametrize(
    ("part", "row", "sentence"),
    [
        ("earlier_policy", {"name": "X"},
         "Eerder beleid en eerdere interventies, regel 1: vul “Afdeling of organisatie” in."),
        ("earlier_policy", {"name": "X", "organisation": "Y", "year": "1066"},
         "Eerder beleid en eerdere interventies, regel 1: “Jaar” klopt niet. Kies of typ het opnieuw."),
        ("earlier_policy", {"name": "X", "organisation": "Y", "domain": "sport"},
         "Eerder beleid en eerdere interventies, regel 1: “Domein” klopt niet. Kies of typ het opnieuw."),
        ("agreements", {"what": "X", "who": "Y", "by": "volgende week"},
         "Afspraken, regel 1: “Uiterlijk” klopt niet. Kies of typ het opnieuw."),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named_by_part_row_and_column(part: str, row: dict[str, Any], sentence: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        checked_content(1, part, [row], as_it_is)
    assert refused.value.message == sentence


def test_texts_rows_and_whole_contents_have_their_limits() -> None:
    assert checked_content(1, "main_question", "é" * LONGEST, as_it_is) == {"text": "é" * LONGEST}
    row = {"place": "Plein", "text": "Donker"}
    assert len(checked_content(1, "observations", [row] * MOST_ROWS, as_it_is)["rows"]) == MOST_ROWS
    for part, raw in (
        ("main_question", "a" * (LONGEST + 1)),
        ("observations", [row] * (MOST_ROWS + 1)),
        ("observations", "x"),
    ):
        with pytest.raises(WorkshopError):
            checked_content(1, part, raw, as_it_is)
    with pytest.raises(WorkshopError):
        part_of(1, "no_such_part")


def test_a_koppelvlak_lies_between_two_environments() -> None:
    row = {"source": "social", "target": "social", "mechanism": "x", "direction": "plus", "evidence": "story"}
    with pytest.raises(WorkshopError, match="Een koppelvlak ligt tussen twee"):
        checked_content(2, "links", [row], as_it_is)


def test_every_sprint_holds_koppelvlakken_and_may_leave_them_empty() -> None:
    row = {"source": "social", "target": "criminal", "mechanism": "x", "direction": "plus", "evidence": "story"}
    for sprint in SPRINTS:
        assert checked_content(sprint, "links", [row], as_it_is) == {"rows": [row]}
        assert read_record(sprint, {}).links == () and not part_of(sprint, "links").is_required  # type: ignore[union-attr]
    with pytest.raises(WorkshopError):
        part_of(0, "links")


def test_words_follow_the_language_of_whoever_looks() -> None:
    for _time in range(2):
        assert (part_words("links")[0], column_words("Link.knob"), choice_words(Evidence.STORY)) == (
            "Koppelvlakken", "Aan welke knop kunnen we draaien?", "ervaring uit de wijk",
        )  # fmt: skip
        with in_language("en"):
            assert part_words("structures")[0] != "Overleggen en rollen"
            assert column_words("Link.knob") != "Aan welke knop kunnen we draaien?"
            assert choice_words(Evidence.STORY) != "ervaring uit de wijk"


def test_the_matrix_has_twelve_cells_and_puts_each_koppelvlak_in_its_own() -> None:
    link = Link(Environment.PHYSICAL, Environment.SOCIAL, "Toestellen trekken mensen", Direction.PLUS, Evidence.STORY)
    matrix = link_matrix([link])
    assert len(matrix) == 12
    assert matrix[Environment.PHYSICAL, Environment.SOCIAL] == (link,)
    assert matrix[Environment.SOCIAL, Environment.PHYSICAL] == ()
    assert link.moment is Moment.NOW


@pytest.mark.parametrize(
    ("touched", "found"),
    [
        ([], None),
        ([{"physical"}], None),
        ([{"physical"}, {"physical"}], Environment.PHYSICAL),
        ([{"physical"}, {"physical", "social"}], None),
        ([{"physical"}, set()], Environment.PHYSICAL),
    ],
)
def test_two_actions_in_one_environment_are_noticed(touched: list[set[str]], found: Environment | None) -> None:
    assert only_environment(frozenset(Environment(e) for e in one) for one in touched) is found


@pytest.mark.parametrize(
    ("sprint", "fixed", "skipped", "first"),
    [
        (1, set(), set(), []),
        (2, set(), set(), [1]),
        (2, {1}, set(), []),
        (4, {1, 2}, set(), [3]),
        (6, {1, 2, 3}, {4, 5}, []),
        (6, {1, 2}, {4, 5}, [3]),
        (2, set(), {1}, []),
    ],
)
def test_a_result_waits_for_the_one_before_it(
    sprint: int, fixed: set[int], skipped: set[int], first: list[int]
) -> None:
    assert missing_before(sprint, fixed, skipped) == first


def test_an_ontwerpbrief_misses_its_seven_parts() -> None:
    assert [part.key for part in missing_parts(3, {})] == list(BRIEF_PARTS)
    assert set(BRIEF_PARTS) < {f.name for f in fields(DesignBrief)}
    written = {key: {"text": "abc"} for key in BRIEF_PARTS}
    assert (missing_parts(3, written), brief_length(written)) == ([], 21)


def test_differences_name_what_was_added_changed_and_gone() -> None:
    def record(text: str, *items: tuple[str, str, bool]) -> dict[str, Any]:
        return {
            "joint_task": "Samen",
            "parts": [{"part": "problem", "version": 1, "content": {"text": text}}],
            "items": [{"id": i, "text": t, "goes_on": g, "score": "", "reason": ""} for i, t, g in items],
        }

    told = differences(
        record("Het is donker.", ("a", "Licht", True), ("b", "Groen", True)),
        record("Het is er donker.", ("a", "Licht", False), ("c", "Bankje", True)),
        3,
    )
    assert told == [
        Difference("Het probleem", Change.CHANGED, ("- Het is donker.", "+ Het is er donker.")),
        Difference("Licht", Change.CHANGED, ("- gaat mee", "+ blijft hier")),
        Difference("Bankje", Change.ADDED, ("+ Bankje", "+ gaat mee")),
        Difference("Groen", Change.GONE, ("- Groen", "- gaat mee")),
    ]
    same = record("x", ("a", "Licht", True))
    assert differences(same, same, 3) == []


def test_a_day_and_a_tick_are_told_in_words() -> None:
    columns = {column.key: column for column in part_of(1, "agreements").columns}
    assert cell_words(columns["by"], "2026-12-01", {}) == "1-12-2026"
    assert (columns["is_kept"].sort, cell_words(columns["is_kept"], Kept.NO.value, {})) == (
        Sort.CHOICE, "nee, terug op de agenda",
    )  # fmt: skip


# -- key factors ---------------------------------------------------------------------------------------------------


def look(sprint: int, factor: int, status: FactorStatus) -> FactorLook:
    return FactorLook(sprint, factor, status, "", "", NOW, "Opgave")


def test_the_strip_shows_the_latest_look_and_the_history_all() -> None:
    looks = [look(1, 1, FactorStatus.ATTENTION), look(1, 1, FactorStatus.IN_ORDER), look(2, 1, FactorStatus.ATTENTION)]
    assert strip(looks, 1) == {1: looks[1], 2: None, 3: None, 4: None, 5: None, 6: None}
    assert unseen(looks, 1) == (2, 3, 4, 5, 6)
    assert unseen([*looks, look(1, 1, FactorStatus.UNSEEN)], 1)[0] == 1
    assert history(looks, 1) == tuple(looks)


# -- approvals -----------------------------------------------------------------------------------------------------


def asked(organisation: str, decision: Approval | None, *, important: bool = True, version: int = 1) -> Asked:
    return Asked("x", 3, version, organisation, important, False, None, decision, "", "", "", NOW, None, None)


@pytest.mark.parametrize(
    ("known", "n"),
    [
        ([], 1),
        ([asked("Politie", Approval.AGREED, important=False)], 1),
        ([asked("Politie", None)], 1),
        ([asked("Politie", Approval.AGREED)], 0),
        ([asked("Politie", Approval.CONDITIONAL)], 0),
        ([asked("Politie", Approval.REFUSED)], 1),
        ([asked("Politie", Approval.REFUSED), asked("Politie", None)], 1),
        ([asked("Politie", Approval.REFUSED), asked("Politie", Approval.AGREED)], 0),
        ([asked("Politie", Approval.REFUSED), asked("Politie", Approval.PASSED_OVER)], 0),
        ([asked("Politie", Approval.AGREED, version=2)], 1),
        ([asked("Politie", Approval.AGREED), asked("School", None)], 1),
        ([asked("Politie", Approval.AGREED), asked("School", None, important=False)], 0),
    ],
)
def test_the_brief_opens_sprint_four_when_every_important_one_is_answered(known: list[Asked], n: int) -> None:
    assert len(missing_approvals(known, 1)) == n


# -- herkomst ------------------------------------------------------------------------------------------------------


def node(item_id: str, kind: ItemKind, *origin: str, **more: Any) -> Node:
    known: dict[str, Any] = {"text": item_id, "state": ItemState.RELEASED, "source": "desk", "sprint": 4}
    return Node(id=item_id, kind=kind, origin=origin, **{**known, **more})


def small_chain() -> dict[str, Node]:
    card = {"source": "room", "sprint": 2, "held_on": date(2026, 10, 13), "state": ItemState.MERGED}
    made = [
        node("n1", ItemKind.FINDING, **card),
        node("n2", ItemKind.FINDING, **card),
        node("n3", ItemKind.FINDING, **card),
        node("r", ItemKind.RISK, "n1", "n2", "n3", score="18 stippen"),
        node("w", ItemKind.WISH, "r"),
        node("i", ItemKind.IDEA, "w"),
        node("t", ItemKind.INTERVENTION, "i"),
        node("a", ItemKind.ACTION, "t", goes_on=True),
        node("law", ItemKind.ACTION, authority=Authority.LEGAL_TASK, authority_note="art. 172 Gemeentewet"),
        node("parked", ItemKind.IDEA, "w", goes_on=False, reason="Te duur"),
    ]
    return {each.id: each for each in made}


def day(value: date) -> str:
    return f"{value.day} oktober {value.year}"


def test_the_whole_chain_stands_in_one_line() -> None:
    assert chain_line(small_chain(), "a", day) == (
        "actie ← interventie ← idee ← wens ← risico (18 stippen) ← 3 kaartjes ← sprint 2, 13 oktober 2026"
    )


def test_an_origin_without_a_voice_is_named_as_such() -> None:
    assert chain_line(small_chain(), "law", day) == "actie ← wettelijke taak: art. 172 Gemeentewet"


def test_forwards_tells_what_became_of_it_with_the_reason_of_what_stayed() -> None:
    graph = small_chain()
    assert [[n.id for n in layer] for layer in forwards(graph, "n1")] == [
        ["n1"],
        ["r"],
        ["w"],
        ["i", "parked"],
        ["t"],
        ["a"],
    ]
    assert fate_line(graph, "n1") == "kaartje → risico (18 stippen) → wens → 2 ideeën → interventie → actie; gaat mee"
    assert fate_line(graph, "parked") == "idee; blijft hier, omdat: Te duur"


def test_a_parked_or_erased_link_keeps_the_chain_whole() -> None:
    graph = small_chain()
    graph["r"] = node("r", ItemKind.RISK, "n1", state=ItemState.WITHDRAWN, text="", goes_on=False)
    assert [[n.id for n in layer] for layer in backwards(graph, "a")] == [["a"], ["t"], ["i"], ["w"], ["r"], ["n1"]]


def test_nothing_can_become_its_own_ancestor() -> None:
    graph = small_chain()
    assert would_circle(graph, "w", ["a"])
    assert would_circle(graph, "w", ["w"])
    assert not would_circle(graph, "w", ["n1", "law"])


def test_a_circle_that_is_there_all_the_same_ends() -> None:
    graph = {"a": node("a", ItemKind.IDEA, "b"), "b": node("b", ItemKind.IDEA, "a")}
    assert [[n.id for n in layer] for layer in backwards(graph, "a")] == [["a"], ["b"]]
    assert chain_line(graph, "a", day) == "idee ← idee"
