"""What touches what: four fields that meet in six places.

Four ellipses in the way of John Venn (1880): every two of them overlap. The place where exactly two meet is drawn with
its own outline and number; where nothing was found the outline is dashed. Where three meet nothing is written: such a
note counts at each of its koppelvlakken.
"""

from __future__ import annotations

from math import cos, hypot, pi, radians, sin
from typing import Any

from workshop.domain.evening.stories import OverlapPicture
from workshop.domain.thread.items import KOPPELVLAKKEN, Environment, Koppelvlak
from workshop.domain.words import environment_name, koppelvlak_name
from workshop.locale import n_
from workshop.ui.drawing.marks import Canvas, Drawing, faded, inert, wrapped

Point = tuple[float, float]

#: centre x, centre y, half width, half height, turn in degrees. Left to right: outer, inner, inner, outer.
#: Searched by trying, so that the six meeting places have room for the same circle.
ELLIPSES: dict[Environment, tuple[float, float, float, float, float]] = {
    Environment.SOCIAL: (0.254, 0.434, 0.388, 0.207, 142.9),
    Environment.PHYSICAL: (0.480, 0.503, 0.338, 0.155, 147.05),
    Environment.INSTITUTIONAL: (0.520, 0.503, 0.338, 0.155, 32.95),
    Environment.CRIMINAL: (0.746, 0.434, 0.388, 0.207, 37.1),
}
_SOCIAL, _PHYSICAL, _INSTITUTIONAL, _CRIMINAL = Environment

#: A place in the part that belongs to exactly these two, from which its whole edge can be seen.
MEETING: dict[Koppelvlak, Point] = {
    (_SOCIAL, _PHYSICAL): (0.274, 0.587),
    (_SOCIAL, _INSTITUTIONAL): (0.316, 0.346),
    (_SOCIAL, _CRIMINAL): (0.500, 0.240),
    (_PHYSICAL, _INSTITUTIONAL): (0.500, 0.585),
    (_PHYSICAL, _CRIMINAL): (0.684, 0.346),
    (_INSTITUTIONAL, _CRIMINAL): (0.726, 0.587),
}
#: Where the words of a koppelvlak stand (x, y, anchor), outside the fields.
_WORDS: dict[Koppelvlak, tuple[float, float, str]] = {
    (_SOCIAL, _PHYSICAL): (-0.015, 0.775, "right"),
    (_SOCIAL, _INSTITUTIONAL): (-0.015, 0.215, "right"),
    (_SOCIAL, _CRIMINAL): (0.500, 0.125, "center"),
    (_PHYSICAL, _INSTITUTIONAL): (0.500, 0.765, "center"),
    (_PHYSICAL, _CRIMINAL): (1.015, 0.215, "left"),
    (_INSTITUTIONAL, _CRIMINAL): (1.015, 0.775, "left"),
}
#: Where the name of a field stands (x, y, anchor).
_NAMES: dict[Environment, tuple[float, float, str]] = {
    _SOCIAL: (-0.10, 0.50, "right"),
    _PHYSICAL: (0.335, 0.800, "right"),
    _INSTITUTIONAL: (0.665, 0.800, "left"),
    _CRIMINAL: (1.10, 0.50, "left"),
}
_ALONE: dict[Environment, Point] = {
    _SOCIAL: (0.035, 0.545),
    _PHYSICAL: (0.388, 0.662),
    _INSTITUTIONAL: (0.612, 0.662),
    _CRIMINAL: (0.965, 0.545),
}


def draw_overlap(picture: OverlapPicture, canvas: Canvas) -> Any:
    """Environments by colour, pattern, sign and word, with all their notes; six meeting places with counts."""
    height = min(760, canvas.room) if canvas.wall else 470
    drawing = canvas.drawing(height=height, top=8, bottom=8)
    across = 0.96 if canvas.wall else 0.86
    drawing.axis("x", range=[0.5 - across, 0.5 + across])
    drawing.axis("y", range=[0.03, 0.87], scaleanchor="x", scaleratio=1)
    for environment in Environment:
        _draw_field(drawing, environment, canvas)
    for pair in KOPPELVLAKKEN:
        _draw_meeting(drawing, pair, picture.per_koppelvlak.get(pair, 0), canvas)
    for environment in Environment:
        _write_name(drawing, environment, picture.per_environment.get(environment, 0), canvas)
    return drawing.figure()


def is_inside(environment: Environment, point: Point) -> bool:
    """Whether a point lies in the field of an environment."""
    x, y, half_width, half_height, turn = ELLIPSES[environment]
    angle = radians(turn)
    dx, dy = point[0] - x, point[1] - y
    along, aside = dx * cos(angle) + dy * sin(angle), -dx * sin(angle) + dy * cos(angle)
    return (along / half_width) ** 2 + (aside / half_height) ** 2 <= 1


