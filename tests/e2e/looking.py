"""Looking at one screen: accessible, in Dutch, and kept as a picture."""

from __future__ import annotations

from typing import Any

from tests.e2e.window import english, keep, violations

_IS_IN_THEME = """dark => {
  const shade = getComputedStyle(document.querySelector(".stApp") ?? document.body).backgroundColor.match(/[\\d.]+/g);
  const isDark = shade[3] === "0" ? dark : Number(shade[0]) < 128;
  const app = document.querySelector("[data-testid=stApp]");
  return matchMedia("(prefers-color-scheme: dark)").matches === dark && isDark === dark
    && (!app || app.dataset.testScriptState === "notRunning")
    && !document.querySelector("[data-testid=stSkeleton]");
}"""


def looks_right(page: Any, name: str, *, themes: tuple[str, ...] = ("light",)) -> None:
    """No WCAG A or AA violation in these themes and no English on this screen; a picture of each is kept."""
    assert english(page) == [], name
    for theme in themes:
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(_IS_IN_THEME, arg=theme == "dark")
        keep(page, name if theme == "light" else f"{name}-{theme}")
        assert violations(page) == [], f"{name} ({theme})"
    page.emulate_media(color_scheme="light")
    page.wait_for_function(_IS_IN_THEME, arg=False)
