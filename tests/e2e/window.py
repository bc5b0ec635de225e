"""One browser window, and everything the browser had to say about it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
ARTIFACTS = Path(__file__).parent / "artifacts"
FOR_THE_README = ROOT / "docs" / "screenshots"

_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

#: Words that give English away; none of them is Dutch.
ENGLISH = re.compile(
    r"\b(the|and|your|is not|with|click|press|upload|show|hide|search for|close|clear|select(ed)?|choose|loading|"
    r"running|connecting|connection|error|help for|files?|browse|drag|drop|options|results|available|column|row|next|"
    r"previous|month|day|year|settings|rerun|password|copy|dismiss|progress|submit|send|vote|wall|session|step)\b",
    re.IGNORECASE,
)
_ALL_WORDS = """() => {
  const found = new Set(), names = ["aria-label", "aria-valuetext", "title", "placeholder", "alt", "aria-description"];
  const skip = "script,style,noscript,[data-testid=stIconMaterial],[aria-hidden=true],[lang=en]";
  const walker = document.createTreeWalker(document.body, 5);
  for (let node = document.body; node; node = walker.nextNode()) {
    if (node.nodeType === 3) { if (node.data.trim() && !node.parentElement.closest(skip)) found.add(node.data.trim()); }
    else for (const name of names)
      if (node.getAttribute(name) && !node.closest("[lang=en]")) found.add(node.getAttribute(name));
  }
  return [...found];
}"""


class Window:
    """A browser context with one page. Collects the hosts it spoke to and the complaints of the browser."""

    def __init__(self, browser: Any, url: str, *, beside: Any = None, **context: Any) -> None:
        usual: dict[str, Any] = {
            "locale": "nl-NL",
            "viewport": {"width": 1440, "height": 900},
            "accept_downloads": True,
        }
        self.url, self.browser = url, browser
        self.context = beside or browser.new_context(**{**usual, **context})
        self.context.set_default_timeout(60_000)
        self.said: list[str] = []
        self.hosts: set[str] = set()
        self.page: Any = self.open_page()

    def beside(self, *, width: int, height: int) -> Window:
        """Another window of the same browser and the same person, in pixels."""
        window = Window(self.browser, self.url, beside=self.context)
        window.page.set_viewport_size({"width": width, "height": height})
        return window

    def open_page(self) -> Any:
        """One more tab of the same person."""
        page = self.context.new_page()
        page.on("console", lambda message: self.said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.said.append(f"pageerror: {error}"))
        page.on("request", lambda request: self._heard(request.url))
        page.on("websocket", lambda socket: self._heard(socket.url))
        return page

    def _heard(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(parts.netloc)

    def go(self, path: str) -> Any:
        """Go to a path of the program; returns the page."""
        self.page.goto(self.url + path)
        return self.page

    def close(self) -> None:
        self.context.close()

    def problems(self) -> list[str]:
        """What the browser refused or what broke in a script."""
        return [text for text in self.said if re.search("Content Security|Refused to|violat|Uncaught|pageerror", text)]


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """WCAG A and AA violations on the page as it is now: (rule, what it was found on)."""
    # Handed over as text: our own policy rightly refuses a script of somebody else in the page.
    page.evaluate(_AXE)
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", _WCAG
    )
    return [
        (finding["id"], [f"{node['html'][:300]} – {node['failureSummary'][:300]}" for node in finding["nodes"]])
        for finding in found["violations"]
    ]


def english(page: Any, names: tuple[str, ...] = ()) -> list[str]:
    """Words on the page, read or heard, that are English; ``names`` may stand there."""
    words = (text for text in page.evaluate(_ALL_WORDS) if text not in names)
    return sorted(text for text in words if ENGLISH.search(text))


def keep(page: Any, name: str, *, whole: bool = False) -> Path:
    """Keep a picture of the page in ``tests/e2e/artifacts``."""
    ARTIFACTS.mkdir(exist_ok=True)
    path = ARTIFACTS / f"{name}.png"
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path


def keep_for_the_readme(page: Any, name: str) -> None:
    """The same for the documentation, when ``KOPPELVLAK_SCREENSHOTS=1`` asks for it."""
    if os.environ.get("KOPPELVLAK_SCREENSHOTS") == "1":
        FOR_THE_README.mkdir(parents=True, exist_ok=True)
        path = FOR_THE_README / f"{name}.png"
        page.screenshot(path=path, animations="disabled")
        # A third of the size, and no difference to be seen on screens of flat colours.
        with Image.open(path) as picture:
            small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
        small.save(path, optimize=True)
