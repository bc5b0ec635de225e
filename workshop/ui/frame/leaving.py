"""The foot of the sidebar: who is here, signing out, language and help, at the same place on every page.

A small component because of two things Streamlit's own elements cannot: a plain form that posts to our route, and links
that stay in this tab.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from workshop.locale import _, current_language, languages
from workshop.version import VERSION

_HTML = """
<div class="foot"></div>
"""

_CSS = """
.foot { font-family: var(--st-font); font-size: .95rem; color: var(--st-text-color); display: grid; gap: .6rem; }
.who { margin: 0; overflow-wrap: anywhere; }
.who b { display: block; }
.version { margin: 0; }
form { margin: 0; }
button { font: inherit; min-height: 2.75rem; padding: .4rem 1rem; width: 100%; cursor: pointer; text-align: left;
  color: var(--st-text-color); background: var(--st-background-color);
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius); }
button:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
button:focus-visible, a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 2px; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
nav a, nav b { padding: .5rem 0; color: var(--st-link-color); }
nav b { color: var(--st-text-color); }
"""

_JS = """
export default function ({ data, parentElement }) {
  const foot = parentElement.querySelector(".foot");
  const make = (tag, text, more) => Object.assign(document.createElement(tag), { textContent: text }, more || {});
  const parts = [];
  if (data.who) {
    const who = make("p", "", { className: "who" });
    who.append(data.hello, make("b", data.who));
    const form = make("form", "", { method: "post", action: "/afmelden" });
    form.append(make("button", data.out, { type: "submit" }));
    parts.push(who, form);
  }
  const help = make("nav", "");
  help.setAttribute("aria-label", data.more);
  for (const [text, where] of data.links) help.append(make("a", text, { href: where }));
  const tongues = make("nav", "");
  tongues.setAttribute("aria-label", data.tongue);
  for (const [code, text] of data.languages) {
    const isNow = code === data.language;
    const one = isNow ? make("b", text) : make("a", text, { href: `/taal/${code}?terug=${location.pathname}` });
    one.lang = code;
    if (isNow) one.setAttribute("aria-current", "true");
    tongues.append(one);
  }
  parts.push(help, tongues);
  if (data.version) parts.push(make("p", data.version, { className: "version" }));
  foot.replaceChildren(...parts);
}
"""

_FOOT: Any = None


def show_foot(who: str | None) -> None:
    """Draw it; ``who`` is the name of whoever is signed in, or None."""
    global _FOOT
    if _FOOT is None:
        _FOOT = st.components.v2.component("koppelvlak_foot", html=_HTML, css=_CSS, js=_JS)
    _FOOT(
        key="foot",
        data={
            "who": who,
            "hello": _("Ingelogd als"),
            "out": _("Log uit"),
            "more": _("Meer informatie"),
            "links": [
                [_("Hulp en uitleg"), "/geheim"],
                [_("Privacy"), "/privacy"],
                [_("Toegankelijkheid"), "/toegankelijkheid"],
            ],
            "tongue": _("Taal"),
            "language": current_language(),
            "languages": list(languages().items()),
            # For whoever reports a fault. Who is not signed in has no use for it.
            "version": _("Versie {number}").format(number=VERSION) if who else "",
        },
        height="content",
    )
