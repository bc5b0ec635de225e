"""A screen that goes from light to dark while it is open: what was drawn in one tone is drawn again in the other.

Streamlit changes its own colours by itself; a picture was made on the server, which hears nothing of it.
"""

from __future__ import annotations

import streamlit as st

_ELEMENT = st.components.v2.component(
    "koppelvlak_tone",
    html="<span></span>",
    js="""export default function ({ setTriggerValue }) {
  const tone = matchMedia("(prefers-color-scheme: dark)");
  // A moment later: the page must have changed its own theme before it says which one it has.
  const tell = () => setTimeout(() => setTriggerValue("changed", { at: Date.now() }), 400);
  tone.addEventListener("change", tell);
  return () => tone.removeEventListener("change", tell);
}""",
)


def follow_tone(key: str) -> None:
    """Draw the fragment around this again when the browser goes from light to dark or back."""
    _ELEMENT(key=key, on_changed_change=lambda: None)
