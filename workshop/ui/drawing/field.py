"""How often, how bad: every vote a dot in its cell, the middle a ring with the number, an arrow from last time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import sha256
from math import cos, pi, sin, sqrt
from typing import Any

from workshop.domain.evening.stories import FieldPicture, FieldPoint
from workshop.locale import n_
from workshop.ui.drawing.marks import Canvas, Drawing, faded, wrapped

#: Half the side of a cell in which dots may lie; the rest keeps cells apart.
_ROOM = 0.40
_GOLDEN = pi * (3 - sqrt(5))


def jitter(seed: str, number: int, total: int) -> tuple[float, float]:
    """The place of dot ``number`` of ``total`` in a cell, from its middle, in cells: the same every time it is drawn.

    A sunflower that begins at an angle of its own: dots do not lie on each other and no order of voting shows.
    """
    start = int.from_bytes(sha256(seed.encode()).digest()[:2], "big") / 65536 * 2 * pi
    reach = _ROOM * sqrt((number + 0.5) / max(total, 6))
    return reach * cos(start + number * _GOLDEN), reach * sin(start + number * _GOLDEN)


def draw_field(picture: FieldPicture, canvas: Canvas) -> Any:
    """The 5×5 field and beside it what the numbers stand for. On a wall the six subjects that weigh most."""
    points = _on_the_wall(picture.points, canvas.most) if canvas.wall else picture.points
    across, up = len(picture.across), len(picture.up)
    height = min(800, canvas.room) if canvas.wall else 560
    drawing = canvas.drawing(
        height=height, left=4, right=4, top=canvas.body * 2, bottom=canvas.body * (3 if canvas.wall else 4)
    )
    key_from = across + 0.75
    drawing.axis("x", range=[-0.85 if canvas.wall else -1.1, across + (5.2 if canvas.wall else 4.6)])
    drawing.axis("y", range=[0.5, up + 0.5])
    _draw_grid(drawing, picture, canvas)
    _draw_votes(drawing, points, canvas)
    _draw_middles(drawing, points, canvas)
    _write_key(drawing, points, len(picture.points) - len(points), key_from, up, canvas)
    return drawing.figure()


def _on_the_wall(points: Sequence[FieldPoint], most: int) -> tuple[FieldPoint, ...]:
    if len(points) <= most:
        return tuple(points)
    kept = sorted(points, key=lambda p: -(p.median[0] * p.median[1]) if p.median else 0)[:most]
    return tuple(point for point in points if point in kept)


def _draw_grid(drawing: Drawing, picture: FieldPicture, canvas: Canvas) -> None:
    across, up, tone = len(picture.across), len(picture.up), canvas.tone
    for column in range(1, across + 1):
        for row in range(1, up + 1):
            drawing.shape(
                type="rect",
                x0=column - 0.48,
                x1=column + 0.48,
                y0=row - 0.47,
                y1=row + 0.47,
                layer="below",
                fillcolor=faded(tone["primary"], 0.03 + 0.014 * (column + row - 2)),
                line={"width": 0},
            )
    small = canvas.small
    for column, words in enumerate(picture.across, start=1):
        drawing.annotation(
            x=column,
            y=0.5,
            yshift=-6,
            yanchor="top",
            text=wrapped(words, width=canvas.letters(9), lines=2),
            showarrow=False,
            font=canvas.font(second=True, size=small),
        )
    for row, words in enumerate(picture.up, start=1):
        drawing.annotation(
            x=0.46,
            y=row,
            xanchor="right",
            align="right",
            text=wrapped(words, width=canvas.letters(12), lines=2),
            showarrow=False,
            font=canvas.font(second=True, size=small),
        )
    drawing.annotation(
        x=across + 0.5,
        y=0.5,
        yshift=-6,
        xanchor="left",
        yanchor="top",
        text=f"<b>{wrapped(picture.across_label, width=14, lines=1)} →</b>",
        showarrow=False,
        font=canvas.font(),
    )
    drawing.annotation(
        x=0.46,
        y=up + 0.5,
        yanchor="bottom",
        xanchor="right",
        text=f"<b>{wrapped(picture.up_label, width=14, lines=1)} ↑</b>",
        showarrow=False,
        font=canvas.font(),
    )


def _draw_votes(drawing: Drawing, points: Sequence[FieldPoint], canvas: Canvas) -> None:
    """Dots of all subjects together: a cell shares its room, so nobody's dot hides another's."""
    cells: dict[tuple[int, int], int] = defaultdict(int)
    for point in points:
        for i, column in enumerate(point.votes):
            for j, n in enumerate(column):
                cells[i + 1, j + 1] += n
    xs: list[float] = []
    ys: list[float] = []
    for (across, up), total in sorted(cells.items()):
        for number in range(total):
            dx, dy = jitter(f"{across}/{up}", number, total)
            xs.append(across + dx)
            ys.append(up + dy)
    drawing.trace(
        "scatter",
        x=xs,
        y=ys,
        mode="markers",
        cliponaxis=False,
        marker={"size": 13 if canvas.wall else 7, "color": faded(canvas.tone["edge"], 0.75), "line": {"width": 0}},
    )


def ring_places(points: Sequence[FieldPoint]) -> dict[int, tuple[float, float]]:
    """Where the ring of each numbered subject is drawn: on its median, or around it when several share one."""
    shared: dict[tuple[float, float], list[int]] = defaultdict(list)
    for point in points:
        if point.median is not None:
            shared[point.median].append(point.number)
    places: dict[int, tuple[float, float]] = {}
    for (x, y), numbers in shared.items():
        for k, number in enumerate(numbers):
            angle = pi / 2 + 2 * pi * k / len(numbers)
            reach = 0 if len(numbers) == 1 else 0.25
            places[number] = (x + reach * 0.9 * cos(angle), y + reach * sin(angle))
    return places


def _draw_middles(drawing: Drawing, points: Sequence[FieldPoint], canvas: Canvas) -> None:
    tone, places = canvas.tone, ring_places(points)
    size = (66 if canvas.large else 58) if canvas.wall else 30
    for point in points:
        if point.number not in places:
            continue
        x, y = places[point.number]
        if point.before is not None and point.before != point.median:
            drawing.trace(
                "scatter",
                x=[point.before[0], x],
                y=[point.before[1], y],
                mode="lines+markers",
                cliponaxis=False,
                line={"width": canvas.line, "color": tone["primary"]},
                marker={
                    "symbol": ["circle-open", "arrow"],
                    "angleref": "previous",
                    "color": tone["primary"],
                    "size": [size * 0.45, size * 0.42],
                    "standoff": [0, size / 2],
                    "line": {"width": canvas.line},
                },
            )
        if point.spread is not None:
            drawing.trace(
                "scatter",
                x=[x],
                y=[y],
                mode="markers",
                cliponaxis=False,
                marker={"opacity": 0},
                error_x={"array": [point.spread[0]], "color": tone["primary"], "thickness": canvas.line, "width": 0},
                error_y={"array": [point.spread[1]], "color": tone["primary"], "thickness": canvas.line, "width": 0},
            )
    for point in points:
        if point.number not in places:
            continue
        x, y = places[point.number]
        drawing.trace(
            "scatter",
            x=[x],
            y=[y],
            mode="markers+text",
            text=[f"<b>{point.number}</b>"],
            textposition="middle center",
            textfont={"size": canvas.body, "color": tone["text"]},
            cliponaxis=False,
            marker={
                "size": size,
                "color": tone["ground"],
                "line": {"color": tone["primary"], "width": canvas.line * 1.2},
            },
        )


def _write_key(
    drawing: Drawing, points: Sequence[FieldPoint], left_out: int, x: float, up: int, canvas: Canvas
) -> None:
    rows = len(points) + (1 if left_out else 0)
    pitch = min(up / max(rows, 1), 0.85 if canvas.wall else 0.7)
    pixels = pitch * drawing.inner_height / up
    lines = 2 if pixels > canvas.body * 2.9 else 1
    width = canvas.letters(36 if canvas.wall and lines == 1 else 33)
    for place, point in enumerate(points):
        y = up + 0.5 - pitch * (place + 0.5)
        drawing.annotation(
            x=x,
            y=y,
            xanchor="left",
            align="left",
            showarrow=False,
            font=canvas.font(),
            text=f"<b>{point.number}</b>  "
            + wrapped(point.label, width=width, lines=lines).replace("<br>", "<br>     "),
        )
    if left_out:
        more = n_("En nog {n} onderwerp.", "En nog {n} onderwerpen.", left_out).format(n=left_out)
        drawing.annotation(
            x=x,
            y=up + 0.5 - pitch * (len(points) + 0.5),
            xanchor="left",
            text=more,
            showarrow=False,
            font=canvas.font(second=True),
        )
