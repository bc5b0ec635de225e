"""The area scans of Heerenveen, unchanged, as soft information: what people say is read, the figures stay out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.evening import plan_evening
from workshop.actions.sprints import path as sprinting
from workshop.actions.sprints import taking_over
from workshop.domain.thread.basis import ReportBasis
from workshop.screening.free_text import screen
from workshop.sources.reports import Report, read_report
from workshop.store import Store

SPOKEN = "Aanvullingen uit interviews met professionals"


@pytest.fixture(scope="module")
def scans(shared: Path) -> dict[str, Report]:
    folder = shared / "data/real/teksten/heerenveen_gebiedsscans"
    return {path.stem: read_report(path.read_bytes()) for path in sorted(folder.glob("[!_]*.md"))}


def test_every_scan_is_read_with_its_name_and_without_a_figure_out_of_a_table(scans: dict[str, Report]) -> None:
    assert len(scans) == 19
    for report in scans.values():
        assert report.title and report.left_out > 50
        assert 8 <= len(report.passages) <= 20
        told = " ".join(passage.text for passage in report.passages)
        assert not set("|#<>\\") & set(told) and "uploads" not in told and "layout:" not in told
        assert {p.heading for p in report.passages} & {SPOKEN, "Samenvatting"}


def test_what_professionals_said_is_read_word_for_word(scans: dict[str, Report], shared: Path) -> None:
    spoken = [p.text for p in scans["aldeboarn"].passages if p.heading == SPOKEN]
    assert len(spoken) == 3
    assert spoken[0].startswith("Mooi dorp met een kern. In Aldeboarn is de saamhorigheid sterk.")
    assert spoken[1] == "Men lost veel zelf op. De kerk is ook actief en zorgt mede voor verbinding."
    source = (shared / "data/real/teksten/heerenveen_gebiedsscans/aldeboarn.md").read_text(encoding="utf-8")
    assert all(text in " ".join(source.split()) for text in spoken)


def test_no_public_scan_is_stopped_for_a_person_that_is_not_in_it(scans: dict[str, Report]) -> None:
    flagged = [p.text for r in scans.values() for p in r.passages if screen(p.text).refused or screen(p.text).warnings]
    assert flagged == []


def test_all_that_was_said_of_one_area_becomes_soft_information(scans: dict[str, Report], sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store, sprint=2)
    who = (sqlite_store, evening.facilitator, evening.wijkplan_id)
    report = scans["jubbega"]
    source = ReportBasis("Gebiedsscan Jubbega", "gemeente Heerenveen", "2018", report.checksum)
    spoken = [p.text for p in report.passages if p.heading == SPOKEN]
    for text in spoken:
        taking_over.take_passage(*who, source, passage=text, group="Professionals in Jubbega")
    view = sprinting.see_sprints(*who).sprint(2)
    assert [row.finding for row in view.record.soft] == spoken  # type: ignore[union-attr]
    assert {(i.text, i.origin_line) for i in view.made} == {
        (text, "bevinding ← rapport: Gebiedsscan Jubbega (gemeente Heerenveen, 2018)") for text in spoken
    }
