"""The desk takes a figure and a passage over by one press; both stand in sprint 2 with their source."""

from __future__ import annotations

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_results_page import desk, words
from tests.pages.test_sprints_page import press
from workshop.actions.sprints.material import see_snapshot

PASSAGE = "Er is weinig te doen voor jongeren in deze buurt."


def origins(evening: Evening) -> dict[str, str]:
    found = see_snapshot(evening.store, evening.facilitator, evening.wijkplan_id).items
    return {item.text: item.origin_line for item in found}


def test_a_figure_is_taken_over_with_its_source(open_page: Open, evening: Evening) -> None:
    page = desk(open_page, evening, "figures")
    press(page, "Neem over, met bron")
    assert "Kies eerst een cijfer." in words(page)
    which = next(box for box in page.selectbox if box.label == "Cijfer")
    which.set_value(next(n for n, label in enumerate(which.options) if "misdrijven, Centrum" in label))
    press(page, "Neem over, met bron")
    assert "Overgenomen in sprint 2" in words(page)
    assert origins(evening) == {
        "In Centrum legde de politie 159 misdrijven vast; in Baarn 982 (2023, politie).": (
            "bevinding ← cijfer: Geregistreerde misdrijven in Centrum, 159 misdrijven (2023, politie, 47018NED)"
        )
    }


def test_a_passage_of_a_pasted_report_is_taken_over_with_its_source(open_page: Open, evening: Evening) -> None:
    page = desk(open_page, evening, "reports")
    page.text_area(key="report_text").set_value(
        f"## Wat men zegt\n\n{PASSAGE}\n\nMevrouw Jansen van nummer 12 klaagt elke dag.\n\n| Inwoners | 2.875 |\n"
    ).run()
    assert "2 passages gelezen. 1 regel van een tabel laten we weg" in words(page)
    press(page, "Neem over")
    assert "Vul in: titel, van wie het is, van wanneer, en wie er spreekt." in words(page)
    for label, value in {
        "Titel van het rapport": "Gebiedsscan",
        "Van wie is het rapport?": "gemeente Baarn",
        "Van wanneer? (jaar of datum)": "2024",
        "Wie is hier aan het woord? (een groep)": "Professionals",
    }.items():
        next(field for field in page.text_input if field.label == label).set_value(value)
    press(page, "Neem over")
    assert "Overgenomen in sprint 2" in words(page) and "gemeente Baarn, 2024): 1 passage" in words(page)
    press(page, "Neem over")  # the other one, with a name in it
    assert "de naam van een persoon" in words(page)
    assert origins(evening) == {PASSAGE: "bevinding ← rapport: Gebiedsscan (gemeente Baarn, 2024)"}
