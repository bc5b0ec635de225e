"""What weighs most: horizontal bars, the words above each bar, the number at its end."""

from __future__ import annotations

from typing import Any

from workshop.domain.evening.stories import BarsPicture
from workshop.locale import format_number, n_
from workshop.ui.drawing.marks import Canvas, inert, wrapped

#: The width in pixels a picture is drawn for, on a page and on a wall.
_WIDE, _WALL_WIDE = 700, 1_800


def draw_bars(picture: BarsPicture, canvas: Canvas) -> Any:
    """Bars in the order given; on a wall the first six, and how many more there are."""
    bars = picture.bars[: canvas.most] if canvas.wall else picture.bars
    left_out = len(picture.bars) - len(bars)
    foot = canvas.body * 2 if left_out else 0
    row = min(canvas.body * 7 // 2, (canvas.room - foot - canvas.body) // max(len(bars), 1)) if canvas.wall else 62
    drawing = canvas.drawing(height=row * max(len(bars), 1) + foot + canvas.body, top=4, bottom=foot + 4)
    highest = max((bar.value for bar in bars), default=0) or 1
    longest = f"{format_number(bars[0].value)} {inert(picture.unit)}" if bars else ""
    # What the words at the end of the longest bar need of the width; a letter is about half as wide as it is high.
    share = min(0.6, (len(longest) + 1) * canvas.body * 0.58 / (_WALL_WIDE if canvas.wall else _WIDE))
    drawing.axis("x", range=[0, highest / (1 - max(0.18, share))])
    drawing.axis("y", range=[-len(bars) + 0.45, 0.75])
    for place, bar in enumerate(bars):
        drawing.trace(
            "bar",
            x=[bar.value],
            y=[-place],
            orientation="h",
            width=0.36,
            marker={"color": canvas.tone["primary"], "line": {"width": 0}},
        )
        ending = longest if place == 0 else format_number(bar.value)
        drawing.annotation(
            x=bar.value,
            y=-place,
            text=f"<b>{ending}</b>",
            xanchor="left",
            xshift=canvas.body // 2,
            showarrow=False,
            font=canvas.font(),
        )
        label = wrapped(
            f"{bar.label} {f'({bar.note})' if bar.note else ''}",
            width=canvas.letters(88) if canvas.wall else 70,
            lines=1,
        )
        drawing.annotation(
            x=0,
            y=-place + 0.22,
            text=label,
            xanchor="left",
            yanchor="bottom",
            align="left",
            showarrow=False,
            font=canvas.font(),
        )
    if left_out:
        more = n_("En nog {n} onderwerp.", "En nog {n} onderwerpen.", left_out).format(n=left_out)
        drawing.annotation(
            xref="paper",
            yref="paper",
            x=0,
            y=0,
            yshift=-foot // 2,
            text=more,
            xanchor="left",
            yanchor="middle",
            showarrow=False,
            font=canvas.font(second=True),
        )
    return drawing.figure()
