"""F01 and F02 at full length: 200 times kill -9 and 50,000 acknowledged votes on each database."""

from __future__ import annotations

from pathlib import Path

from faults.burst import kill_often


def test_two_hundred_kills_lose_none_of_fifty_thousand_acknowledged_votes(database_url: str, tmp_path: Path) -> None:
    told = kill_often(database_url, tmp_path, kills=200, votes=50_000, voters=1_000)
    print(told)
    assert told.wrong == []
    assert told.kills >= 200 and told.acknowledged >= 50_000
    assert told.unanswered > 0, "no kill hit a vote on its way: this run proves nothing"
    assert told.longest_back < 10
