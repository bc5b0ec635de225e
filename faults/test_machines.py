"""F20 and F21: two programs on one PostgreSQL behind a real nginx without stickiness; one of them dies."""

from __future__ import annotations

import asyncio
import json
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from faults.burst import stored
from faults.hall import Hall, hall
from faults.server import Server, free_port
from faults.test_program import run, told_in_dutch
from tools.programs import NGINX
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.room.frame.cookies import SIGN_IN

CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  upstream room {{
    server 127.0.0.1:{one} {fails};
    server 127.0.0.1:{two} {fails};
  }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://room;
      proxy_http_version 1.1;
      proxy_set_header Host $http_host;
      proxy_set_header Connection "";
      proxy_connect_timeout 2s;
      # A ballot may be sent twice: its id makes it one. So a dead machine's ballot goes to the other one.
      proxy_next_upstream {next};
    }}
  }}
}}
"""


@pytest.fixture
def two(
    new_postgres_url: Callable[[], str], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[Server, Server, str]]:
    """Two running programs on one database, perhaps without a protection."""
    url = new_postgres_url()
    with ExitStack() as stack:
        servers = []
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            server = Server(url, tmp_path / name, without=getattr(request, "param", ""))
            servers.append(stack.enter_context(server))
        yield servers[0], servers[1], url


@pytest.fixture
def nginx(two: tuple[Server, Server, str], tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of a real nginx before both; with the parameter "alone" it sends nothing on to the other one."""
    program = NGINX.bring()
    port = free_port()
    config = tmp_path / "nginx.conf"
    is_alone = getattr(request, "param", "") == "alone"
    config.write_text(
        CONFIG.format(
            folder=tmp_path, one=two[0].port, two=two[1].port, port=port,
            fails="max_fails=0" if is_alone else "max_fails=1 fail_timeout=2s",
            next="off" if is_alone else "error timeout non_idempotent",
        )
    )  # fmt: skip
    process = subprocess.Popen([program, "-p", str(tmp_path), "-c", str(config)], stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    yield port
    process.terminate()
    process.wait(10)


async def follow(server: Server, h: Hall, told: list[int]) -> None:
    """Watch the wall's stream of one machine; ``told`` gets every count of ballots that are done."""
    import websockets

    store = h.evening.store
    ticket = hand_out_ticket(store, h.evening.facilitator.account_id, "pre")
    cookie = f"{SIGN_IN}={redeem_ticket(store, ticket, 'pre')}"
    address = f"ws://{server.address}/live/{h.evening.session_id}"
    async with websockets.connect(
        address, additional_headers={"Cookie": cookie, "Origin": f"http://{server.address}"}
    ) as socket:
        async for message in socket:
            seen = json.loads(message)
            if "done" in seen:
                told.append(seen["done"])


async def agree(walls: tuple[list[int], list[int]], h: Hall) -> float:
    """Wait until both walls tell what is stored; how long that took (3 s: they did not)."""
    began = time.monotonic()
    while time.monotonic() - began < 3:
        rows = len(stored(h.evening.store, h.round_id, h.evening.tokens))
        if walls[0] and walls[1] and walls[0][-1] == walls[1][-1] == rows:
            return time.monotonic() - began
        await asyncio.sleep(0.02)
    return 3.0


@pytest.mark.parametrize("two", ["", "the news of others"], indirect=True)
def test_f20_the_walls_of_two_machines_agree_and_one_takes_over_when_the_other_dies(
    two: tuple[Server, Server, str], tmp_path: Path
) -> None:
    """And the twin: without the news of the other machine a wall stands still."""
    one, other, url = two

    async def evening() -> None:
        async with hall(url, tmp_path, [one.port], 100) as h:
            seen: tuple[list[int], list[int]] = ([], [])
            walls = [asyncio.create_task(follow(s, h, t)) for s, t in zip((one, other), seen, strict=True)]
            await asyncio.sleep(1)
            h.go()
            await asyncio.sleep(2)
            # All votes came in at one machine; the other one's wall knows of them all the same.
            agreed = await agree(seen, h)
            if one.without:
                print(f"F20 twin: the walls tell {seen[0][-1:]} and {seen[1][-1:]} after 3 s")
                for wall in walls:
                    wall.cancel()
                await asyncio.gather(*walls, return_exceptions=True)
                assert agreed == 3 and seen[0][-1] == 100 and seen[1][-1:] != [100]
                return
            assert agreed < 2, (seen[0][-1:], seen[1][-1:])
            one.kill()
            for phone in h.phones:
                phone.ports = [other.port]
            await asyncio.sleep(3)
            await h.quiet()
            assert await h.last_word() == []
            for wall in walls:
                wall.cancel()
            await asyncio.gather(*walls, return_exceptions=True)
            assert h.judge() == []
            print(
                f"F20: {h.acknowledged} acknowledged, walls agreed within {agreed:.2f} s, slowest {max(h.times):.1f} s"
            )

    run(evening())


@pytest.mark.parametrize("nginx", ["", "alone"], indirect=True)
def test_f21_behind_nginx_without_stickiness_votes_go_on_when_a_machine_dies(
    two: tuple[Server, Server, str], nginx: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """And the twin: a proxy that does not try the other machine shows people an error of its own."""
    one, _other, url = two
    is_alone = request.node.callspec.params["nginx"] == "alone"

    async def evening() -> None:
        async with hall(url, tmp_path, [nginx], 100) as h:
            h.go()
            await asyncio.sleep(2)
            one.kill()
            killed = time.monotonic()
            before = h.acknowledged
            while h.acknowledged == before:
                await asyncio.sleep(0.02)
            back = time.monotonic() - killed
            await asyncio.sleep(2)
            foreign = [r.status for p in h.phones for r in p.refusals if not told_in_dutch(r)]
            if is_alone:
                await h.quiet()
                print(f"F21 twin: {len(foreign)} errors of the proxy in 2 s")
                assert 502 in foreign
                return
            await asyncio.to_thread(one.start)
            await asyncio.sleep(3)
            await h.quiet()
            assert await h.last_word() == []
            assert h.judge() == []
            print(
                f"F21: {h.acknowledged} acknowledged, first again within {back:.2f} s, slowest {max(h.times):.1f} s, "
                f"{len(foreign)} errors of the proxy"
            )
            assert back < 10 and foreign == []

    run(evening())
