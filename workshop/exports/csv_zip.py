"""One CSV file per kind, together in one zip: for whoever reads with another program."""

from __future__ import annotations

import csv
import io
import zipfile

from workshop.documents.blocks import Book
from workshop.exports.cells import csv_value

MEDIA_TYPE = "application/zip"
ENDING = "csv.zip"


def write_csv_zip(book: Book) -> bytes:
    """A zip of UTF-8 files with a byte order mark, ``;`` between fields, decimal comma, quotes as in RFC 4180."""
    target = io.BytesIO()
    moment = book.as_of.timetuple()[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in book.sheets:
            text = io.StringIO(newline="")
            writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
            writer.writerow([csv_value(heading) for heading in sheet.header])
            writer.writerows([csv_value(value) for value in row] for row in sheet.rows)
            # The key, not the title: a name in a zip is a path on somebody's disk.
            entry = zipfile.ZipInfo(f"{sheet.key}.csv", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text.getvalue().encode("utf-8-sig"))
    return target.getvalue()
