"""Each picture of an outcome as a PNG for a report on paper: the same numbers, no browser needed.

Never pyplot: its state is shared by the whole process. Text is never read as a formula (``$…$``).
"""

from __future__ import annotations

import io
import logging
import textwrap
import threading
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, assert_never

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, Polygon, Rectangle

from workshop.domain.evening.stories import (
    Bar,
    BarsPicture,
    FieldPicture,
    FieldPoint,
    GroupsPicture,
    OverlapPicture,
    Picture,
)
from workshop.domain.thread.items import Environment
from workshop.domain.words import environment_name
from workshop.exports.cells import line
from workshop.locale import _, format_number, n_

matplotlib.rcParams["text.parse_math"] = False
matplotlib.rcParams["axes.unicode_minus"] = False
logging.getLogger("matplotlib").setLevel(logging.ERROR)

DPI = 200
WIDTH = 6.5  # inch: the text of an A4 page

_TEXT, _SECOND, _RULE, _EDGE, _PRIMARY = "#1A1A1A", "#4A4A4A", "#D5D9DE", "#6B7280", "#154273"
# ../shared/screens.md, Identity: colour and pattern and shape, always with the word beside it.
_ENVIRONMENTS = {
    Environment.SOCIAL: ("#0B2E66", "", "circle"),
    Environment.PHYSICAL: ("#2F855A", "///", "square"),
    Environment.INSTITUTIONAL: ("#A245E0", "...", "diamond"),
    Environment.CRIMINAL: ("#6B2600", "xxx", "triangle"),
}
_PLACES = {
    Environment.SOCIAL: (0.0, 1.0),
    Environment.PHYSICAL: (1.0, 1.0),
    Environment.INSTITUTIONAL: (0.0, 0.0),
    Environment.CRIMINAL: (1.0, 0.0),
}

MOST_BARS = 15
#: Longest note behind a bar, in characters, and the width of a letter there in inches.
SHORT_NOTE, _LETTER = 24, 0.066
MOST_FIELDS = 12

# Its font engine is not made for several threads at once.
_lock = threading.Lock()


@dataclass(frozen=True)
class Drawn:
    """A picture as it goes into a file: PNG bytes, the width it is meant for in inches, and what it leaves out."""

    png: bytes
    width: float
    note: str = ""


def draw(picture: Picture) -> Drawn:
    """Draw ``picture``; the same picture gives the same bytes."""
    with _lock, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter the font lacks becomes a box; the table beside it has the text
        match picture:
            case BarsPicture():
                return _bars(picture)
            case GroupsPicture():
                return _groups(picture)
            case OverlapPicture():
                return _overlap(picture)
            case FieldPicture():
                return _fields(picture)
            case _:
                assert_never(picture)


def _value(value: float, unit: str) -> str:
    return f"{format_number(value)} {line(unit)}".strip()


def _canvas(height: float) -> tuple[Figure, Any]:
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    return figure, figure.add_axes((0, 0, 1, 1))


def _finished(figure: Figure, note: str = "") -> Drawn:
    target = io.BytesIO()
    # No date and no name of the library: two downloads of the same result are the same file.
    figure.savefig(target, format="png", dpi=DPI, metadata={"Software": None})
    return Drawn(target.getvalue(), WIDTH, note)


def _wrapped(text: str, width: int, lines: int = 2) -> str:
    found = textwrap.wrap(line(text), width, break_long_words=True)
    if len(found) > lines:
        found = found[:lines]
        found[-1] = found[-1][: width - 1].rstrip() + "…"
    return "\n".join(found)


def _ending(bar: Bar, unit: str) -> str:
    """What stands behind a bar; a long note stands in the table only, so that nothing runs out of the picture."""
    note = f"  {line(bar.note)}" if bar.note and len(bar.note) <= SHORT_NOTE else ""
    return _value(bar.value, unit) + note


def _bars(picture: BarsPicture) -> Drawn:
    bars = picture.bars[:MOST_BARS]
    left_out = len(picture.bars) - len(bars)
    row = 0.42
    height = row * max(1, len(bars)) + 0.15
    figure, axes = _canvas(height)
    axes.set_axis_off()
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    endings = [_ending(bar, picture.unit if place == 0 else "") for place, bar in enumerate(bars)]
    start, end = 2.75, WIDTH - max(0.95, max(map(len, endings), default=0) * _LETTER + 0.12)
    most = max((bar.value for bar in bars), default=0) or 1
    for place, bar in enumerate(bars):
        middle = 0.1 + row * place + row / 2
        length = (end - start) * max(0.0, bar.value) / most
        axes.text(start - 0.12, middle, _wrapped(bar.label, 38), ha="right", va="center", fontsize=8, color=_TEXT)
        axes.add_patch(Rectangle((start, middle - 0.12), length, 0.24, facecolor=_PRIMARY, linewidth=0))
        axes.text(start + length + 0.07, middle, endings[place], ha="left", va="center", fontsize=8.5, color=_TEXT)
    axes.plot([start, start], [0.1, 0.1 + row * len(bars)], color=_EDGE, linewidth=0.8)
    note = ""
    if left_out:
        note = n_(
            "Nog {n} onderwerp staat alleen in de tabel.", "Nog {n} onderwerpen staan alleen in de tabel.", left_out
        ).format(n=left_out)
    return _finished(figure, note)


