"""The policy officer's desk: the results on screen, and the four files on disk."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.e2e.scenes.streamlit_page import drawn, open_tab
from tests.e2e.window import Window
from tests.exports.readers import docx_text, read_csv_zip, read_docx_tables, read_json, read_xlsx

#: What the link of each kind of file begins with.
KINDS = {"docx": "Rapport (Word)", "xlsx": "Werkmap (Excel)", "csv": "Tabellen (CSV)", "json": "Gegevens (JSON)"}

#: A table of an outcome: rows of words and numbers, as text, without its header.
Rows = list[list[str]]


def open_results(window: Window, plan_id: str) -> None:
    page = window.go(f"/beleid?plan={plan_id}")
    expect(page.get_by_role("heading", name="Resultaten", exact=True)).to_be_visible()
    drawn(page)


#: As StatLine gives it: one figure about a buurt of this wijkplan, and one about another municipality.
OWN_FIGURES = (
    '"","SoortMisdrijf","SoortMisdrijf_label","WijkenEnBuurten","WijkenEnBuurten_label","Perioden","Perioden_Date",'
    '"Perioden_freq","Perioden_label","GeregistreerdeMisdrijven_1","Gemeentenaam_2","SoortRegio_3"\n'
    '"1","0.0.0 ","Totaal misdrijven","{code}","Hier","2023JJ00",2023-01-01,"Y","2023",34,"Baarn","Buurt   "\n'
    '"2","0.0.0 ","Totaal misdrijven","BU01060000","Brinkkwartier","2023JJ00",2023-01-01,"Y","2023",191,"Assen","Buurt   "\n'
)


def add_own_figures(window: Window, folder: Path, code: str) -> None:
    """Bring a file, see what was understood, keep it; it stands in the list and among the figures."""
    path = folder / "politie.csv"
    path.write_text(OWN_FIGURES.format(code=code), "utf-8")
    open_tab(window.page, "Cijfers")
    window.page.locator("input[type=file]").set_input_files(path)
    expect(window.page.get_by_text("1 cijfer gaat over jullie gebied.")).to_be_visible()
    window.page.get_by_role("button", name="Bewaar deze cijfers").click()
    expect(window.page.get_by_text("politie.csv: 1 cijfer")).to_be_visible()
    drawn(window.page)


def download(window: Window, folder: Path) -> dict[str, Path]:
    """Press every link; returns the files by kind."""
    open_tab(window.page, "Downloads")
    found: dict[str, Path] = {}
    for title in (KINDS["docx"], KINDS["xlsx"]):
        window.page.get_by_role("button", name=f"Maak: {title}").click()
    for kind, title in KINDS.items():
        expect(window.page.get_by_role("link", name=f"Haal op: {title}")).to_be_visible(timeout=180_000)
        with window.page.expect_download(timeout=60_000) as started:
            window.page.get_by_role("link", name=f"Haal op: {title}").click()
        found[kind] = folder / started.value.suggested_filename
        started.value.save_as(found[kind])
    return found


def tables_in(files: dict[str, Path], caption: str, header: list[str]) -> dict[str, list[Rows]]:
    """Every table with this caption, per kind of file, in the order of the rounds."""
    data = {kind: path.read_bytes() for kind, path in files.items()}
    book = read_xlsx(data["xlsx"])["Uitslagen"]
    told = read_json(data["json"])
    return {
        "xlsx": _in_lines([[_word(cell) for cell in row] for row in book], caption),
        "csv": _in_lines(read_csv_zip(data["csv"])["outcomes"], caption),
        "json": [
            [[_word(cell) for cell in row] for row in table["rows"]]
            for session in told["sessions"]
            for step in session["steps"]
            for shown in step["rounds"]
            for table in shown["tables"]
            if table["caption"] == caption
        ],
        "docx": [
            [[_word(cell) for cell in row] for row in table[1:]]
            for table in read_docx_tables(data["docx"])
            if [_word(cell) for cell in table[0]] == header
        ],
    }


def _in_lines(rows: list[list[str]], caption: str) -> list[Rows]:
    """Tables out of one long list of cells: a line per cell, with round, table, line, first cell, column and value."""
    head = rows[0]
    at = {name: head.index(name) for name in ("Ronde-id", "Tabel", "Regel", "Rij", "Waarde")}
    tables: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for row in rows[1:]:
        if row[at["Tabel"]] == caption:
            line = tables[row[at["Ronde-id"]]].setdefault(row[at["Regel"]], [row[at["Rij"]]])
            line.append(row[at["Waarde"]])
    return [list(lines.values()) for lines in tables.values()]


def _word(cell: Any) -> str:
    return "" if cell is None else str(cell)


def told(files: dict[str, Path]) -> Any:
    """The JSON file."""
    return read_json(files["json"].read_bytes())


def report(files: dict[str, Path]) -> str:
    """All words of the report."""
    return docx_text(files["docx"].read_bytes())
