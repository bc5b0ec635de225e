"""The house's own files and Streamlit's bundles, packed once and kept in memory.

Streamlit serves its bundles unpacked (2.7 MB for the first page, 7.4 MB with a
chart). In a hall with one Wi-Fi point that is the whole evening, so the text
among them is gzipped at the first request and kept.
"""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import importlib.util
import mimetypes
from pathlib import Path

from starlette.routing import Route
from starlette.types import Receive, Scope, Send

ASSETS = Path(__file__).resolve().parents[1] / "assets"
ASSET_URL = "/room/assets/"

_FOREVER = b"public, max-age=31536000, immutable"
_PACKABLE = {".css", ".js", ".svg", ".json", ".txt", ".html", ".mjs", ".map", ".ttf", ".webmanifest"}
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
}

Headers = list[tuple[bytes, bytes]]


class Packed:
    """One file as it goes over the line: plain and gzipped bytes, type, tag."""

    def __init__(self, path: Path) -> None:
        self.plain = path.read_bytes()
        kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self.kind = kind.encode()
        self.digest = hashlib.sha256(self.plain).hexdigest()[:16]
        self.tag = f'"{self.digest}"'.encode()
        squeezed = gzip.compress(self.plain, 9, mtime=0) if path.suffix in _PACKABLE else b""
        self.gzipped = squeezed if squeezed and len(squeezed) < len(self.plain) else None

    async def answer(self, scope: Scope, send: Send, cache: bytes) -> None:
        asked = dict(scope["headers"])
        headers: Headers = [(b"etag", self.tag), (b"cache-control", cache), (b"vary", b"accept-encoding")]
        if asked.get(b"if-none-match") == self.tag:
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return
        body = self.plain
        if self.gzipped is not None and b"gzip" in asked.get(b"accept-encoding", b""):
            body = self.gzipped
            headers.append((b"content-encoding", b"gzip"))
        headers += [(b"content-type", self.kind), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


class HouseAssets:
    """ASGI endpoint for ``/room/assets/<name>``; only files present at the start are ever served."""

    def __init__(self, folder: Path = ASSETS) -> None:
        self.files = {
            path.relative_to(folder).as_posix(): Packed(path) for path in sorted(folder.rglob("*")) if path.is_file()
        }

    def url(self, name: str) -> str:
        """Address of an asset with its content in the query, so it may be kept for ever. ``KeyError`` when unknown."""
        return f"{ASSET_URL}{name}?v={self.files[name].digest[:8]}"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = scope["path_params"]["name"]
        file = self.files.get(name)
        if file is None:
            await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})
            return
        # A font's name carries its version, and config.toml cannot hold a hash.
        lasting = name.startswith("fonts/") or scope["query_string"] == b"v=" + file.digest[:8].encode()
        await file.answer(scope, send, _FOREVER if lasting else b"no-cache")


HOUSE = HouseAssets()
ASSET_ROUTE = Route(ASSET_URL + "{name:path}", endpoint=HOUSE, methods=["GET", "HEAD"])


def asset_url(name: str) -> str:
    """Lasting address of one of our own files: ``asset_url("base.css")``. Raises ``KeyError`` when unknown."""
    return HOUSE.url(name)


class StreamlitBundles:
    """Streamlit's ``/static/…`` text files, gzipped at first use.

    Names are looked up in a list made at the start, so no path from outside
    ever reaches the file system. Their names carry a content hash, therefore
    they may be kept for ever.
    """

    def __init__(self, folder: Path | None = None) -> None:
        if folder is None:
            spec = importlib.util.find_spec("streamlit")
            if spec is None or not spec.submodule_search_locations:
                raise RuntimeError("streamlit is not installed")
            folder = Path(spec.submodule_search_locations[0]) / "static"
        self._paths = {
            "/" + path.relative_to(folder).as_posix(): path
            for path in (folder / "static").rglob("*")
            if path.suffix in _PACKABLE and path.is_file()
        }
        self._packed: dict[str, asyncio.Task[Packed]] = {}

    def holds(self, path: str) -> bool:
        return path in self._paths

    async def answer(self, path: str, scope: Scope, send: Send) -> None:
        task = self._packed.get(path)
        if task is None or (task.done() and (task.cancelled() or task.exception())):
            task = self._packed[path] = asyncio.create_task(asyncio.to_thread(Packed, self._paths[path]))
        file = await asyncio.shield(task)
        await file.answer(scope, send, _FOREVER)