def belongs_to(point: Point) -> frozenset[Environment]:
    """The environments whose fields hold this point."""
    return frozenset(e for e in Environment if is_inside(e, point))


def meeting_outline(pair: Koppelvlak, *, inset: float = 0.008) -> list[Point]:
    """The edge of the part that belongs to exactly these two, a little inside it; closed."""
    origin, wanted = MEETING[pair], frozenset(pair)
    edge: list[Point] = []
    for degree in range(0, 361, 3):
        dx, dy, reach, step = cos(radians(degree)), sin(radians(degree)), 0.0, 0.002
        while belongs_to((origin[0] + dx * (reach + step), origin[1] + dy * (reach + step))) == wanted:
            reach += step
        reach = max(reach - inset, 0.0)
        edge.append((origin[0] + dx * reach, origin[1] + dy * reach))
    return edge


def _edge(environment: Environment) -> tuple[list[float], list[float]]:
    x, y, half_width, half_height, turn = ELLIPSES[environment]
    angle = radians(turn)
    turns = [2 * pi * i / 120 for i in range(121)]
    return (
        [x + half_width * cos(t) * cos(angle) - half_height * sin(t) * sin(angle) for t in turns],
        [y + half_width * cos(t) * sin(angle) + half_height * sin(t) * cos(angle) for t in turns],
    )


def _draw_field(drawing: Drawing, environment: Environment, canvas: Canvas) -> None:
    look, colour = canvas.look(environment), canvas.colour(environment)
    xs, ys = _edge(environment)
    fill: dict[str, Any] = {"fillcolor": faded(colour, 0.10)}
    if look.pattern:
        fill["fillpattern"] = {
            "shape": look.pattern,
            "fgcolor": faded(colour, 0.42),
            "bgcolor": faded(colour, 0.07),
            "size": 22 if canvas.wall else 12,
            "solidity": 0.16,
        }
    drawing.trace(
        "scatter", x=xs, y=ys, mode="lines", fill="toself", line={"color": colour, "width": canvas.line}, **fill
    )


def _draw_meeting(drawing: Drawing, pair: Koppelvlak, count: int, canvas: Canvas) -> None:
    tone = canvas.tone
    outline = meeting_outline(pair)
    drawing.trace(
        "scatter",
        x=[x for x, _y in outline],
        y=[y for _x, y in outline],
        mode="lines",
        fill="toself",
        fillcolor=faded(tone["ground"], 0.92 if count else 0.6),
        line={
            "color": tone["text"],
            "width": canvas.line * (0.9 if count else 0.7),
            "dash": "solid" if count else "dash",
        },
    )
    x, y = MEETING[pair]
    word_x, word_y, anchor = _WORDS[pair]
    start = _towards((x, y), (word_x, word_y), outline)
    drawing.shape(
        type="line",
        x0=start[0],
        y0=start[1],
        x1=word_x,
        y1=word_y,
        line={"color": tone["edge"], "width": canvas.line / 2},
    )
    drawing.annotation(
        x=x,
        y=y,
        text=f"<b>{count}</b>",
        showarrow=False,
        font=canvas.font(strong=True, second=not count),
    )
    drawing.annotation(
        x=word_x,
        y=word_y,
        text=wrapped(koppelvlak_name(pair), width=canvas.letters(15 if word_x != 0.5 or word_y > 0.5 else 40), lines=2),
        showarrow=False,
        font=canvas.font(second=not count),
        xanchor=anchor,
        align=anchor,
        xshift={"left": 6, "right": -6}.get(anchor, 0),
        yanchor="middle" if anchor != "center" else ("bottom" if word_y > 0.5 else "top"),
    )


def _towards(origin: Point, target: Point, outline: list[Point]) -> Point:
    """The point of the outline in the direction of the words, so that the line begins at the edge."""
    dx, dy = target[0] - origin[0], target[1] - origin[1]
    length = hypot(dx, dy)

    def alignment(point: Point) -> float:
        px, py = point[0] - origin[0], point[1] - origin[1]
        return (px * dx + py * dy) / (length * (hypot(px, py) or 1))

    return max(outline, key=alignment)


def _write_name(drawing: Drawing, environment: Environment, count: int, canvas: Canvas) -> None:
    x, y, anchor = _NAMES[environment]
    colour = canvas.colour(environment)
    notes = n_("{n} kaartje", "{n} kaartjes", count).format(n=count)
    sign_x, sign_y = _ALONE[environment]
    drawing.trace(
        "scatter",
        x=[sign_x],
        y=[sign_y],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": canvas.look(environment).symbol,
            "size": canvas.body,
            "color": colour,
            "line": {"width": canvas.line, "color": canvas.tone["ground"]},
        },
    )
    drawing.annotation(
        x=x,
        y=y,
        text=f"<b>{inert(environment_name(environment))}</b><br>{notes}",
        showarrow=False,
        xanchor=anchor,
        align="right" if anchor == "right" else "left",
        font=canvas.font(),
    )
