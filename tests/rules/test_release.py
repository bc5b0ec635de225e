"""A release tells one number everywhere, with its notes; what is not ready is refused and nothing is written."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from tests.rules.test_version import faults
from tools import release

ROOT = Path(__file__).resolve().parents[2]
DAY = date(2030, 1, 31)
NEXT = "9.9.9"


def git(root: Path, *asked: str) -> str:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    return subprocess.run(["git", *who, *asked], cwd=root, check=True, capture_output=True, encoding="utf-8").stdout


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The files of this repository that a release changes, committed in a repository of their own."""
    for name in ("workshop/version.py", "publiccode.yml", "CHANGELOG.md", "towncrier.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "changes.d").mkdir()
    (tmp_path / "changes.d" / "README.md").write_text("# How\n", encoding="utf-8")
    (tmp_path / "changes.d" / "+knop.begeleider.md").write_text("De knop staat rechts.\n", encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "As it is")
    return tmp_path


def files(root: Path) -> dict[str, str]:
    paths = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def test_a_release_tells_one_number_and_day_and_uses_up_its_fragments(tree: Path) -> None:
    before = files(tree)
    part = release.prepare(tree, NEXT, DAY)
    after = files(tree)
    assert part == f"## {NEXT} (2030-01-31)\n\n### Voor de begeleider\n\n- De knop staat rechts.\n"
    assert faults(NEXT, after["publiccode.yml"], after["CHANGELOG.md"]) == []
    assert f'VERSION = "{NEXT}"' in after["workshop/version.py"]
    assert "changes.d/+knop.begeleider.md" not in after and "changes.d/README.md" in after
    head, older = before["CHANGELOG.md"].split("<!-- releases: the newest first -->\n")
    assert after["CHANGELOG.md"].startswith(head) and after["CHANGELOG.md"].endswith(older.strip() + "\n")
    assert "schema: 0042" in release.note(part, "0042")


def test_the_part_of_a_version_ends_where_the_next_begins() -> None:
    told = "# All\n\n## 0.2.0 (2030-01-31)\n\n- New.\n\n## 0.1.0 (2029-01-31)\n\n- Old.\n"
    assert release.part_of(told, "0.2.0") == "## 0.2.0 (2030-01-31)\n\n- New.\n"
    assert release.part_of(told, "0.1.0") == "## 0.1.0 (2029-01-31)\n\n- Old.\n"
    with pytest.raises(release.NotReadyError):
        release.part_of(told, "0.1")


@pytest.mark.parametrize("version", ["", "9.9", "9.9.9rc1", "v9.9.9", "09.9.9", "0.0.1"])
def test_a_number_that_is_not_a_later_one_is_refused(tree: Path, version: str) -> None:
    before = files(tree)
    with pytest.raises(release.NotReadyError):
        release.prepare(tree, version, DAY)
    assert files(tree) == before


def test_with_nothing_to_tell_there_is_no_release(tree: Path) -> None:
    git(tree, "rm", "--quiet", "changes.d/+knop.begeleider.md")
    git(tree, "commit", "--quiet", "--message", "Nothing to tell")
    before = files(tree)
    with pytest.raises(release.NotReadyError, match="nothing to tell"):
        release.prepare(tree, NEXT, DAY)
    assert files(tree) == before


def test_unfinished_work_is_not_released(tree: Path) -> None:
    (tree / "changes.d" / "+half.it.md").write_text("Half werk.\n", encoding="utf-8")
    before = files(tree)
    with pytest.raises(release.NotReadyError, match="not committed"):
        release.prepare(tree, NEXT, DAY)
    assert files(tree) == before
