"""Proofs are a sample in the tests and whole where that is asked; the end of a run says how long they took."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ONE = "tests/unit/evening/test_scoring.py"


def run(*asked: str, proofs: str = "") -> str:
    env = {**os.environ, "PROOFS": proofs}
    env.pop("PYTEST_ADDOPTS", None)
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *asked],
        cwd=ROOT,
        env=env,
        capture_output=True,
        encoding="utf-8",
    ).stdout


@pytest.mark.parametrize(("proofs", "size"), [("", "sample"), ("whole", "whole")])
def test_the_end_of_a_run_says_how_many_proofs_of_which_size(proofs: str, size: str) -> None:
    told = run(ONE, proofs=proofs)
    assert f"proofs: 1 tests, {size}, " in told and "2 passed" in told


def test_only_the_proofs_run_where_only_they_are_asked() -> None:
    told = run("-m", "proof", ONE)
    assert "1 passed, 1 deselected" in told
    assert "proofs:" not in run("-m", "not proof", ONE)
