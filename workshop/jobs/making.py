"""Running one child: starting it, feeding it, waiting with limits, and reading what it made."""

from __future__ import annotations

import json
import logging
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread
from typing import Any

from workshop.domain.jobs import Failure
from workshop.jobs.child import TOO_LARGE
from workshop.jobs.limits import Limits
from workshop.store.jobs import Made

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
BEAT_SECONDS = 10.0
"""How often the row is told that the work goes on; much shorter than it is believed without."""

_LOOK_SECONDS = 0.1
#: All a child gets of our surroundings: no address of a database, no key, no folder of this installation.
_PASSED_ON = (
    "PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TEMP", "TMP", "SYSTEMROOT", "USERPROFILE",
    "MPLCONFIGDIR", "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip
#: Libraries that reserve memory for every core would not fit, and one job uses one core.
_ONE_THREAD = {name: "1" for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")}


class Failed(Exception):
    """There will be no result."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure)
        self.failure = failure


class Stopped(Exception):
    """Nobody wants the result here anymore: the server stops, or the job is no longer ours."""


def make(
    kinds: str,
    kind: str,
    language: str,
    material: Any,
    *,
    limits: Limits,
    stop: Event,
    still_ours: Callable[[], bool] = lambda: True,
) -> Made:
    """Make one result in a child process, from ``material``, in ``language``.

    ``kinds`` is the module that holds ``KINDS``; ``still_ours`` is asked every ``BEAT_SECONDS``.

    Raises:
        Failed: the child crashed, was killed, or went over a limit.
        Stopped: ``stop`` was set, or the job is not ours anymore. The child is gone in every case.
    """
    load = pickle.dumps(material, protocol=pickle.HIGHEST_PROTOCOL)
    head = {"kinds": kinds, "kind": kind, "language": language, "memory": limits.memory, "length": len(load)}
    process = start_child()
    talk = _Talk(process, json.dumps(head).encode() + b"\n" + load, limits.size)
    try:
        talk.start()
        _wait(process, talk, limits, stop, still_ours)
        return _made(process.returncode, talk)
    finally:
        process.kill()
        process.wait()
        talk.join()


def start_child() -> subprocess.Popen[bytes]:
    """A fresh interpreter and no fork: this process has threads, locks and an open database."""
    surroundings = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    flags = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
    return subprocess.Popen(
        [sys.executable, "-m", "workshop.jobs.child"],
        cwd=ROOT,
        env={**surroundings, **_ONE_THREAD, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        # A library that complains may repeat a text of people.
        stderr=subprocess.DEVNULL,
        creationflags=flags,
    )


class _Talk:
    """What goes to and comes from the child, each on a thread: a child that does not read or write keeps nobody waiting."""

    def __init__(self, process: subprocess.Popen[bytes], load: bytes, most: int) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._stdin, self._stdout, self._load, self._most = process.stdin, process.stdout, load, most
        self.head: dict[str, Any] = {}
        self.data = b""
        self.is_too_large = False
        self._threads = [Thread(target=self._feed, daemon=True), Thread(target=self._hear, daemon=True)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def hear_out(self) -> None:
        self._threads[1].join()

    def join(self) -> None:
        for thread in self._threads:
            if thread.ident is not None:
                thread.join()
        self._stdout.close()
        try:
            self._stdin.close()
        except OSError:
            log.debug("a child went before it had read everything")

    def _feed(self) -> None:
        try:
            self._stdin.write(self._load)
            # Left open: the child ends when this end closes, also when the server is killed.
            self._stdin.flush()
        except OSError:
            log.debug("a child went before it had read everything")

    def _hear(self) -> None:
        try:
            head = json.loads(self._stdout.readline(1 << 16) or b"{}")
        except ValueError:
            return
        length = head.get("length", 0)
        if length > self._most:
            self.is_too_large = True
            return
        self.data = self._stdout.read(length)
        self.head = head if len(self.data) == length else {}


def _wait(
    process: subprocess.Popen[bytes], talk: _Talk, limits: Limits, stop: Event, still_ours: Callable[[], bool]
) -> None:
    began = beaten = time.monotonic()
    while process.poll() is None:
        if stop.wait(_LOOK_SECONDS):
            raise Stopped
        now = time.monotonic()
        if talk.is_too_large:
            raise Failed(Failure.TOO_LARGE)
        if now - began > limits.seconds:
            log.warning("a job took longer than %g seconds and was ended", limits.seconds)
            raise Failed(Failure.TOO_SLOW)
        if now - beaten > BEAT_SECONDS:
            beaten = now
            if not still_ours():
                raise Stopped
    talk.hear_out()


def _made(status: int, talk: _Talk) -> Made:
    if talk.is_too_large or status == TOO_LARGE:
        log.warning("a job needed more memory, or made more, than it may")
        raise Failed(Failure.TOO_LARGE)
    if status != 0 or "media_type" not in talk.head:
        log.error("a job crashed with status %d: %s", status, talk.head.get("failed", "it could not say where"))
        raise Failed(Failure.CRASHED)
    if talk.head["missing"]:
        log.info("this platform does not limit the %s of a job", " and the ".join(talk.head["missing"]))
    return Made(talk.data, talk.head["media_type"], talk.head["disposition"])
