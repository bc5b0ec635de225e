"""Working on notes: show, hide, blacken words, put in place, merge and take back. Not live: here is typed."""

from __future__ import annotations

import re

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.moderation import blacken, hide, merge, place, release, undo, words_beside
from workshop.actions.evening.notes import add_item
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import LONGEST_TEXT, Environment, Item, ItemKind, Moment, Tone
from workshop.domain.thread.written import Written
from workshop.domain.words import environment_name, moment_name, note_word, tone_name
from workshop.locale import _
from workshop.ui.evening.attention import note_line
from workshop.ui.evening.grouping import show_grouping
from workshop.ui.evening.languages import show_translation_form
from workshop.ui.evening.pointing_back import show_about, show_origin_of
from workshop.ui.evening.wall import translation_of
from workshop.ui.frame.doing import button, form_button, fresh, is_asked_again, refused_at, renewing, typed
from workshop.ui.frame.shell import Shell
from workshop.ui.thread.herkomst_dialog import offer_herkomst
from workshop.werkvormen import werkvorm

#: Notes listed at once; a search finds the others.
LISTED = 30


def words_of(text: str) -> list[str]:
    """The words somebody may want to blacken, each once, in the order of the text."""
    return list(dict.fromkeys(re.findall(r"[\w’'@.+-]*\w", text)))


def show_notes(shell: Shell, view: ConsoleView) -> None:
    """All notes of this session by state, and what can be done with one or several."""
    refused_at("notes")
    if view.now is not None and werkvorm(view.now.werkvorm).makes:
        show_about(shell, view.now.id, "notes")
    lists = {
        "waiting": (_("Wachten ({n})"), view.notes_waiting),
        "released": (_("Op het scherm ({n})"), view.notes_released),
        "hidden": (_("Verborgen ({n})"), view.notes_hidden),
    }
    which = st.segmented_control(
        _("Welke kaartjes?"),
        list(lists),
        default="waiting" if view.notes_waiting else "released",
        required=True,
        format_func=lambda k: lists[k][0].format(n=len(lists[k][1])),
        key="notes_which",
    )
    found = lists[which or "waiting"][1]
    if len(found) > LISTED:
        asked = st.text_input(_("Zoek in de kaartjes"), key="notes_search").casefold()
        found = tuple(i for i in found if asked in i.text.casefold())
    if not found:
        st.text(_("Hier staan geen kaartjes."))
    for item in found[:LISTED]:
        _row(shell, item, which or "waiting")
    everything = {i.id: i for i in (*view.notes_waiting, *view.notes_released, *view.notes_hidden)}
    if everything:
        _one(shell, everything)
    mergeable = {i.id: i for i in (*view.notes_waiting, *view.notes_released)}
    if len(mergeable) > 1:
        show_grouping(shell, view)
        _merge(shell, mergeable)
    _own(shell, view)


def _row(shell: Shell, item: Item, which: str) -> None:
    words, first, second = st.columns([6, 2, 2], vertical_alignment="center")
    with words:
        st.text(item.text)
        if translation_of(item):
            st.text(_("Vertaling: {text}").format(text=translation_of(item)))
        line = " · ".join(part for part in (note_word(item.kind), note_line(item)) if part)
        st.caption(escape_markdown(line))
        offer_herkomst(item, key=f"list_whence_{item.id}")
    with first:
        if which == "released":
            button(_("Verberg"), hide, shell, [item.id], key=f"list_hide_{item.id}", at="notes")
        else:
            button(_("Laat zien"), release, shell, [item.id], key=f"list_show_{item.id}", at="notes")
    with second:
        if which == "waiting":
            button(_("Verberg"), hide, shell, [item.id], key=f"list_hide_{item.id}", at="notes")
        elif item.version > 1 or (item.origin and item.source == "desk"):
            button(_("Maak ongedaan"), undo, shell, item.id, key=f"list_undo_{item.id}_{item.version}", at="notes")


