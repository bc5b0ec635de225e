"""The remarks that people of Amsterdam drew on a map in 2015, as notes: obvious doubles fall together."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from workshop.sources.clustering import Cluster, suggest_clusters


@pytest.fixture(scope="module")
def remarks(shared: Path) -> list[str]:
    path = shared / "data" / "real" / "teksten" / "amsterdam_tekensessies_2015.geojson"
    drawn = json.loads(path.read_text(encoding="utf-8"))["features"]
    return [text for text in ((each["properties"]["Beschr"] or "").strip() for each in drawn) if text]


@pytest.fixture(scope="module")
def proposed(remarks: list[str]) -> list[Cluster]:
    return suggest_clusters(remarks)


def test_every_remark_is_in_one_cluster(remarks: list[str], proposed: list[Cluster]) -> None:
    assert len(remarks) == 391
    assert sorted(n for cluster in proposed for n in cluster.members) == list(range(391))


def test_the_same_remark_is_never_in_two_clusters(remarks: list[str], proposed: list[Cluster]) -> None:
    where: dict[str, set[int]] = {}
    for number, cluster in enumerate(proposed):
        for n in cluster.members:
            where.setdefault(remarks[n].casefold(), set()).add(number)
    assert {text for text, clusters in where.items() if len(clusters) > 1} == set()


@pytest.mark.parametrize(
    "double",
    [
        {"Fietsparkeren", "fietsparkeren op drukke dagen", "fietsparkeren voor horeca"},
        {"zwerfvuil", "veel zwerfvuil", "zwerfvuil, grofvuil"},
        {"jeugdoverlast", "jeugdoverlast, hangen op bankjes"},
        {"touringcars", "haltes touringcars"},
        {"onveilige situatie", "onveilige situatie door fietsers op de stoep"},
        {"verkeerd aangeboden huisvuil", "verkeerd aangeboden vuil", "verkeerd aangeboden bedrijfsvuil"},
    ],
    ids=lambda double: min(double, key=len),
)
def test_obvious_doubles_are_proposed_together(remarks: list[str], proposed: list[Cluster], double: set[str]) -> None:
    told = [{remarks[n].casefold() for n in cluster.members} for cluster in proposed]
    assert [True for texts in told if {text.casefold() for text in double} <= texts] == [True]


def test_what_has_no_double_stays_alone(remarks: list[str], proposed: list[Cluster]) -> None:
    alone = {remarks[cluster.members[0]].casefold() for cluster in proposed if len(cluster.members) == 1}
    assert {
        "?",
        "lantarenpalen worden er steeds uitgereden",
        "afgezet voor filmopnames, nemen parkeerplekken in",
    } <= alone


def test_the_largest_cluster_bears_its_subject_as_name(proposed: list[Cluster]) -> None:
    assert (proposed[0].label, len(proposed[0].members)) == ("Fietsparkeren", 43)
