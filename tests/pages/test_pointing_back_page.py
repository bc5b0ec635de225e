"""What a step is about, and linking what points to nothing, on the console."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.actions.evening.test_pointing_back import Ideas
from tests.pages.conftest import Open
from tests.pages.test_console import console, press
from workshop.actions.evening import moderation
from workshop.store import Store


def boxes(page: AppTest) -> list[str]:
    return [box.label.replace("\\", "") for box in page.expander]


def test_the_console_says_what_a_step_is_about_and_links_the_rest_in_one_go(open_page: Open, house: Store) -> None:
    ideas = Ideas(house)
    ideas.open()
    page = console(open_page, ideas.evening)
    assert "Deze stap gaat over: nog niets gekozen" in boxes(page)
    next(m for m in page.multiselect if m.label == "Waar gaat deze stap over?").set_value([ideas.wishes[0]])
    page = press(page, "Bewaar")
    assert "Deze stap gaat over: wens: Licht op het plein" in boxes(page)
    ideas.about()
    loose = [ideas.write("Lantaarn"), ideas.write("Maaltijd", person=1)]
    moderation.release(house, ideas.facilitator, loose)
    ideas.evening.run(ideas.step)
    page = console(open_page, ideas.evening)
    page.segmented_control(key="desk").set_value("settling").run()
    assert "2 onderwerpen wijzen nog nergens naar terug." in "\n".join(w.value for w in page.warning)
    next(m for m in page.multiselect if m.label == "Komen voort uit").set_value([ideas.wishes[1]])
    page = press(page, "Koppel")
    assert not page.warning
    assert [ideas.origin(item) for item in loose] == [(ideas.wishes[1],)] * 2


def test_one_note_gets_another_origin(open_page: Open, house: Store) -> None:
    ideas = Ideas(house, beside=1)
    ideas.open()
    note = ideas.write("Lantaarn")
    moderation.release(house, ideas.facilitator, [note])
    page = console(open_page, ideas.evening)
    page.selectbox(key="notes_one").set_value(note).run()
    next(m for m in page.multiselect if m.label == "Komt voort uit").set_value([ideas.wishes[1]])
    page = press(page, "Bewaar de herkomst")
    assert ideas.origin(note) == (ideas.wishes[1],)
