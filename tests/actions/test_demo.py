"""The fictional Molenwijk went through all seven sprints, and every action in it can say where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from jsonschema import Draft202012Validator

from tests.exports.readers import docx_text, read_csv_zip, read_json, read_xlsx
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints.material import Snapshot, see_snapshot
from workshop.actions.thread import herkomst
from workshop.demo import load_demo
from workshop.demo.source import read_story
from workshop.domain.roles import Role, Staff
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.choices import Kept
from workshop.domain.sprints.keyfactors import FactorStatus, unseen
from workshop.domain.sprints.rules import is_empty, parts_of
from workshop.domain.thread.herkomst import Graph, Node, backwards, forwards
from workshop.domain.thread.items import ItemKind
from workshop.domain.wijkplan.order import SPRINTS
from workshop.exports import json_file
from workshop.exports.shelf import make_file
from workshop.store import Store, accounts, journal, wijkplannen

#: What has to lead back to somebody.
RESTS_ON_SOMETHING = (ItemKind.WISH, ItemKind.IDEA, ItemKind.INTERVENTION, ItemKind.ACTION)


def trainer_of(store: Store, wijkplan_id: str) -> Staff:
    with store.read() as conn:
        account = accounts.account_by_name(conn, "demo")
    assert account is not None
    return Staff(account.id, "Begeleider (demo)", roles={wijkplan_id: frozenset({Role.OWNER})})


@pytest.fixture
def demo(demo_store: Store) -> tuple[Store, Staff, str]:
    wijkplan_id = load_demo(demo_store)
    return demo_store, trainer_of(demo_store, wijkplan_id), wijkplan_id


Demo = tuple[Store, Staff, str]


def roots(graph: Graph, item_id: str) -> list[Node]:
    """Where the chain behind an item ends."""
    return [node for layer in backwards(graph, item_id) for node in layer if not node.origin]


def without_a_ground(graph: Graph) -> set[str]:
    """Texts of wishes, ideas, interventions and actions whose chain does not end with people of an evening or a named
    authority; one that stands on itself alone has no ground either.
    """
    resting = [node for node in graph.values() if node.kind in RESTS_ON_SOMETHING]
    return {
        node.text
        for node in resting
        if not (node.origin or node.authority)
        or not all(root.authority or (root.is_voice and root.held_on) for root in roots(graph, node.id))
    }


def of_kind(graph: Graph, kind: ItemKind) -> list[Node]:
    return [node for node in graph.values() if node.kind is kind]


def test_the_demo_holds_every_sprint_and_one_evening_to_come(demo: Demo) -> None:
    store, _trainer, wijkplan_id = demo
    told = see_snapshot(*demo)
    assert load_demo(store) == wijkplan_id
    with store.read() as conn:
        assert journal.first_broken_line(conn, wijkplan_id) is None
    assert told.wijkplan.is_demo and "fictief" in told.wijkplan.title
    assert [(s.sprint, s.held_on.isoformat(), s.total, s.state.value, len(s.steps)) for s in told.sessions] == [
        (1, "2026-02-03", 34, "closed", 4), (1, "2026-02-12", 9, "closed", 1), (1, "2026-02-24", 18, "closed", 1),
        (2, "2026-03-17", 31, "closed", 1), (2, "2026-03-27", 11, "closed", 2), (2, "2026-04-14", 43, "closed", 2),
        (3, "2026-05-19", 28, "closed", 3), (3, "2026-06-02", 35, "closed", 2),
        (4, "2026-06-30", 37, "closed", 4), (4, "2026-07-07", 33, "closed", 2),
        (5, "2026-09-08", 31, "closed", 2), (5, "2026-09-15", 28, "closed", 2),
        (6, "2026-09-29", 26, "closed", 1), (6, "2026-10-27", 35, "closed", 2),
        (7, "2026-11-10", 36, "closed", 4), (7, "2026-11-17", 41, "closed", 2), (7, "2026-12-15", 0, "planned", 2),
    ]  # fmt: skip
    paper = {step.werkvorm: r.paper for s in told.sessions for step in s.steps for r in step.rounds if r.paper}
    assert paper == {"commitment": 1, "risk_dots": 3, "idea_dots": 2}
    assert {item.source for item in told.items} == {"room", "paper", "desk"}


def test_every_fixed_result_is_whole(demo: Demo) -> None:
    path = sprinting.see_sprints(*demo)
    assert [(r.sprint, r.version, r.is_stale) for r in path.snapshot.results] == [
        (1, 1, False), (2, 1, False), (2, 2, False), (3, 1, False), (3, 2, False), (4, 1, False), (5, 1, False),
        (6, 1, False), (7, 1, False),
    ]  # fmt: skip
    assert [part.key for part in parts_of(0) if is_empty(path.start_check.get(part.key))] == []
    for view in path.sprints:
        assert view.fixed is not None and view.skip_reason == ""
        kept = {part["part"]: part["content"] for part in view.fixed.record["parts"]}
        assert [p.key for p in parts_of(view.number) if is_empty(kept.get(p.key))] in ([], ["links"])
        assert [item.text for item in view.made if item.goes_on is None and item.kind == ItemKind.ACTION] == []


def test_koppelvlakken_stand_in_three_sprints_and_every_file_has_them_all(demo: Demo) -> None:
    per_sprint = {view.number: view.record.links for view in sprinting.see_sprints(*demo).sprints}  # type: ignore[union-attr]
    assert {sprint: len(links) for sprint, links in per_sprint.items() if links} == {2: 7, 4: 2, 6: 3}
    told = see_snapshot(*demo)
    sheet = read_xlsx(make_file("xlsx", told).data)["Koppelvlakken"]
    assert [(row[0], row[3]) for row in sheet[1:]] == [
        (sprint, link.mechanism) for sprint, links in per_sprint.items() for link in links
    ]
    assert read_csv_zip(make_file("csv", told).data)["koppelvlakken"][0] == [
        "Sprint", "Van omgeving", "Naar omgeving", "Hoe werkt dat door?", "Richting", "Bewijs",
        "Aan welke knop kunnen we draaien?", "Wanneer",
    ]  # fmt: skip
    written = [p for p in read_json(make_file("json", told).data)["sprint_parts"] if p["part"] == "links"]
    assert [(p["sprint"], len(p["content"]["rows"])) for p in written] == [(2, 7), (4, 2), (6, 3)]
    report = docx_text(make_file("docx", told).data)
    assert all(link.mechanism in report for links in per_sprint.values() for link in links)


def test_the_six_key_factors_were_looked_at_in_every_sprint_and_changed(demo: Demo) -> None:
    looks = see_snapshot(*demo).looks
    assert [unseen(looks, sprint) for sprint in SPRINTS] == [()] * 7
    bodies = [look.status for look in looks if look.factor == 3]
    assert bodies.count(FactorStatus.ATTENTION) >= 3 and bodies[-1] is FactorStatus.IN_ORDER
    assert all(look.note and look.owner for look in looks)


def test_the_brief_was_refused_once_changed_and_approved_also_by_a_link_and_under_a_condition(demo: Demo) -> None:
    asked = see_snapshot(*demo).approvals
    assert [(a.version, a.organisation, a.decision) for a in asked if a.decision is not Approval.AGREED] == [
        (1, "Winkeliersvereniging", Approval.REFUSED),
        (2, "Woningcorporatie", Approval.CONDITIONAL),
        (2, "School", None),
    ]
    assert [a.organisation for a in asked if a.has_link and a.decision and a.recorded_by is None] == [
        "Woningcorporatie"
    ]


def test_a_new_version_shows_what_changed_and_what_was_not_kept_comes_back(demo: Demo) -> None:
    store, trainer, wijkplan_id = demo
    told = sprinting.see_differences(store, trainer, wijkplan_id, 2, 1, 2)
    assert {each.subject for each in told} == {"Harde informatie", "Afspraken"}
    comes_back = {view.number: [a.what for a in view.comes_back] for view in sprinting.see_sprints(*demo).sprints}
    assert comes_back[6] == comes_back[7] == ["De eigenaar van het pand tekent vóór de start."]
    kept = [a for view in sprinting.see_sprints(*demo).sprints for a in view.record.agreements]  # type: ignore[union-attr]
    assert {a.is_kept for a in kept} == set(Kept)


def test_slide_and_commitment_moved_over_three_measurements(demo: Demo) -> None:
    path = sprinting.see_sprints(*demo)
    assert [m.sprint for m in path.slide.measured] == [1, 3, 7]
    assert [m.sprint for m in path.commitment.measured] == [1, 3, 7]
    bottom = [m.everybody[-1] / sum(m.everybody) for m in path.slide.measured]
    pull = [sum(m.everybody[3:]) / sum(m.everybody) for m in path.commitment.measured]
    assert bottom == sorted(bottom) and pull == sorted(pull)
    assert path.one_environment is None


def test_every_action_intervention_idea_and_wish_leads_back_to_people_or_a_named_authority(demo: Demo) -> None:
    graph = herkomst.see_graph(*demo)
    assert {kind: len(of_kind(graph, kind)) for kind in RESTS_ON_SOMETHING} == {
        ItemKind.WISH: 13, ItemKind.IDEA: 14, ItemKind.INTERVENTION: 10, ItemKind.ACTION: 5,
    }  # fmt: skip
    assert without_a_ground(graph) == set()
    for action in of_kind(graph, ItemKind.ACTION):
        chain = [node for layer in backwards(graph, action.id) for node in layer]
        kinds = {node.kind for node in chain}
        if action.origin:
            assert {ItemKind.INTERVENTION, ItemKind.IDEA, ItemKind.WISH} < kinds
            assert any(root.is_voice and root.sprint in (1, 2) for root in roots(graph, action.id))
        else:
            assert action.authority is not None
        # Forwards: whatever stands behind the action tells that this action came of it.
        for node in chain:
            assert action in [later for layer in forwards(graph, node.id) for later in layer]
    for wish in of_kind(graph, ItemKind.WISH):
        after = [node for layer in forwards(graph, wish.id) for node in layer]
        parked = [node for node in after if node.goes_on is False]
        assert any(node.kind is ItemKind.ACTION for node in after) or parked
        assert all(node.reason for node in parked)


def test_with_one_origin_cut_the_walk_finds_everything_that_hung_on_it(demo: Demo) -> None:
    store, trainer, _wijkplan = demo
    graph = herkomst.see_graph(*demo)
    wish = next(n for n in of_kind(graph, ItemKind.WISH) if n.text.startswith("Jongeren kunnen nee zeggen"))
    hung = {n.text for layer in forwards(graph, wish.id) for n in layer if n.kind in RESTS_ON_SOMETHING}
    herkomst.point_back(store, trainer, wish.id, origin=[])
    found = without_a_ground(herkomst.see_graph(*demo))
    assert found == hung and "Vier oefenmiddagen per schooljaar in De Wiek, van jongeren voor jongeren." in found


@pytest.mark.parametrize("kind", ["docx", "xlsx", "csv", "json"])
def test_every_file_opens_and_names_every_action_with_its_whole_origin(demo: Demo, kind: str) -> None:
    told: Snapshot = see_snapshot(*demo)
    data = make_file(kind, told).data
    match kind:
        case "docx":
            text = docx_text(data)
        case "xlsx":
            text = lines_of(read_xlsx(data).values())
        case "csv":
            text = lines_of(read_csv_zip(data).values())
        case _:
            text = str(read_json(data))
    actions = [item for item in told.items if item.kind == ItemKind.ACTION]
    assert len(actions) == 5
    if kind == "docx":
        first_page = text[: text.index("In het kort")]
        assert [a.text for a in actions if a.text not in first_page or a.origin_line not in first_page] == []
        assert "Trekker: Gemeente, wijkbureau · Uiterlijk: 15-12-2026" in first_page
    assert [a.text for a in actions if a.text not in text or a.origin_line not in text] == []
    assert sum("wens" in a.origin_line for a in actions) == 4
    named = ("wettelijke taak: toezicht", "prioriteit van de driehoek: jonge", "amendement van de raad: de raad")
    assert [sum(f"← {words}" in a.origin_line for a in actions) for words in named] == [1, 1, 1]


def lines_of(sheets: Iterable[Sequence[Sequence[object]]]) -> str:
    return "\n".join(str(cell) for sheet in sheets for row in sheet for cell in row)


def test_the_json_file_of_a_whole_wijkplan_is_read_back_whole(demo: Demo) -> None:
    told = see_snapshot(*demo)
    data = make_file("json", told).data
    read = json_file.read_json(data)

    assert json_file.write_json(read) == data
    assert [error.json_path for error in Draft202012Validator(json_file.schema()).iter_errors(read_json(data))] == []
    assert len(read.items) == len(told.items) and read.approvals and read.results


@pytest.mark.parametrize("today", [date(2026, 11, 22), date(2027, 3, 3), date(2031, 1, 1)])
def test_the_story_always_ends_just_before_today(today: date) -> None:
    story = read_story(today)
    held = [day["on"] for _sprint, day in story.days if "people" in day.get("evening", {})]
    to_come = [day["on"] for _sprint, day in story.days if "evening" in day and "people" not in day["evening"]]
    assert held == sorted(held) and 0 < (today - held[-1]).days <= 12
    assert [0 < (day - today).days <= 23 for day in to_come] == [True]
    assert held[0].weekday() == date(2026, 2, 3).weekday()
    assert all(isinstance(day["on"], date) for _sprint, day in story.days)


def test_what_was_broken_off_belongs_to_nobody_and_can_be_begun_anew(sqlite_store: Store) -> None:
    class Unplugged(Exception): ...

    def unplug(_sprint: int) -> None:
        raise Unplugged

    for _time in range(2):
        with pytest.raises(Unplugged):
            load_demo(sqlite_store, unplug)
    with sqlite_store.read() as conn:
        assert [plan.is_demo for plan in wijkplannen.plans(conn)] == [False, False]
    assert sqlite_store.now().year == date.today().year
