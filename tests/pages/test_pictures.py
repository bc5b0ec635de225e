"""Pictures: what they show is right, people's words stay words, and a wall can be read from the back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from workshop.domain.evening.stories import (
    Bar,
    BarsPicture,
    FieldPicture,
    FieldPoint,
    GroupRow,
    GroupsPicture,
    OverlapPicture,
    Picture,
    Table,
)
from workshop.domain.thread.items import KOPPELVLAKKEN, Environment
from workshop.ui.drawing.field import jitter, ring_places
from workshop.ui.drawing.groups import middle_of
from workshop.ui.drawing.marks import inert, wrapped
from workshop.ui.drawing.overlap import MEETING, belongs_to, meeting_outline
from workshop.ui.drawing.pictures import describe, draw
from workshop.ui.frame.tables import table_html

NASTY = '<b>vet</b> <a href="http://x">link</a> $x$'
FIVE = ("een", "twee", "drie", "vier", "vijf")


def votes(*cells: tuple[int, int, int]) -> tuple[tuple[int, ...], ...]:
    field = [[0] * 5 for _ in range(5)]
    for across, up, n in cells:
        field[across - 1][up - 1] = n
    return tuple(tuple(column) for column in field)


def point(number: int, median: tuple[float, float], before: tuple[float, float] | None = None) -> FieldPoint:
    return FieldPoint(
        str(number), number, f"risico {number}", votes((2, 3, 4), (5, 5, 2)), median, (0.5, 0.2), 6, before
    )


GROUPS = GroupsPicture(
    (GroupRow("Iedereen samen", (1, 0, 2, 5, 0), (3, 2, 1, 0, 0)), GroupRow(NASTY, (0, 0, 0, 5, 0))), FIVE
)
OVERLAP = OverlapPicture(dict.fromkeys(Environment, 4), {pair: n for n, pair in enumerate(KOPPELVLAKKEN)})
BARS = BarsPicture(tuple(Bar(f"{NASTY} {n}", 20 - n) for n in range(9)), "stippen")
FIELD = FieldPicture(
    tuple(point(n, (2.0, 3.0), (4.0, 1.0) if n == 1 else None) for n in range(1, 9)),
    FIVE,
    FIVE,
    "Hoe vaak?",
    "Hoe erg?",
)
PICTURES: list[Picture] = [GROUPS, OVERLAP, BARS, FIELD]


def sizes_of_words(figure: dict[str, Any]) -> set[float]:
    found = {note["font"]["size"] for note in figure["layout"]["annotations"] if note.get("text")}
    return found | {trace["textfont"]["size"] for trace in figure["data"] if "text" in trace.get("mode", "")}


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: type(p).__name__)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_word_on_a_wall_is_at_least_32_pixels_and_fits_the_height(picture: Picture, dark: bool) -> None:
    figure = json.loads(draw(picture, wall=True, dark=dark).to_json())
    assert min(sizes_of_words(figure)) >= 32
    assert figure["layout"]["height"] <= 730
    assert figure["layout"]["hovermode"] is False


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: type(p).__name__)
def test_larger_letters_on_the_wall_are_larger_in_its_pictures_too(picture: Picture) -> None:
    usual, large = (
        json.loads(draw(picture, wall=True, large=is_large, room=600).to_json()) for is_large in (False, True)
    )
    assert min(sizes_of_words(large)) > min(sizes_of_words(usual)) and max(sizes_of_words(large)) >= 42
    assert large["layout"]["height"] <= 600


@pytest.mark.parametrize("picture", PICTURES, ids=lambda p: type(p).__name__)
def test_people_s_words_are_never_markup_in_a_picture(picture: Picture) -> None:
    figure = draw(picture).to_json()
    assert "href=" not in figure or "&lt;a" in figure
    assert "<a href" not in figure.replace("\\u003c", "<").replace('\\"', '"')


def test_letters_of_markup_stay_letters() -> None:
    assert inert("a <b>&</b>\n$x$") == "a &lt;b&gt;&amp;&lt;/b&gt; $\u2060x$\u2060"
    assert wrapped("<i>een twee drie vier", width=9, lines=2) == "&lt;i&gt;een<br>twee …"


def test_a_wall_holds_six_bars_and_says_how_many_more_there_are() -> None:
    figure = draw(BARS, wall=True)
    assert len(figure.data) == 6
    assert "En nog 3 onderwerpen." in [note.text for note in figure.layout.annotations]
    assert len(draw(BARS).data) == 9


def test_every_koppelvlak_is_a_place_where_exactly_its_two_environments_meet() -> None:
    for pair in KOPPELVLAKKEN:
        assert belongs_to(MEETING[pair]) == frozenset(pair)
        outline = meeting_outline(pair)
        assert all(belongs_to(spot) == frozenset(pair) for spot in outline)
        across = max(x for x, _y in outline) - min(x for x, _y in outline)
        assert across > 0.1, "room for a number of three digits"


def test_an_empty_koppelvlak_is_dashed_and_the_others_are_not() -> None:
    lines = [trace.line.dash for trace in draw(OVERLAP).data if trace.fill == "toself" and trace.line.dash]
    assert lines == ["dash", "solid", "solid", "solid", "solid", "solid"]


def test_every_vote_is_a_dot_in_its_own_cell_at_the_same_place_each_time() -> None:
    assert [jitter("2/3", n, 9) for n in range(9)] == [jitter("2/3", n, 9) for n in range(9)]
    assert all(abs(x) < 0.45 and abs(y) < 0.45 for x, y in (jitter("1/1", n, 200) for n in range(200)))
    dots = draw(FieldPicture((point(1, (2.0, 3.0)),), FIVE, FIVE, "a", "b")).data[0]
    assert sorted((round(x), round(y)) for x, y in zip(dots.x, dots.y, strict=True)) == [(2, 3)] * 4 + [(5, 5)] * 2


def test_rings_on_the_same_middle_stand_beside_each_other() -> None:
    places = ring_places([point(1, (2.0, 3.0)), point(2, (2.0, 3.0)), point(3, (4.0, 4.0))])
    assert places[3] == (4.0, 4.0)
    assert places[1] != places[2]


def test_the_middle_of_a_group_is_a_step_somebody_stood_on() -> None:
    assert (middle_of((1, 0, 2, 5, 0)), middle_of((1, 0, 0, 1, 0)), middle_of((0, 0, 0, 0, 0))) == (4, 1, None)


def test_a_picture_says_in_words_what_it_shows() -> None:
    assert describe(BARS) == (f"Liggende balken, de langste bovenaan: {NASTY} 0 met 20 stippen. Samen 9 onderwerpen.")
    assert describe(OVERLAP) == (
        "Vier vlakken die elkaar overlappen. Kaartjes: sociaal 4, fysiek 4, institutioneel 4, crimineel 4. "
        "Waar twee samenkomen: sociaal én institutioneel 1, sociaal én crimineel 2, fysiek én institutioneel 3, "
        "fysiek én crimineel 4, institutioneel én crimineel 5."
    )


def test_a_table_has_a_caption_and_heads_and_holds_no_markup() -> None:
    shown = table_html(Table("Stippen", ("Onderwerp", "Aantal"), ((NASTY, 1234.5), ("leeg", None))))
    assert "<caption>Stippen</caption>" in shown
    assert '<th scope="col">Onderwerp</th><th scope="col" class="n">Aantal</th>' in shown
    assert '<td class="n">1.234,5</td>' in shown and '<td class="n">–</td>' in shown
    assert "<b>" not in shown and "<a " not in shown
