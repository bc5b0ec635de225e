"""Adding figures from a file to a wijkplan, beside those that ship with the product."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from workshop.actions.people.gate import require_role
from workshop.domain.errors import NotFound, Refused
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text
from workshop.locale import _
from workshop.store import Store, figures, rooms
from workshop.store.writing import writing

#: Most figures kept of one file: those of the chosen areas, not of the whole country.
MOST = 2_000


@dataclass(frozen=True)
class LoadedFile:
    """One file somebody added."""

    id: str
    file_name: str
    figures: int
    loaded_at: datetime
    loaded_by: str


def keep_figures(
    store: Store, actor: Actor, wijkplan_id: str, *, file_name: str, checksum: str, rows: Sequence[Mapping[str, Any]]
) -> str:
    """Keep figures that were read from a file; returns the id of the file.

    Args:
        rows: plain values as ``workshop.sources.figure.as_row`` makes them, only about areas of this wijkplan.

    Raises:
        Refused: nothing in it is about this wijkplan, it is too much, or the same file is there already.
    """
    staff = require_role(actor, wijkplan_id)
    name = clean_text(file_name, limit=200, multiline=False)
    if not rows:
        raise Refused(_("In dit bestand staat niets over de wijken en buurten van dit wijkplan."))
    if len(rows) > MOST:
        raise Refused(_("Dit zijn te veel cijfers. Kies een bestand met minder gebieden of onderwerpen."))
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        if any(file.checksum == checksum for file, _by in figures.files(write.conn, wijkplan_id)):
            raise Refused(_("Dit bestand is al toegevoegd. De cijfers staan er al bij."))
        file_id = rooms.new_id()
        figures.add(
            write.conn,
            id=file_id,
            wijkplan_id=wijkplan_id,
            file_name=name,
            checksum=checksum,
            figures=[dict(row) for row in rows],
            loaded_at=write.now,
            loaded_by=staff.account_id,
        )
        write.journal("figures.keep", file_id, details={"figures": len(rows), "checksum": checksum})
        return file_id


def remove_figures(store: Store, actor: Actor, wijkplan_id: str, file_id: str) -> None:
    """Take a file's figures off every screen and export; the journal keeps that they were there."""
    staff = require_role(actor, wijkplan_id)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        if not figures.remove(write.conn, wijkplan_id, file_id, write.now):
            raise NotFound()
        write.journal("figures.remove", file_id)


def see_loaded_files(store: Store, actor: Actor, wijkplan_id: str) -> list[LoadedFile]:
    """The files that were added, oldest first."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return [
            LoadedFile(file.id, file.file_name, len(file.figures), file.loaded_at, by)
            for file, by in figures.files(conn, wijkplan_id)
        ]


def see_loaded_figures(store: Store, actor: Actor, wijkplan_id: str) -> list[dict[str, Any]]:
    """The figures themselves, for the desk."""
    require_role(actor, wijkplan_id, *Role)
    with store.read() as conn:
        return figures.rows_of(conn, wijkplan_id)
