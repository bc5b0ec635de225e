"""Where does each group stand: how many people on each of the steps, a ring on the middle, an arrow from last time."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from typing import Any

from workshop.domain.evening.scoring import typical
from workshop.domain.evening.stories import GroupRow, GroupsPicture
from workshop.locale import _, n_
from workshop.ui.drawing.marks import Canvas, Drawing, wrapped


def middle_of(counts: Sequence[int]) -> int | None:
    """The step (1 and up) of the middle person, the lower of two; None when nobody stands anywhere."""
    return typical(counts)


def draw_groups(picture: GroupsPicture, canvas: Canvas) -> Any:
    """One line per group. On a wall everyone together and the five largest groups after that."""
    rows = _on_the_wall(picture.rows, canvas.most) if canvas.wall else picture.rows
    steps = len(picture.words)
    head = canvas.body * (3 if canvas.wall and not canvas.large else 4)
    row_height = min(190, (canvas.room - head - canvas.body) // len(rows)) if canvas.wall else 74
    drawing = canvas.drawing(height=row_height * len(rows) + head + canvas.body, top=head, bottom=canvas.body)
    drawing.axis("x", range=[-1.25 if canvas.wall else -1.1, steps + 0.55])
    drawing.axis("y", range=[-len(rows) + 0.45, 0.55])
    for step, words in enumerate(picture.words, start=1):
        drawing.shape(
            type="line",
            x0=step,
            x1=step,
            y0=-len(rows) + 0.55,
            y1=0.5,
            layer="below",
            line={"color": canvas.tone["rule"], "width": canvas.line / 2},
        )
        drawing.annotation(
            x=step,
            yref="paper",
            y=1,
            text=wrapped(words, width=canvas.letters(14) if canvas.wall else 12, lines=3),
            yanchor="bottom",
            yshift=4,
            showarrow=False,
            font=canvas.font(second=True),
        )
    for place, row in enumerate(rows):
        _draw_row(drawing, row, -place, canvas, row_height, is_first=place == 0 and len(rows) > 1)
    return drawing.figure()


def _on_the_wall(rows: Sequence[GroupRow], most: int) -> tuple[GroupRow, ...]:
    if len(rows) <= most:
        return tuple(rows)
    kept = sorted(rows[1:], key=lambda row: -sum(row.counts))[: most - 1]
    return (rows[0], *(row for row in rows[1:] if row in kept))


def _draw_row(drawing: Drawing, row: GroupRow, y: float, canvas: Canvas, row_height: int, *, is_first: bool) -> None:
    tone, n = canvas.tone, sum(row.counts)
    widest = row_height * 0.66
    lines = 2 if row_height >= canvas.body * 3.9 else 1
    drawing.annotation(
        x=-1.25 if canvas.wall else -1.1,
        y=y,
        xanchor="left",
        align="left",
        showarrow=False,
        font=canvas.font(),
        text=("<b>{label}</b>" if is_first else "{label}").format(
            label=wrapped(row.label, width=canvas.letters(19), lines=lines)
        )
        + ("<br>" if lines > 1 or row_height >= 90 else " · ")
        + n_("{n} mens", "{n} mensen", n).format(n=n),
    )
    drawing.shape(
        type="line",
        x0=1,
        x1=len(row.counts),
        y0=y,
        y1=y,
        layer="below",
        line={"color": tone["edge"], "width": canvas.line / 2},
    )
    smallest = canvas.body * 1.5
    filled = [step for step, count in enumerate(row.counts, start=1) if count]
    drawing.trace(
        "scatter",
        x=filled,
        y=[y] * len(filled),
        mode="markers+text",
        text=[f"<b>{row.counts[step - 1]}</b>" for step in filled],
        textposition="middle center",
        textfont={"color": tone["text"], "size": canvas.body},
        marker={
            "size": [dot_size(row.counts, step, smallest, widest) for step in filled],
            "color": mixed(tone["primary"], tone["ground"], 0.24),
            "opacity": 1,  # plotly shines through marks of several sizes
            "line": {"width": 0},
        },
        cliponaxis=False,
    )
    now, before = middle_of(row.counts), middle_of(row.before) if row.before else None
    if now is not None:
        drawing.trace(
            "scatter",
            x=[now],
            y=[y],
            mode="markers",
            cliponaxis=False,
            marker={
                "symbol": "circle-open",
                "color": tone["primary"],
                "line": {"width": canvas.line * 1.4},
                "size": dot_size(row.counts, now, smallest, widest) + canvas.line * 3,
            },
        )
    if now is None or before is None:
        return
    lift = row_height * 0.45
    if before == now:
        drawing.annotation(
            x=now,
            y=y,
            yshift=-lift,
            text=_("bleef gelijk"),
            showarrow=False,
            font=canvas.font(second=True, size=canvas.small if canvas.wall else 14),
        )
        return
    drawing.annotation(
        x=now,
        y=y,
        ax=before,
        ay=y,
        xref="x",
        yref="y",
        axref="x",
        ayref="y",
        yshift=-lift,
        showarrow=True,
        text="",
        arrowhead=2,
        arrowsize=1.2,
        arrowwidth=canvas.line * 1.2,
        arrowcolor=tone["text"],
        standoff=4,
        startstandoff=0,
    )
    drawing.annotation(
        x=before,
        y=y,
        yshift=-lift,
        text=_("vorige keer"),
        xanchor="right" if now > before else "left",
        xshift=-6 if now > before else 6,
        showarrow=False,
        font=canvas.font(second=True, size=canvas.small if canvas.wall else 14),
    )


def dot_size(counts: Sequence[int], step: int, smallest: float, widest: float) -> float:
    """Width of a dot in pixels: areas compare within a group; an empty step still gets its ring."""
    return max(smallest, widest * sqrt(counts[step - 1] / (max(counts) or 1)))


def mixed(colour: str, ground: str, share: float) -> str:
    """``share`` of ``colour`` on ``ground``, opaque: dots that lie on the line must hide it."""
    pairs = [(int(colour[i : i + 2], 16), int(ground[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)
