"""Which version this is: the one place where the number stands. ``docs/release.md`` says how it is raised."""

from __future__ import annotations

VERSION = "0.1.0"
"""Three numbers (https://semver.org); between two releases the number of the last one."""
