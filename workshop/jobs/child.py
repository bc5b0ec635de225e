"""``python -m workshop.jobs.child``: makes one result out of what its standard input says, and ends.

It has no database, no settings and no word in its arguments: a line of JSON (kind, language, limits, length) and then the
pickled material come in, a line of JSON and then the bytes of the file go out. The parent pickles and only the child
unpickles, so nothing that a child says is ever run by the server. Errors go out as their kind and place, without their
words.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import sys
import threading
from collections.abc import Mapping
from importlib import import_module
from typing import BinaryIO

from workshop.jobs.limits import take_little, where_it_failed

TOO_LARGE = 77
"""The exit status of a child that ran out of memory; it may not have had enough left to say so."""


def main() -> None:
    """Do the job that stands on standard input."""
    # Ctrl+C in a terminal reaches this process, too; the parent decides when it ends.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    out = _keep_out()
    order = json.loads(sys.stdin.buffer.readline())
    missing = take_little(order["memory"])
    try:
        material = sys.stdin.buffer.read(order["length"])
        threading.Thread(target=_end_with_parent, daemon=True).start()
        head, data = _make(order, material)
        _say(out, {**head, "missing": missing}, data)
    except MemoryError:
        os._exit(TOO_LARGE)
    except BaseException as error:  # noqa: BLE001 - the parent has to know
        _say(out, {"failed": where_it_failed(error)}, b"")
        os._exit(1)


def _make(order: dict[str, str], material: bytes) -> tuple[dict[str, str], bytes]:
    # Only now, within the limits: what makes a file loads drawing and office libraries.
    from workshop.locale import in_language  # noqa: PLC0415

    kind = import_module(order["kinds"]).KINDS[order["kind"]]
    with in_language(order["language"]):
        made = kind.make(pickle.loads(material))  # noqa: S301 - from our parent, who made it
    return {"media_type": made.media_type, "disposition": made.disposition}, made.data


def _keep_out() -> BinaryIO:
    """The way to the parent, out of reach of a library that prints."""
    out = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - a file number is wanted
        os.dup2(nowhere.fileno(), 1)
    return out


def _say(out: BinaryIO, head: Mapping[str, object], data: bytes) -> None:
    out.write(json.dumps({**head, "length": len(data)}).encode() + b"\n")
    out.write(data)
    out.close()


def _end_with_parent() -> None:
    """Standard input stays open for as long as the parent wants the result."""
    with contextlib.suppress(OSError):
        os.read(0, 1)
    os._exit(1)


if __name__ == "__main__":
    main()
