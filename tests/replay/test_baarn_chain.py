"""Baarn with its real figures through all seven sprints: the published number comes out at every end, unchanged.

The room and the texts are ours; the buurten, the figures, their units, years and sources are real
(``../shared/data/real/README.md``). The test reads the source files itself and compares whole values.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pytest

from tests.evening import Evening, session_in, staff, with_role
from tests.exports.readers import docx_text, read_docx_tables, read_json, read_xlsx
from tests.replay.published import Published, crimes, liveability, residents
from tests.sprint_world import WHY, write
from workshop.actions.evening import moderation, notes, running, settling
from workshop.actions.facts import figures
from workshop.actions.sprints import approving, fixing, taking_over
from workshop.actions.sprints.material import Snapshot, see_snapshot
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan
from workshop.domain.errors import Refused
from workshop.domain.roles import Role, Staff
from workshop.domain.sprints.approvals import Approval
from workshop.domain.sprints.records import Diagnosis
from workshop.domain.sprints.rules import BRIEF_PARTS, read_record
from workshop.domain.thread.items import Environment, ItemKind
from workshop.domain.thread.written import Written
from workshop.exports.shelf import make_file
from workshop.sources.figure import Figure, as_row, basis_of, reference_text, sentence
from workshop.sources.figures import known_figures
from workshop.sources.files import figures_of, read_figures
from workshop.store import Store, journal

CENTRUM, PEKINGBUURT = "BU03080000", "BU03080101"
POLICE = "politie/47018NED_2023_totaal_Assen_Asten_BaarleNassau_Baarn.csv"


@dataclass
class Chain:
    """What was made, by the number of its sprint; ``findings`` by the indicator and area they rest on."""

    evening: Evening
    findings: dict[tuple[str, str], str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    @property
    def who(self) -> tuple[Store, Staff, str]:
        return self.evening.store, self.evening.facilitator, self.evening.wijkplan_id

    def add(self, name: str, kind: ItemKind, text: str, sprint: int, *origin: str, where: Environment) -> str:
        self.made[name] = herkomst.add_from_desk(
            *self.who, kind=kind, written=Written(text, environments=[where]), sprint=sprint, origin=origin
        )
        return self.made[name]

    def fix(self, sprint: int) -> None:
        assert fixing.fix_result(*self.who, sprint, unseen_reason=WHY).version == 1


def plan_baarn(store: Store, real: Path) -> Chain:
    """A wijkplan for two real buurten, with the real police file added as anybody would."""
    owner = staff(store, "baarn")
    areas = tuple(PlanArea(code, residents(real, code).area, "buurt") for code in (CENTRUM, PEKINGBUURT))
    plan = make_wijkplan(
        store, owner,
        NewWijkplan("Veilig in Baarn", "GM0308", "Baarn", areas=areas, partners=("Politie", "Gemeente Baarn"),
                    groups=("Bewoners", "Ondernemers", "Jongeren")),
    )  # fmt: skip
    person = with_role(owner, plan, Role.OWNER)
    loaded = read_figures((real / POLICE).read_bytes())
    ours = figures_of(loaded.figures, [CENTRUM, PEKINGBUURT])
    assert [f.area_code for f in ours] == [CENTRUM, PEKINGBUURT]
    figures.keep_figures(
        store, person, plan, file_name="politie.csv", checksum=loaded.checksum, rows=[as_row(f) for f in ours]
    )
    return Chain(session_in(store, person, plan, title="Zien en voelen in Baarn", sprint=1))


def take_over(chain: Chain, published: Published, meaning: str) -> Figure:
    """What the desk does: choose a figure out of those that are shown, and take it over."""
    snapshot = see_snapshot(*chain.who)
    shown = known_figures([area.code for area in snapshot.wijkplan.areas], snapshot.figures)
    (figure,) = [f for f in shown if (f.indicator, f.area_code) == (published.indicator, published.area_code)]
    chain.findings[published.indicator, published.area_code] = taking_over.take_figure(
        *chain.who, basis_of(figure), sentence=sentence(figure),
        environment=Environment(figure.environment) if figure.environment else None,
        reference=reference_text(figure), caveat=figure.note, meaning=meaning,
    )  # fmt: skip
    return figure


def an_evening_of_pains(chain: Chain) -> None:
    """Sprint 1: six people write what hurts; one pain goes on, the other stays with a reason."""
    evening = chain.evening
    step = evening.step("empathy_map")
    evening.open_room()
    people = evening.people(6)
    running.open_step(evening.store, evening.facilitator, step)
    form = "pain"
    texts = ("’s Avonds loop ik om langs het station", "Mijn fiets is weer weg", "Niemand groet elkaar")
    written = [
        notes.write_note(evening.store, notes.Note(token, step, "n", Written(text, form_key=form))).item.id
        for token, text in zip(people, texts, strict=False)
    ]
    moderation.release(evening.store, evening.facilitator, written)
    evening.run(step)
    settling.settle_step(
        evening.store, evening.facilitator, step, goes_on=written[:2], reasons={written[2]: "Komt terug bij de wensen."}
    )
    chain.made |= {"pain": written[0], "bike": written[1], "parked": written[2]}
    write(evening, 1, "main_question", "Waarom mijden mensen het centrum na zonsondergang?")
    chain.fix(1)


def walk_to_the_plan(chain: Chain, published: list[Published]) -> None:
    """Sprints 2 to 7, each result fixed before the next."""
    evening = chain.evening
    for each in published:
        take_over(chain, each, "De groep herkent dit.")
    write(evening, 2, "problems", [{"text": "Het centrum is na zonsondergang leeg", "evidence": published[1].words}])
    risk = chain.add(
        "risk", ItemKind.RISK, "Wie uitstapt, loopt alleen door het centrum", 2, chain.made["pain"],
        chain.findings["misdrijven", CENTRUM], chain.findings["inwoners", CENTRUM], where=Environment.CRIMINAL,
    )  # fmt: skip
    chain.fix(2)
    wish = chain.add("wish", ItemKind.WISH, "Het stationsplein is ook ’s avonds van ons", 3, risk,
                     where=Environment.SOCIAL)  # fmt: skip
    for part in BRIEF_PARTS:
        write(evening, 3, part, f"Over {part} in Baarn.")
    write(evening, 3, "facts", f"Misdrijven in het Centrum: {published[1].words} (2023, politie).")
    chain.fix(3)
    asked = approving.ask_approval(*chain.who, organisation="Politie", is_important=True)
    approving.record_answer(
        evening.store, evening.facilitator, asked.id, decision=Approval.AGREED, person="A. de Wit", role="Teamchef"
    )
    idea = chain.add("idea", ItemKind.IDEA, "Een loopmaat vanaf de laatste trein", 4, wish, where=Environment.SOCIAL)
    write(evening, 4, "ideas", [{"idea": idea, "type": "extension", "serves": "De loopgroep is er al."}])
    chain.fix(4)
    card = chain.add("intervention", ItemKind.INTERVENTION, "Loopgroep haalt mensen op bij het station", 5, idea,
                     where=Environment.SOCIAL)  # fmt: skip
    write(evening, 5, "cards", [{"intervention": card, "story": "Twee vrijwilligers staan klaar om 23.10 uur."}])
    baseline = published[1]
    indicator = {"intervention": card, "what": "Misdrijven", "baseline": baseline.words, "source": baseline.source}
    write(evening, 5, "indicators", [indicator])
    chain.fix(5)
    trial = {"intervention": card, "decision": "go_on", "reason": "Elke avond liepen er mensen mee."}
    write(evening, 6, "trials", [trial])
    feedback = chain.add("test", ItemKind.FEEDBACK, "Meelopen helpt vooral op vrijdag", 6, card,
                         where=Environment.SOCIAL)  # fmt: skip
    chain.fix(6)
    action = chain.add("action", ItemKind.ACTION, "De loopgroep staat elke vrijdag bij de laatste trein", 7, feedback,
                       where=Environment.SOCIAL)  # fmt: skip
    write(evening, 7, "embedding", [{"action": action, "owner": "Gemeente Baarn", "body": "Driehoek"}])
    write(evening, 7, "monitoring", [{"indicator": f"Misdrijven, nu {baseline.words}", "rhythm": "Elk jaar"}])
    chain.fix(7)


def chain_line_of(crime: Published, people: Published) -> str:
    """The herkomst of the action as it must read, from nothing but what is published."""
    told = [
        f"cijfer: {LABELS[each.indicator]} in {each.area}, {each.words} ({each.year}, {each.source})"
        for each in (crime, people)
    ]
    return (
        "actie ← terugkoppeling ← interventie ← idee ← wens ← risico ← 2 bevindingen en kaartje ← "
        f"sprint 1, 24 november 2026; {'; '.join(told)}"
    )


@pytest.fixture
def published(shared: Path) -> list[Published]:
    real = shared / "data" / "real"
    return [
        residents(real, CENTRUM), crimes(real, CENTRUM), liveability(real, CENTRUM),
        residents(real, PEKINGBUURT), crimes(real, PEKINGBUURT), liveability(real, PEKINGBUURT),
    ]  # fmt: skip


def numbers_of(snapshot: Snapshot) -> dict[tuple[str, str], tuple[str, str, str]]:
    """The hard information of the record: (indicator, area) -> (value, period, source)."""
    record = read_record(2, snapshot.contents(2))
    assert isinstance(record, Diagnosis)
    return {(row.indicator, row.area): (row.value, row.period, row.source) for row in record.hard}


LABELS = {
    "inwoners": "Inwoners",
    "misdrijven": "Geregistreerde misdrijven",
    "leefbaarheid": "Leefbaarheid (Leefbaarometer)",
}


def test_the_published_number_comes_out_at_every_end(shared: Path, store: Store, published: list[Published]) -> None:
    chain = plan_baarn(store, shared / "data" / "real")
    an_evening_of_pains(chain)
    walk_to_the_plan(chain, published)
    with pytest.raises(Refused, match="Dit cijfer staat al bij de harde informatie"):
        take_over(chain, published[1], "Nog eens")
    expected = {(LABELS[p.indicator], f"{p.area} ({p.area_code})"): (p.words, p.year, p.source) for p in published}

    snapshot = see_snapshot(*chain.who)
    # The record as it stands, and as it was fixed.
    assert numbers_of(snapshot) == expected
    (diagnosis,) = [r for r in snapshot.results if r.sprint == 2]
    (hard,) = [p for p in diagnosis.record["parts"] if p["part"] == "hard"]
    assert {(r["indicator"], r["area"]): (r["value"], r["period"], r["source"]) for r in hard["content"]["rows"]} == (
        expected
    )
    told_reference = {
        r["area"]: r["reference"] for r in hard["content"]["rows"] if r["indicator"] == LABELS["inwoners"]
    }
    assert set(told_reference.values()) == {published[0].reference}
    assert sorted({r.sprint for r in snapshot.results}) == [1, 2, 3, 4, 5, 6, 7]

    # The herkomst line of the action: every step back to the notes, and both figures with year and source.
    items = {i.id: i for i in snapshot.items}
    line = items[chain.made["action"]].origin_line
    assert line == chain_line_of(published[1], published[0])
    graph = herkomst.see_herkomst(*chain.who, chain.made["action"])
    assert {node.id for node in graph.before[-1]} == {
        chain.made["pain"], chain.findings["misdrijven", CENTRUM], chain.findings["inwoners", CENTRUM]
    }  # fmt: skip
    # What stayed is not in this chain, and is not lost.
    assert chain.made["parked"] not in {n.id for layer in graph.before for n in layer}
    assert items[chain.made["parked"]].reason == "Komt terug bij de wensen."

    the_files_say_the_same(snapshot, chain, published, expected, line)
    with store.read() as conn:
        assert journal.first_broken_line(conn, chain.evening.wijkplan_id) is None


def the_files_say_the_same(
    snapshot: Snapshot,
    chain: Chain,
    published: list[Published],
    expected: dict[tuple[str, str], tuple[str, str, str]],
    line: str,
) -> None:
    """JSON, XLSX and DOCX, each read back with its own reader."""
    told = read_json(make_file("json", snapshot).data)
    by_id = {item["id"]: item for item in told["items"]}
    assert by_id[chain.made["action"]]["came_from"] == line
    assert {
        (by_id[item_id]["basis"]["area_code"], indicator): by_id[item_id]["basis"]["value"]
        for (indicator, _code), item_id in chain.findings.items()
    } == {(p.area_code, p.indicator): p.value for p in published}
    shown = {
        (f["indicator"], f["area_code"]): (f["value"], f["period"] or "jaar niet vermeld") for f in told["figures"]
    }
    assert {(p.indicator, p.area_code): shown[p.indicator, p.area_code] for p in published} == {
        (p.indicator, p.area_code): (p.value, p.year) for p in published
    }
    (part,) = [p for p in told["sprint_parts"] if p["part"] == "hard"]
    assert {
        (r["indicator"], r["area"]): (r["value"], r["period"], r["source"]) for r in part["content"]["rows"]
    } == expected

    workbook = make_file("xlsx", snapshot).data
    sheets = read_xlsx(workbook)
    head, *rows = sheets["Acties"]
    (action,) = [dict(zip(head, row, strict=True)) for row in rows]
    assert action["Herkomst"] == line
    head, *rows = sheets["Cijfers over de wijk"]
    numbers = [dict(zip(head, row, strict=True)) for row in rows]
    by_place = {(n["Cijfer"], n["Gebiedscode"]): n["Waarde"] for n in numbers}
    assert {(p.indicator, p.area_code): by_place[p.indicator, p.area_code] for p in published} == {
        (p.indicator, p.area_code): p.value for p in published
    }
    assert all(isinstance(n["Waarde"], int | float) for n in numbers if n["Waarde"] is not None)
    assert rows_of_record(sheets["Per sprint opgeschreven"]) == expected
    assert openpyxl.load_workbook(io.BytesIO(workbook)).sheetnames == list(sheets)

    report = make_file("docx", snapshot).data
    text = re.sub(r"\s+", " ", docx_text(report))
    for (label, area), (value, period, source) in expected.items():
        assert f"Cijfer: {label} · Bron: {source} · Waarde: {value}" in text
        assert f"Gebied: {area} · Periode: {period}" in text
    cells = {cell for table in read_docx_tables(report) for row in table for cell in row}
    assert line in cells


def rows_of_record(sheet: list[list[object]]) -> dict[tuple[str, str], tuple[str, str, str]]:
    """The hard information out of the sheet with one cell per row."""
    head, *rows = sheet
    lines: dict[object, dict[object, object]] = {}
    for row in rows:
        cell = dict(zip(head, row, strict=True))
        if cell["Onderdeel"] == "Harde informatie":
            lines.setdefault(cell["Regel"], {})[cell["Kolom"]] = cell["Tekst"]
    return {
        (str(x["Cijfer"]), str(x["Gebied"])): (str(x["Waarde"]), str(x["Periode"]), str(x["Bron"]))
        for x in lines.values()
    }
