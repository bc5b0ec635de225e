"""Personal data in free text: assurance T33, T34, T43 and rows V37-V52 of list V."""

from __future__ import annotations

import importlib.util
import json
import random
import re
from collections import Counter
from pathlib import Path

import pytest

from tests.proofs import cases
from workshop.domain.errors import PersonalData, WorkshopError
from workshop.domain.texts import BLACK
from workshop.screening import free_text as screening
from workshop.screening.free_text import Finding, check_free_text, screen

INPUTS = Path(__file__).parent / "inputs"


def _sentences():
    spec = importlib.util.spec_from_file_location("sentences", INPUTS / "sentences.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _kinds(text: str) -> set[str]:
    outcome = screen(text)
    return {finding.kind for finding in [*outcome.refused, *outcome.warnings]}


# --- a corpus made by rules --------------------------------------------------------


@pytest.mark.proof
def test_planted_personal_data_is_found() -> None:
    planted = _sentences().planted_sentences(random.Random(33), cases(2_400, whole=50_000))
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    missed: list[tuple[str, str]] = []
    for kind, sentence in planted:
        asked[kind] += 1
        if kind in _kinds(sentence):
            found[kind] += 1
        else:
            missed.append((kind, sentence))
    recall = {kind: found[kind] / asked[kind] for kind in asked}
    assert {kind: share for kind, share in recall.items() if share < (0.85 if kind == "name" else 0.99)} == {}, missed[
        :20
    ]


@pytest.mark.proof
def test_a_masked_text_holds_none_of_it_any_more() -> None:
    asked = cases(800, whole=20_000)
    alarms = []
    for kind, sentence in _sentences().planted_sentences(random.Random(35), asked):
        outcome = screen(sentence)
        if kind == "name":
            continue
        found = [sentence[f.start : f.end] for f in (*outcome.refused, *outcome.warnings) if f.kind == kind]
        assert not any(text in outcome.masked for text in found), outcome.masked
        if kind in _kinds(outcome.masked):
            alarms.append(outcome.masked)
    # A mask is shorter than what it hides, so that an amount of money may come near the word that makes it a BSN: once in
    # 20,000. What was planted is gone there as well; in the sample there is none.
    assert len(alarms) <= asked // 10_000, alarms


def test_twin_without_the_mask_it_is_still_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screening, "_mask", lambda text, _findings: text)
    with pytest.raises(AssertionError):
        test_a_masked_text_holds_none_of_it_any_more()


@pytest.mark.proof
def test_clean_sentences_are_left_alone() -> None:
    clean = _sentences().clean_sentences(random.Random(34), cases(2_400, whole=50_000))
    alarms = [(sentence, kinds) for sentence in clean if (kinds := _kinds(sentence))]
    assert len(alarms) / len(clean) <= 0.02, alarms[:20]
    assert sum("bsn" in kinds for _sentence, kinds in alarms) / len(clean) <= 0.002, alarms[:20]


def test_what_people_in_amsterdam_wrote_on_the_map_raises_no_false_alarm(shared: Path) -> None:
    path = shared / "data/real/teksten/amsterdam_tekensessies_2015.geojson"
    drawn = json.loads(path.read_text(encoding="utf-8"))["features"]
    texts = [text for feature in drawn if (text := feature["properties"]["Beschr"])]
    assert len(texts) == 391
    assert [(text, kinds) for text in texts if (kinds := _kinds(text))] == []


