"""Taking over by one click: what the room told and what a report says, once each, with where it came from."""

from __future__ import annotations

import pytest

from tests.evening import Evening, plan_evening
from tests.exports.readers import docx_text, read_json, read_xlsx
from tests.sprint_world import TOLD, tell_the_room
from workshop.actions.evening import moderation, notes, running
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints import taking_over
from workshop.actions.sprints.material import see_snapshot
from workshop.actions.thread import herkomst
from workshop.domain.errors import NotFound, PersonalData, Refused, WorkshopError
from workshop.domain.roles import Staff
from workshop.domain.thread.basis import FigureBasis, ReportBasis
from workshop.domain.thread.items import Environment, ItemKind
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.store import Store, journal

REPORT = ReportBasis("Gebiedsscan Akkrum", "gemeente Heerenveen", "2013", "ab" * 32)
PASSAGE = "Er is weinig te doen voor jongeren van 12 tot 18 jaar."


def who(evening: Evening) -> tuple[Store, Staff, str]:
    return evening.store, evening.facilitator, evening.wijkplan_id


def test_what_the_room_told_goes_into_the_record_once_with_the_note_as_its_origin(store: Store) -> None:
    evening = plan_evening(store, sprint=1)
    first, second = tell_the_room(evening, ["Buurtapp", "Samen schoon"])
    assert taking_over.take_initiative(*who(evening), second) == 1
    assert taking_over.take_initiative(*who(evening), first) == 2
    with pytest.raises(Refused, match="Dit staat al bij het eerdere beleid van sprint 1"):
        taking_over.take_initiative(*who(evening), first)
    snapshot = see_snapshot(*who(evening))
    assert taking_over.not_taken_yet(snapshot) == []
    row = {
        "organisation": "Gemeente, afdeling Jeugd", "year": 2019, "domain": "both", "feeling": "disappointed",
        "lesson": "Niemand kwam terug", "reuse": "De vaste avond",
    }  # fmt: skip
    expected = [
        {"name": "Samen schoon", **row, "came_from": second},
        {"name": "Buurtapp", **row, "came_from": first},
    ]
    assert snapshot.contents(1)["earlier_policy"]["rows"] == expected
    told = read_json(make_file("json", snapshot).data)
    (part,) = [p for p in told["sprint_parts"] if p["part"] == "earlier_policy"]
    assert part["content"]["rows"] == expected
    assert {i["text"]: i["fields"]["organisation"] for i in told["items"]} == {
        "Buurtapp": "Gemeente, afdeling Jeugd", "Samen schoon": "Gemeente, afdeling Jeugd"
    }  # fmt: skip
    cells = [cell for line in read_xlsx(make_file("xlsx", snapshot).data)["Per sprint opgeschreven"] for cell in line]
    assert {"teleurgesteld", "veiligheid en sociaal domein", "De vaste avond"} <= set(cells)
    # The origin is named by the text of the note.
    assert "Verteld in de zaal: Samen schoon" in docx_text(make_file("docx", snapshot).data)
    with store.read() as conn:
        assert journal.first_broken_line(conn, evening.wijkplan_id) is None


def test_what_is_hidden_unknown_or_no_story_is_not_taken(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=1)
    (story,) = tell_the_room(evening, ["Buurtapp"])
    risk = notes.add_item(*who(evening), kind=ItemKind.RISK, written=Written("Donker"))
    moderation.hide(sqlite_store, evening.facilitator, [story])
    for wrong in (story, risk, "0" * 32):
        with pytest.raises(NotFound):
            taking_over.take_initiative(*who(evening), wrong)


def test_a_line_beside_a_note_is_screened_and_a_wrong_year_is_named(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=1)
    step = evening.step("earlier_policy")
    evening.open_room()
    (token,) = evening.people(1)
    running.open_step(sqlite_store, evening.facilitator, step)

    def send(**extras: str) -> None:
        given = {**TOLD, **{f"extra.{key}": [value] for key, value in extras.items()}}
        notes.write_note(
            sqlite_store, notes.Note(token, step, "n", Written("Buurtapp", form_key="initiative", extras=given))
        )

    with pytest.raises(PersonalData) as found:
        send(organisation="Bel 06-12345678")
    assert (found.value.field, found.value.masked, found.value.final) == ("extra.organisation", "", False)
    with pytest.raises(PersonalData) as found:
        send(reuse="BSN 111222333")
    assert (found.value.field, found.value.final) == ("extra.reuse", True)
    with pytest.raises(WorkshopError, match=r"In welk jaar\? Vul een heel getal in van 1950 tot en met 2100"):
        send(year="1")
    with pytest.raises(WorkshopError, match=r"Welke afdeling of organisatie\? Je tekst is 81 tekens"):
        send(organisation="x" * 81)
    assert notes.own_notes(sqlite_store, token, evening.session_id) == []


