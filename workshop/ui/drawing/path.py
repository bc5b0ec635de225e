"""How one group moved over several measurements: a column of people per measurement, a line through the middle ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workshop.locale import n_
from workshop.ui.drawing.groups import dot_size, middle_of, mixed
from workshop.ui.drawing.marks import Canvas, wrapped

#: Heights and widths in pixels: of one step of the scale, and of the words beside it. It has to fit a phone.
_STEP, _WORDS = 66, 132
_SMALL = 14


def draw_path(
    columns: Sequence[tuple[str, Sequence[int]]], words: Sequence[str], canvas: Canvas, *, top_first: bool
) -> Any:
    """The ``plotly.graph_objects.Figure`` of one group.

    Args:
        columns: per measurement its label and how many people stood on each step, oldest first.
        words: the steps, 1 and up.
        top_first: whether step 1 stands at the top (the slide) or at the bottom (the more, the higher).
    """
    tone, steps = canvas.tone, len(words)
    drawing = canvas.drawing(height=_STEP * steps + 62, left=_WORDS, right=8, top=6, bottom=56)

    def height(step: int) -> int:
        return steps - step if top_first else step - 1

    drawing.axis("x", range=[-0.5, len(columns) - 0.5])
    drawing.axis("y", range=[-0.55, steps - 0.45])
    for step, label in enumerate(words, start=1):
        drawing.shape(
            type="line", xref="paper", x0=0, x1=1, y0=height(step), y1=height(step), layer="below",
            line={"color": tone["rule"], "width": canvas.line / 2},
        )  # fmt: skip
        drawing.annotation(
            xref="paper", x=0, xshift=-_WORDS, xanchor="left", align="left", y=height(step), showarrow=False,
            text=wrapped(label, width=17, lines=3), font=canvas.font(second=True, size=_SMALL),
        )  # fmt: skip
    middles = [(x, middle_of(counts)) for x, (_label, counts) in enumerate(columns)]
    known = [(x, height(step)) for x, step in middles if step is not None]
    drawing.trace(
        "scatter", x=[x for x, _y in known], y=[y for _x, y in known], mode="lines", cliponaxis=False,
        line={"color": tone["primary"], "width": canvas.line * 1.4},
    )  # fmt: skip
    for x, (label, counts) in enumerate(columns):
        filled = [step for step, count in enumerate(counts, start=1) if count]
        is_middle = [step == middles[x][1] for step in filled]
        drawing.trace(
            "scatter", x=[x] * len(filled), y=[height(step) for step in filled], mode="markers+text", cliponaxis=False,
            text=[f"<b>{counts[step - 1]}</b>" for step in filled], textposition="middle center",
            textfont={"color": tone["text"], "size": _SMALL},
            marker={
                "opacity": 1,
                "size": [dot_size(counts, step, _SMALL * 1.6, _STEP * 0.72) for step in filled],
                "color": mixed(tone["primary"], tone["ground"], 0.24),
                "line": {"color": tone["primary"], "width": [canvas.line * 1.4 if ring else 0 for ring in is_middle]},
            },
        )  # fmt: skip
        people = sum(counts)
        drawing.annotation(
            x=x, yref="paper", y=0, yanchor="top", yshift=-2, showarrow=False,
            text=wrapped(label, width=14, lines=2) + "<br>" + n_("{n} mens", "{n} mensen", people).format(n=people),
            font=canvas.font(size=_SMALL),
        )  # fmt: skip
    return drawing.figure()
