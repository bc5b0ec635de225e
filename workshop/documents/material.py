"""What a document is made from: one read of a wijkplan, and the figures of its areas."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workshop.actions.sprints.material import Snapshot as Snapshot  # a writer of files takes one and passes it on
from workshop.actions.sprints.material import SnapshotRound, SnapshotStep
from workshop.sources.figure import Figure
from workshop.sources.figures import known_figures


def figures_of(snapshot: Snapshot) -> Sequence[Figure]:
    """The figures of the areas of the wijkplan: those that ship and those that were loaded."""
    return known_figures([area.code for area in snapshot.wijkplan.areas], snapshot.figures)


def shown_rounds(snapshot: Snapshot) -> Iterator[tuple[SnapshotStep, SnapshotRound]]:
    """Every round whose outcome was shown, with its step, in the order of the script."""
    for session in snapshot.sessions:
        for step in session.steps:
            for shown in step.rounds:
                yield step, shown


def numbers_in(value: Any, path: str = "") -> Iterator[tuple[str, int | float]]:
    """Every number in an outcome with the path that leads to it: ``("stance.0", 4)``."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from numbers_in(value[key], f"{path}.{key}" if path else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from numbers_in(inner, f"{path}.{place}" if path else str(place))
