"""Copies of the database that were looked at before they are called a backup, and putting one back.

``python -m tools.backup make|check|restore|drill`` (`make backup`, `make restore FROM=…`, `make drill`). The database
is the one of ``DATABASE_URL`` and ``KOPPELVLAK_VAR``, as the program itself reads them. Beside every copy lies a
``.json`` with its checksum, schema revision and number of rows per table; restoring compares with it.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, func, inspect, select

from workshop.store.journal import first_broken_line
from workshop.store.migrate import config

NAME = "koppelvlak-"
SUFFIXES = {"sqlite": ".db", "postgresql": ".dump"}


class BackupFault(RuntimeError):
    """A copy was not made, not trusted or not put back. The message is a Dutch line with what to do."""


@dataclass(frozen=True)
class Contents:
    """What is in a database: Alembic revision, rows per table, rounds that are open at this moment."""

    revision: str
    rows: dict[str, int]
    open_rounds: int


@dataclass(frozen=True)
class Manifest:
    """What is written beside a copy. ``made_at`` is UTC, ISO 8601; ``size`` in bytes."""

    made_at: str
    kind: str
    sha256: str
    size: int
    contents: Contents


def contents_of(conn: Connection) -> Contents:
    """Read through a whole database, whatever its schema revision.

    Raises:
        BackupFault: no database of this program, of a newer version, or a journal chain is broken.
    """
    names = inspect(conn).get_table_names()
    revision = MigrationContext.configure(conn).get_current_revision()
    if revision is None or "journal" not in names:
        raise BackupFault("Dit is geen database van Koppelvlak. Kies een ander bestand.")
    if revision not in {known.revision for known in ScriptDirectory.from_config(config()).walk_revisions()}:
        raise BackupFault(
            "Deze reservekopie is van een nieuwere versie van het programma. Installeer die versie en probeer opnieuw."
        )
    found = MetaData()
    tables = {name: Table(name, found, autoload_with=conn, resolve_fks=False) for name in sorted(names)}
    rows = {name: conn.scalar(select(func.count()).select_from(table)) or 0 for name, table in tables.items()}
    for chain in conn.scalars(select(tables["journal"].c.chain).distinct()).all():
        broken = first_broken_line(conn, chain)
        if broken is not None:
            raise BackupFault(
                f"Het logboek is niet heel: regel {broken} van keten {chain or '(installatie)'} klopt niet."
            )
    open_rounds = 0
    if "round" in tables:
        rounds = tables["round"]
        open_rounds = conn.scalar(select(func.count()).select_from(rounds).where(rounds.c.state == "open")) or 0
    return Contents(revision, rows, open_rounds)


# -- the copy on disk ------------------------------------------------------------------------------------------------


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def flush(path: Path) -> None:
    """Make sure that a file, or what a folder is called, survives a power cut."""
    if path.is_dir() and sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def manifest_path(copy: Path) -> Path:
    return copy.with_name(copy.name + ".json")


def read_manifest(copy: Path) -> Manifest | None:
    """The paper beside a copy, or None when there is none.

    Raises:
        BackupFault: it cannot be read.
    """
    path = manifest_path(copy)
    if not path.exists():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**{**told, "contents": Contents(**told["contents"])})
    except (ValueError, TypeError, KeyError) as error:
        raise BackupFault(f"Het controlebestand {path.name} is onleesbaar. Gebruik een andere reservekopie.") from error


def kind_of(url: str) -> str:
    return "sqlite" if url.startswith("sqlite") else "postgresql"


def make(url: str, folder: Path, *, now: datetime | None = None) -> Path:
    """Copy the database into ``folder`` while the program may be running; returns the copy.

    The copy gets its name only after it was written, synced, read through and compared.

    Raises:
        BackupFault: with the reason; nothing half-made stays behind.
    """
    from tools.backup import postgres, sqlite  # noqa: PLC0415 - both import this module

    at = now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kind = kind_of(url)
    copy = folder / f"{NAME}{at:%Y%m%d-%H%M%S}{SUFFIXES[kind]}"
    if copy.exists():
        raise BackupFault(f"{copy} bestaat al. Probeer het over een seconde opnieuw.")
    part = copy.with_name(copy.name + ".part")
    try:
        part.touch(mode=0o600)
        contents = sqlite.copy(url, part) if kind == "sqlite" else postgres.copy(url, part)
        flush(part)
        paper = manifest_path(copy)
        told = Manifest(at.isoformat(timespec="seconds"), kind, sha256_of(part), part.stat().st_size, contents)
        paper.touch(mode=0o600)
        paper.write_text(json.dumps(asdict(told), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        flush(paper)
        part.replace(copy)
        flush(folder)
    except BaseException:
        if not copy.exists():
            manifest_path(copy).unlink(missing_ok=True)
        raise
    finally:
        part.unlink(missing_ok=True)
    return copy


def check(copy: Path) -> Manifest | None:
    """Look whether a copy is whole; returns its manifest, or None when it has none.

    Raises:
        BackupFault: missing, damaged, or not what its manifest says.
    """
    from tools.backup import postgres, sqlite  # noqa: PLC0415 - both import this module

    if not copy.is_file():
        raise BackupFault(f"{copy} is er niet. Geef het pad van een reservekopie.")
    manifest = read_manifest(copy)
    if manifest is not None and (manifest.size != copy.stat().st_size or manifest.sha256 != sha256_of(copy)):
        raise BackupFault(f"{copy.name} is veranderd sinds hij gemaakt is. Gebruik een andere reservekopie.")
    if copy.suffix == ".dump":
        postgres.check(copy)
    else:
        found = sqlite.check(copy)
        if manifest is not None:
            compare(found, manifest.contents)
    return manifest


def compare(found: Contents, promised: Contents) -> None:
    """See that two readings are the same.

    Raises:
        BackupFault: they differ.
    """
    if found != promised:
        names = sorted(set(found.rows) | set(promised.rows))
        other = [
            f"{n} {found.rows.get(n)} in plaats van {promised.rows.get(n)}"
            for n in names
            if found.rows.get(n) != promised.rows.get(n)
        ]
        raise BackupFault(f"De inhoud klopt niet met het controlebestand: {', '.join(other) or 'andere versie'}.")


def restore(copy: Path, url: str) -> tuple[Contents, list[Path]]:
    """Put a copy back as the database at ``url``; the program must be stopped.

    Returns:
        what is in it now, and the files of the database that stood there and were set aside (SQLite).

    Raises:
        BackupFault: the copy is not whole, the program is running, or the PostgreSQL database is not empty.
    """
    from tools.backup import postgres, sqlite  # noqa: PLC0415 - both import this module

    manifest = check(copy)
    if kind_of(url) == "sqlite":
        if copy.suffix == ".dump":
            raise BackupFault(
                "Dit is een reservekopie van PostgreSQL. Stel DATABASE_URL in op een lege PostgreSQL-database."
            )
        found, aside = sqlite.restore(copy, url)
    else:
        if copy.suffix != ".dump":
            raise BackupFault("Dit is een reservekopie van SQLite. Laat DATABASE_URL weg en probeer het opnieuw.")
        found, aside = postgres.restore(copy, url), []
    if manifest is not None:
        compare(found, manifest.contents)
    return found, aside


def drill(url: str, folder: Path) -> Contents:
    """Practise: make a copy, put it back in a place of its own, compare, and throw that place away.

    Raises:
        BackupFault: a step failed. The copy stays, the place of practice never does.
    """
    from tools.backup import postgres, sqlite  # noqa: PLC0415 - both import this module

    copy = make(url, folder)
    place = sqlite.elsewhere() if kind_of(url) == "sqlite" else postgres.elsewhere(url)
    with place as spare:
        return restore(copy, spare)[0]


def throw_old_away(folder: Path, days: int, *, now: datetime | None = None) -> list[Path]:
    """Remove own copies older than ``days`` days, by the time in their name; returns what went.

    What was erased in the program still lives in older copies, so they must go as well. The newest always stays.
    """
    limit = (now or datetime.now(UTC)) - timedelta(days=days)
    own = sorted((made, path) for path in folder.glob(f"{NAME}*") if (made := _made_at(path)))
    gone = [path for made, path in own[:-1] if made < limit]
    for path in gone:
        path.unlink()
        manifest_path(path).unlink(missing_ok=True)
    return gone


def _made_at(path: Path) -> datetime | None:
    """When a copy was made, by its name; None for a file that is not one of ours."""
    if path.suffix not in SUFFIXES.values():
        return None
    try:
        return datetime.strptime(path.stem, f"{NAME}%Y%m%d-%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
