"""F01 to F03 in short: three kills and two power cuts. At full length: ``make faults``."""

from __future__ import annotations

from pathlib import Path

from faults.burst import kill_often
from faults.power import cut_power


def test_three_kills_in_a_burst_lose_nothing_that_was_acknowledged(database_url: str, tmp_path: Path) -> None:
    told = kill_often(database_url, tmp_path, kills=3, votes=150, voters=60, kills_per_round=3)
    assert told.wrong == []
    assert told.acknowledged >= 150


def test_twin_an_answer_before_the_commit_is_found_out(database_url: str, tmp_path: Path) -> None:
    told = kill_often(
        database_url, tmp_path, kills=6, votes=1, voters=60, kills_per_round=1, without="the commit before the answer"
    )
    assert any(line.startswith(("lost", "changed")) for line in told.wrong)


def test_power_loss_loses_nothing_that_was_acknowledged(migrated_sqlite: Path, tmp_path: Path) -> None:
    told = cut_power(migrated_sqlite, tmp_path, cuts=2)
    assert told.wrong == []
    assert told.cuts == 2 and told.acknowledged > 0


def test_twin_with_synchronous_normal_power_loss_loses_votes(migrated_sqlite: Path, tmp_path: Path) -> None:
    told = cut_power(migrated_sqlite, tmp_path, cuts=8, without="synchronous")
    assert any(line.startswith(("lost", "changed")) for line in told.wrong)
