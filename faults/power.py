"""F03: the power goes off in the middle of a burst; what the disk had promised to keep is all that is left."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

from faults.burst import Burst, Nursery, Voter, close_and_judge, connect, stored
from faults.history import History, acknowledged, read, verdict
from tests.evening import Evening, plan_evening
from tools.programs import C_COMPILER
from workshop.actions.evening import running
from workshop.store import open_store

SOURCE = Path(__file__).with_name("fsyncshadow.c")


def shim(folder: Path, source: Path = SOURCE) -> Path:
    """Compile a shim; returns the library to preload."""
    built = folder / f"{source.stem}.so"
    subprocess.run(
        [C_COMPILER.bring(), "-shared", "-fPIC", "-O1", "-Wall", "-o", str(built), str(source), "-ldl"], check=True
    )
    return built


@dataclass
class PowerLoss:
    """What a series of power cuts showed."""

    cuts: int
    acknowledged: int
    wrong: list[str]

    def __str__(self) -> str:
        return f"{self.cuts} power cuts, {self.acknowledged} acknowledged, {len(self.wrong)} wrong"


def cut_power(
    template: Path, folder: Path, *, cuts: int, seconds: float = 1.2, seed: int = 1, without: str = ""
) -> PowerLoss:
    """Vote on a SQLite database, cut the power, go on from what was synced; judge after every cut and at the close.

    Stops at the first cut after which something was wrong: later ones would only repeat it.
    """
    disk, shadow = folder / "disk", folder / "shadow"
    for place in (disk, shadow):
        place.mkdir()
    url = f"sqlite:///{disk / 'koppelvlak.db'}"
    shutil.copyfile(template, disk / "koppelvlak.db")
    store = open_store(url)
    evening = plan_evening(store)
    step_id = evening.step("commitment")
    evening.open_room()
    evening.people(60)
    running.open_step(store, evening.facilitator, step_id)
    store.close()
    _replace(shadow, disk)
    history = History(folder / "history.jsonl")
    nursery = Nursery(
        env={"LD_PRELOAD": str(shim(folder)), "SHADOW_SRC": str(disk.resolve()), "SHADOW_DST": str(shadow.resolve())}
    )
    chance = random.Random(seed)
    wrong: list[str] = []
    done = 0
    round_id = evening.round_id(step_id)
    voters = [Voter(t) for t in evening.tokens]
    try:
        for _cut in range(cuts):
            burst = Burst(evening, step_id, history, voters, chance, round_id=round_id)
            process_id, path = nursery.start(url, without=without)
            connect(path).close()
            timer = threading.Timer(chance.uniform(0.5, seconds), os.kill, (process_id, signal.SIGKILL))
            timer.start()
            burst.run(path)
            timer.join()
            done += 1
            _replace(disk, shadow)  # power on: the disk holds what was synced
            after = open_store(url)
            wrong += verdict(read(history.path), {round_id: stored(after, round_id, evening.tokens)})
            after.close()
            if wrong:
                break
            _replace(shadow, disk)
        if not wrong:
            after = open_store(url)
            wrong += close_and_judge(_on(evening, after), step_id, history)
            after.close()
    finally:
        history.close()
        nursery.close()
    return PowerLoss(done, acknowledged(read(history.path)), wrong)


def _on(evening: Evening, store: object) -> Evening:
    evening.store = store  # type: ignore[assignment]
    return evening


def _replace(to: Path, source: Path) -> None:
    """Make ``to`` hold exactly the files of ``source``, without shared memory: that does not survive a power cut."""
    for old in to.iterdir():
        old.unlink()
    for file in source.iterdir():
        if not file.name.endswith("-shm") and ".part" not in file.name:
            shutil.copyfile(file, to / file.name)
