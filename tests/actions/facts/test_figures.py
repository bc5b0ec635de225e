"""Figures from a file stand beside those that ship: on the wall, at the desk and in every export, until put away."""

from __future__ import annotations

import json

import pytest

from tests.evening import plan_evening
from workshop.actions.evening import running, wall_view
from workshop.actions.facts import figures
from workshop.actions.sprints.material import see_snapshot
from workshop.domain.errors import Refused
from workshop.domain.evening.stage import View
from workshop.exports.shelf import make_file
from workshop.sources.figure import as_row, from_row
from workshop.sources.files import figures_of, read_figures
from workshop.store import Store

#: A StatLine download as CBS makes one: BOM, padded numbers, a dot for what is withheld.
STATLINE = (
    '\ufeff"Perioden";"Wijken en buurten";"Codering";"Aantal inwoners (aantal)"\n'
    '"2024";"Baarn-Noord";"BU03080000";"    1250"\n'
    '"2024";"Elders";"BU03080100";"       ."\n'
).encode()


def test_a_file_is_kept_shown_exported_and_put_away(store: Store) -> None:
    evening = plan_evening(store)
    evening.step("environments")
    loaded = read_figures(STATLINE)
    ours = figures_of(loaded.figures, ["BU03080000"])
    assert [(f.area_code, f.value) for f in ours] == [("BU03080000", 1250.0)]
    rows = [as_row(figure) for figure in ours]
    assert [from_row(json.loads(json.dumps(row))) for row in rows] == ours

    keep = lambda: figures.keep_figures(  # noqa: E731
        store, evening.facilitator, evening.wijkplan_id, file_name="cbs.csv", checksum=loaded.checksum, rows=rows
    )
    file_id = keep()
    with pytest.raises(Refused):
        keep()
    evening.open_room()
    running.put_on_wall(store, evening.facilitator, evening.session_id, View.FIGURES)
    wall = wall_view.see_wall(store, evening.facilitator, evening.session_id)
    assert [from_row(row) for row in wall.figures] == ours
    snapshot = see_snapshot(store, evening.facilitator, evening.wijkplan_id)
    exported = json.loads(make_file("json", snapshot).data)
    assert [f["value"] for f in exported["figures"] if f["indicator"] == ours[0].indicator] == [1250.0]

    figures.remove_figures(store, evening.facilitator, evening.wijkplan_id, file_id)
    assert see_snapshot(store, evening.facilitator, evening.wijkplan_id).figures == ()
    assert figures.see_loaded_files(store, evening.facilitator, evening.wijkplan_id) == []


def test_a_file_about_elsewhere_is_refused(sqlite_store: Store) -> None:
    evening = plan_evening(sqlite_store)
    with pytest.raises(Refused) as refused:
        figures.keep_figures(
            sqlite_store, evening.facilitator, evening.wijkplan_id, file_name="a.csv", checksum="0" * 64, rows=[]
        )
    assert refused.value.message == "In dit bestand staat niets over de wijken en buurten van dit wijkplan."
