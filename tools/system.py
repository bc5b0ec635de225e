"""System packages on Debian and Ubuntu, asked for only when something is missing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


class Missing(SystemExit):
    """Something the tests need is absent and could not be brought; the text says how to install it by hand."""


def as_root(command: list[str]) -> list[str]:
    """The command with what it takes to run it as root.

    Raises Missing when this is neither root nor a user with sudo. Without a terminal sudo may not ask for a password.
    """
    if os.geteuid() == 0:
        return command
    sudo = shutil.which("sudo")
    if sudo is None:
        raise Missing(f"This needs root or sudo: {' '.join(command)}")
    return [sudo, *([] if sys.stdin.isatty() else ["-n"]), *command]


def is_debian_family() -> bool:
    return shutil.which("apt-get") is not None


def is_ubuntu() -> bool:
    """Ubuntu's `chromium` package is an empty hull around a snap, useless to a test."""
    release = Path("/etc/os-release")
    return release.exists() and any(line.strip() == "ID=ubuntu" for line in release.read_text().splitlines())


def apt_install(*packages: str) -> None:
    """Install Debian packages without questions. Raises Missing when that does not succeed."""
    print(f"Installing with apt: {' '.join(packages)}", flush=True)
    quiet = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-y"]
    for step in (["update"], ["install", "--no-install-recommends", *packages]):
        if subprocess.run(as_root([*quiet, *step]), stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
            raise Missing(f"apt-get could not install {' '.join(packages)}; install it by hand and try again.")
