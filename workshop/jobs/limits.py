"""What a child may take: little of the processor, so much memory, so much time; and what of a failure may be told."""

from __future__ import annotations

import os
import sys
import traceback
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

NICE = 19
"""The lowest of Unix: who votes goes before whatever a report needs."""


@dataclass(frozen=True)
class Limits:
    """``memory`` in bytes of address space, ``seconds`` from start to end, ``size`` of the result in bytes."""

    memory: int = 1 << 30
    seconds: float = 600.0
    size: int = 32 << 20


def take_little(memory: int) -> list[str]:
    """Called by the child before it imports what is large. Returns what this platform cannot limit."""
    missing = []
    # Where memory runs out all the same, Linux ends this process and not the server.
    with suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if hasattr(os, "setpriority"):
        # Not os.nice, which adds to what a server started with.
        os.setpriority(os.PRIO_PROCESS, 0, NICE)
    elif sys.platform != "win32":  # there the parent starts it below normal
        missing.append("priority")
    try:
        import resource  # noqa: PLC0415 - Unix only

        _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
    except (ImportError, ValueError, OSError):  # Windows has none; macOS refuses to set it
        missing.append("memory")
    return missing


def where_it_failed(error: BaseException) -> str:
    """The kind of an error and the lines it came through. Never its words: they may hold a text of people."""
    lines = [f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__} in {' < '.join(reversed(lines))}"
