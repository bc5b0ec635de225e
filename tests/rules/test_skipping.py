"""On a build server a skip fails, however it is made, unless it is on the list and its reason is true."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import shared_input, skipping
from tests.rules import test_commits

PLANTED = f"""
import unittest
import pytest

def test_passes():
    pass

def test_reads_it(shared):
    assert (shared / "a").read_text() == "a"

def test_says_it_is_absent():
    pytest.skip({shared_input.ABSENT!r})

def test_skips():
    pytest.skip("no screen on this machine")

@pytest.mark.skip(reason="some other day")
def test_is_marked():
    pass

@pytest.mark.skipif("True", reason="some other day")
def test_is_marked_on_a_condition():
    pass

@pytest.mark.xfail(reason="known to be wrong")
def test_is_expected_to_fail():
    assert False

@pytest.fixture
def a_missing_program():
    pytest.skip("no such program")

def test_asks_for_what_is_missing(a_missing_program):
    pass

def test_misses_a_library():
    pytest.importorskip("no_such_library")

class TestCase(unittest.TestCase):
    def test_skips(self):
        self.skipTest("as unittest does")
"""
OF_ITSELF = 7
"""Planted skips that no list knows: called, marked twice, by a fixture, by a library, by unittest, and a whole module."""
IN_A_TEST, BEFORE_IT = 4, 4
"""Of these and the expected failure, those that pytest then counts as a failure and those it counts as an error."""
MODULE = 'import pytest\npytest.skip("not on this machine", allow_module_level=True)\n'


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr(shared_input, "SHARED", pytester.path / "shared")
    pytester.makeconftest("from tests.shared_input import *\nfrom tests.skipping import *")
    pytester.makepyfile(test_inner=PLANTED, test_module=MODULE)
    return pytester


def outcome(inner: pytest.Pytester, *options: str) -> dict[str, int]:
    told = inner.runpytest_inprocess(
        "--import-mode=importlib", "-p", "no:cacheprovider", "--continue-on-collection-errors", *options
    )
    return told.parseoutcomes()


def put_the_input_there(inner: pytest.Pytester) -> None:
    (inner.path / "shared").mkdir()
    (inner.path / "shared" / "a").write_text("a")


def test_at_home_a_skip_stays_a_skip(inner: pytest.Pytester) -> None:
    assert outcome(inner) == {"passed": 1, "skipped": 2 + OF_ITSELF, "xfailed": 1}
    put_the_input_there(inner)
    assert outcome(inner) == {"passed": 2, "skipped": 1 + OF_ITSELF, "xfailed": 1}


def test_on_a_build_server_only_what_is_on_the_list_skips(inner: pytest.Pytester) -> None:
    assert outcome(inner, "--no-skips") == {"passed": 1, "skipped": 2, "failed": IN_A_TEST, "errors": BEFORE_IT}


def test_a_reason_on_the_list_that_is_not_true_fails(inner: pytest.Pytester) -> None:
    put_the_input_there(inner)
    assert outcome(inner, "--no-skips") == {"passed": 2, "failed": 1 + IN_A_TEST, "errors": BEFORE_IT}


def test_it_is_refused_on_a_worker_as_well(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    # In a process of its own, where the folder beside the planted tests is the one they look for.
    put_the_input_there(inner)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).resolve().parents[2]))
    inner.makeconftest(
        "from tests import shared_input\n"
        f"shared_input.SHARED = __import__('pathlib').Path({str(inner.path / 'shared')!r})\n"
        "from tests.shared_input import *\nfrom tests.skipping import *"
    )
    told = inner.runpytest_subprocess(
        "--import-mode=importlib", "-p", "no:cacheprovider", "--numprocesses", "2", "--no-skips",
        "--continue-on-collection-errors",
    )  # fmt: skip
    assert told.parseoutcomes() == {"passed": 2, "failed": 1 + IN_A_TEST, "errors": BEFORE_IT}
    told.stdout.fnmatch_lines(["*may not skip: no screen on this machine*"])


def test_a_build_server_refuses_by_itself(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    assert outcome(inner) == outcome(inner, "--no-skips")


def test_the_list_is_short() -> None:
    assert list(skipping.MAY_SKIP) == [shared_input.ABSENT, test_commits.NO_HISTORY]
