"""Every card on paper, measured in Chromium: it fits on A6 in both languages, also with the question in two more."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.evening import Evening, plan_evening
from workshop.actions.evening import notes
from workshop.actions.evening.paper import Card, see_card
from workshop.actions.evening.sessions import put_item_on_step, translate_step
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.locale import in_language
from workshop.room.evening.card_size import Fit, fitting
from workshop.room.evening.cards import question_languages
from workshop.room.frame.render import draw
from workshop.sources.method import the_method
from workshop.store import Store
from workshop.ui.evening.cards import paper
from workshop.werkvormen import Werkvorm, all_werkvormen

ASSETS = Path(__file__).parents[2] / "workshop" / "room" / "assets"
TEXTS = ("Donker pad bij de speeltuin", "Lawaai op het plein", "Leegstand in de winkelstraat")
LONG = tuple(
    f"{n}. Er is te weinig licht bij het pad achter de flats, en niemand weet wie daarover gaat" for n in range(7)
)
TONGUES = {
    "ar": "أين نقف الآن في هذا الحي وماذا نريد أن نفعل معاً؟",
    "tr": "Bu mahallede şu anda neredeyiz ve birlikte ne yapmak istiyoruz?",
}
_TOO_BIG = """() => [...document.querySelectorAll(".kaart")].filter(card => {
  const inside = card.getBoundingClientRect(), at = getComputedStyle(card);
  const low = inside.bottom - parseFloat(at.paddingBottom) + 1, right = inside.right + 1;
  return card.scrollHeight > card.clientHeight + 1 || card.scrollWidth > card.clientWidth + 1
    || [...card.querySelectorAll("*")].some(part => part.getBoundingClientRect().right > right);
}).map(card => card.dataset.name)"""


def card_of(evening: Evening, activity: Werkvorm, texts: tuple[str, ...]) -> Card:
    """The card of a prepared step with these items on it and the question in two more languages."""
    step_id = evening.step(activity.key)
    if activity.takes:
        for text in texts:
            kind = ItemKind(min(activity.takes))
            made = notes.add_item(
                evening.store, evening.facilitator, evening.wijkplan_id, kind=kind, written=Written(text)
            )
            put_item_on_step(evening.store, evening.facilitator, step_id, made)
    for code, text in TONGUES.items():
        translate_step(evening.store, evening.facilitator, step_id, code, text)
    return see_card(evening.store, evening.facilitator, step_id)


def drawn(card: Card, fit: Fit, name: str) -> str:
    tongues = question_languages(card)
    html = draw("kaart.html", card=card, languages_of_question=tongues, density=fit.density, lines=fit.lines)
    return f'<div class="kaarten {fit.size}">{html}</div>'.replace("<article", f'<article data-name="{name}"', 1)


def too_big(browser: Any, folder: Path, language: str, cards: list[str]) -> list[str]:
    """Names of the cards that hold more than their sheet."""
    css = "".join((ASSETS / name).read_text("utf-8") for name in ("base.css", "room.css", "print.css"))
    css = re.sub(r"url\(fonts/", f"url(file://{ASSETS}/fonts/", css)
    page_file = folder / "kaarten.html"
    head = f'<!doctype html><html lang="{language}"><meta charset="utf-8"><style>{css}</style>'
    page_file.write_text(f'{head}<body class="papier">{"".join(cards)}', "utf-8")
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.goto(f"file://{page_file}")
    page.evaluate("() => document.fonts.ready")
    found: list[str] = page.evaluate(_TOO_BIG)
    page.close()
    return found


@pytest.fixture
def evening(sqlite_store: Store) -> Evening:
    return plan_evening(sqlite_store)


def test_every_card_fits_on_a6_and_nothing_is_ever_cut_off(browser: Any, evening: Evening, tmp_path: Path) -> None:
    larger, cut_off = [], []
    kinds = [(activity.key, card_of(evening, activity, TEXTS)) for activity in all_werkvormen()]
    of_seven = ("risk_dots", "risk_field", "ranking", "scale_items", "consent")
    longer = [(a.key, card_of(evening, a, LONG)) for a in all_werkvormen() if a.key in of_seven]
    for language in ("nl", "en"):
        with in_language(language):
            html = []
            # Texts of an activity are drawn in the language of the moment, so they are asked for again.
            again = [(key, see_card(evening.store, evening.facilitator, card.step_id)) for key, card in kinds]
            for key, card in again:
                for told in (card, replace(card, translations={})):
                    fit = fitting(told)
                    name = f"{key} {language} {len(told.translations)}"
                    larger += [name] if fit.size != "a6" else []
                    html += [drawn(told, fit, name), drawn(told, fitting(told, is_large=True), f"{name} groot")]
            for key, card in longer:
                told = see_card(evening.store, evening.facilitator, card.step_id)
                html.append(drawn(told, fitting(told), f"{key} {language} long"))
        cut_off += too_big(browser, tmp_path, language, html)
    assert (larger, cut_off) == ([], [])


def test_the_cards_to_write_on_are_a6_and_the_sheet_for_the_leader_is_one_page(browser: Any) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.emulate_media(media="print")
    for language in ("nl", "en"):
        with in_language(language):
            sheets = [paper(a, the_method(language).guides[a.key], instruction="Zo. " * 30) for a in all_werkvormen()]
        for activity, sheet in zip(all_werkvormen(), sheets, strict=True):
            page.set_content(f'<body style="margin:0;font-family:Arial">{sheet}')
            lead, card, inside = page.evaluate(_SIZES)
            name = f"{activity.key} {language}"
            assert (card, inside <= 148, lead <= 297) == ([105, 148], True, True), f"{name}: {lead} {inside}"
    page.close()


_SIZES = """() => {
  const mm = pixels => Math.round(pixels * 254 / 96) / 10, card = document.querySelector(".a6 section");
  document.querySelector(".lead").style.width = "210mm";
  return [mm(document.querySelector(".lead").offsetHeight), [mm(card.offsetWidth), mm(card.offsetHeight)].map(Math.round),
    mm(card.scrollHeight)];
}"""


def test_a_card_with_more_than_fits_is_found(browser: Any, evening: Evening, tmp_path: Path) -> None:
    card = card_of(evening, next(a for a in all_werkvormen() if a.key == "empathy_map"), TEXTS)
    assert fitting(card).size == "a6"
    crowded = drawn(card, Fit("a6", "", 3), "big type")  # the twin: set in the type of a card that holds little
    assert too_big(browser, tmp_path, "nl", [crowded]) == ["big type"]
    long = replace(card, translations={"tr": "çok uzun bir soru " * 60})
    assert fitting(long).size != "a6"
