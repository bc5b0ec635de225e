"""The real input beside the repository (`../shared`): a test that reads it skips with a reason where it is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
ABSENT = "../shared is absent: no real input to read here"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real input; the test is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip(ABSENT)
    return SHARED
