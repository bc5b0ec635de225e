"""The outermost layer: what every answer carries, and what never gets in."""

from __future__ import annotations

import asyncio
import base64
import gzip
import hashlib
import logging
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import streamlit.logger
import uvicorn
import websockets
from starlette.applications import Starlette
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from workshop.room.frame import cookies as names
from workshop.room.frame.answers import Page, answer
from workshop.room.frame.cookies import cookie_header, read_cookie
from workshop.room.frame.facade import ROOM_POLICY, Facade
from workshop.room.frame.guards import SocketCount, TrustedProxies, origin_fits, silence_request_logs
from workshop.room.frame.static_files import ASSET_ROUTE, ASSETS, asset_url

HOST = "http://testserver"
STREAMLIT_INDEX = Path(__import__("streamlit").__file__).parent / "static" / "index.html"


async def plain(request: Request) -> Response:
    return JSONResponse({"scheme": request.url.scheme, "client": request.client.host if request.client else None})


async def room_page(request: Request) -> Response:
    return HTMLResponse("<html lang=nl><h1>Welkom</h1></html>")


class RoomItself:
    """A page that goes out the way all the room's pages do, long enough to be packed."""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        await answer(scope, send, 200, Page("<html lang=nl><h1>Welkom</h1>" + "<p>Kies je groep.</p>" * 100))


async def streamlit_page(request: Request) -> Response:
    return HTMLResponse(STREAMLIT_INDEX.read_text(), headers={"etag": '"x"', "cache-control": "no-cache"})


async def framed(request: Request) -> Response:
    return HTMLResponse("<html><script>window.a = 1</script></html>")


async def foreign_file(request: Request) -> Response:
    return HTMLResponse("<script>alert(1)</script>")


async def upload(request: Request) -> Response:
    await request.body()
    return PlainTextResponse("", 204)


async def socket(ws: WebSocket) -> None:
    await ws.accept()
    await ws.send_json(dict(ws.cookies))
    try:
        await ws.receive_text()
    except WebSocketDisconnect:
        return


def wrapped(**questions: Any) -> Facade:
    app = Starlette(
        routes=[
            ASSET_ROUTE,
            Route("/plain", plain, methods=["GET", "POST", "PUT", "DELETE"]),
            Route("/kamer", room_page),
            Route("/zaal", RoomItself()),
            Route("/", streamlit_page),
            Route("/component/x/index.html", framed),
            Route("/media/abc.html", foreign_file),
            Route("/_stcore/upload_file/{session}/{file}", upload, methods=["PUT"]),
            Route("/_stcore/metrics", plain),
            Route("/_stcore/agent/interact", plain, methods=["GET", "POST"]),
            Route("/_stcore/script-health-check", plain),
            Route("/_stcore/health", plain),
            WebSocketRoute("/live", socket),
        ]
    )
    return Facade(app, **questions)


def client(base: str = HOST, **questions: Any) -> TestClient:
    return TestClient(wrapped(**questions), base_url=base)


def test_every_answer_carries_the_same_security_headers() -> None:
    browser = client()
    for path, status in (
        ("/plain", 200),
        ("/kamer", 200),
        ("/zaal", 200),
        ("/nergens", 404),
        ("/_stcore/metrics", 404),
    ):
        answer = browser.get(path)
        assert answer.status_code == status
        assert {name: answer.headers.get(name) for name in (
            "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options",
            "cross-origin-resource-policy", "cache-control", "strict-transport-security",
        )} == {
            "content-security-policy": ROOM_POLICY,
            "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin",
            "x-frame-options": "DENY",
            "cross-origin-resource-policy": "same-origin",
            "cache-control": "no-store",
            "strict-transport-security": None,
        }, path  # fmt: skip
        assert "camera=()" in answer.headers["permissions-policy"]


def test_the_room_policy_allows_no_inline_script_and_no_inline_style() -> None:
    assert "unsafe" not in ROOM_POLICY
    assert "frame-ancestors 'none'" in ROOM_POLICY


