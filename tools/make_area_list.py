"""Make data/samples/areas_2024.csv.gz from the CBS list of areas.

    python tools/make_area_list.py ../shared/data/real/cbs

The folder holds ``dimensie_WijkenEnBuurten_2024.csv`` (every code of 2024) and
``inwoners_per_buurt_85984NED_2024.csv`` (residents per buurt). The result has
one line per area: ``code,name,residents``. Municipality and parent follow from
the code, so they are checked here and not stored.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "samples" / "areas_2024.csv.gz"


def read_areas(folder: Path) -> list[tuple[str, str, str]]:
    """Return ``(code, name, residents or "")`` in the order of the source."""
    with (folder / "inwoners_per_buurt_85984NED_2024.csv").open(encoding="utf-8", newline="") as file:
        residents = {row["nhood_id"].strip(): row["population"].strip() for row in csv.DictReader(file)}
    rows: list[tuple[str, str, str]] = []
    with (folder / "dimensie_WijkenEnBuurten_2024.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            code, municipality = row["Key"].strip(), row["Municipality"].strip()
            if code != "NL00" and municipality != "GM" + code[2:6]:
                raise SystemExit(f"{code}: the municipality {municipality} does not follow from the code")
            rows.append((code, row["Title"].strip(), residents.get(code, "")))
    codes = {code for code, _name, _residents in rows}
    for code in codes:
        if code.startswith("BU") and "WK" + code[2:8] not in codes:
            raise SystemExit(f"{code}: its wijk is not in the list")
    return rows


def main() -> None:
    """Write the compact list; the same input always gives the same bytes."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name", "residents"))
    writer.writerows(read_areas(Path(sys.argv[1])))
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
