"""The room's own ballot inside a Streamlit page: the same fragment, the same module, no second implementation.

A vote from here goes the same way as from a phone: no Streamlit run, no session state.
"""

from __future__ import annotations

import streamlit as st

_JS = """
export default function ({ parentElement, data }) {
  const root = parentElement.querySelector(".kv-zaal") ?? parentElement;
  if (root.dataset.zaal === data.session) return;
  root.dataset.zaal = data.session;
  let stop = null;
  let isGone = false;
  (async () => {
    const [room, ...texts] = await Promise.all([
      import(new URL(data.module, location.origin).href),
      ...data.styles.map((address) => fetch(address).then((answer) => answer.text())),
    ]);
    if (isGone) return;
    // Inside a shadow there is no :root and no body; fonts are the page's own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(texts.join("\\n").replace(/@font-face\\{[^}]*\\}/g, "").replaceAll(":root", ":host"));
    const shadow = root.getRootNode();
    if (shadow.adoptedStyleSheets && shadow !== document) shadow.adoptedStyleSheets = [sheet];
    stop = room.mount(root, data.session);
  })();
  return () => { isGone = true; stop?.(); };
}
"""

_ELEMENT = st.components.v2.component("koppelvlak_zaal", html='<div class="kv-zaal"></div>', js=_JS)


def show_room_element(session_id: str, *, module: str, styles: tuple[str, ...]) -> None:
    """Draw the participant's fragment of a session; it follows the room by itself. Addresses are of our own files."""
    _ELEMENT(data={"session": session_id, "module": module, "styles": list(styles)}, key=f"zaal-{session_id}")
