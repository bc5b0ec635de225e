"""F11: the disk takes what it is given and then says that it cannot keep it (EIO on every sync), for a while."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from faults.hall import hall
from faults.power import shim
from faults.server import Server
from faults.test_program import run, told_in_dutch

SOURCE = Path(__file__).with_name("badsync.c")


@pytest.mark.parametrize("without", ["", "syncing"])
def test_f11_nothing_is_acknowledged_that_the_disk_could_not_keep(
    new_sqlite_url: Callable[[], str], tmp_path: Path, without: str
) -> None:
    """And the twin: who does not sync does not hear of it either, and goes on acknowledging."""
    url = new_sqlite_url()
    bad = tmp_path / "bad"
    env = {"LD_PRELOAD": str(shim(tmp_path, SOURCE)), "BAD_WHEN": str(bad)}

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 40) as h:
            h.go(pause=0.1)
            await asyncio.sleep(1)
            bad.touch()
            await asyncio.sleep(0.5)  # what was being committed
            before = h.acknowledged
            await asyncio.sleep(3)
            during = h.acknowledged - before
            bad.unlink()
            await asyncio.sleep(2)
            await h.quiet()
            refused = [r for p in h.phones for r in p.refusals]
            print(
                f"F11{' without ' + without if without else ''}: {h.acknowledged} acknowledged, of which {during} "
                f"in 3 s without a sync, {len(refused)} refused in words"
            )
            assert all(map(told_in_dutch, refused))
            assert await h.last_word() == []
            assert h.judge() == []
            assert bool(during) == bool(without) and bool(refused) != bool(without)

    with Server(url, tmp_path, env=env, without=without) as server:
        run(evening())
