"""The flow of herkomst, left to right: voices, risk or wish, idea, intervention, action; boxes with lines between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.domain.thread.herkomst import Node
from workshop.domain.thread.items import ItemState
from workshop.domain.words import kind_word
from workshop.locale import _, n_
from workshop.ui.drawing.marks import Canvas, Drawing, inert, wrapped

#: Boxes drawn per layer; what is more stands in one box with its number.
MOST_PER_LAYER = 8
#: The width in pixels that the picture is drawn for, and the height of one box with the room around it.
_WIDE, _ROW = 780, 92
_LETTER = 6.6  # pixels of one letter of 12 px, about
_PADDING = 5
#: From more layers than this boxes come closer and letters get smaller.
_MANY = 5


@dataclass(frozen=True)
class _Box:
    """One box: its text, where it stands (layer from the left, place from the top), and how it looks."""

    label: str
    layer: int
    place: float
    is_chosen: bool
    is_voice: bool
    stays: bool


def draw_chain(node: Node, before: Sequence[Sequence[Node]], after: Sequence[Sequence[Node]], canvas: Canvas) -> Any:
    """A ``plotly.graph_objects.Figure``. Kind and text stand in every box; shade and dash only repeat them."""
    columns = [*reversed(before), (node,), *after]
    tallest = max(min(len(layer), MOST_PER_LAYER + 1) for layer in columns)
    boxes, stands_for = _place(node, columns, tallest)
    width = 1.0 - min(0.3, _gap(len(columns)) / (_WIDE / len(columns)))
    drawing = canvas.drawing(height=tallest * _ROW + 20, top=10, bottom=10)
    drawing.axis("x", range=[-0.5, len(columns) - 0.5], visible=False)
    drawing.axis("y", range=[-tallest + 0.5, 0.5], visible=False)
    for start, end in _lines(columns, boxes, stands_for):
        _draw_line(drawing, boxes[start], boxes[end], width, canvas)
    for box in boxes.values():
        _draw_box(drawing, box, width, canvas, size=_size(len(columns)))
    return drawing.figure()


def _gap(layers: int) -> int:
    """Pixels between two boxes: a long chain needs its room for the words."""
    return 30 if layers <= _MANY else 16


def _size(layers: int) -> int:
    """Pixels of the letters; small in a long chain, so that a kind stays one word."""
    return 12 if layers <= _MANY else 11


def _place(node: Node, columns: Sequence[Sequence[Node]], tallest: int) -> tuple[dict[str, _Box], dict[str, str]]:
    """Every box by id, and for what has none the id of the box that counts it."""
    room = _WIDE / len(columns) - _gap(len(columns)) - 2 * _PADDING
    letters = int(room / (_LETTER * _size(len(columns)) / 12))
    boxes: dict[str, _Box] = {}
    stands_for: dict[str, str] = {}
    for layer, found in enumerate(columns):
        shown, rest = found[:MOST_PER_LAYER], found[MOST_PER_LAYER:]
        first = (tallest - len(shown) - bool(rest)) / 2
        for n, one in enumerate(shown):
            voice = one.is_voice and not one.origin
            boxes[one.id] = _Box(_label(one, letters), layer, first + n, one.id == node.id, voice, one.goes_on is False)
        if rest:
            name = f"rest-{layer}"
            words = inert(n_("en {n} andere", "en {n} andere", len(rest)).format(n=len(rest)))
            boxes[name] = _Box(words, layer, first + len(shown), False, False, False)
            stands_for.update({one.id: name for one in rest})
    return boxes, stands_for


def _label(node: Node, letters: int) -> str:
    kind = f"<b>{wrapped(kind_word(node.kind), width=letters, lines=1)}</b>"
    text = "" if node.state is ItemState.WITHDRAWN else node.text
    told = wrapped(text, width=letters, lines=3) if text else inert(_("(niet te zien)"))
    return f"{kind}<br>{told}"


def _lines(
    columns: Sequence[Sequence[Node]], boxes: dict[str, _Box], stands_for: dict[str, str]
) -> set[tuple[str, str]]:
    pairs = {
        (stands_for.get(origin, origin), stands_for.get(one.id, one.id))
        for layer in columns
        for one in layer
        for origin in one.origin
    }
    return {(a, b) for a, b in pairs if a in boxes and b in boxes and boxes[a].layer < boxes[b].layer}


def _draw_line(drawing: Drawing, start: _Box, end: _Box, width: float, canvas: Canvas) -> None:
    x0, y0, x1, y1 = start.layer + width / 2, -start.place, end.layer - width / 2, -end.place
    bend = (x0 + x1) / 2
    drawing.shape(
        type="path",
        path=f"M {x0},{y0} C {bend},{y0} {bend},{y1} {x1},{y1}",
        line={"color": canvas.tone["edge"], "width": 2},
        layer="below",
    )
    drawing.annotation(
        x=x1, y=y1, ax=-7, ay=0, text="", showarrow=True, arrowhead=2, arrowsize=1.2, arrowwidth=1.6,
        arrowcolor=canvas.tone["edge"],
    )  # fmt: skip


def _draw_box(drawing: Drawing, box: _Box, width: float, canvas: Canvas, *, size: int) -> None:
    tone = canvas.tone
    drawing.shape(
        type="rect",
        x0=box.layer - width / 2,
        x1=box.layer + width / 2,
        y0=-box.place - 0.42,
        y1=-box.place + 0.42,
        fillcolor=tone["surface"] if box.is_voice else tone["ground"],
        line={
            "color": tone["primary"] if box.is_chosen else tone["edge"],
            "width": 3 if box.is_chosen else 1,
            "dash": "dot" if box.stays else "solid",
        },
        layer="below",
    )
    drawing.annotation(
        x=box.layer - width / 2,
        y=-box.place,
        xshift=_PADDING,
        xanchor="left",
        yanchor="middle",
        align="left",
        text=box.label,
        showarrow=False,
        font=canvas.font(size=size),
    )
