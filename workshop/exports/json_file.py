"""Everything as JSON, for other systems: the types of ``documents/contract.py``, written."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import msgspec

from workshop.documents.contract import WijkplanFile
from workshop.exports.cells import file_text

MEDIA_TYPE = "application/json"
ENDING = "json"


def write_json(file: WijkplanFile) -> bytes:
    """UTF-8 JSON, indented so that two downloads can be compared."""
    return (json.dumps(_plain(file), ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


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
