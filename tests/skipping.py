"""On a build server (`CI`, or `--no-skips`) a test that skips fails, unless its reason is on the short list here.

A skip is a claim that nobody checked. What a test needs is brought by `make test` (`tools/`), so it has no reason to skip;
an expected failure counts as a skip.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator

import pytest

from tests import shared_input
from tests.rules import test_commits

MAY_SKIP: dict[str, Callable[[], bool]] = {
    # The real input is no part of the repository and is not ours to give; where it is, it must be read.
    shared_input.ABSENT: lambda: not shared_input.SHARED.is_dir(),
    # A build server may clone the newest commit only.
    test_commits.NO_HISTORY: lambda: not test_commits.has_history(test_commits.ROOT),
}
"""Reason of a skip -> whether it is true here."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        default=os.environ.get("CI", "").lower() in ("1", "true", "yes"),
        help="a test that skips for a reason not on the list of tests/skipping.py fails (on by itself when CI is set)",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_a_skip(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_a_skip(collector.config, report)
    return report


def _refuse_a_skip(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (report.skipped and config.getoption("--no-skips")):
        return
    reason = _reason_of(report)
    if reason in MAY_SKIP and MAY_SKIP[reason]():
        return
    report.outcome = "failed"
    # Left on the report, it would still be counted as an expected failure.
    vars(report).pop("wasxfail", None)
    report.longrepr = f"on a build server this may not skip: {reason}"


def _reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    expected = getattr(report, "wasxfail", None)
    if expected is not None:
        return f"expected to fail: {expected}"
    told = report.longrepr
    return (told[2] if isinstance(told, tuple) else str(told)).removeprefix("Skipped: ")
