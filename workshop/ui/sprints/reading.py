"""Reading the result of a sprint as it stands now: every part that was written, in reading order, without a form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workshop.actions.sprints.material import Snapshot, SnapshotItem
from workshop.domain.sprints.rules import Column, Part, Sort, cell_words, is_empty, labelled, parts_of
from workshop.locale import _
from workshop.ui.frame.fields import md, plain, show_empty

#: A first cell up to this long is the heading of its row, in characters.
_HEADING = 400


def show_reading(snapshot: Snapshot, contents: Mapping[str, dict[str, Any]], sprint: int) -> None:
    """All filled parts under each other; a row about an item tells where that item came from."""
    items = {item.id: item for item in snapshot.items}
    written = [part for part in parts_of(sprint) if not is_empty(contents.get(part.key))]
    if not written:
        show_empty(_("Van deze sprint is nog niets opgeschreven."), _("Kies “Invullen” en begin met één onderdeel."))
    for part in written:
        st.subheader(md(part.label), anchor=False)
        content = contents[part.key]
        if not part.columns:
            plain(content["text"])
            continue
        for row in content["rows"]:
            _show_row(part, row, items)


def _show_row(part: Part, row: Mapping[str, Any], items: Mapping[str, SnapshotItem]) -> None:
    names = {item_id: item.text for item_id, item in items.items()}
    told = [(column, words) for column in part.columns if (words := cell_words(column, row.get(column.key), names))]
    with st.container(border=True):
        (first, heading), *rest = told
        st.markdown(f"**{md(heading)}**" if len(heading) <= _HEADING else md(heading))
        if rest:
            st.markdown("  \n".join(labelled(md(column.label), md(_in_one_line(words))) for column, words in rest))
        about = _item_of(first, row, items)
        if about is not None:
            st.caption(md(_("Herkomst: {line}").format(line=about.origin_line)))


def _in_one_line(words: str) -> str:
    return " ".join(words.split())


def _item_of(column: Column, row: Mapping[str, Any], items: Mapping[str, SnapshotItem]) -> SnapshotItem | None:
    return items.get(row.get(column.key, "")) if column.sort is Sort.ITEM else None