def _one(shell: Shell, notes: dict[str, Item]) -> None:
    with st.expander(_("Woorden zwart maken, vertalen of een kaartje verplaatsen"), key="notes_one_box"):
        chosen = st.selectbox(
            _("Kaartje"),
            list(notes),
            index=None,
            key="notes_one",
            placeholder=_("Kies een kaartje"),
            format_func=lambda i: notes[i].text[:90],
        )
        if chosen is None:
            return
        item = notes[chosen]
        st.text(item.text)
        if words_beside(item):
            st.caption(escape_markdown(note_line(item)))
        black = f"black_{item.id}_{item.version}"
        st.pills(
            _("Welke woorden moeten zwart?"),
            words_of(f"{item.text} {words_beside(item)}"),
            selection_mode="multi",
            key=black,
            format_func=escape_markdown,
        )
        button(
            _("Maak zwart"),
            blacken,
            shell,
            item.id,
            typed(black, list),
            key=f"blacken_{item.id}_{item.version}",
            at="notes",
            wide=False,
        )
        show_translation_form(shell, item)
        if item.step_id is not None:
            show_origin_of(shell, item.step_id, item)
        one = f"{item.id}_{item.version}"
        with st.form(f"place_{one}", border=False):
            st.pills(
                _("Waar gaat het over?"),
                list(Environment),
                selection_mode="multi",
                default=[e for e in Environment if e in item.environments],
                format_func=environment_name,
                key=f"where_{one}",
            )
            st.pills(
                _("Goed of niet goed?"),
                list(Tone),
                default=item.tone,
                format_func=tone_name,
                key=f"tone_{one}",
            )
            st.pills(
                _("Wanneer?"),
                list(Moment),
                default=item.moment,
                format_func=moment_name,
                key=f"moment_{one}",
            )
            form_button(
                _("Verplaats"), place, shell, item.id, key=f"move_{one}", at="notes",
                environments=typed(f"where_{one}", lambda where: [e.value for e in where or ()]),
                tone=typed(f"tone_{one}", lambda tone: tone.value if tone else None),
                moment=typed(f"moment_{one}", lambda moment: moment.value if moment else None),
            )  # fmt: skip
        if item.version > 1 or (item.origin and item.source == "desk"):
            button(
                _("Maak de laatste wijziging ongedaan"),
                undo,
                shell,
                item.id,
                key=f"undo_{item.id}_{item.version}",
                at="notes",
                wide=False,
            )


def _merge(shell: Shell, notes: dict[str, Item]) -> None:
    with st.expander(_("Kaartjes samenvoegen"), key="notes_merge_box"):
        which = fresh("merge_ids")
        chosen = st.multiselect(
            _("Welke kaartjes zeggen hetzelfde?"),
            list(notes),
            key=which,
            format_func=lambda i: notes[i].text[:70],
            placeholder=_("Kies twee of meer"),
        )
        if len(chosen) < 2:
            return
        suggestion = max((notes[i].text for i in chosen), key=len)
        text = f"{which}_text_{len(chosen)}"
        st.text_area(_("Zo komt het op het scherm"), suggestion, max_chars=LONGEST_TEXT, key=text)
        button(
            _("Voeg samen"),
            merge,
            shell,
            typed(which, list),
            typed(text),
            key="merge",
            at="notes",
            then=renewing("merge_ids"),
            wide=False,
        )
        st.caption(_("De kaartjes zelf blijven bewaard. Je kunt dit ongedaan maken."))


def _own(shell: Shell, view: ConsoleView) -> None:
    step = view.now
    if step is None:
        return
    makes = sorted(werkvorm(step.werkvorm).makes)
    if not makes:
        return
    with st.expander(
        _("Zelf iets opschrijven, bijvoorbeeld een conclusie van de groep"),
        key="notes_own_box",
        expanded=is_asked_again("own_note"),
    ):
        text = fresh("own_note_text")
        with st.form("own_note_form", border=False):
            refused_at("own_note")
            start = makes.index(ItemKind.CONCLUSION) if ItemKind.CONCLUSION in makes else 0
            st.radio(
                _("Wat is het?"),
                makes,
                index=start,
                format_func=lambda k: note_word(ItemKind(k)),
                key="own_note_kind",
                horizontal=True,
            )
            st.text_area(_("Tekst"), max_chars=LONGEST_TEXT, key=text)
            form_button(
                _("Zet op het scherm bij de kaartjes"), add_item, shell, view.session.wijkplan_id,
                kind=typed("own_note_kind", ItemKind), written=typed(text, Written), step_id=step.id,
                key="own_note_add", at="own_note", then=renewing("own_note_text"),
            )  # fmt: skip
