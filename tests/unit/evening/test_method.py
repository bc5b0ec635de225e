"""The content of the method: whole, marked honestly, in step with the code; and a mistake is told with its place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from workshop.domain.evening.method import Method, mark_words
from workshop.domain.thread.items import Environment
from workshop.domain.wijkplan.order import Mark
from workshop.locale import in_language
from workshop.sources.method import FOLDER, MethodError, read_method, the_method
from workshop.werkvormen import all_werkvormen

NL = the_method("nl")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Mark | Environment):
        return
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, tuple | list):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value):
        for field in fields(value):
            if field.name not in ("key", "werkvormen", "aims", "suits"):
                yield from _texts(getattr(value, field.name))


def test_seven_sprints_carry_the_ccvs_titles_only_where_these_are_known() -> None:
    assert [(s.number, s.shown_title) for s in NL.sprints] == [
        (1, "Zien en voelen (kopje in de tekst van het CCV)"),
        (2, "Dit is er aan de hand"),
        (3, "Wijkwens(en)"),
        (4, "Ideeën bedenken (werktitel)"),
        (5, "Interventies uitwerken (werktitel)"),
        (6, "Testen in de wijk (werktitel)"),
        (7, "Leren, besluiten en borgen (werktitel)"),
    ]
    assert [s.number for s in NL.sprints if s.title_mark is Mark.OFFICIAL] == [2, 3]


def test_each_sprint_names_its_result() -> None:
    assert [s.result for s in NL.sprints] == [
        "Pijn- en behoeftenkaart",
        "Wijkdiagnose",
        "Ontwerpbrief",
        "Ideeënoverzicht met keuze",
        "Interventiekaarten met aannames en testplan",
        "Testverslag: doorgaan, aanpassen of stoppen",
        "Wijkveiligheidsplan met uitvoeringsprogramma",
    ]
    assert [s.number for s in NL.sprints if s.result_mark is Mark.SOURCED] == [3]


def test_no_key_factor_of_ours_is_called_the_ccvs() -> None:
    assert [(f.number, f.title_mark) for f in NL.key_factors] == [
        (1, Mark.SOURCED),
        (2, Mark.OURS),
        (3, Mark.OURS),
        (4, Mark.SOURCED),
        (5, Mark.SOURCED),
        (6, Mark.OURS),
    ]


def test_every_environment_asks_what_happens_already_and_what_more_is_possible() -> None:
    assert set(NL.environments) == set(Environment)
    for guide in NL.environments.values():
        assert re.search(r"\bal\b", guide.already) and re.search(r"\bmeer\b", guide.more)
        assert len(guide.prompts) >= 3 and all(prompt.endswith("?") for prompt in guide.prompts)


def test_every_werkvorm_has_a_guide_and_every_guide_a_werkvorm() -> None:
    assert set(NL.guides) == {activity.key for activity in all_werkvormen()}


@pytest.mark.parametrize("activity", all_werkvormen(), ids=lambda activity: activity.key)
def test_the_script_plans_the_minutes_of_the_steps(activity: Any) -> None:
    assert activity.default_minutes == NL.guides[activity.key].minutes


def test_a_sprint_lists_only_werkvormen_that_fit_it() -> None:
    sprints = {activity.key: activity.sprints for activity in all_werkvormen()}
    assert [(s.number, key) for s in NL.sprints for key in s.werkvormen if s.number not in sprints[key]] == []


def test_the_fourteen_of_molenwijk_are_there_and_their_steps_are_ours() -> None:
    fourteen = {
        "socratic", "field_safari", "empathy_map", "show_me_your_life", "customer_journey", "consent", "other_eyes",
        "how_would_they", "board_game", "role_play", "sabotage", "ab_test", "love_wish_wonder", "assumptions",
    }  # fmt: skip
    assert {key for key, g in NL.guides.items() if g.name_mark is Mark.SOURCED} == fourteen | {"slide"}
    assert {g.way_mark for g in NL.guides.values()} == {Mark.OURS}


def test_socrates_and_the_safari_keep_the_sourced_group_and_time() -> None:
    assert (NL.guides["socratic"].group, NL.guides["socratic"].minutes) == ((3, 12), 90)
    assert (NL.guides["field_safari"].group, NL.guides["field_safari"].minutes) == ((5, 10), 150)


@pytest.mark.parametrize("key", ["board_game", "role_play", "field_safari"])
def test_what_cannot_be_done_on_a_phone_has_preparation_roles_and_a_timer(key: str) -> None:
    guide = NL.guides[key]
    assert len(guide.preparation) >= 2 and len(guide.roles) >= 2 and len(guide.steps) >= 4


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(-5, (0, 120)), (0, (0, 120)), (119, (0, 1)), (120, (1, 300)), (1019, (2, 1)), (1020, (3, 480)), (1560, (3, -60))],
)
def test_the_timer_of_one_two_four_all_walks_through_its_steps(seconds: int, shown: tuple[int, int]) -> None:
    guide = NL.guides["one_two_four_all"]
    assert [step.minutes for step in guide.steps] == [2, 5, 10, 8]
    assert guide.timer(seconds) == shown


@pytest.mark.parametrize("language", ["nl", "en"])
def test_sentences_are_short_and_words_of_the_law_or_of_scrum_stay_out(language: str) -> None:
    with in_language(language):
        texts = list(_texts(the_method(language)))
    assert len(texts) > 400
    too_long = [s for text in texts for s in re.split(r"(?<=[.?!:;])\s|\n|\( \)", text) if len(s.split()) > 22]
    assert too_long == []
    banned = re.compile(r"\b(stakeholders?|scrum|vaststellen|belanghebbenden?|tafelstem|regie)\b", re.IGNORECASE)
    assert [text for text in texts if banned.search(text)] == []
    assert [t for t in texts if re.search(r"\bbezwaar\b", t) and "overwegend bezwaar" not in t.lower()] == []


def test_english_is_complete_and_another_language_falls_back_to_dutch() -> None:
    english = the_method("en")
    assert [s.title for s in english.sprints] == [
        "See and feel", "This is what is going on", "Neighbourhood wish(es)", "Invent ideas", "Work out interventions",
        "Test in the neighbourhood", "Learn, decide and embed",
    ]  # fmt: skip
    for one, other in (
        (english.sprints, NL.sprints),
        (english.key_factors, NL.key_factors),
        (tuple(english.environments.values()), tuple(NL.environments.values())),
        (tuple(english.guides.values()), tuple(NL.guides.values())),
    ):
        assert [len(list(_texts(part))) for part in one] == [len(list(_texts(part))) for part in other]
    assert {key for key, guide in english.guides.items() if guide.purpose == NL.guides[key].purpose} == set()
    assert the_method("fr") == NL


def test_every_mark_has_words() -> None:
    assert len({mark_words(mark) for mark in Mark}) == len(Mark)


class TestMistakes:
    """A trainer's mistake is told with the file and the field, in a Dutch sentence."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        shutil.copytree(FOLDER, tmp_path / "method")
        return tmp_path / "method"

    @pytest.mark.parametrize(
        ("file", "old", "new", "said"),
        [
            ("sprints.toml", 'title = "Wijkwens(en)"', 'titel = "x"', "sprints.toml: sprint[3].nl.title ontbreekt."),
            ("sprints.toml", 'title = "Wijkwens(en)"', "title = 3", "sprint[3].nl.title moet een tekst zijn."),
            ("sprints.toml", 'title = "Wijkwens(en)"', 'title = " "', "sprint[3].nl.title moet een tekst zijn."),
            ("sprints.toml", "number = 2", "number = 3", "sprints.toml: sprint[2].number moet 2 zijn."),
            (
                "sprints.toml",
                'title_mark = "heading"',
                'title_mark = "echt"',
                "sprint[1].title_mark moet een van deze zijn: official, heading, sourced, working_title, ours.",
            ),
            ("sprints.toml", '"socratic", ', '"socrates", ', "sprint 1 noemt de werkvorm socrates"),
            ("sprints.toml", "[[sprint]]\nnumber = 1\n", "[[sprint]]\n", "sprint[1].number ontbreekt."),
            ("key_factors.toml", "factor", "factors", "key_factors.toml: factor ontbreekt."),
            ("environments.toml", 'key = "social"', 'key = "criminal"', "noem elk van de vier omgevingen één keer."),
            ("environments.toml", 'key = "social"', "key = ", "environments.toml: we kunnen dit niet lezen ("),
            ("werkvormen/consent.toml", "minutes = [5, 8, ", "minutes = [5, ", "minutes moet voor elke stap één getal"),
            ("werkvormen/consent.toml", "minutes = [5, ", "minutes = [0, ", "minutes moet een heel getal van 1"),
            ("werkvormen/consent.toml", "minutes = [5, ", "minutes = [true, ", "minutes moet een heel getal van 1"),
            ("werkvormen/consent.toml", "group = [5, 15]", "group = [15, 5]", "consent.toml: group moet het kleinste"),
            ("werkvormen/consent.toml", "[nl]", "kleur = 1\n[nl]", "consent.toml: kleur kennen we niet."),
            ("werkvormen/consent.toml", "[nl]", "[nl]\nkleur = 1", "consent.toml: nl.kleur kennen we niet."),
            ("werkvormen/consent.toml", "[nl]", "[de]", "consent.toml: nl ontbreekt."),
            ("werkvormen/consent.toml", "Voorstel: ______", "x" * 1300, "nl.card is te lang (hoogstens 1200 tekens)."),
        ],
    )
    def test_it_is_told_where_it_stands(self, folder: Path, file: str, old: str, new: str, said: str) -> None:
        path = folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, -1 if old == "factor" else 1), encoding="utf-8")
        with pytest.raises(MethodError) as told:
            read_method(folder)
        assert said in str(told.value)
        assert str(told.value).startswith(Path(file).name)
        assert str(told.value).endswith(".")

    def test_a_mistake_in_another_language_is_found_when_dutch_is_read(self, folder: Path) -> None:
        path = folder / "sprints.toml"
        path.write_text(
            path.read_text(encoding="utf-8").replace('title = "Invent ideas"', "title = 4"), encoding="utf-8"
        )
        with pytest.raises(MethodError, match=re.escape("sprint[4].en.title moet een tekst zijn.")):
            read_method(folder, "nl")

    def test_a_missing_file_and_a_broken_one_are_named(self, folder: Path) -> None:
        (folder / "environments.toml").write_bytes(b"\xff\xfe")
        with pytest.raises(MethodError, match=r"environments\.toml: we kunnen dit niet lezen"):
            read_method(folder)
        (folder / "environments.toml").unlink()
        with pytest.raises(MethodError, match=r"environments\.toml: dit bestand is er niet\."):
            read_method(folder)

    def test_a_changed_title_is_read_without_touching_code(self, folder: Path) -> None:
        path = folder / "sprints.toml"
        path.write_text(path.read_text(encoding="utf-8").replace('"Ideeën bedenken"', '"Dromen"'), encoding="utf-8")
        changed: Method = read_method(folder)
        assert changed.sprint(4).shown_title == "Dromen (werktitel)"
