"""Kinds of jobs that go wrong in a real child, each in its own way, and a few that go well."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

from workshop.exports.shelf import File
from workshop.jobs.kinds import Kind
from workshop.locale import _

#: What nobody may find in a log: it stands in the material, and in the words of the error.
PRIVATE = "Mevrouw Jansen van nummer 12"


#: Bytes that ``grow`` asks for.
MUCH = 600 << 20


def _file(text: str) -> File:
    return File(text.encode(), "text/plain", 'attachment; filename="x.txt"')


def say_surroundings(_material: Any) -> File:
    """The arguments, the names of the variables, and how nice this process is."""
    nice = os.nice(0) if hasattr(os, "nice") else ""
    return _file("\n".join([*sys.argv, *sys.orig_argv, *sorted(os.environ), f"nice={nice}"]))


def print_much(_material: Any) -> File:
    print(PRIVATE * 1000)
    os.write(1, PRIVATE.encode())
    os.write(2, PRIVATE.encode())
    return _file("goed")


def crash(material: Any) -> File:
    raise ValueError(material)


def die(_material: Any) -> File:
    os.kill(os.getpid(), signal.SIGKILL)
    return _file("")


def grow(_material: Any) -> File:
    return _file(str(len(bytearray(MUCH))))


def hang(_material: Any) -> File:
    while True:
        time.sleep(1)


def speak(_material: Any) -> File:
    return _file(_("Bijeenkomsten"))


def _read(_store: Any, _actor: Any, _wijkplan_id: str) -> Any:
    return PRIVATE


def _refuse(_store: Any, _actor: Any, _wijkplan_id: str) -> Any:
    raise KeyError(PRIVATE)


KINDS: Mapping[str, Kind] = {
    name: Kind(_read, make)
    for name, make in {
        "say": say_surroundings,
        "print": print_much,
        "crash": crash,
        "die": die,
        "grow": grow,
        "hang": hang,
        "speak": speak,
        "echo": _file,
    }.items()
} | {"unread": Kind(_refuse, _file)}
