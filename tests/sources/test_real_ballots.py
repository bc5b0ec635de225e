"""The reader of real ballots gives back exactly what was published."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.replay.pabulib import Project, Vote, read_pb


def test_assen_2024_is_read_whole(shared: Path) -> None:
    election = read_pb(shared / "data/real/stemmen/Netherlands_Assen_2024.pb")
    assert (len(election.votes), len(election.projects), election.meta["vote_type"]) == (84, 14, "approval")
    assert election.projects[0] == Project("3", "PopUp Podium", 7200, 43, None, True)
    assert election.votes[0] == Vote("vote01006bcf-62b6-435d-a0de-2966c3e75249", ("1", "2", "6", "9", "13"), None)
    assert election.counted_votes() == election.published_votes
    assert sum(p.is_selected is True for p in election.projects) == 9


def test_zurich_d10_is_read_with_its_points(shared: Path) -> None:
    election = read_pb(shared / "data/real/stemmen/Switzerland_Zurich_D10.pb")
    assert (len(election.votes), len(election.projects), election.meta["max_sum_points"]) == (180, 24, "10")
    assert election.votes[0].points_per_project == {"9": 4, "3": 3, "13": 3}
    assert election.counted_votes() == election.published_votes
    assert election.counted_points() == election.published_scores
    assert {sum(vote.points_per_project.values()) for vote in election.votes} == {10}


@pytest.mark.parametrize("name", ["Netherlands_Amsterdam_643", "Switzerland_Zurich_D5", "Netherlands_Amsterdam_491"])
def test_other_elections_are_read_too(shared: Path, name: str) -> None:
    election = read_pb(shared / f"data/real/stemmen/{name}.pb")
    assert election.counted_votes() == election.published_votes
