"""Two processes of the program, one PostgreSQL, the shipped nginx with https before them: an evening as with one."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import websockets

from tests.deploy.proxy import NGINX_FORGIVES_SECONDS, SERVED_BY, Nginx, Process
from tests.evening import Evening, plan_evening, staff
from workshop.actions.evening import running
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.domain.roles import Staff
from workshop.store import Store, open_store

pytestmark = pytest.mark.slow

PEOPLE = 40
JSON = {"accept": "application/json"}

Running = tuple[Nginx, list[Process]]


@pytest.fixture
def the_store(behind_nginx: Running, an_empty_postgres: str) -> Iterator[Store]:
    """A third process on the same database: this test, which plays the facilitator."""
    store = open_store(an_empty_postgres)
    yield store
    store.close()


class Phone:
    """One browser: cookies, and votes that are sent again with the same number until they are answered."""

    def __init__(self, nginx: Nginx, evening: Evening) -> None:
        self.nginx, self.evening = nginx, evening
        self.http = httpx.AsyncClient(
            base_url=nginx.base, verify=nginx.trust(), headers={"origin": nginx.base}, timeout=20
        )
        self.served_by: Counter[str] = Counter()
        self.change = 0

    @property
    def place(self) -> str:
        return f"/zaal/{self.evening.session_id}"

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies.jar)

    async def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = await self.http.request(method, path, **more)
        self.served_by.update(answer.headers[SERVED_BY].split(", "))
        return answer

    async def join(self) -> httpx.Response:
        chosen = {"code": self.evening.code, "group": self.evening.groups["Bewoners"]}
        answer = await self.ask("POST", "/mee/groep", data=chosen)
        assert answer.status_code == 303, answer.text
        return answer

    async def vote(self, round_id: str, stance: int) -> None:
        """Send a vote again and again until it is answered with "stored"."""
        self.change += 1
        data = {"round": round_id, "ballot_id": f"b{self.change}", "change": str(self.change)}
        data |= {"stance": str(stance), "experience": "good"}
        for _try in range(150):
            try:
                answer = await self.ask("POST", f"{self.place}/stem", data=data, headers=JSON)
                if answer.status_code == 200:
                    assert answer.json()["values"] == {"stance": str(stance), "experience": "good"}
                    return
                assert answer.status_code in (502, 503, 504), answer.text
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.2)
        raise AssertionError("no process stored it")


@asynccontextmanager
async def socket_to(nginx: Nginx, path: str, cookies: str, protocols: list[str] | None = None) -> AsyncIterator[Any]:
    async with websockets.connect(
        f"wss://localhost:{nginx.port}{path}",
        ssl=nginx.trust(),
        origin=nginx.base,  # type: ignore[arg-type]
        additional_headers={"cookie": cookies},
        subprotocols=protocols,  # type: ignore[arg-type]
        max_size=None,
    ) as socket:
        yield socket


def served_by(socket: Any) -> str:
    return str(socket.response.headers[SERVED_BY])


async def until(socket: Any, is_right: Any, seconds: float = 60) -> dict[str, Any]:
    """The first message that is right."""
    async with asyncio.timeout(seconds):
        while True:
            told: dict[str, Any] = json.loads(await socket.recv())
            if is_right(told):
                return told


async def one_to_each(nginx: Nginx, path: str, cookies: str, stack: AsyncExitStack, n: int = 2) -> dict[str, Any]:
    """Sockets on the same address until every process holds one, by process."""
    found: dict[str, Any] = {}
    for _ in range(20):
        socket = await stack.enter_async_context(socket_to(nginx, path, cookies))
        found.setdefault(served_by(socket), socket)
        if len(found) == n:
            return found
    raise AssertionError(f"only {sorted(found)} answered")


def signed_in(store: Store, person: Staff) -> str:
    """The sign-in cookie of somebody with an account, as a browser over https would send it."""
    ticket = hand_out_ticket(store, person.account_id, "browser")
    return f"__Host-kv_in={redeem_ticket(store, ticket, 'browser')}"


async def play(nginx: Nginx, processes: list[Process], evening: Evening, first: str, second: str) -> None:
    store = evening.store
    phones = [Phone(nginx, evening) for _ in range(PEOPLE)]
    async with AsyncExitStack() as stack:
        for phone in phones:
            await stack.enter_async_context(phone.http)

        # In: over https every cookie is bound to this host, secret to scripts and never sent in the clear.
        for answer in await asyncio.gather(*(phone.join() for phone in phones)):
            for line in answer.headers.get_list("set-cookie"):
                assert re.fullmatch(
                    r"__Host-kv_(deel|zaal)=[^;]+; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000; Secure", line
                )
        tokens = [phone.http.cookies["__Host-kv_deel"] for phone in phones]
        assert len(set(tokens)) == PEOPLE

        screens = await one_to_each(nginx, f"/live/{evening.session_id}", signed_in(store, evening.facilitator), stack)
        handsets = await one_to_each(nginx, f"{phones[0].place}/live", phones[0].cookies, stack)
        assert sorted(screens) == sorted(handsets) == sorted(process.address for process in processes)

        # The room is moved by a third process; phones on both hear it.
        running.open_step(store, evening.facilitator, first)
        for socket in handsets.values():
            assert 'id="stem"' in (await until(socket, lambda told: told["is"] == "deel"))["html"]

        # Votes go to whichever process; the screens on both count every one of them.
        round_id = evening.round_id(first)
        for number, phone in enumerate(phones, start=1):
            await phone.vote(round_id, 4)
            for screen in screens.values():
                await until(screen, lambda told, n=number: told.get("done", 0) >= n)
        # Everybody changes his mind at one instant.
        await asyncio.gather(*(phone.vote(round_id, 3) for phone in phones))
        everywhere = sum((phone.served_by for phone in phones), Counter())
        assert sorted(everywhere) == sorted(screens)
        assert sum(len(phone.served_by) == 2 for phone in phones) > PEOPLE / 2

        running.stop_step(store, evening.facilitator, first)
        running.show_outcome(store, evening.facilitator, first)
        assert see_pulse(store, evening.session_id).done == PEOPLE

        # One process is lost in the middle of a vote. Who was on it goes on with the other and is the same person.
        running.open_step(store, evening.facilitator, second)
        round_id = evening.round_id(second)
        lost, kept = processes
        votes = [asyncio.create_task(phone.vote(round_id, 5)) for phone in phones]
        await asyncio.sleep(0.05)
        lost.kill()
        await asyncio.gather(*votes)
        with pytest.raises(websockets.ConnectionClosed):
            await until(handsets[lost.address], lambda told: False)
        async with socket_to(nginx, f"{phones[0].place}/live", phones[0].cookies) as again:
            assert served_by(again).split(", ")[-1] == kept.address
            await until(again, lambda told: told["is"] == "stand")
        pages = await asyncio.gather(*(phone.ask("GET", phone.place) for phone in phones))
        assert ["<h2>Verstuurd ✓</h2>" in page.text for page in pages] == [True] * PEOPLE
        assert [phone.http.cookies["__Host-kv_deel"] for phone in phones] == tokens
        await until(screens[kept.address], lambda told: told.get("done") == PEOPLE)

        # And back again: the process that was lost takes part without anybody's doing.
        lost.start()
        await asyncio.to_thread(lost.wait_until_up)
        await asyncio.sleep(NGINX_FORGIVES_SECONDS)
        screens = await one_to_each(nginx, f"/live/{evening.session_id}", signed_in(store, evening.facilitator), stack)
        assert (await until(screens[lost.address], lambda told: "done" in told))["done"] == PEOPLE

        running.stop_step(store, evening.facilitator, second)
        running.show_outcome(store, evening.facilitator, second)
        pulse = see_pulse(store, evening.session_id)
        assert (pulse.present, pulse.done, pulse.started) == (PEOPLE, PEOPLE, PEOPLE)


def test_forty_people_vote_through_two_processes_and_go_on_when_one_dies(
    behind_nginx: Running, the_store: Store
) -> None:
    nginx, processes = behind_nginx
    evening = plan_evening(the_store)
    first, second = evening.step("commitment"), evening.step("commitment")
    evening.open_room()
    asyncio.run(play(nginx, processes, evening, first, second))

    # Nowhere stands who did what when: not in nginx's logs and not in those of the program.
    written = nginx.written() + "".join(process.log.read_text() for process in processes)
    assert [line for line in written.splitlines() if re.search(r"zaal|/mee|/live|kv_deel|HTTP/1", line)] == []


async def sockets_of(nginx: Nginx, cookies: str, times: int) -> list[str]:
    found = []
    for _ in range(times):
        async with socket_to(nginx, "/_stcore/stream", cookies, ["streamlit"]) as socket:
            found.append(served_by(socket))
    return found


def test_what_the_proxy_does_with_cookies_addresses_and_files(behind_nginx: Running, the_store: Store) -> None:
    nginx, processes = behind_nginx
    everyone = sorted(process.address for process in processes)
    plain = httpx.get(f"http://127.0.0.1:{nginx.plain_port}/m/ABC", headers={"host": "hal.voorbeeld.nl"})
    assert (plain.status_code, plain.headers["location"]) == (301, "https://hal.voorbeeld.nl/m/ABC")

    with httpx.Client(base_url=nginx.base, verify=nginx.trust()) as browser:
        # Phones get the door and no cookie of the proxy; it may come from any process.
        door = [browser.get("/") for _ in range(12)]
        assert {answer.status_code for answer in door} == {200}
        assert sorted({answer.headers[SERVED_BY] for answer in door}) == everyone
        assert dict(browser.cookies) == {}
        assert door[0].headers["strict-transport-security"] == "max-age=31536000"
        # The program knows it is behind https: no warning of an open line.
        assert "niet versleuteld" not in door[0].text

        # What a visitor says of himself is not believed.
        claim = {"x-forwarded-proto": "http", "x-forwarded-for": "10.0.0.1", "forwarded": "proto=http"}
        assert "niet versleuteld" not in browser.get("/", headers=claim).text

        # A strange origin is refused behind the proxy as well as before it.
        strange = browser.post("/mee", data={"code": "ABCD-EFGH"}, headers={"origin": "https://elders.nl"})
        assert strange.status_code == 403

        # Streamlit's files go packed.
        page = browser.get("/inloggen")
        assert page.status_code == 200
        routes = [line for line in page.headers.get_list("set-cookie") if line.startswith("kv_route=")]
        assert len(routes) == 1
        assert re.fullmatch(r"kv_route=[0-9a-f]{32}; Path=/; HttpOnly; Secure; SameSite=Lax", routes[0])
        others = [line for line in page.headers.get_list("set-cookie") if not line.startswith("kv_route=")]
        assert [line.split("=")[0] for line in others] == ["__Host-kv_pre"]
        assert all("Secure" in line and "HttpOnly" in line for line in others)
        script = re.search(r'src="\.?(/static/js/index[^"]+)"', page.text)
        assert script is not None
        assert browser.get(script[1]).headers["content-encoding"] == "gzip"

        assert browser.get("/_stcore/metrics").status_code == 404
        assert browser.post("/mee", content=b"x" * 70_000).status_code == 413


def test_a_streamlit_page_always_speaks_with_the_process_it_began_with(behind_nginx: Running, the_store: Store) -> None:
    nginx, processes = behind_nginx
    staff_cookie = signed_in(the_store, staff(the_store, "kleeft"))
    homes: Counter[str] = Counter()
    for _ in range(16):
        with httpx.Client(base_url=nginx.base, verify=nginx.trust()) as browser:
            # Signed in, the door is Streamlit, and gives the cookie that keeps this browser with one process.
            page = browser.get("/", headers={"cookie": staff_cookie})
            route = browser.cookies.get("kv_route")
            assert route is not None and '<div id="root">' in page.text
            cookies = f"{staff_cookie}; kv_route={route}"
            places = set(asyncio.run(sockets_of(nginx, cookies, 5)))
            places |= {
                browser.get(path, headers={"cookie": cookies}).headers[SERVED_BY]
                for path in ("/_stcore/health", "/_stcore/host-config", "/bediening", "/static/onbekend.js")
            }
            assert len(places) == 1
            homes.update(places)
    # Sixteen browsers from one address, and still both processes have work.
    assert sorted(homes) == sorted(process.address for process in processes)

    # Without the cookie the sockets of one hall's address and browser would all land on one process.
    assert len(set(asyncio.run(sockets_of(nginx, staff_cookie, 8)))) == 1

    # When that process goes, its people begin again on the other.
    lost = next(process for process in processes if process.address in places)
    lost.kill()
    moved = asyncio.run(sockets_of(nginx, cookies, 3))
    assert {where.split(", ")[-1] for where in moved} == set(homes) - places


def test_without_the_hash_over_the_cookie_a_page_would_wander(
    behind_nginx: Running, the_store: Store, nginx_program: str, tmp_path: Path
) -> None:
    """The twin: the same proxy, which sends Streamlit's sockets to whichever process is free."""
    for parent in (tmp_path, *tmp_path.parents):
        if parent.name.startswith("pytest-"):
            parent.chmod(0o755)
    cookies = f"{signed_in(the_store, staff(the_store, 'dwaalt'))}; kv_route=altijdhetzelfde"
    change = ("hash $kv_route consistent;", "least_conn;")
    other = Nginx(nginx_program, tmp_path / "nginx", behind_nginx[1], change)
    other.start()
    try:
        assert len(set(asyncio.run(sockets_of(other, cookies, 8)))) == 2
    finally:
        other.stop()
    assert len(set(asyncio.run(sockets_of(behind_nginx[0], cookies, 8)))) == 1


def test_the_shipped_configuration_is_one_nginx_accepts_without_a_word(behind_nginx: Running) -> None:
    told = behind_nginx[0].check()
    assert (told.returncode, [line for line in told.stderr.splitlines() if "[warn]" in line]) == (0, [])


def test_both_processes_made_one_schema(behind_nginx: Running, the_store: Store) -> None:
    """They started at the same moment on a database without tables."""
    _nginx, processes = behind_nginx
    with the_store.read() as conn:
        rows = conn.exec_driver_sql("SELECT count(*) FROM alembic_version").scalar()
    assert rows == 1
    assert all("Traceback" not in process.log.read_text() for process in processes)
