"""Make the next release ready to be committed and tagged: ``make release VERSION=0.2.0`` (docs/release.md).

Writes the number and the day where they stand, turns the fragments into a part of the changelog, and puts the note and the
bill of materials into ``var/release``. It commits and tags nothing: it prints how.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tools import sbom

ROOT = Path(__file__).resolve().parents[1]
# Where the number stands, and the day beside it: (file, what is replaced, by what).
PLACES = (
    ("workshop/version.py", r'^VERSION = ".*"$', 'VERSION = "{version}"'),
    ("publiccode.yml", r'^softwareVersion: ".*"$', 'softwareVersion: "{version}"'),
    ("publiccode.yml", r'^releaseDate: ".*"$', 'releaseDate: "{day}"'),
)
NUMBER = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


class NotReadyError(Exception):
    """Why this release cannot be made; nothing was written."""


def prepare(root: Path, version: str, day: date) -> str:
    """Write the number, the day and the part of the changelog. Returns that part.

    Raises:
        NotReadyError: the number is not a later one, there is nothing to tell, or there is unfinished work in the tree.
    """
    _refuse(root, version)
    for name, found, written in PLACES:
        path = root / name
        text, n = re.subn(
            found, written.format(version=version, day=day), path.read_text(encoding="utf-8"), flags=re.MULTILINE
        )
        if n != 1:
            raise NotReadyError(f"{name}: {found} stands there {n} times")
        path.write_text(text, encoding="utf-8")
    asked = ["build", "--yes", "--config", "towncrier.toml", "--version", version, "--date", day.isoformat()]
    subprocess.run([sys.executable, "-m", "towncrier", *asked], cwd=root, check=True, stdout=subprocess.DEVNULL)
    return part_of((root / "CHANGELOG.md").read_text(encoding="utf-8"), version)


def part_of(changelog: str, version: str) -> str:
    """What the changelog tells about one version, from its heading to the next.

    Raises:
        NotReadyError: it tells nothing about that version.
    """
    found = re.search(rf"^## {re.escape(version)} \(.*?(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    if found is None:
        raise NotReadyError(f"CHANGELOG.md has no part for {version}")
    return found[0].strip() + "\n"


def note(part: str, schema: str) -> str:
    """The text beside the tag: the part of the changelog, and which schema belongs to it."""
    return f"{part}\nSchema van de database / database schema: {schema}\n"


def _refuse(root: Path, version: str) -> None:
    current = re.search(r'^VERSION = "(.*)"$', (root / "workshop/version.py").read_text(encoding="utf-8"), re.MULTILINE)
    if not NUMBER.fullmatch(version):
        raise NotReadyError(f"{version or 'nothing'} is not a version: VERSION=0.2.0")
    if current is None or _steps(version) <= _steps(current[1]):
        raise NotReadyError(f"{version} is not later than {current[1] if current else 'an unknown version'}")
    if not [path for path in (root / "changes.d").iterdir() if path.name != "README.md"]:
        raise NotReadyError("changes.d is empty: there is nothing to tell")
    if _git(root, "status", "--porcelain"):
        raise NotReadyError("there is work in the tree that is not committed")


def _steps(version: str) -> tuple[int, ...]:
    return tuple(int(step) for step in version.split("."))


def _git(root: Path, *asked: str) -> str:
    return subprocess.run(
        ["git", *asked], cwd=root, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout.strip()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("version")
    version = parser.parse_args(arguments).version
    try:
        part = prepare(ROOT, version, datetime.now(UTC).date())
    except NotReadyError as refused:
        print(refused, file=sys.stderr)
        return 1
    # The bill tells the number that was just written, so a process of its own reads it.
    subprocess.run([sys.executable, "-m", "tools.sbom"], cwd=ROOT, check=True)
    text = sbom.FOLDER / f"koppelvlak-{version}.md"
    text.write_text(note(part, sbom.schema_number()), encoding="utf-8")
    print(f"{text}: the note. Read it, run `make lint test`, and then:")
    print(f"  git commit -am 'Version {version}' && git tag -a v{version} -F {text} --cleanup=verbatim")
    return 0


if __name__ == "__main__":
    sys.exit(main())
