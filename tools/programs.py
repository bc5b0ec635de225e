"""The programs beside Python that tests start: one table of what they are called and which packages bring them.

`python -m tools.programs` prints their paths, after installing what is not there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tools.system import Missing, apt_install, as_root, is_debian_family

SYSTEM_FOLDERS = ("/usr/sbin", "/sbin", "/usr/local/sbin")
"""Where a server stands that the PATH of an ordinary user does not show."""

POLICY = Path("/usr/sbin/policy-rc.d")
"""What Debian asks before a package may start its service (invoke-rc.d(8)); 101 means: it may not."""


@dataclass(frozen=True)
class Program:
    """What a program may be called, the Debian packages that bring it, and the setting that names another one."""

    names: tuple[str, ...]
    packages: tuple[str, ...]
    setting: str

    def find(self) -> Path | None:
        """Its path, or None. The setting in the environment goes first, and then nothing else counts."""
        named = os.environ.get(self.setting)
        folders = os.pathsep.join((os.environ.get("PATH", os.defpath), *SYSTEM_FOLDERS))
        found = (shutil.which(name, path=folders) for name in ([named] if named else self.names))
        return next((Path(path) for path in found if path), None)

    def bring(self) -> Path:
        """`find()`, after installing when needed. Raises Missing with what to do by hand."""
        found = self.find()
        if found:
            return found
        if is_debian_family():
            with _services_asleep():
                apt_install(*self.packages)
            found = self.find()
        if not found:
            raise Missing(self.how_to)
        return found

    @property
    def how_to(self) -> str:
        """What to do when it is not there and could not be brought."""
        return (
            f"{self.names[0]} was not found and could not be installed. "
            f"On Debian or Ubuntu: apt-get install {' '.join(self.packages)}. "
            f"Or name one: {self.setting}=/path/to/{self.names[0]} make test"
        )


NGINX = Program(("nginx",), ("nginx-light",), "NGINX")
OPENSSL = Program(("openssl",), ("openssl",), "OPENSSL")
LIBREOFFICE = Program(("soffice", "libreoffice"), ("libreoffice-writer-nogui", "libreoffice-calc-nogui"), "SOFFICE")
SYSTEMD_ANALYZE = Program(("systemd-analyze",), ("systemd",), "SYSTEMD_ANALYZE")
C_COMPILER = Program(("cc", "gcc", "clang"), ("gcc", "libc6-dev"), "CC")
NEEDED = (NGINX, OPENSSL, LIBREOFFICE, SYSTEMD_ANALYZE, C_COMPILER)


@contextmanager
def _services_asleep() -> Iterator[None]:
    """Tests need the program; a server that starts by itself would take port 80 of somebody's machine."""
    if POLICY.exists():
        yield
        return
    refusal = b"#!/bin/sh\nexit 101\n"
    subprocess.run(as_root(["tee", str(POLICY)]), input=refusal, stdout=subprocess.DEVNULL, check=True)
    subprocess.run(as_root(["chmod", "755", str(POLICY)]), check=True)
    try:
        yield
    finally:
        subprocess.run(as_root(["rm", "-f", str(POLICY)]), check=False)


if __name__ == "__main__":
    for needed in NEEDED:
        print(needed.bring())
