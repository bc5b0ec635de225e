"""The real input beside the repository (`../shared`): a test that reads it skips with a reason where it is absent.

On a build server (`CI`, or `--shared-required`) a test that skips over it while it is there fails.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--shared-required",
        action="store_true",
        default=os.environ.get("CI", "").lower() in ("1", "true", "yes"),
        help="a test that skips over ../shared fails while that folder exists (on by itself when CI is set)",
    )


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real input; the test is skipped where it is not there."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: no real input to read here")
    return SHARED


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _refuse_a_silent_skip(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _refuse_a_silent_skip(collector.config, report)
    return report


def _refuse_a_silent_skip(config: pytest.Config, report: pytest.TestReport | pytest.CollectReport) -> None:
    if not (report.skipped and config.getoption("--shared-required") and SHARED.is_dir()):
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if "shared" in reason.lower():
        report.outcome = "failed"
        report.longrepr = f"../shared is there, so this may not skip: {reason}"
