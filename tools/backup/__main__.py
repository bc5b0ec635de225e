"""The command: ``python -m tools.backup make|check|restore|drill``. Exit status 0 done, 2 not done."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.backup import BackupFault, check, drill, make, read_manifest, restore, throw_old_away
from workshop.opening import CannotStart, data_folder, database_url


def main(arguments: Sequence[str] | None = None) -> int:
    """Returns the exit status: 0 done, 2 not done (one line on stderr)."""
    parser = argparse.ArgumentParser(prog="tools.backup", description="Reservekopieën van Koppelvlak.")
    verbs = parser.add_subparsers(dest="verb", required=True)
    making = verbs.add_parser("make", help="maak een reservekopie; het programma mag draaien")
    making.add_argument("--to", type=Path, help="map (anders: backups in de gegevensmap)")
    making.add_argument("--keep-days", type=int, help="gooi eigen kopieën weg die ouder zijn (de nieuwste blijft)")
    verbs.add_parser("check", help="kijk of een reservekopie heel is").add_argument("copy", type=Path)
    verbs.add_parser("restore", help="zet een reservekopie terug; stop eerst het programma").add_argument(
        "copy", type=Path
    )
    drilling = verbs.add_parser("drill", help="oefen: maak een kopie en zet hem op een andere plek terug")
    drilling.add_argument("--to", type=Path)
    options = parser.parse_args(arguments)
    try:
        return _do(options)
    except (BackupFault, CannotStart) as problem:
        sys.stderr.write(f"Niet gelukt: {problem}\n")
        return 2


def _do(options: argparse.Namespace) -> int:
    url = database_url()
    folder = getattr(options, "to", None) or data_folder() / "backups"
    if options.verb == "make":
        copy = make(url, folder)
        manifest = read_manifest(copy)
        assert manifest is not None
        print(f"Reservekopie gemaakt en gecontroleerd: {copy} ({manifest.size / 1_000_000:.1f} MB)")
        if manifest.contents.open_rounds:
            print(
                "Let op: er liep een stemming. In deze kopie staan stembriefjes die nog aan een apparaat te koppelen "
                "zijn. Maak na de stemming een nieuwe kopie en gooi deze weg."
            )
        if options.keep_days is not None:
            for old in throw_old_away(folder, options.keep_days):
                print(f"Weggegooid, te oud: {old}")
    elif options.verb == "check":
        manifest = check(options.copy)
        beside = f"van {manifest.made_at}" if manifest else "er ligt geen controlebestand naast"
        print(f"Deze reservekopie is heel ({beside}).")
    elif options.verb == "restore":
        found, aside = restore(options.copy, url)
        print(f"Teruggezet: {sum(found.rows.values())} regels, versie {found.revision}. Start het programma weer.")
        for path in aside:
            print(f"De vorige database is bewaard: {path}")
    else:
        found = drill(url, folder)
        print(f"Oefening geslaagd: teruggezet en vergeleken, {sum(found.rows.values())} regels.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
