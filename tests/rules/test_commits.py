"""The subject of a commit fits on a line of 72 signs (CONTRIBUTING.md), since the rule was made; merges apart."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: The last commit from before the rule, of 22 November 2026.
BEFORE = "a9f7be8d66ad1ae282f62a6040b619fefd361727"
MOST = 72
#: Said instead of a result where the history is cut off before the rule.
NO_HISTORY = "no history of git back to 22 November 2026 here: the subjects of commits were not looked at"


def git(root: Path, *asked: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", *asked], cwd=root, capture_output=True, encoding="utf-8")


def too_long(root: Path, before: str) -> list[str]:
    """Every commit after ``before`` whose subject is longer, as "hash signs: subject"."""
    told = git(root, "log", "--no-merges", "--format=%h %s", f"{before}..HEAD")
    told.check_returncode()
    lines = (line.partition(" ") for line in told.stdout.splitlines())
    return [f"{short} {len(subject)}: {subject}" for short, _space, subject in lines if len(subject) > MOST]


def has_history(root: Path) -> bool:
    """Whether the commits since the rule are all here; a clone may hold only the newest."""
    return git(root, "merge-base", "--is-ancestor", BEFORE, "HEAD").returncode == 0


def test_every_subject_since_the_rule_fits() -> None:
    if not has_history(ROOT):
        pytest.skip(NO_HISTORY)
    assert too_long(ROOT, BEFORE) == []


class TestTheRuleItself:
    @pytest.fixture
    def tree(self, tmp_path: Path) -> Path:
        assert git(tmp_path, "init", "--quiet").returncode == 0
        commit(tmp_path, "a" * 100)
        return tmp_path

    def test_a_subject_of_73_signs_is_found_and_one_of_72_is_not(self, tree: Path) -> None:
        first = git(tree, "rev-parse", "HEAD").stdout.strip()
        commit(tree, "é" * MOST + "\n\n" + "A body may have lines of any length. " * 9)
        assert too_long(tree, first) == []
        commit(tree, "b" * (MOST + 1))
        assert [line.partition(" ")[2] for line in too_long(tree, first)] == ["73: " + "b" * 73]

    def test_a_merge_may_say_what_git_writes_for_it(self, tree: Path) -> None:
        first = git(tree, "rev-parse", "HEAD").stdout.strip()
        git(tree, "checkout", "--quiet", "-b", "side")
        commit(tree, "Beside")
        git(tree, "checkout", "--quiet", "-")
        commit(tree, "Ahead")
        merged = git(tree, *WHO, "merge", "--no-ff", "--message", "Merge " + "c" * 80, "side")
        assert merged.returncode == 0, merged.stderr
        assert too_long(tree, first) == []


WHO = ("-c", "user.name=A", "-c", "user.email=a@example.org")


def commit(root: Path, message: str) -> None:
    done = git(root, *WHO, "commit", "--quiet", "--allow-empty", "--message", message)
    assert done.returncode == 0, done.stderr
