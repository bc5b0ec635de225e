"""Break the rules and the actions one small change at a time, and say how many of these changes a test noticed.

``make mutants`` takes a seeded sample of all changes that mutmut can make in ``workshop/domain`` and ``workshop/actions``;
``ARGS="--all"`` tries every one, which takes hours. What may be changed and which tests are asked stands in
``pyproject.toml``; mutmut works on a copy in the folder ``mutants``. Figures: ``docs/tests.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from mutmut.__main__ import create_mutants
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import copy_also_copy_files, copy_src_dir, setup_source_paths

COPY = Path("mutants")
#: A change that was noticed: a test failed, or never ended.
NOTICED = ("killed", "timeout", "segfault")
SAMPLE, SEED = 100, 20261129


def all_mutants(children: int) -> list[str]:
    """Make the copy with every change in it; the names of the changes, sorted."""
    COPY.mkdir(exist_ok=True)
    os.environ["MUTANT_UNDER_TEST"] = "mutant_generation"
    copy_src_dir()
    copy_also_copy_files()
    setup_source_paths()
    create_mutants(children)
    del os.environ["MUTANT_UNDER_TEST"]
    return sorted(results())


def results() -> dict[str, int | None]:
    """By change what its tests ended with; None when it was not tried."""
    found: dict[str, int | None] = {}
    for path in COPY.rglob("*.meta"):
        found.update(json.loads(path.read_text("utf-8"))["exit_code_by_key"])
    return found


def score(chosen: Sequence[str]) -> tuple[float, list[str]]:
    """The share of changes that was noticed, from 0 to 1, and the names of those that were not, with the reason."""
    ended = results()
    statuses = {name: status_by_exit_code[ended[name]] for name in chosen}
    print(", ".join(f"{n} {status}" for status, n in Counter(statuses.values()).most_common()))
    tried = {name: status for name, status in statuses.items() if status not in ("not checked", "skipped")}
    missed = [f"{name} ({status})" for name, status in tried.items() if status not in NOTICED]
    return 1 - len(missed) / max(1, len(tried)), missed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="try every change")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many changes to try (%(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="which sample (%(default)s)")
    parser.add_argument("--only", default="", help="changes with this in their name only, e.g. retention")
    parser.add_argument("--children", type=int, default=2, help="how many at once (%(default)s)")
    asked = parser.parse_args()

    names = [name for name in all_mutants(asked.children) if asked.only in name]
    chosen = names
    if not asked.all and asked.sample < len(names):
        chosen = sorted(random.Random(asked.seed).sample(names, asked.sample))  # noqa: S311 - a sample, no secret
    print(f"{len(chosen)} of {len(names)} changes, seed {asked.seed}")
    ran = subprocess.run([sys.executable, "-m", "mutmut", "run", "--max-children", str(asked.children), *chosen])
    if ran.returncode:
        # mutmut does not say which: with every change in the file but none in force, all that is asked must pass.
        sys.exit(
            f"the tests that are asked fail on the copy itself; run them in {COPY} with MUTANT_UNDER_TEST= before it"
        )
    noticed, missed = score(chosen)
    print(*missed, sep="\n")
    print(f"score: {noticed:.1%} of {len(chosen)} changes noticed (python -m mutmut show NAME tells what was changed)")


if __name__ == "__main__":
    main()
