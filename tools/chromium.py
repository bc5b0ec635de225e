"""A real Chromium for the tests: the system's own, or the one Playwright brings.

`python -m tools.chromium` prints its path, after installing it when there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from tools.system import Missing, apt_install, as_root, is_debian_family, is_ubuntu

HOW_TO = (
    "No Chromium found and none could be installed. On Debian: apt-get install chromium. "
    "On Ubuntu: .venv/bin/python -m playwright install --with-deps chromium. "
    "Or name one: CHROMIUM=/path/to/chromium make test"
)


def find() -> Path | None:
    """Path of a browser that starts, or None. `CHROMIUM` in the environment goes first."""
    named = os.environ.get("CHROMIUM")
    return next((Path(path) for path in ([named] if named else _candidates()) if path and _starts(path)), None)


def bring() -> Path:
    """`find()`, after installing when needed. Raises Missing with what to do by hand."""
    _bring_driver()
    found = find()
    if found:
        return found
    if is_debian_family() and not is_ubuntu():
        apt_install("chromium", "fonts-liberation")
    else:
        _install_with_playwright()
    found = find()
    if not found:
        raise Missing(HOW_TO)
    return found


def _bring_driver() -> None:
    """Playwright steers the browser with a Node of its own, which on a bare Debian misses one library."""
    driver = [sys.executable, "-m", "playwright", "--version"]
    if subprocess.run(driver, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
        return
    if is_debian_family():
        apt_install("libatomic1")
    if subprocess.run(driver, stdout=sys.stderr, stdin=subprocess.DEVNULL).returncode:
        raise Missing("Playwright does not start; what it misses stands above. On Debian or Ubuntu: libatomic1.")


def _candidates() -> Iterator[str | None]:
    yield from map(shutil.which, ("chromium", "google-chrome", "chromium-browser"))
    yield _of_playwright()


def _starts(path: str) -> bool:
    # A snap sees neither our temporary folders nor our sockets.
    if "/snap/" in str(Path(path).resolve()):
        return False
    try:
        answer = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0 and answer.stdout.startswith(("Chromium", "Google Chrome"))


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if path and Path(path).exists() else None


def _install_with_playwright() -> None:
    playwright = [sys.executable, "-m", "playwright"]
    if sys.platform == "linux":
        libraries = [*playwright, "install-deps", "chromium"]
        if subprocess.run(as_root(libraries), stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
            raise Missing(HOW_TO)
    if subprocess.run([*playwright, "install", "chromium"], stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
        raise Missing(HOW_TO)


if __name__ == "__main__":
    print(bring())
