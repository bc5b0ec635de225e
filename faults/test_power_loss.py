"""F03 at length: the power goes off twenty times in a burst of votes; and what every weaker setting loses."""

from __future__ import annotations

from pathlib import Path

from faults.power import cut_power


def test_f03_twenty_power_cuts_lose_nothing_that_was_acknowledged(migrated_sqlite: Path, tmp_path: Path) -> None:
    told = cut_power(migrated_sqlite, tmp_path, cuts=20)
    print(f"F03 full: {told}")
    assert told.wrong == []
    assert told.cuts == 20


def test_f03_twin_with_synchronous_normal_the_first_cuts_already_lose_votes(
    migrated_sqlite: Path, tmp_path: Path
) -> None:
    told = cut_power(migrated_sqlite, tmp_path, cuts=20, without="synchronous")
    print(f"F03 twin: {told}")
    assert any(line.startswith(("lost", "changed")) for line in told.wrong)