def test_a_passage_is_soft_information_and_a_finding_and_its_report_stands_in_the_herkomst(store: Store) -> None:
    evening = plan_evening(store, sprint=2)

    def take(passage: str) -> str:
        return taking_over.take_passage(
            *who(evening), REPORT, passage=passage, group="Professionals in Akkrum", environments=(Environment.SOCIAL,)
        )

    finding = take(PASSAGE)
    with pytest.raises(Refused, match="Deze passage staat al bij de zachte informatie"):
        take(PASSAGE)
    other = take("Men kent elkaar.")
    wish = herkomst.add_from_desk(
        *who(evening), kind=ItemKind.WISH, written=Written("Een plek voor jongeren"), sprint=3, origin=[finding, other]
    )
    record = sprinting.see_sprints(*who(evening)).sprint(2).record
    assert [(s.group, s.finding, s.method) for s in record.soft] == [  # type: ignore[union-attr]
        ("Professionals in Akkrum", PASSAGE, "Gebiedsscan Akkrum (gemeente Heerenveen, 2013)"),
        ("Professionals in Akkrum", "Men kent elkaar.", "Gebiedsscan Akkrum (gemeente Heerenveen, 2013)"),
    ]
    line = "wens ← 2 bevindingen ← rapport: Gebiedsscan Akkrum (gemeente Heerenveen, 2013)"
    snapshot = see_snapshot(*who(evening))
    assert {i.id: i.origin_line for i in snapshot.items}[wish] == line
    told = {i["id"]: i for i in read_json(make_file("json", snapshot).data)["items"]}
    assert told[wish]["came_from"] == line
    assert told[finding]["basis"] == {
        "sort": "report", "title": "Gebiedsscan Akkrum", "by": "gemeente Heerenveen", "dated": "2013",
        "checksum": "ab" * 32,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("passage", "final"), [("Mevrouw Jansen woont op Dorpsstraat 12", False), ("BSN 111222333", True)]
)
def test_a_person_in_a_passage_is_stopped(sqlite_store: Store, passage: str, final: bool) -> None:
    evening = plan_evening(sqlite_store, sprint=2)
    with pytest.raises(PersonalData) as found:
        taking_over.take_passage(*who(evening), REPORT, passage=passage, group="Bewoners", confirmed=final)
    assert found.value.final is final
    assert see_snapshot(*who(evening)).items == ()


def test_a_report_without_a_title_or_a_day_is_no_source(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=2)
    for report in (ReportBasis("", "x", "2013"), ReportBasis("x", " ", "2013"), ReportBasis("x", "y", "")):
        with pytest.raises(WorkshopError, match="Vul in: titel, van wie het is, van wanneer, en wie er spreekt"):
            taking_over.take_passage(*who(evening), report, passage=PASSAGE, group="Bewoners")


def test_many_sources_are_counted_behind_the_first_three(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=2)
    found = [
        taking_over.take_figure(
            *who(evening), FigureBasis("Misdrijven", f"Buurt {n}", f"BU0308000{n}", n, str(n), "", "2023", "politie"),
            sentence=f"Buurt {n}: {n}.",
        )
        for n in range(1, 6)
    ]  # fmt: skip
    wish = herkomst.add_from_desk(*who(evening), kind=ItemKind.WISH, written=Written("Rust"), sprint=3, origin=found)
    assert herkomst.see_herkomst(*who(evening), wish).line == (
        "wens ← 5 bevindingen ← cijfer: Misdrijven in Buurt 1, 1 (2023, politie); "
        "cijfer: Misdrijven in Buurt 2, 2 (2023, politie); cijfer: Misdrijven in Buurt 3, 3 (2023, politie); "
        "nog 2 bronnen"
    )


def test_words_beside_a_note_are_blackened_too_and_come_back(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=1)
    (story,) = tell_the_room(evening, ["Buurtapp van Jeugd"])
    moderation.blacken(sqlite_store, evening.facilitator, story, ["Jeugd", "Niemand", "both"])
    (item,) = see_snapshot(*who(evening)).items
    assert (item.text, item.lesson) == ("Buurtapp van █████", "█████ kwam terug")
    # A choice out of a list is nobody's word.
    assert dict(item.fields) == {
        "organisation": "Gemeente, afdeling █████", "year": 2019, "domain": "both", "feeling": "disappointed",
        "reuse": "De vaste avond",
    }  # fmt: skip
    moderation.undo(sqlite_store, evening.facilitator, story)
    (item,) = see_snapshot(*who(evening)).items
    assert (item.text, item.lesson, item.fields["organisation"]) == (
        "Buurtapp van Jeugd", "Niemand kwam terug", "Gemeente, afdeling Jeugd"
    )  # fmt: skip
