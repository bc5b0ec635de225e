"""Ask whether a weakness is known in any package that is locked (`make audit`), with pip-audit and the advisories of OSV.

Ends with 0 when every package was asked about and nothing is known, 1 when something is known, and 2 when a package
could not be audited. pip-audit itself ends with 0, and says that nothing is known, when a service has no word about a
package: that never counts as a pass here.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
# The lock for developing holds everything of the other.
LOCK = ROOT / "requirements-dev.txt"
#: How many names stand on one line.
SHOWN = 6
Package = tuple[str, str]
_LINE = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


@dataclass
class Audit:
    """What is known about a list of packages, and about which nothing could be asked."""

    asked: list[Package]
    known: dict[Package, list[str]] = field(default_factory=dict)
    clean: set[Package] = field(default_factory=set)
    why_not: dict[Package, str] = field(default_factory=dict)

    @property
    def unaudited(self) -> list[Package]:
        """Every package without an answer, whatever the cause."""
        return [each for each in self.asked if each not in self.clean and each not in self.known]

    @property
    def status(self) -> int:
        """With what the program ends: 1 a weakness is known, 2 not all could be audited, 0 neither."""
        if self.known:
            return 1
        return 2 if self.unaudited or not self.asked else 0

    def hear(self, told: Mapping[str, Any]) -> None:
        """Take in one answer of pip-audit (``--format json``)."""
        for each in told["dependencies"]:
            package = (_name(each["name"]), str(each.get("version", "")))
            if "skip_reason" in each:
                self.why_not |= {asked: each["skip_reason"] for asked in self.asked if asked[0] == package[0]}
            elif each["vulns"]:
                self.known[package] = [_in_short(weakness) for weakness in each["vulns"]]
            else:
                self.clean.add(package)


def locked(lock: str) -> list[Package]:
    """Name and version of every package in the text of a lock, those for other platforms too."""
    return [(_name(name), version) for name, version in _LINE.findall(lock)]


def audit(packages: Sequence[Package], *, more: Sequence[str] = ()) -> Audit:
    """Ask about these packages. A service that does not answer leaves them unaudited; it is no error here.

    Args:
        more: further arguments for pip-audit, such as another address for its service.
    """
    result = Audit(list(packages))
    for part in _one_of_each_name(packages):
        ended, told, fault = _ask(part, more)
        try:
            result.hear(json.loads(told))
        except (ValueError, KeyError):
            result.why_not |= dict.fromkeys(part, fault or f"pip-audit ended with {ended} and said nothing")
    return result


def tell(result: Audit) -> None:
    """Say what came out; packages with the same cause on one line."""
    for (name, version), weaknesses in sorted(result.known.items()):
        print(f"{name} {version}: {'; '.join(weaknesses)}")
    causes: dict[str, list[str]] = {}
    for package in result.unaudited:
        causes.setdefault(result.why_not.get(package, "no answer"), []).append("==".join(package))
    for cause, names in causes.items():
        some = ", ".join(names[:SHOWN]) + (", …" if len(names) > SHOWN else "")
        print(f"could not be audited: {len(names)} packages ({some}): {cause}", file=sys.stderr)
    print(
        f"{len(result.asked)} packages: {len(result.clean)} without a known weakness, "
        f"{len(result.known)} with one, {len(result.unaudited)} could not be audited"
    )


def _ask(packages: Iterable[Package], more: Sequence[str]) -> tuple[int, str, str]:
    """How pip-audit ended, what it told, and the last line of what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        # Only names and versions: a condition on the platform would leave packages out without a word.
        wanted = Path(folder) / "requirements.txt"
        wanted.write_text("".join(f"{name}=={version}\n" for name, version in packages), encoding="utf-8")
        how = ["--requirement", str(wanted), "--no-deps", "--disable-pip", "--progress-spinner", "off"]
        ended = subprocess.run(
            [sys.executable, "-m", "pip_audit", *how, "--vulnerability-service", "osv", "--format", "json", *more],
            capture_output=True,
            encoding="utf-8",
        )
    lines = ended.stderr.strip().splitlines()
    return ended.returncode, ended.stdout, lines[-1] if lines else ""


def _one_of_each_name(packages: Sequence[Package]) -> list[list[Package]]:
    """In as few lists as can be: the lock may hold two versions for two Pythons, and pip-audit takes a name once."""
    lists: list[list[Package]] = []
    for package in packages:
        room = next((part for part in lists if all(package[0] != name for name, _version in part)), None)
        if room is None:
            lists.append(room := [])
        room.append(package)
    return lists


def _name(written: str) -> str:
    return re.sub(r"[-_.]+", "-", written).lower()


def _in_short(weakness: Mapping[str, Any]) -> str:
    mended = ", ".join(weakness.get("fix_versions", ()))
    return f"{weakness['id']}, mended in {mended}" if mended else f"{weakness['id']}, not mended yet"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--lock", type=Path, default=LOCK, help="the file with locked packages")
    parser.add_argument("--osv-url", help="the address of another service that speaks OSV, such as one of your own")
    chosen = parser.parse_args(arguments)
    more = ["--osv-url", chosen.osv_url] if chosen.osv_url else []
    result = audit(locked(chosen.lock.read_text(encoding="utf-8")), more=more)
    tell(result)
    return result.status


if __name__ == "__main__":
    sys.exit(main())
