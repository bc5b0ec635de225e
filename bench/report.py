"""The table in Markdown, with the conditions under which it was made."""

from __future__ import annotations

import os
import platform
import re
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "performance.md"


@dataclass(frozen=True)
class Row:
    """One kind of work: medians over the turns, milliseconds."""

    name: str
    n: int
    floor: dict[str, float]
    product: dict[str, float]
    lost: int


def as_markdown(rows: list[Row], told: dict[str, str]) -> str:
    """The rows and the other findings, as they go into the document."""
    lines = [
        f"Measured {date.today().isoformat()} on {_machine()}; client, floor and product share the machine.",
        "",
        "| work | N | floor p50 / p95 ms | Koppelvlak p50 / p95 ms | ratio p95 | CPU per vote floor / Koppelvlak ms "
        "| ratio CPU | lost |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in rows:
        key = "took" if row.name == "at one instant" else "p95"
        ratio = row.product[key] / row.floor[key] if row.floor[key] else 0
        cpu = row.product["cpu"] / row.floor["cpu"] if row.floor["cpu"] else 0
        if key == "took":
            times = f"all shown in {row.floor['took']:.0f} | all shown in {row.product['took']:.0f}"
        else:
            times = (
                f"{row.floor['p50']:.1f} / {row.floor['p95']:.1f} | {row.product['p50']:.1f} / {row.product['p95']:.1f}"
            )
        lines.append(
            f"| {_work(row.name)} | {row.n} | {times} | {ratio:.2f} "
            f"| {row.floor['cpu']:.2f} / {row.product['cpu']:.2f} | {cpu:.2f} | {row.lost} |"
        )
    lines += ["", "| also | measured |", "|---|---|", *(f"| {what} | {value} |" for what, value in told.items())]
    return "\n".join(lines)


def _work(name: str) -> str:
    return {
        "secret": "votes over 1 s, secret step: sent → the projector's stream has a done-count that includes it",
        "open": "votes over 1 s, open step: sent → the stream has a tally that includes it",
        "at one instant": "votes at one instant: first sent → all committed and shown",
    }.get(name, name)


def write_report(rows: list[Row], told: dict[str, str], *, into_docs: bool) -> str:
    """The Markdown; with ``into_docs`` it also replaces the table in the document."""
    table = as_markdown(rows, told)
    if into_docs:
        put("table", table)
    return table


def put(name: str, text: str) -> None:
    """Replace what stands between ``<!-- name: begin -->`` and ``<!-- name: end -->`` in the document.

    Raises:
        ValueError: the document has no such place.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    before, found, rest = DOCUMENT.read_text(encoding="utf-8").partition(begin)
    _old, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{DOCUMENT} has no place called {name}")
    DOCUMENT.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def under_conditions(told: dict[str, str]) -> str:
    """Findings as a table, with the machine they were made on."""
    lines = [f"Measured {date.today().isoformat()} on {_machine()}.", "", "| what | measured |", "|---|---|"]
    return "\n".join([*lines, *(f"| {what} | {value} |" for what, value in told.items())])


def _machine() -> str:
    model = re.search(r"model name\s*: (.+)", Path("/proc/cpuinfo").read_text())
    return (
        f"{os.cpu_count()} cores ({model[1] if model else platform.machine()}), Python {platform.python_version()}, "
        f"Streamlit {version('streamlit')}, Starlette {version('starlette')}, uvicorn {version('uvicorn')}"
    )
