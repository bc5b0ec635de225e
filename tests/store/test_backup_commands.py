"""The commands that make and put back a copy: what they say, and what stands on no command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.store.test_backup import an_evening, command, everything
from tools import backup
from workshop.store import Store


def test_the_password_is_on_no_command_line(
    new_postgres_url: Callable[[], str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = new_postgres_url()
    seen: list[list[str]] = []
    real = subprocess.run

    def watching(command: list[str], **more: object) -> object:
        seen.append(command)
        return real(command, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", watching)
    backup.make(url, tmp_path / "kopie")
    password = url.split(":")[2].split("@")[0]
    assert [Path(words[0]).name for words in seen] == ["pg_dump", "pg_restore"]
    assert password not in " ".join(word for words in seen for word in words)


def test_the_command_makes_checks_and_puts_back(sqlite_store: Store, tmp_path: Path) -> None:
    an_evening(sqlite_store)
    made = command("make", "--to", str(tmp_path / "kopie"), url=sqlite_store.url)
    assert (made.returncode, made.stderr) == (0, "")
    (copy,) = (tmp_path / "kopie").glob("*.db")
    assert made.stdout.startswith(f"Reservekopie gemaakt en gecontroleerd: {copy} (")
    told = json.loads(backup.manifest_path(copy).read_text())
    checked = command("check", str(copy), url=sqlite_store.url)
    assert checked.stdout == f"Deze reservekopie is heel (van {told['made_at']}).\n"
    elsewhere = f"sqlite:///{tmp_path / 'nieuw' / 'koppelvlak.db'}"
    back = command("restore", str(copy), url=elsewhere)
    assert (back.returncode, back.stderr) == (0, "")
    assert everything(elsewhere) == everything(sqlite_store.url)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("check", "/nergens/kopie.db"),
            "Niet gelukt: /nergens/kopie.db is er niet. Geef het pad van een reservekopie.\n",
        ),
        (
            ("make",),
            "Niet gelukt: Er is geen database op /nergens/koppelvlak.db. Kijk naar DATABASE_URL en KOPPELVLAK_VAR.\n",
        ),
    ],
)
def test_what_is_wrong_is_one_sentence(words: tuple[str, ...], said: str, tmp_path: Path) -> None:
    extra = ("--to", str(tmp_path)) if words == ("make",) else ()
    told = command(*words, *extra, url="sqlite:////nergens/koppelvlak.db")
    assert (told.returncode, told.stdout, told.stderr) == (2, "", said)