def _groups(picture: GroupsPicture) -> Drawn:
    row, head = 0.62, 0.5
    height = head + row * len(picture.rows) + 0.1
    figure, axes = _canvas(height)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(height, 0)
    first, last = 2.3, WIDTH - 0.55
    steps = len(picture.words)
    at = [first + (last - first) * i / max(1, steps - 1) for i in range(steps)]
    for x, word in zip(at, picture.words, strict=True):
        axes.text(x, head - 0.12, _wrapped(word, 13), ha="center", va="bottom", fontsize=7.5, color=_SECOND)
    for place, group in enumerate(picture.rows):
        y = head + row * place + row / 2
        total = sum(group.counts)
        label = f"{_wrapped(group.label, 26)}\n{_persons(total)}"
        axes.text(0.05, y, label, ha="left", va="center", fontsize=8.5, color=_TEXT, linespacing=1.25)
        axes.plot([first, last], [y, y], color=_RULE, linewidth=1.2, zorder=0)
        for x, n in zip(at, group.counts, strict=True):
            if n == 0:
                axes.add_patch(Circle((x, y), 0.03, facecolor=_EDGE, linewidth=0))
                continue
            radius = 0.1 + 0.16 * (n / max(1, total)) ** 0.5
            axes.add_patch(Circle((x, y), radius, facecolor=_PRIMARY, edgecolor="white", linewidth=1))
            axes.text(x, y + 0.005, str(n), ha="center", va="center", fontsize=7.5, color="white", weight="bold")
        _movement(axes, group.before, group.counts, at, y)
    moved = any(group.before for group in picture.rows)
    return _finished(
        figure, _("De pijl loopt van het midden van de vorige keer naar het midden van nu.") if moved else ""
    )


def _movement(axes: Any, before: Sequence[int] | None, now: Sequence[int], at: Sequence[float], y: float) -> None:
    """An arrow above the line from the middle of last time to the middle of now."""
    was, is_now = _middle_step(before or ()), _middle_step(now)
    if was is None or is_now is None:
        return
    level = y - 0.25
    start = at[was]
    axes.add_patch(Circle((start, level), 0.035, facecolor="white", edgecolor=_TEXT, linewidth=1, zorder=4))
    if was != is_now:
        axes.annotate(
            "",
            (at[is_now], level),
            (start, level),
            arrowprops={"arrowstyle": "-|>", "color": _TEXT, "lw": 1.1},
            zorder=3,
        )


def _middle_step(counts: Sequence[int]) -> int | None:
    """The step on which the person in the middle stands."""
    half, seen = sum(counts) / 2, 0
    for step, n in enumerate(counts):
        seen += n
        if n and seen >= half:
            return step
    return None


def _persons(n: int) -> str:
    return n_("{n} persoon", "{n} personen", n).format(n=n)


def _overlap(picture: OverlapPicture) -> Drawn:
    height = 4.3
    figure, axes = _canvas(height)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    places = {e: (1.25 + (WIDTH - 2.5) * x, 0.85 + (height - 1.7) * y) for e, (x, y) in _PLACES.items()}
    for (one, other), n in picture.per_koppelvlak.items():
        (x1, y1), (x2, y2) = places[one], places[other]
        axes.plot([x1, x2], [y1, y2], color=_RULE if not n else _EDGE, linewidth=1 + min(n, 12) / 3, zorder=0)
        # The two diagonals cross in the middle, so their badges stand before it.
        share = 0.5 if x1 == x2 or y1 == y2 else 0.34
        x, y = x1 + (x2 - x1) * share, y1 + (y2 - y1) * share
        _badge(axes, x, y, f"{environment_name(one)}\nén {environment_name(other)}", n)
    for environment, (x, y) in places.items():
        n = picture.per_environment.get(environment, 0)
        colour, hatch, shape = _ENVIRONMENTS[environment]
        wide = 0.085 * len(environment_name(environment))
        axes.add_patch(_shape(shape, x, y, 0.55, facecolor="white", edgecolor=colour, linewidth=2.2, hatch=hatch))
        axes.add_patch(
            FancyBboxPatch(
                (x - wide / 2, y - 0.22),
                wide,
                0.44,
                boxstyle="round,pad=0.02",
                facecolor="white",
                edgecolor="none",
                zorder=3,
            )
        )
        axes.text(x, y + 0.08, str(n), ha="center", va="center", fontsize=13, weight="bold", color=_TEXT, zorder=4)
        axes.text(
            x, y - 0.13, environment_name(environment), ha="center", va="center", fontsize=8.5, color=_TEXT, zorder=4
        )
    return _finished(figure)


