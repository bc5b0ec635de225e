"""The flow of herkomst, left to right: voices, risk or wish, idea, intervention, action."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from workshop.domain.herkomst import Node, kind_word
from workshop.domain.items import ItemState
from workshop.locale import n_
from workshop.ui.drawing.marks import Canvas, inert, wrapped

#: Nodes drawn per layer; what is more stands in one node with its number.
MOST_PER_LAYER = 8
_COLUMN, _ROW, _SMALLEST = 190, 84, 220


@dataclass(frozen=True)
class _Spot:
    label: str
    colour: str
    layer: int


def chain_size(before: Sequence[Sequence[Node]], after: Sequence[Sequence[Node]]) -> tuple[int, int]:
    """Width and height in pixels that the picture needs."""
    columns = len(before) + 1 + len(after)
    tallest = max((min(len(layer), MOST_PER_LAYER + 1) for layer in (*before, *after)), default=1)
    return columns * _COLUMN + 40, max(_SMALLEST, tallest * _ROW + 40)


def draw_chain(node: Node, before: Sequence[Sequence[Node]], after: Sequence[Sequence[Node]], canvas: Canvas) -> Any:
    """A ``plotly.graph_objects.Figure`` with a Sankey. Kind and text stand in every label; colour only repeats them."""
    import plotly.graph_objects as go

    columns = [*reversed(before), (node,), *after]
    spots: dict[str, _Spot] = {}
    stands_for: dict[str, str] = {}
    for place, layer in enumerate(columns):
        for one in layer[:MOST_PER_LAYER]:
            spots[one.id] = _Spot(_label(one), _colour(one, node, canvas), place)
        rest = layer[MOST_PER_LAYER:]
        if rest:
            spots[f"rest-{place}"] = _Spot(
                inert(n_("en {n} andere", "en {n} andere", len(rest)).format(n=len(rest))), canvas.tone["rule"], place
            )
            stands_for.update({one.id: f"rest-{place}" for one in rest})
    order = {name: n for n, name in enumerate(spots)}
    links: dict[tuple[int, int], int] = {}
    for layer in columns:
        for one in layer:
            for origin in one.origin:
                start, end = stands_for.get(origin, origin), stands_for.get(one.id, one.id)
                if start in order and end in order and spots[start].layer < spots[end].layer:
                    pair = (order[start], order[end])
                    links[pair] = links.get(pair, 0) + 1
    width, height = chain_size(before, after)
    figure = go.Figure(
        go.Sankey(
            arrangement="snap",
            node={
                "label": [spot.label for spot in spots.values()],
                "color": [spot.colour for spot in spots.values()],
                "pad": 46,
                "thickness": 14,
                "line": {"width": 1, "color": canvas.tone["edge"]},
            },
            link={
                "source": [a for a, _b in links],
                "target": [b for _a, b in links],
                "value": list(links.values()),
                "color": canvas.tone["rule"],
            },
            textfont={"color": canvas.tone["text"], "size": 13, "shadow": "none"},
        )
    )
    figure.update_layout(
        width=width,
        height=height,
        margin={"l": 10, "r": 10, "t": 20, "b": 20},
        paper_bgcolor=canvas.tone["ground"],
        font={"family": "Public Sans, sans-serif", "size": 13, "color": canvas.tone["text"]},
    )
    return figure


def _label(node: Node) -> str:
    kind = inert(kind_word(node.kind))
    if node.state is ItemState.WITHDRAWN or not node.text:
        return f"<b>{kind}</b>"
    return f"<b>{kind}</b><br>{wrapped(node.text, width=22, lines=2)}"


def _colour(node: Node, chosen: Node, canvas: Canvas) -> str:
    if node.id == chosen.id:
        return canvas.tone["primary"]
    return canvas.tone["edge"] if node.is_voice and not node.origin else canvas.tone["second"]
