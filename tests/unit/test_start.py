"""Starting: what is told, and one line with a cure when a setting is wrong."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from workshop import opening as house
from workshop.address import own_address

ROOT = Path(__file__).resolve().parents[2]


def run(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {
        key: value
        for key, value in os.environ.items()
        if key not in ("DATABASE_URL", "PORT", "HOST", "KOPPELVLAK_ADDRESS")
    }
    return subprocess.run(
        [sys.executable, "-m", "workshop.start", "--check"],
        cwd=ROOT,
        env={**kept, "KOPPELVLAK_VAR": str(folder), **settings},
        capture_output=True,
        text=True,
        timeout=60,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_empty_machine_gets_its_database_and_a_set_up_link(tmp_path: Path) -> None:
    done = run(tmp_path / "new", PORT=str(free_port()), HOST="127.0.0.1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "/begin/" in done.stdout and "Alleen deze computer kan erbij" in done.stdout
    assert (tmp_path / "new" / "koppelvlak.db").exists()


def test_behind_a_proxy_the_set_up_link_has_the_address_people_use(tmp_path: Path) -> None:
    public = "https://koppelvlak.voorbeeld.nl"
    done = run(tmp_path, PORT=str(free_port()), HOST="127.0.0.1", KOPPELVLAK_ADDRESS=f"{public}/")
    assert re.search(rf"^  {public}/begin/\S+$", done.stdout, re.M)
    assert f"Voor iedereen:       {public}\n" in done.stdout
    assert "Alleen deze computer" not in done.stdout and "niet versleuteld" not in done.stdout


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"PORT": "achtduizend"}, "PORT moet een getal"),
        ({"PORT": "70000"}, "PORT moet een getal"),
        ({"PORT": "²"}, "PORT moet een getal"),
        ({"HOST": "203.0.113.9"}, "HOST=203.0.113.9 is geen adres van deze computer"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL begint niet met"),
        ({"DATABASE_URL": "zomaar iets"}, "DATABASE_URL begint niet met"),
        ({"DATABASE_URL": "postgresql://u:geheim@127.0.0.1:1/x"}, "PostgreSQL is niet te bereiken met DATABASE_URL"),
        ({"KOPPELVLAK_VAR": "/dev/null/map"}, "kan niet worden geschreven"),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_name_and_a_cure(
    tmp_path: Path, settings: dict[str, str], told: str
) -> None:
    done = run(tmp_path, **{"PORT": str(free_port()), "HOST": "127.0.0.1", **settings})
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.strip().split("\n")
    assert len(lines) == 1 and lines[0].startswith("Koppelvlak start niet: ") and told in lines[0]
    assert "geheim" not in done.stderr


def test_a_taken_port_names_another(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        done = run(tmp_path, PORT=str(port), HOST="127.0.0.1")
    assert done.returncode == 2
    assert f"poort {port} is al in gebruik" in done.stderr and f"PORT={port + 1}" in done.stderr


def test_the_address_for_phones_is_never_a_loopback_one() -> None:
    found = own_address()
    assert found is None or not found.startswith("127.")


def test_the_lock_of_a_database_is_given_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOPPELVLAK_VAR", str(tmp_path))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    house.leave()
    store = house.the_store()
    assert house.the_store() is store
    refused = run(tmp_path, PORT=str(free_port()), HOST="127.0.0.1")
    house.leave()
    allowed = run(tmp_path, PORT=str(free_port()), HOST="127.0.0.1")
    assert (refused.returncode, allowed.returncode) == (2, 0)
    assert "Er draait al een Koppelvlak op deze database." in refused.stderr
