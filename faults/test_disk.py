"""F09, F13 and F26: a full disk, too little memory, and copies made while everybody votes."""

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from faults.burst import whole
from faults.hall import hall
from faults.history import Call, read
from faults.phones import Phone, quantile
from faults.server import Server
from faults.test_program import run, told_in_dutch
from workshop.store import open_store


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 12 MB of our own; needs the right to mount."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(place)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk could be mounted (needs root): {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=False)


@pytest.mark.parametrize("without", ["", "the commit before the answer"])
def test_f09_a_full_disk_refuses_in_words_and_goes_on_when_there_is_room(
    small_disk: Path, migrated_sqlite: Path, tmp_path: Path, without: str
) -> None:
    """And the twin: who is answered before the commit is told that it is stored while nothing fits anymore."""
    database = small_disk / "koppelvlak.db"
    shutil.copyfile(migrated_sqlite, database)
    url = f"sqlite:///{database}"
    filler = small_disk / "filler"

    def fill() -> None:
        with filler.open("wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"x" * 4096)
            except OSError:
                return

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            h.go(pause=0.05)
            await asyncio.sleep(1.5)
            # Somebody makes a copy: while they read, the log may not begin anew in the room it has already.
            copying = sqlite3.connect(database)
            copying.execute("BEGIN")
            copying.execute("SELECT count(*) FROM cast_ballot").fetchone()
            await asyncio.to_thread(fill)
            if without:
                await asyncio.sleep(3)
                await h.quiet()
                filler.unlink()
                copying.close()
                wrong = h.judge()
                print(f"F09 twin: {h.acknowledged} acknowledged, {len(wrong)} wrong")
                assert any(line.startswith(("lost", "changed")) for line in wrong)
                return
            await asyncio.sleep(6)
            full = [r for p in h.phones for r in p.refusals]
            other_tab = Phone(h.evening, h.history, random.Random(9), [server.port], token=h.phones[0].token)
            page = await other_tab.ask("GET", f"/zaal/{h.evening.session_id}", json_wanted=False)
            filler.unlink()
            copying.close()
            freed = time.monotonic()
            before = h.acknowledged
            while h.acknowledged == before:
                await asyncio.sleep(0.05)
                assert time.monotonic() - freed < 10
            back = time.monotonic() - freed
            await asyncio.sleep(1)
            await h.quiet()
            assert await h.last_word() == []
            assert full and all(r.status == 503 and told_in_dutch(r) for r in full)
            assert page.status == 200
            assert h.judge() == []
            print(f"F09: {h.acknowledged} acknowledged, {len(full)} refused, back {back:.1f} s after there was room")

    with Server(url, tmp_path, without=without) as server:
        run(evening())


@pytest.mark.parametrize("without", ["", "the limits of bodies"])
def test_f13_with_little_memory_the_program_lives_without_loss(
    new_sqlite_url: Callable[[], str], tmp_path: Path, without: str
) -> None:
    """And the twin: what is poured in fills the memory, until the program or the machine can take no more."""
    url = new_sqlite_url()
    # Address space, the only limit every Linux lets an ordinary account set: about what Streamlit maps, and a bit.
    server = Server(url, tmp_path, before=["prlimit", f"--as={3 * 1024**3}"], without=without)

    async def big_bodies(port: int, until: asyncio.Event) -> None:
        while not until.is_set():
            try:
                _reader, writer = await asyncio.open_connection("127.0.0.1", port)
                head = f"POST /mee HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
                head += "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
                writer.write(head.encode())
                for _part in range(50):
                    writer.write(b"100000\r\n" + b"x" * 0x100000 + b"\r\n")
                    await writer.drain()
                writer.close()
            except OSError:
                await asyncio.sleep(0.05)

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 60) as h:
            h.go()
            attack = [asyncio.create_task(big_bodies(server.port, h.over)) for _n in range(10)]
            highest = 0
            for _tenth in range(60):
                await asyncio.sleep(0.1)
                highest = max(highest, server.memory if server.is_running else 0)
                if without and (highest > 400 * 2**20 or not server.is_running):
                    print(f"F13 twin: {highest / 2**20:.0f} MB, still running: {server.is_running}")
                    return
            assert not without
            await h.quiet()
            for task in attack:
                task.cancel()
            assert server.is_running and highest < 250 * 2**20
            assert await h.last_word() == []
            assert h.judge() == []
            print(f"F13: {h.acknowledged} acknowledged, {highest / 2**20:.0f} MB, p95 {quantile(h.times, 0.95):.2f} s")

    with server:
        run(evening())


def acknowledged_before(calls: list[Call], n: int) -> dict[str, int]:
    """Per voter the newest change among the first ``n`` calls that were acknowledged."""
    newest: dict[str, int] = {}
    for call in calls[:n]:
        if call.heard.answer == "ok":
            newest[call.op.voter] = max(newest.get(call.op.voter, 0), call.heard.change)
    return newest


@pytest.mark.parametrize("how", ["backup", "VACUUM INTO", "plain copy"])
def test_f26_a_copy_made_while_people_vote_holds_all_that_was_acknowledged_before_it_began(
    new_sqlite_url: Callable[[], str], tmp_path: Path, how: str
) -> None:
    url = new_sqlite_url()
    source = Path(url.removeprefix("sqlite:///"))
    copies: list[tuple[Path, dict[str, int]]] = []

    def copy(to: Path) -> None:
        if how == "plain copy":
            shutil.copyfile(source, to)
            return
        with sqlite3.connect(source, timeout=10) as conn:
            if how == "backup":
                with sqlite3.connect(to) as target:
                    conn.backup(target)
                target.close()
            else:
                conn.execute("VACUUM INTO ?", (str(to),))
        conn.close()

    async def evening() -> None:
        async with hall(url, tmp_path, [server.port], 150) as h:
            h.go(pause=0.3)
            await asyncio.sleep(1)
            quiet = len(h.times)
            for n in range(8):
                so_far = await asyncio.to_thread(read, h.history.path)
                held = acknowledged_before(so_far, len(so_far))
                to = tmp_path / f"copy-{n}.db"
                await asyncio.to_thread(copy, to)
                copies.append((to, held))
                await asyncio.sleep(0.5)
            await h.quiet()
            assert await h.last_word() == []
            missing = 0
            for path, held in copies:
                restored = open_store(f"sqlite:///{path}")
                assert whole(restored) == []
                newest = newest_changes(restored, h.round_id, h.evening.tokens)
                missing += sum(newest.get(voter, 0) < change for voter, change in held.items())
                restored.close()
            print(
                f"F26 {how}: 8 copies, {missing} votes missing; p95 {quantile(h.times[:quiet], 0.95) * 1000:.0f} ms "
                f"before, {quantile(h.times[quiet:], 0.95) * 1000:.0f} ms during"
            )
            assert h.judge() == []
            # The twin: a file that is copied while it is in use misses what is still in the write-ahead log.
            assert (missing > 0) == (how == "plain copy")

    with Server(url, tmp_path) as server:
        run(evening())


def newest_changes(store: object, round_id: str, tokens: list[str]) -> dict[str, int]:
    from sqlalchemy import select

    from workshop.actions.evening.votes.door import ballot_key
    from workshop.store.schema import cast_ballot

    known = {ballot_key(t, round_id): t for t in tokens}
    with store.read() as conn:  # type: ignore[attr-defined]
        rows = conn.execute(
            select(cast_ballot.c.key, cast_ballot.c.change).where(cast_ballot.c.round_id == round_id)
        ).all()
    return {known[bytes(row.key)]: row.change for row in rows}
