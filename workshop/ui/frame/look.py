"""Colours, patterns and shapes of the four environments, and the one look of every chart.

Measured for `../shared/screens.md` (Identity): on white every environment colour
has at least 4.5:1, on ``#12161C`` at least 3:1, and any two differ by at least 20
(light) and 24 (dark) ΔE2000 under full protanomaly, deuteranomaly and tritanomaly.
An environment is always colour and shape and word; text stands beside the colour,
never in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

FONT = "Public Sans"

LIGHT = {
    "ground": "#FFFFFF",
    "surface": "#F5F6F8",
    "text": "#1A1A1A",
    "second": "#4A4A4A",
    "rule": "#D5D9DE",
    "edge": "#6B7280",
    "primary": "#154273",
}
DARK = {
    "ground": "#12161C",
    "surface": "#1B2129",
    "text": "#F1F3F6",
    "second": "#B9C1CC",
    "rule": "#333C48",
    "edge": "#8B95A3",
    "primary": "#9CCBFF",
}


@dataclass(frozen=True)
class Look:
    """How one environment is drawn. ``pattern`` and ``symbol`` are plotly's names; ``css`` is the class in base.css."""

    key: str
    light: str
    dark: str
    pattern: str
    symbol: str
    css: str

    def colour(self, dark: bool) -> str:
        return self.dark if dark else self.light


ENVIRONMENT_LOOK: dict[str, Look] = {
    look.key: look
    for look in (
        Look("social", "#0B2E66", "#44BAFA", "", "circle", "env-social"),
        Look("physical", "#2F855A", "#3A7444", "/", "square", "env-physical"),
        Look("institutional", "#A245E0", "#8248AE", ".", "diamond", "env-institutional"),
        Look("criminal", "#6B2600", "#FCAC46", "x", "triangle-up", "env-criminal"),
    )
}


@lru_cache(maxsize=4)
def koppelvlak_template(dark: bool, wall: bool) -> Any:
    """A ``plotly.graph_objects.layout.Template``: quiet, no grid across the marks, labels instead of a legend.

    ``wall`` is for the projector at 1920 pixels: body 32 px, titles 56 px
    (screens.md); otherwise 16 and 20 px. Use with
    ``st.plotly_chart(figure, theme=None, config={"displayModeBar": False})``.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 - loads slowly, and a phone draws nothing with it

    tone = DARK if dark else LIGHT
    body, title, line, marker = (32, 56, 4, 22) if wall else (16, 20, 2, 11)
    axis = {
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": tone["edge"],
        "linewidth": line / 2,
        "ticks": "outside",
        "tickcolor": tone["edge"],
        "tickfont": {"color": tone["text"], "size": body},
        "title": {"font": {"color": tone["second"], "size": body}, "standoff": body / 2},
        "automargin": True,
        "fixedrange": True,
    }
    # Without "overlay" plotly paints the pattern on nothing, and the bar is gone.
    pattern = {"fillmode": "overlay", "fgcolor": tone["ground"], "fgopacity": 0.6}
    # The series that are no environment: one dark, then shades of grey.
    others = [tone["primary"], tone["edge"], tone["second"], tone["text"]]
    return go.layout.Template(
        layout={
            "font": {"family": f"{FONT}, sans-serif", "size": body, "color": tone["text"]},
            "title": {"font": {"size": title, "color": tone["text"]}, "x": 0, "xanchor": "left"},
            "paper_bgcolor": tone["ground"],
            "plot_bgcolor": tone["ground"],
            "colorway": others,
            "xaxis": axis,
            "yaxis": axis,
            "showlegend": False,
            "separators": ",.",
            "margin": {"l": body, "r": body, "t": title * 2, "b": body},
            "hoverlabel": {
                "bgcolor": tone["surface"],
                "bordercolor": tone["edge"],
                "font": {"color": tone["text"], "size": body},
            },
            "dragmode": False,
            "bargap": 0.35,
        },
        data={
            "bar": [
                {
                    "marker": {"line": {"width": 0}, "pattern": pattern},
                    "textfont": {"color": tone["text"], "size": body},
                    "textposition": "outside",
                    "cliponaxis": False,
                }
            ],
            "scatter": [
                {
                    "marker": {"size": marker, "line": {"width": 1, "color": tone["ground"]}},
                    "line": {"width": line},
                    "textfont": {"color": tone["text"], "size": body},
                }
            ],
        },
    )