def _badge(axes: Any, x: float, y: float, words: str, n: int) -> None:
    style: dict[str, Any] = {"edgecolor": _EDGE, "linewidth": 1.0, "linestyle": "-" if n else (0, (3, 2))}
    axes.add_patch(
        FancyBboxPatch(
            (x - 0.56, y - 0.21), 1.12, 0.42, boxstyle="round,pad=0.03", facecolor="white", zorder=5, **style
        )
    )
    axes.text(x - 0.5, y, words, ha="left", va="center", fontsize=6, color=_TEXT, zorder=6, linespacing=1.15)
    axes.text(x + 0.52, y, str(n), ha="right", va="center", fontsize=11, weight="bold", color=_TEXT, zorder=6)


def _shape(shape: str, x: float, y: float, size: float, **style: Any) -> Any:
    match shape:
        case "circle":
            return Circle((x, y), size * 1.15, **style)
        case "square":
            return Rectangle((x - size, y - size), 2 * size, 2 * size, **style)
        case "diamond":
            reach = size * 1.45
            return Polygon([(x, y + reach), (x + reach, y), (x, y - reach), (x - reach, y)], **style)
        case _:
            reach = size * 1.55
            return Polygon([(x, y + reach), (x + reach * 1.15, y - size), (x - reach * 1.15, y - size)], **style)


def _fields(picture: FieldPicture) -> Drawn:
    points = picture.points[:MOST_FIELDS]
    left_out = len(picture.points) - len(points)
    columns = min(3, max(1, len(points)))
    rows = max(1, -(-len(points) // columns))
    wide, tall = WIDTH / 3, 2.55
    height = tall * rows
    figure, axes = _canvas(height)
    axes.set_axis_off()
    axes.set_aspect("equal")
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    for place, point in enumerate(points):
        left = (place % columns) * wide
        top = height - (place // columns) * tall
        _field(axes, point, picture, left + 0.36, top - 0.5)
    note = ""
    if left_out:
        note = n_(
            "Nog {n} onderwerp staat alleen in de tabel.", "Nog {n} onderwerpen staan alleen in de tabel.", left_out
        ).format(n=left_out)
    return _finished(figure, note)


def _field(axes: Any, point: FieldPoint, picture: FieldPicture, left: float, top: float) -> None:
    cell = 0.33
    low = top - 5 * cell
    axes.text(
        left,
        top + 0.07,
        _wrapped(f"{point.number}. {point.label}", 31),
        ha="left",
        va="bottom",
        fontsize=7.5,
        color=_TEXT,
    )
    for i in range(6):
        axes.plot([left, left + 5 * cell], [low + i * cell] * 2, color=_RULE, linewidth=0.7, zorder=0)
        axes.plot([left + i * cell] * 2, [low, top], color=_RULE, linewidth=0.7, zorder=0)
    for i in range(5):
        axes.text(left + (i + 0.5) * cell, low - 0.05, str(i + 1), ha="center", va="top", fontsize=6, color=_SECOND)
        axes.text(left - 0.05, low + (i + 0.5) * cell, str(i + 1), ha="right", va="center", fontsize=6, color=_SECOND)
    axes.text(
        left + 2.5 * cell, low - 0.17, line(picture.across_label), ha="center", va="top", fontsize=6.5, color=_SECOND
    )
    axes.text(
        left - 0.17,
        low + 2.5 * cell,
        line(picture.up_label),
        ha="right",
        va="center",
        fontsize=6.5,
        color=_SECOND,
        rotation=90,
    )
    for i, column in enumerate(point.votes):
        for j, n in enumerate(column):
            for x, y, radius in _spots(n):
                axes.add_patch(
                    Circle(
                        (left + (i + x) * cell, low + (j + y) * cell),
                        radius * cell,
                        facecolor=_PRIMARY,
                        alpha=0.75,
                        linewidth=0,
                    )
                )
    if point.median:
        where = (left + (point.median[0] - 0.5) * cell, low + (point.median[1] - 0.5) * cell)
        if point.before and point.before != point.median:
            was = (left + (point.before[0] - 0.5) * cell, low + (point.before[1] - 0.5) * cell)
            axes.add_patch(Circle(was, 0.05, facecolor="white", edgecolor=_TEXT, linewidth=0.9, zorder=4))
            axes.annotate("", where, was, arrowprops={"arrowstyle": "-|>", "color": _TEXT, "lw": 1.0}, zorder=4)
        axes.add_patch(Circle(where, 0.12, facecolor="none", edgecolor=_TEXT, linewidth=1.8, zorder=5))


def _spots(n: int) -> list[tuple[float, float, float]]:
    """Places for ``n`` dots in a cell of 1 by 1, in rows so that they can be counted: never by chance."""
    if n <= 0:
        return []
    side = 1
    while side * side < n:
        side += 1
    gap = 0.8 / side
    radius = min(0.11, gap * 0.42)
    return [(0.1 + gap * (i % side + 0.5), 0.9 - gap * (i // side + 0.5), radius) for i in range(n)]