def test_the_neighbourhood_scans_of_heerenveen_raise_hardly_any_false_alarm(shared: Path) -> None:
    sentences = []
    for path in sorted((shared / "data/real/teksten/heerenveen_gebiedsscans").glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentences += [part for part in re.split(r"(?<=[.!?]) ", line) if len(part.split()) > 3]
    alarms = [(sentence, kinds) for sentence in sentences if (kinds := _kinds(sentence))]
    assert len(sentences) > 1_500
    assert len(alarms) / len(sentences) <= 0.001, alarms
    assert not any("bsn" in kinds for _sentence, kinds in alarms)


# --- one row at a time ---------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "111222333",
        "111.222.333",
        "111 222 333",
        "BSN: 12345672",
        "mijn bsn is 123456782, bel me",
        "111\u200b222\u200b333",
        "１１１２２２３３３",
        "In 2024 gaf ik 999999990 op",
        "12\u00a0345\u00a06782 is mijn burgerservicenummer",
    ],
)
def test_a_bsn_is_refused_even_when_confirmed_and_never_repeated(text: str) -> None:
    with pytest.raises(PersonalData) as refusal:
        check_free_text(text, confirmed=True, field="tekst")
    error = refusal.value
    assert (
        error.message
        == "Er lijkt een burgerservicenummer (BSN) in je tekst te staan. Haal het weg en verstuur opnieuw."
    )
    assert (error.final, error.kind, error.field) == (True, "refused", "tekst")
    assert not re.search(r"\d{3}", str(error) + error.message + (error.masked or "").replace("2024", ""))


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("KvK 12345672", set()),
        ("zaak 2026-123456782", {"number"}),
        ("ordernummer 123456782 is binnen", {"number"}),
        ("mijn bsn 123456789", {"number"}),
        ("er zijn 123.456.782 euro uitgegeven", set()),
        ("000000000", set()),
        ("onze cijfers: 1 1 1 2 2 2 3 3 3", set()),
        ("06-12345678", {"phone"}),
        ("+31 6 12 34 56 78", {"phone"}),
        ("0031612345678", {"phone"}),
        ("020-5550123", {"phone"}),
        ("bel 112, 113, 0800-7000 of 0900-8844", set()),
        ("jan.jansen@voorbeeld.nl", {"email"}),
        ("jan (at) voorbeeld punt nl", {"email"}),
        ("@school om 12 uur", set()),
        ("NL91ABNA0417164300", {"iban"}),
        ("NL91 ABNA 0417 1643 00", {"iban"}),
        ("NL92ABNA0417164300", set()),
        ("A-12", set()),
        ("N-201", set()),
        ("P-2026-X", set()),
        ("een wagen met 12-abc-3", {"plate"}),
        ("Dorpsstraat 12b, 1234 AB", {"address"}),
        ("Bij Dorpsstraat 12 ligt vuil", set()),
        ("Zij woont op Dorpsstraat 12", {"address"}),
        ("in 1500 en 2024 was het zo", set()),
        ("geboren 03-04-1981", {"birth"}),
        ("de wijk is geboren in 1970", set()),
        ("op 03-04-2025 was het donker", set()),
        ("Burgemeester Jansen opende het park", set()),
        ("Burgemeester Jan de Vries opende het park", set()),
        ("meneer Jansen klaagt vaak", {"name"}),
        ("mevrouw de voorzitter", set()),
        ("de Jan van Galenstraat en het Anne Frankplein", set()),
        ("De bus op lijn 12 is vaak te laat", set()),
        ("met de auto om 12 30 uur", set()),
        ("prioriteit op 1: drugs", set()),
        ("Op nummer 1 staat drugsoverlast", set()),
        ("1 op 10 bewoners is bedreigd", set()),
        ("voetbalclub Willem II", set()),
        ("https://www.baarn.nl/wijk/123456782", {"number"}),
        ("aaaa" * 499 + "!", set()),
    ],
    ids=lambda value: ascii(value)[:40],
)
def test_each_row_of_the_list(text: str, kinds: set[str]) -> None:
    assert _kinds(text) == kinds


def test_places_and_mask_belong_to_the_text_as_typed() -> None:
    text = "Bel\u200b mij: 06\u201112345678 of jan@voorbeeld.nl."
    outcome = screen(text)
    assert outcome.warnings == [Finding("phone", 10, 21), Finding("email", 25, 41)]
    assert text[10:21] == "06\u201112345678"
    assert outcome.masked == f"Bel\u200b mij: {BLACK} of {BLACK}."
    assert (outcome.refused, outcome.help_text) == ([], None)


def test_a_warning_names_the_kinds_and_offers_a_masked_text() -> None:
    with pytest.raises(PersonalData) as warning:
        check_free_text("  Bel 06-12345678, mail jan@voorbeeld.nl of betaal op NL91ABNA0417164300 ")
    error = warning.value
    assert error.message == (
        "Er lijkt een telefoonnummer, een e-mailadres en een rekeningnummer in je tekst te staan. "
        "Haal het weg, of bevestig dat het mag blijven."
    )
    assert (error.final, error.kind) == (False, "warning")
    assert error.masked == f"Bel {BLACK}, mail {BLACK} of betaal op {BLACK}"
    assert check_free_text(error.masked) == error.masked


def test_a_confirmed_text_is_returned_clean() -> None:
    assert check_free_text(" Bel 06-12345678\x00 ", confirmed=True) == "Bel 06-12345678"


def test_the_length_is_checked_before_the_content() -> None:
    with pytest.raises(WorkshopError) as refusal:
        check_free_text("111222333 " * 300)
    assert refusal.value.message == "Je tekst is 2.999 tekens. Kort hem in tot 2.000."


