"""The JSON file: written, read back, and the schema of it, all from the one definition in ``documents/contract.py``."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from workshop.documents.contract import WijkplanFile
from workshop.domain.errors import WorkshopError
from workshop.exports.cells import file_text
from workshop.locale import _

MEDIA_TYPE = "application/json"
ENDING = "json"


def write_json(file: WijkplanFile) -> bytes:
    """UTF-8 JSON, indented so that two downloads can be compared."""
    return (json.dumps(_plain(file), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def read_json(data: bytes) -> WijkplanFile:
    """The file that :func:`write_json` made, checked whole; keys that were added later are passed over.

    Raises:
        WorkshopError: it is not such a file; the message says where in the file, and nothing of what stands there.
    """
    try:
        json.loads(data, object_pairs_hook=_refuse_double)  # msgspec takes the last of two and says nothing
        return msgspec.json.decode(data, type=WijkplanFile)
    except (
        ValueError,
        RecursionError,
    ) as error:  # msgspec's errors and those of a text that is no UTF-8 are ValueErrors
        where = str(error).partition(" - at `")[2].rstrip("`")
        if where:
            told = _("Dit bestand klopt niet bij {place}. Haal het opnieuw op uit Koppelvlak.").format(place=where)
        else:
            told = _("Dit is geen bestand uit Koppelvlak, of het is beschadigd. Haal het opnieuw op.")
        raise WorkshopError(told) from error


def schema() -> dict[str, Any]:
    """The published JSON Schema (2020-12) of the file, with its version in ``$id``."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:koppelvlak:wijkplan:1",
        "title": "Koppelvlak: a wijkplan as data",
        **msgspec.json.schema(WijkplanFile),
    }


def _refuse_double(pairs: list[tuple[str, Any]]) -> None:
    if any(n > 1 for n in Counter(key for key, _value in pairs).values()):
        raise ValueError("a key stands twice in one object")


def _plain(value: Any) -> Any:
    """``value`` in types JSON has, with every text cleaned: a lone surrogate has no UTF-8."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, msgspec.Struct):
        return {name: _plain(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {file_text(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence | frozenset | set) and not isinstance(value, str):
        return [_plain(inner) for inner in value]
    return file_text(value)