def test_transport_security_is_promised_only_over_tls() -> None:
    assert client("https://testserver").get("/plain").headers["strict-transport-security"] == "max-age=31536000"


def test_streamlits_page_is_dutch_and_its_inline_script_is_the_only_one_allowed() -> None:
    answer = client().get("/")
    page = answer.text
    assert '<html lang="nl">' in page
    assert "<title>Koppelvlak</title>" in page
    assert f'<script src="{asset_url("nl.js")}" defer></script>' in page
    assert "Streamlit</title>" not in page and "service-desc" not in page
    inline = re.findall(r"<script>(.*?)</script>", page, re.S)
    assert len(inline) == 1
    digest = base64.b64encode(hashlib.sha256(inline[0].encode()).digest()).decode()
    assert answer.headers["content-security-policy"] == (
        f"default-src 'self'; script-src 'self' 'sha256-{digest}' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
        "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    )
    assert answer.headers["content-length"] == str(len(answer.content))
    assert "etag" not in answer.headers and answer.headers["cache-control"] == "no-store"


def test_a_page_that_streamlit_packed_is_rewritten_as_well() -> None:
    inner = GZipMiddleware(wrapped().app, minimum_size=500)
    browser = TestClient(Facade(inner), base_url=HOST)
    packed = browser.get("/", headers={"accept-encoding": "gzip"})
    bare = browser.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip" and "content-encoding" not in bare.headers
    assert packed.text == bare.text and '<html lang="nl">' in bare.text
    assert packed.headers["content-security-policy"] == bare.headers["content-security-policy"]
    assert "sha256-" in bare.headers["content-security-policy"]


def test_the_language_cookie_changes_the_language_of_the_page() -> None:
    for value, language in (("en", "en"), ("nl", "nl"), ("<x>", "nl")):
        page = client().get("/", headers={"cookie": f"kv_lang={value}"}).text
        assert f'<html lang="{language}">' in page


def test_a_component_frame_may_stand_in_our_page_only() -> None:
    answer = client().get("/component/x/index.html")
    assert "frame-ancestors 'self'" in answer.headers["content-security-policy"]
    assert "sha256-" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    assert "set-cookie" not in answer.headers


def test_a_file_from_outside_runs_nothing() -> None:
    answer = client().get("/media/abc.html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.text == "<script>alert(1)</script>"


def test_a_page_before_signing_in_gets_a_short_lived_cookie_and_keeps_it() -> None:
    first = client().get("/").headers["set-cookie"]
    found = re.fullmatch(r"kv_pre=([A-Za-z0-9_-]{43}); Path=/; HttpOnly; SameSite=Lax; Max-Age=3600", first)
    assert found
    again = client().get("/", headers={"cookie": f"kv_pre={found[1]}"}).headers["set-cookie"]
    assert again == first
    planted = client().get("/", headers={"cookie": "kv_pre=short"}).headers["set-cookie"]
    assert "short" not in planted
    assert client("https://testserver").get("/").headers["set-cookie"].startswith("__Host-kv_pre=")
    assert "set-cookie" not in client().get("/", headers={"cookie": "kv_in=abc"}).headers
    assert "set-cookie" not in client().get("/kamer").headers


def test_doors_nobody_needs_are_closed_and_health_stays_open() -> None:
    browser = client()
    for path in ("/_stcore/metrics", "/_stcore/agent/interact", "/_stcore/agent", "/_stcore/script-health-check"):
        assert browser.get(path).status_code == 404
        assert browser.post(path, headers={"origin": HOST}).status_code == 404
    assert browser.get("/_stcore/health").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (HOST, 200),
        (HOST + ":80", 200),
        ("https://evil.example", 403),
        ("http://testserver.evil.example", 403),
        ("http://testserver:81", 403),
        ("null", 403),
        ("", 403),
        (None, 403),
    ],
)
def test_a_write_needs_our_own_origin(method: str, origin: str | None, status: int) -> None:
    headers = {} if origin is None else {"origin": origin}
    answer = client().request(method, "/plain", headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert answer.text == "Dat mag hier niet. Laad de pagina opnieuw en probeer het nog eens."


def test_over_tls_an_insecure_origin_is_another_origin() -> None:
    assert origin_fits("https://kv.nl", "kv.nl", https=True)
    assert not origin_fits("http://kv.nl", "kv.nl", https=True)
    assert origin_fits("http://192.168.1.5:8501", "192.168.1.5:8501", https=False)
    assert origin_fits("http://[::1]:8501", "[::1]:8501", https=False)
    assert not origin_fits("file://", "", https=False)


def test_a_socket_from_elsewhere_is_refused_and_one_without_origin_has_no_rights() -> None:
    browser = client()
    for origin in ("https://evil.example", "null"):
        with pytest.raises(WebSocketDisconnect), browser.websocket_connect("/live", headers={"origin": origin}):
            pass
    cookie = {"cookie": "kv_deel=abc"}
    with browser.websocket_connect("/live", headers={"origin": HOST, **cookie}) as ws:
        assert ws.receive_json() == {"kv_deel": "abc"}
    with browser.websocket_connect("/live", headers=cookie) as ws:
        assert ws.receive_json() == {}


def test_unknown_sockets_have_a_small_share_and_known_ones_the_rest() -> None:
    count = SocketCount(total=3, unknown=1)
    browser = client(sockets=count)
    known = {"origin": HOST, "cookie": "kv_deel=abc"}
    with browser.websocket_connect("/live", headers={"origin": HOST}):
        assert (count.total, count.unknown) == (1, 1)
        with pytest.raises(WebSocketDisconnect), browser.websocket_connect("/live", headers={"origin": HOST}):
            pass
        with browser.websocket_connect("/live", headers=known), browser.websocket_connect("/live", headers=known):
            assert (count.total, count.unknown) == (3, 1)
            with pytest.raises(WebSocketDisconnect), browser.websocket_connect("/live", headers=known):
                pass
    assert (count.total, count.unknown) == (0, 0)


def test_a_proxys_word_counts_only_from_a_trusted_address() -> None:
    said = {"x-forwarded-proto": "https", "x-forwarded-for": "6.6.6.6, 203.0.113.9"}
    asked = {"headers": said}
    trusting = TrustedProxies("10.0.0.0/8, 192.0.2.1")

    def answer(proxies: TrustedProxies, sender: str) -> Any:
        browser = TestClient(wrapped(proxies=proxies), base_url=HOST, client=(sender, 1))
        return browser.get("/plain", **asked).json()

    assert answer(trusting, "10.1.2.3") == {"scheme": "https", "client": "203.0.113.9"}
    assert answer(trusting, "203.0.113.7") == {"scheme": "http", "client": "203.0.113.7"}
    assert answer(TrustedProxies(""), "10.1.2.3") == {"scheme": "http", "client": "10.1.2.3"}
    with pytest.raises(ValueError, match="proxy"):
        TrustedProxies("proxy")


def test_cookies_carry_the_host_prefix_over_tls_only() -> None:
    assert cookie_header("kv_in", "abc", secure=True, max_age=60) == (
        "__Host-kv_in=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure"
    )
    assert cookie_header("kv_in", "abc", secure=False, max_age=None) == "kv_in=abc; Path=/; HttpOnly; SameSite=Lax"
    with pytest.raises(ValueError, match="cookie"):
        cookie_header("kv_in", "a; Domain=x", secure=True, max_age=None)


def test_a_plain_cookie_is_not_believed_over_tls() -> None:
    def scope(scheme: str, raw: str) -> dict[str, Any]:
        return {"type": "http", "scheme": scheme, "headers": [(b"cookie", raw.encode())]}

    both = "kv_in=planted; __Host-kv_in=ours; kv_in=second"
    assert read_cookie(scope("https", both), names.SIGN_IN) == "ours"
    assert read_cookie(scope("https", "kv_in=planted"), names.SIGN_IN) is None
    assert read_cookie(scope("http", "kv_in=plain"), names.SIGN_IN) == "plain"
    assert read_cookie({"__Host-kv_in": "ours", "kv_in": "x"}, names.SIGN_IN) == "ours"
    assert read_cookie([(b"cookie", b"a=1; kv_in=raw")], names.SIGN_IN) == "raw"
    assert read_cookie({}, names.SIGN_IN) is None


def test_our_files_are_packed_kept_for_ever_and_found_by_content() -> None:
    browser = client()
    url = asset_url("base.css")
    answer = browser.get(url, headers={"accept-encoding": "gzip"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == (ASSETS / "base.css").read_bytes()
    bare = browser.get("/room/assets/base.css")
    assert bare.headers["cache-control"] == "no-cache"
    assert browser.get("/room/assets/base.css", headers={"if-none-match": bare.headers["etag"]}).status_code == 304
    for path in ("/room/assets/../headers.py", "/room/assets/%2e%2e/headers.py", "/room/assets/niets.css"):
        assert browser.get(path).status_code == 404
    with pytest.raises(KeyError):
        asset_url("niets.css")


def test_the_phone_needs_little() -> None:
    fonts = [path.stat().st_size for path in (ASSETS / "fonts").glob("*.woff2")]
    assert max(fonts) <= 40_000
    assert (ASSETS / "fonts" / "OFL.txt").exists()
    assert (ASSETS / "base.css").stat().st_size <= 14_000
    assert len(gzip.compress((ASSETS / "nl.js").read_bytes(), 9)) <= 4_000


def test_streamlits_bundles_are_packed() -> None:
    browser = client()
    bundle = "/static/js/" + re.findall(r"static/js/(index\.\w+\.js)", STREAMLIT_INDEX.read_text())[0]
    answer = browser.get(bundle, headers={"accept-encoding": "gzip"})
    original = STREAMLIT_INDEX.parent.joinpath(bundle.lstrip("/")).read_bytes()
    assert answer.headers["content-encoding"] == "gzip"
    assert int(answer.headers["content-length"]) < len(original) / 2
    assert answer.content == original
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_no_visitor_reaches_a_log(capfd: pytest.CaptureFixture[str]) -> None:
    # The order of a real start: uvicorn sets up its loggers, then Streamlit hangs its handlers on them.
    config = uvicorn.Config(wrapped(), port=8930, access_log=True, log_level="info")
    streamlit.logger.init_uvicorn_logs()
    silence_request_logs()
    streamlit.logger.update_formatter()
    streamlit.logger.set_log_level("INFO")

    async def visit() -> None:
        server = uvicorn.Server(config)
        task = asyncio.create_task(server.serve())
        while not server.started:
            await asyncio.sleep(0.02)
        async with httpx.AsyncClient() as http:
            await http.get("http://127.0.0.1:8930/plain?geheim=1")
        async with websockets.connect("ws://127.0.0.1:8930/live") as ws:
            await ws.recv()
        with pytest.raises(websockets.exceptions.InvalidStatus):
            await websockets.connect("ws://127.0.0.1:8930/live", origin="https://evil.example")  # type: ignore[arg-type]
        server.should_exit = True
        await task

    asyncio.run(visit())
    logging.getLogger("uvicorn.error").error("a real fault is still told")
    written = "".join(capfd.readouterr())
    assert "a real fault is still told" in written
    for trace in ("/plain", "geheim", "/live", "127.0.0.1:8930/", "evil.example", "GET"):
        assert trace not in written, written
    assert not re.search(r"127\.0\.0\.1:(?!8930)\d", written)