# --- blame (T34) -----------------------------------------------------------------------

DOERS = [
    "de buurman op 14",
    "de bewoner van nummer 8",
    "de man op huisnummer 22b",
    "die familie op nr 6",
    "mijn buurvrouw",
    "Piet Jansen",
    "mevrouw de Vries",
    "de jongens van Dorpsstraat 12",
    "het gezin op 31",
    "onze overbuurman",
]
DEEDS = [
    "dealt",
    "verkoopt drugs",
    "mishandelt zijn kind",
    "pleegt fraude met een uitkering",
    "heeft een wapen",
    "is verslaafd",
]
PLACES = [
    "In het park",
    "Op het plein",
    "Bij de school",
    "Rond het station",
    "In onze straat",
    "Bij de flats",
    "Op de markt",
    "In de tunnel",
    "Om 14 uur",
    "Op 14 maart",
]
HAPPENINGS = [
    "wordt gedeald",
    "worden drugs verkocht",
    "wordt gestolen",
    "is een wapen gevonden",
    "wordt vaak ingebroken",
    "zijn mensen bedreigd",
]


def test_blame_of_one_person_or_door_is_seen() -> None:
    texts = [f"{doer} {deed}" for doer in DOERS for deed in DEEDS]
    missed = [text for text in texts if "accusation" not in _kinds(text)]
    assert len(texts) == 60
    assert len(missed) <= 6, missed


def test_place_and_behaviour_without_a_person_are_welcome() -> None:
    texts = [f"{place} {happening}" for place in PLACES for happening in HAPPENINGS]
    assert [text for text in texts if _kinds(text)] == []


def test_blame_is_answered_with_where_to_report_it() -> None:
    with pytest.raises(PersonalData) as warning:
        check_free_text("De buurman op 14 dealt")
    assert warning.value.message == (
        "Je tekst lijkt iemand te beschuldigen of iets gevoeligs over iemand te zeggen. "
        "Schrijf liever over de plek en wat er gebeurt. Spoed? Bel 112. Geen spoed? Bel de politie: 0900-8844. "
        "Anoniem? Bel Meld Misdaad Anoniem: 0800-7000."
    )
    assert warning.value.final is False


# --- distress (V52) ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "ik doe mezelf iets aan",
        "Ik wil dood",
        "ik denk aan zelfmoord",
        "ik wil niet meer leven",
        "dan maak ik een eind aan mijn leven",
    ],
)
def test_self_harm_is_accepted_and_answered_with_113(text: str) -> None:
    assert check_free_text(text) == text
    assert screen(text).help_text == (
        "Gaat het niet goed met jou of met een ander? Bel gratis 0800-0113, bel 113 of chat op 113.nl. "
        "Direct gevaar? Bel 112."
    )


@pytest.mark.parametrize("text", ["ik ga hem neersteken", "ik maak je dood", "Ik zal ze allemaal doodschieten"])
def test_a_threat_is_accepted_and_answered_with_112(text: str) -> None:
    assert check_free_text(text) == text
    assert screen(text).help_text == "Is er nu gevaar voor iemand? Bel 112. Geen spoed? Bel de politie: 0900-8844."


@pytest.mark.parametrize("text", ["ik wil meer groen", "de dode hoek is gevaarlijk", "ik ga vaak naar het park"])
def test_ordinary_sentences_get_no_help_text(text: str) -> None:
    assert screen(text).help_text is None


# --- hostile texts (T43) --------------------------------------------------------------------

SEEDS = [
    "a",
    "1",
    "1 ",
    "1.",
    "0",
    "06 ",
    "+31",
    "0-",
    "a@",
    "@",
    "a.",
    "a (at) ",
    "a punt ",
    "NL91",
    "NL91ABNA ",
    "1234 AB ",
    "1234ab",
    "12-",
    "AB-12-",
    "A.",
    "van ",
    "Jan ",
    "jan de ",
    "meneer ",
    "J. de ",
    "buurman op 14 dealt ",
    "ik wil ",
    "mezelf ",
    "ik ga ",
    "geboren 03-",
    "03-04-1981 ",
    "aastraat",
    "straat 12 ",
    "a-",
    "a'",
    "\u200b1",
    "é",
    "0612345678",
    "+32 ",
    "111222333 ",
    "(0",
    "auto AB12CD ",
    "breekt ",
]


def test_hostile_texts_are_looked_through_to_the_end() -> None:
    for seed in SEEDS:
        masked = screen((seed * 2_000)[:1_960] + ". Bel 06-12345678.").masked
        assert masked.endswith(". Bel █████."), seed
