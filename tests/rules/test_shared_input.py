"""A test over the real input may skip where that input is absent, and never where it is there and must be read."""

from __future__ import annotations

import pytest

TESTS = """
import pytest

def test_reads_it(shared):
    assert (shared / "a").read_text() == "a"

def test_skips_over_it():
    pytest.skip("../shared has no police figures")

def test_skips_for_another_reason():
    pytest.skip("no screen on this machine")
"""
MODULE = 'import pytest\npytest.skip("shared is absent", allow_module_level=True)\n'


@pytest.fixture
def inner(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setattr("tests.shared_input.SHARED", pytester.path / "shared")
    pytester.makeconftest("from tests.shared_input import *")
    pytester.makepyfile(test_inner=TESTS, test_module=MODULE)
    return pytester


def outcome(inner: pytest.Pytester, *options: str) -> dict[str, int]:
    return inner.runpytest_inprocess("--import-mode=importlib", "-p", "no:cacheprovider", *options).parseoutcomes()


def put_the_input_there(inner: pytest.Pytester) -> None:
    (inner.path / "shared").mkdir()
    (inner.path / "shared" / "a").write_text("a")


def test_without_the_input_they_skip_even_on_a_build_server(inner: pytest.Pytester) -> None:
    assert outcome(inner) == {"skipped": 4}
    assert outcome(inner, "--shared-required") == {"skipped": 4}


def test_with_the_input_at_home_a_skip_stays_a_skip(inner: pytest.Pytester) -> None:
    put_the_input_there(inner)
    assert outcome(inner) == {"passed": 1, "skipped": 3}


def test_with_the_input_where_it_is_required_a_skip_over_it_fails(inner: pytest.Pytester) -> None:
    put_the_input_there(inner)
    assert outcome(inner, "--shared-required", "--continue-on-collection-errors") == {
        "passed": 1,
        "skipped": 1,
        "failed": 1,
        "errors": 1,
    }


def test_a_build_server_requires_it_by_itself(inner: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    put_the_input_there(inner)
    monkeypatch.setenv("CI", "true")
    assert inner.runpytest_inprocess("--import-mode=importlib").ret != pytest.ExitCode.OK
