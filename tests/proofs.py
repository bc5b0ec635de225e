"""Proofs over many generated cases: a seeded sample in `make test`, whole in `make proofs` (docs/proofs.md).

A proof bears ``@pytest.mark.proof`` and asks :func:`cases` how many; its dice have a seed, so that running it again
tries the same. Tests with Hypothesis get the same from its profiles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

import pytest
from hypothesis import settings

IS_WHOLE = os.environ.get("PROOFS", "") == "whole"
#: Seconds that the samples may take in all on the two cores of a build server (issue 10).
MOST_SECONDS = 360
# Without a database nothing of an earlier run decides what is tried; derandomized, the cases are those of the code.
settings.register_profile("sample", derandomize=True, database=None, deadline=None, max_examples=100)
settings.register_profile("whole", derandomize=True, database=None, deadline=None, max_examples=5_000)


def cases(sample: int, whole: int) -> int:
    """How many cases a proof tries: ``whole`` in `make proofs`, else ``sample``."""
    assert 0 < sample <= whole
    return whole if IS_WHOLE else sample


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "proof: many generated cases; a sample in `make test`, whole in `make proofs`")
    settings.load_profile("whole" if IS_WHOLE else "sample")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    line = in_one_line(
        report
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport) and "proof" in report.keywords
    )
    if line:
        terminalreporter.write_line(line)


def in_one_line(reports: Iterable[pytest.TestReport]) -> str:
    """How many proofs there were and how long they took; empty when there were none."""
    told = list(reports)
    if not told:
        return ""
    seconds = sum(report.duration for report in told)
    tests = len({report.nodeid for report in told})
    over = "" if IS_WHOLE or seconds <= MOST_SECONDS else f", MORE than the {MOST_SECONDS} they may take"
    return f"proofs: {tests} tests, {'whole' if IS_WHOLE else 'sample'}, {seconds:.0f} s in all{over}"
