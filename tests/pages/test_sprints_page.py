"""The sprint path and herkomst as pages: empty states, what is missing, filling in, approvals, versions."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.evening import Evening, session_in, staff
from tests.pages.conftest import Open
from tests.pages.test_results_page import words
from tests.sprint_world import fix, tell_the_room, write, write_brief
from workshop.actions.evening import notes, running
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.people.giving_roles import give_role
from workshop.actions.sprints import approving
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.domain.roles import Role
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.choices import Feeling, PolicyDomain
from workshop.domain.sprints.records import EarlierPolicy
from workshop.domain.thread.herkomst import Authority
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.domain.wijkplan.order import Early
from workshop.ui.sprints.movement import lines_of, movement_table

PAGE = "beleid/sprints.py"


def path(
    open_page: Open, evening: Evening, sprint: int = 1, piece: str = "overview", who: str | None = None
) -> AppTest:
    page = open_page(PAGE, who or evening.facilitator.account_id, plan=evening.wijkplan_id, sprint=str(sprint))
    if piece != "overview":
        page.session_state["deel"] = piece
        page.run()
    assert not page.exception
    return page


def press(page: AppTest, label: str) -> AppTest:
    next(button for button in page.button if button.label.replace("\\", "") == label).click().run()
    assert not page.exception
    return page


@pytest.mark.parametrize("sprint", range(1, 8))
def test_every_sprint_of_an_empty_plan_says_what_to_do_first(open_page: Open, evening: Evening, sprint: int) -> None:
    told = words(path(open_page, evening, sprint))
    assert "De groep schreef nog geen gezamenlijke opgave." in told
    assert "Dit moet nog gebeuren voordat je kunt vastleggen" in told
    assert "niet bekeken" in told
    assert "Nog niet vastgelegd." in told


@pytest.mark.parametrize("piece", ["fill", "factors", "links", "movement"])
def test_every_piece_of_every_sprint_opens(open_page: Open, evening: Evening, piece: str) -> None:
    for sprint in range(1, 8):
        path(open_page, evening, sprint, piece)


def test_the_matrix_shows_koppelvlakken_of_one_sprint_and_of_all_together(open_page: Open, evening: Evening) -> None:
    for sprint, how in ((2, "Licht trekt mensen"), (6, "Wie antwoord kreeg, meldt vaker")):
        row = {"source": "physical", "target": "social", "mechanism": how, "direction": "plus", "evidence": "story"}
        write(evening, sprint, "links", [row])
    page = path(open_page, evening, 5, "links")
    (choice,) = [box for box in page.selectbox if box.label == "Van welke sprint?"]
    assert choice.options == ["Alle sprints samen (2)", "Sprint 2 (1)", "Sprint 6 (1)"]
    assert "2 koppelvlakken." in words(page) and "sprint 6" in words(page)
    told = words(choice.select(2).run())
    assert "1 koppelvlak." in told and "Licht trekt mensen" in told and "meldt vaker" not in told


def test_a_text_is_filled_in_and_stands_on_the_overview(open_page: Open, evening: Evening) -> None:
    page = path(open_page, evening, 1, "fill")
    next(area for area in page.text_area if area.label.startswith("Hoofdvraag")).set_value(
        "Waarom is *het plein* leeg?"
    )
    press(page, "Bewaar “Hoofdvraag”")
    assert "Bewaard: Hoofdvraag." in words(page)
    assert "Ingevuld: Hoofdvraag" in words(path(open_page, evening, 1))


def test_a_row_is_added_changed_and_taken_out(open_page: Open, evening: Evening) -> None:
    write(evening, 2, "problems", [{"text": "Het is donker", "evidence": "Cijfers"}])
    page = path(open_page, evening, 2, "fill")
    press(page, "Wijzig")
    next(area for area in page.text_area if area.label == "Probleem").set_value("Het is te donker")
    press(page, "Bewaar deze regel")
    assert "Probleem: Het is te donker" in words(page).replace("*", "")
    press(page, "Haal weg")
    assert "Hier staat nog niets." in words(page)
    versions = sprinting.part_versions(evening.store, evening.facilitator, evening.wijkplan_id, 2, "problems")
    assert [len(v.content["rows"]) for v in versions] == [1, 1, 0]


def test_efforts_that_are_done_twice_or_clash_are_marked(open_page: Open, evening: Evening) -> None:
    rows = [
        {"partner": "Politie", "effort": "Rondes lopen", "place": "Plein", "theme": "Overlast"},
        {
            "partner": "Boa's",
            "effort": "Ook rondes",
            "place": "plein",
            "theme": "overlast",
            "clashes_with": "Buurtfeest",
        },
    ]
    write(evening, 1, "running_efforts", rows)
    page = path(open_page, evening, 1, "fill")
    page.selectbox(key="onderdeel").set_value("running_efforts").run()
    told = words(page)
    assert "Dit botst: Ook rondes (Boa's) met Buurtfeest." in told
    assert "Is dit dubbel?" in told and "Waarom we dit vragen: zelfde plek en thema" in told
    press(page, "Dit is dubbel")
    told = words(page)
    assert "Dubbel: Rondes lopen (Politie) met Boa's: Ook rondes." in told
    assert "Is dit dubbel?" not in told


def test_what_the_room_told_is_taken_over_by_one_press_with_its_origin(open_page: Open, evening: Evening) -> None:
    (story,) = tell_the_room(evening, ["Buurtapp"])
    page = path(open_page, evening, 1, "fill")
    page.selectbox(key="onderdeel").set_value("earlier_policy").run()
    told = words(page)
    assert "De zaal vertelde 1 ding dat hier nog niet staat" in told
    assert "Gemeente, afdeling Jeugd · 2019 · Allebei · Teleurgesteld · De vaste avond · Niemand kwam terug" in told
    press(page, "Neem over")
    assert "Overgenomen, met herkomst" in words(page)
    assert "De zaal vertelde" not in words(page)
    record = sprinting.see_sprints(evening.store, evening.facilitator, evening.wijkplan_id).sprint(1).record
    assert record.earlier_policy == (  # type: ignore[union-attr]
        EarlierPolicy(
            "Buurtapp", "Gemeente, afdeling Jeugd", 2019, PolicyDomain.BOTH, feeling=Feeling.DISAPPOINTED,
            lesson="Niemand kwam terug", reuse="De vaste avond", came_from=story,
        ),
    )  # fmt: skip


def test_what_goes_well_feeds_the_ideas(open_page: Open, evening: Evening) -> None:
    notes.add_item(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.FINDING,
        written=Written("De buurtmoeders", tone="good"),
    )
    labels = [e.label for e in path(open_page, evening, 4).expander]
    assert "Dit gaat al goed: bouw hierop voort (1)" in labels
    assert not [e for e in path(open_page, evening, 5).expander if e.label.startswith("Dit gaat al goed")]


def test_a_missing_thing_leads_to_its_place(open_page: Open, evening: Evening) -> None:
    for sprint in (1, 2):
        sprinting.skip_sprint(evening.store, evening.facilitator, evening.wijkplan_id, sprint, "Vorig jaar.")
    write(evening, 3, "problem", "Leeg plein.")
    page = press(path(open_page, evening, 3), "Vul “Gevonden feiten” in.")
    assert [area.label for area in page.text_area if area.label.startswith("Gevonden")] == ["Gevonden feiten"]


def test_recording_with_unseen_key_factors_asks_why(open_page: Open, evening: Evening) -> None:
    write(evening, 1, "main_question", "Waarom?")
    page = press(path(open_page, evening, 1), "Leg het resultaat van sprint 1 vast")
    assert "Bekijk ze, of schrijf waarom je toch vastlegt." in "\n".join(e.value for e in page.error)
    page.text_input(key="unseen-1").set_value("De avond was te kort.")
    press(page, "Leg het resultaat van sprint 1 vast")
    assert "Vastgelegd: sprint 1, versie 1." in words(page)
    assert "De avond was te kort." in words(page)


def test_a_stale_result_says_so_until_somebody_looked(open_page: Open, evening: Evening) -> None:
    write(evening, 1, "main_question", "Waarom?")
    fix(evening, 1)
    write(evening, 2, "positive_effects", "Contact")
    fix(evening, 2)
    write(evening, 1, "main_question", "Waarom hier?")
    fix(evening, 1)
    told = words(path(open_page, evening, 1))
    assert "Waarom hier?" in told and "Versie 2 naast versie 1" in told
    page = path(open_page, evening, 2)
    assert "Mogelijk verouderd" in words(page)
    press(page, "Ik heb gekeken: dit klopt nog")
    assert "Mogelijk verouderd" not in words(page)


def test_a_sprint_is_taken_up_early_with_a_reason_and_put_back(open_page: Open, evening: Evening) -> None:
    page = path(open_page, evening, 6)
    next(field for field in page.text_input if field.label == "Waarom doe je deze sprint eerder?").set_value("Feest")
    page.radio(key="early-how-6").set_value(Early.CHANGE_PLACES)
    page = press(page, "Doe eerder met deze reden")
    told = words(page)
    assert "Deze sprint is omgewisseld met sprint 5, omdat: Feest" in told
    assert "sprint 6 omgewisseld met sprint 5" in told
    steps = [button.key for button in page.button if button.key and button.key.startswith("to-sprint-")]
    assert steps == [f"to-sprint-{n}" for n in (1, 2, 3, 4, 6, 5, 7)]
    page = press(page, "Zet deze sprint terug op de gewone plek")
    assert "sprint 6 terug op de gewone plek" in words(page)
    assert "omgewisseld met sprint 5, omdat" not in words(page)


def test_approvals_are_asked_answered_and_shown(open_page: Open, evening: Evening) -> None:
    plan = evening.wijkplan_id
    assert "De ontwerpbrief is nog niet vastgelegd." in words(path(open_page, evening, 3, "approvals"))
    for sprint in (1, 2):
        sprinting.skip_sprint(evening.store, evening.facilitator, plan, sprint, "Vorig jaar.")
    write_brief(evening)
    fix(evening, 3)
    asked = approving.ask_approval(
        evening.store, evening.facilitator, plan, organisation="Politie", is_important=True, by_link=True
    )
    page = path(open_page, evening, 4, "approvals")
    assert "Politie gaf nog geen antwoord op de ontwerpbrief." in words(page)
    approving.record_answer(
        evening.store, evening.facilitator, asked.id, decision=Approval.AGREED, person="A. Wit", role="Chef"
    )
    told = words(path(open_page, evening, 4, "approvals"))
    assert "Alle belangrijke betrokkenen staan erachter." in told and "A. Wit · Chef" in told


def test_a_policy_officer_reads_everything_and_changes_nothing(open_page: Open, evening: Evening) -> None:
    officer = staff(evening.store, "beleid")
    give_role(evening.store, evening.facilitator, evening.wijkplan_id, officer.account_id, Role.POLICY)
    write(evening, 1, "main_question", "Waarom?")
    for piece in ("overview", "fill", "factors"):
        page = path(open_page, evening, 1, piece, officer.account_id)
        labels = [button.label for button in page.button]
        assert not [label for label in labels if label.startswith(("Bewaar", "Leg ", "Sla "))]


def test_somebody_without_a_role_finds_no_page(open_page: Open, evening: Evening) -> None:
    other = staff(evening.store, "ander")
    for page in (PAGE, "beleid/herkomst.py"):
        assert "Deze pagina is er niet" in words(open_page(page, other.account_id, plan=evening.wijkplan_id))


def test_herkomst_tells_the_chain_both_ways(open_page: Open, evening: Evening) -> None:
    who = (evening.store, evening.facilitator, evening.wijkplan_id)
    assert "Er is nog niets om te volgen." in words(
        open_page("beleid/herkomst.py", evening.facilitator.account_id, plan=evening.wijkplan_id)
    )
    pain = herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written("Eenzaam <b>hier</b>"), sprint=1)
    idea = herkomst.add_from_desk(*who, kind=ItemKind.IDEA, written=Written("Buurtmaaltijd"), sprint=4, origin=[pain])
    law = herkomst.add_from_desk(
        *who, kind=ItemKind.ACTION, written=Written("Toezicht"), sprint=7, authority=Authority.LEGAL_TASK, origin=[idea]
    )
    page = open_page("beleid/herkomst.py", evening.facilitator.account_id, plan=evening.wijkplan_id, item=idea)
    assert not page.exception
    told = words(page)
    assert "Komt uit**: idee ← pijnpunt ← sprint 1, aan het bureau toegevoegd" in told
    assert "pijnpunt** Eenzaam <b>hier</b>" in told
    assert "actie** Toezicht" in told and "wettelijke taak" in told
    assert law


def test_what_the_desk_made_is_ticked_and_what_was_parked_comes_along(open_page: Open, evening: Evening) -> None:
    who = (evening.store, evening.facilitator, evening.wijkplan_id)
    goes, stays = (
        herkomst.add_from_desk(*who, kind=ItemKind.PAIN, written=Written(text), sprint=1)
        for text in ("*Eenzaam*", "Donker")
    )
    page = path(open_page, evening, 1)
    assert "Over 2 onderwerpen van het bureau is nog niet gekozen." in words(page)
    page.checkbox(key=f"desk-go-1-{goes}").check()
    page.text_input(key=f"desk-why-1-{stays}").set_value("Staat in het lichtplan.")
    press(page, "Bewaar deze keuze")
    assert "is nog niet gekozen" not in words(page)
    page = path(open_page, evening, 2)
    assert "1 geparkeerd, met de reden" in [e.label for e in page.expander]
    assert "Blijft staan, omdat: Staat in het lichtplan." in words(page)
    press(page, "Neem alsnog mee")
    view = sprinting.see_sprints(*who).sprint(2)
    assert ({i.text for i in view.taken_over}, view.parked) == ({"*Eenzaam*", "Donker"}, ())


def _counts(line: object) -> list[tuple[int, tuple[int, ...]]]:
    return [(each.sprint, counts) for each, counts in line]  # type: ignore[attr-defined]


def test_every_group_stands_beside_the_others_over_all_measurements(open_page: Open, evening: Evening) -> None:
    who = (evening.store, evening.facilitator)
    evenings = [
        (evening, "1"),
        (session_in(*who, evening.wijkplan_id, title="Wensen", sprint=3), "2"),
        (session_in(*who, evening.wijkplan_id, title="Slot", sprint=7), "3"),
    ]
    for at, place in evenings:
        step = at.step("slide")
        at.open_room()
        here = {group: at.people(n, group) for group, n in (("Bewoners", 6), ("Ondernemers", 4), ("Jongeren", 3))}
        running.open_step(*who, step)
        for group, tokens in here.items():
            casts = [
                Cast(token, at.round_id(step), {"place": [place if group == "Bewoners" else "1"]}, f"{group}{i}")
                for i, token in enumerate(tokens)
            ]
            cast_ballots(evening.store, casts)
        at.run(step)
    movement = sprinting.see_sprints(*who, evening.wijkplan_id).slide
    lines = lines_of(movement)
    # Four and three people are too few: they stand together at every measurement, and are named nowhere.
    assert {name: _counts(line) for name, line in lines.items()} == {
        "Iedereen samen": [(2, (13, 0, 0)), (3, (7, 6, 0)), (7, (7, 0, 6))],
        "Bewoners": [(2, (6, 0, 0)), (3, (0, 6, 0)), (7, (0, 0, 6))],
        "overige groepen": [(2, (7, 0, 0)), (3, (7, 0, 0)), (7, (7, 0, 0))],
    }
    page = path(open_page, evening, 7, "movement")
    told = words(page)
    low, mid, high = movement.words
    assert f"Bewoners: van “{low}” (sprint 2, 24-11-2026) naar “{high}” (sprint 7, 24-11-2026)." in told
    assert f"overige groepen: bleef bij “{low}”" in told
    assert mid in told and "Jongeren:" not in told
    assert len(page.get("plotly_chart")) == 3
    table = movement_table("De glijbaan", movement)
    assert table.header == ("Groep", "Meting", low, mid, high, "Samen")
    assert [row[2:] for row in table.rows if row[0] == "Bewoners"] == [(6, 0, 0, 6), (0, 6, 0, 6), (0, 0, 6, 6)]
