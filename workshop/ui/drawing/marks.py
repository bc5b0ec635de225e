"""What all pictures share: inert labels, the tones, and the two sizes (a page, a wall)."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from workshop.domain.thread.items import Environment
from workshop.ui.frame.look import DARK, ENVIRONMENT_LOOK, LIGHT, Look, koppelvlak_template

#: Marks that a wall may hold at once. Source: screens.md, "at most six series".
WALL_MOST = 6
#: The same with bigger letters.
LARGE_MOST = 4

_JOINER = "\u2060"  # takes no room; between two dollars it keeps plotly from reading a formula


def inert(text: str) -> str:
    """``text`` for a plotly label: plotly reads ``<b>``, ``<a href>`` and entities, so all of them become letters."""
    plain = " ".join(text.split())
    return html.escape(plain, quote=False).replace("$", f"${_JOINER}")


def wrapped(text: str, *, width: int, lines: int) -> str:
    """``text`` inert, broken at ``width`` characters into at most ``lines`` lines; what is cut ends in an ellipsis."""
    pieces = textwrap.wrap(" ".join(text.split()), width=width, max_lines=lines, placeholder=" …") or [""]
    return "<br>".join(inert(piece) for piece in pieces)


@dataclass(frozen=True)
class Canvas:
    """Tones and sizes of one drawing. Sizes are pixels at the width the picture is meant for (wall: 1920).

    ``room`` is the height a wall has left under its sentence. ``large``: a wall with bigger letters and less at once.
    """

    wall: bool
    dark: bool
    room: int = 730
    large: bool = False

    @property
    def tone(self) -> dict[str, str]:
        return DARK if self.dark else LIGHT

    @property
    def body(self) -> int:
        return (42 if self.large else 34) if self.wall else 16

    @property
    def small(self) -> int:
        """Words beside a mark, and along an axis."""
        return (38 if self.large else 32) if self.wall else 13

    @property
    def strong(self) -> int:
        return (54 if self.large else 48) if self.wall else 21

    @property
    def most(self) -> int:
        """Rows or subjects that a wall holds."""
        return LARGE_MOST if self.large else WALL_MOST

    def letters(self, usual: int) -> int:
        """How many letters fit where ``usual`` letters of the usual size do."""
        return usual * 34 // 42 if self.wall and self.large else usual

    @property
    def line(self) -> float:
        return 4.0 if self.wall else 2.0

    def font(self, *, strong: bool = False, second: bool = False, size: int | None = None) -> dict[str, Any]:
        return {
            "size": size or (self.strong if strong else self.body),
            "color": self.tone["second" if second else "text"],
            "weight": 700 if strong else 400,
        }

    def look(self, environment: Environment) -> Look:
        return ENVIRONMENT_LOOK[environment.value]

    def colour(self, environment: Environment) -> str:
        return self.look(environment).colour(self.dark)

    def drawing(self, *, height: int, left: int = 0, right: int = 0, top: int = 0, bottom: int = 0) -> Drawing:
        """An empty drawing without axes, in the look of the house; ``height`` and margins in pixels."""
        return Drawing(self, height, {"l": left, "r": right, "t": top, "b": bottom, "pad": 0})


@dataclass
class Drawing:
    """What goes into one picture, in plotly's own words. Plotly looks at it once, in :meth:`figure`: at every addition it
    costs six times as much, and a wall is drawn a few times a second while people vote (docs/performance.md).
    """

    canvas: Canvas
    height: int
    margin: Mapping[str, int]
    _traces: list[dict[str, Any]] = field(default_factory=list)
    _shapes: list[dict[str, Any]] = field(default_factory=list)
    _annotations: list[dict[str, Any]] = field(default_factory=list)
    _axes: dict[str, dict[str, Any]] = field(default_factory=lambda: {"x": {}, "y": {}})

    @property
    def inner_height(self) -> int:
        """Pixels between the margins."""
        return self.height - self.margin["t"] - self.margin["b"]

    def trace(self, kind: str, **trace: Any) -> None:
        """Add marks: a ``scatter`` or ``bar`` trace."""
        self._traces.append({"type": kind, **trace})

    def shape(self, **shape: Any) -> None:
        self._shapes.append(shape)

    def annotation(self, **annotation: Any) -> None:
        self._annotations.append(annotation)

    def axis(self, name: str, **axis: Any) -> None:
        """Change the x or y axis."""
        self._axes[name].update(axis)

    def figure(self) -> Any:
        """The ``plotly.graph_objects.Figure``."""
        import plotly.graph_objects as go  # noqa: PLC0415 - loads slowly, and a phone draws nothing with it

        nothing = {"visible": False, "fixedrange": True}
        layout = {
            "template": koppelvlak_template(self.canvas.dark, self.canvas.wall),
            "height": self.height,
            "margin": dict(self.margin),
            "xaxis": nothing | self._axes["x"],
            "yaxis": nothing | self._axes["y"],
            "hovermode": False,
            "showlegend": False,
            "font": {"size": self.canvas.body},
            "shapes": self._shapes,
            "annotations": self._annotations,
        }
        return go.Figure(data=self._traces, layout=layout)


def faded(colour: str, alpha: float) -> str:
    """``#RRGGBB`` with ``alpha`` (0 to 1) as ``rgba(…)``."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},{alpha})"
