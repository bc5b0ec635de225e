"""What asks attention on the console: the door, notes that wait, what is to be rounded off, who is not here yet."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.console_view import ConsoleView
from workshop.actions.evening.moderation import hide, release
from workshop.domain.evening.groups import OTHERS
from workshop.domain.evening.joincode import show_code
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import Environment, Item
from workshop.domain.words import environment_name, moment_name, tone_name
from workshop.locale import _, n_
from workshop.ui.evening.rehearsal import show_simulated
from workshop.ui.evening.script import FirstPoint
from workshop.ui.evening.small_groups import show_small_groups
from workshop.ui.evening.wall import translation_of
from workshop.ui.frame.doing import button
from workshop.ui.frame.shell import Shell
from workshop.ui.thread.herkomst_dialog import offer_herkomst
from workshop.werkvormen import told_beside

#: Notes that wait, shown at once; the rest stands in the list below.
WAITING_AT_ONCE = 8


def show_attention(shell: Shell, view: ConsoleView, first: FirstPoint | None) -> None:
    """What the evening asks of who leads it, in the order of the page; and who is here."""
    st.subheader(_("Vraagt aandacht"), anchor=False)
    # In the order of the page; each says what it has to say and answers whether that was anything.
    said = [
        _say_door(view),
        _say_beginning(view, first),
        _say_waiting(shell, view),
        _say_settling(view),
        _say_small_groups(shell, view),
        _say_absent(view),
    ]
    _show_who_is_here(view)
    if not any(said):
        st.text(_("Niets. Je kunt rustig rondlopen."))
    show_simulated(shell, view)


def _say_door(view: ConsoleView) -> bool:
    if view.session.state is SessionState.PLANNED:
        st.text(_("De zaal is nog dicht. Zet eerst het scherm klaar. Open daarna de zaal: dan verschijnt de code."))
        return True
    if view.session.state is SessionState.OPEN and view.session.code:
        st.markdown(_("Code: **{code}**").format(code=show_code(view.session.code)))
    return False


def _say_beginning(view: ConsoleView, first: FirstPoint | None) -> bool:
    if first is None or not first.is_open:
        return False
    st.text(
        _("De afspraken van vorige keer zijn nog niet allemaal besproken. Ze staan onderaan bij “Afspraken”.")
        if any(step.round_number for step in view.steps)
        else _("Begin met de afspraken van vorige keer. Ze staan onderaan bij “Afspraken”.")
    )
    return True


def _say_waiting(shell: Shell, view: ConsoleView) -> bool:
    if view.notes_waiting:
        _waiting(shell, view)
    return bool(view.notes_waiting)


def _say_settling(view: ConsoleView) -> bool:
    if view.now is None or view.now.state is not StepState.SHOWN or view.now.is_settled:
        return False
    st.text(_("Kies onderaan bij “Afronden” wat doorgaat."))
    return True


def _say_small_groups(shell: Shell, view: ConsoleView) -> bool:
    is_asking = view.now is not None and view.now.state in (StepState.OPEN, StepState.STOPPED)
    return not is_asking and show_small_groups(shell, view)


def _say_absent(view: ConsoleView) -> bool:
    absent = [name for _id, name in view.groups if not view.present_by_group.get(name)]
    if view.session.state is not SessionState.OPEN or not view.present or not absent:
        return False
    st.text(_("Nog niemand namens: {groups}.").format(groups=", ".join(absent)))
    return True


def _show_who_is_here(view: ConsoleView) -> None:
    if view.session.state is SessionState.OPEN and view.present_by_group:
        with st.expander(_("Wie is er ({n})").format(n=view.present), key="who_is_here"):
            for name, n in sorted(view.present_by_group.items(), key=lambda pair: -pair[1]):
                st.text(f"{n} · " + (_("geen groep gekozen") if name == OTHERS else name))


def note_line(item: Item) -> str:
    """Where a note belongs, in words."""
    parts = [environment_name(e) for e in Environment if e in item.environments]
    parts += [tone_name(item.tone)] if item.tone else []
    parts += [moment_name(item.moment)] if item.moment else []
    parts += [words for _asked, words in told_beside(item.details)]
    lesson = item.details.lesson
    return " · ".join(parts) + (" · " + _("geleerd: {lesson}").format(lesson=lesson) if lesson else "")


def _waiting(shell: Shell, view: ConsoleView) -> None:
    waiting = view.notes_waiting
    st.markdown(
        "**" + n_("{n} kaartje wacht op jou", "{n} kaartjes wachten op jou", len(waiting)).format(n=len(waiting)) + "**"
    )
    if len(waiting) > 1:
        calm = [item.id for item in waiting if item.id not in view.needs_care]
        button(
            _("Laat alle {n} zien").format(n=len(calm)),
            release,
            shell,
            calm,
            key=f"release_all_{len(waiting)}_{waiting[-1].id}",
            at="console",
        )
    for item in waiting[:WAITING_AT_ONCE]:
        with st.container(border=True):
            if item.id in view.needs_care:
                st.markdown("**" + _("Let op: hier lijkt iemand hulp nodig te hebben.") + "**")
            st.text(item.text)
            if translation_of(item):
                st.text(_("Vertaling: {text}").format(text=translation_of(item)))
            line = note_line(item)
            if line:
                st.caption(escape_markdown(line))
            yes, no = st.columns(2)
            with yes:
                button(_("Laat zien"), release, shell, [item.id], key=f"release_{item.id}", at="console")
            with no:
                button(_("Verberg"), hide, shell, [item.id], key=f"hide_{item.id}", at="console")
            offer_herkomst(item, key=f"whence_waiting_{item.id}")
    if len(waiting) > WAITING_AT_ONCE:
        st.text(_("En nog {n}. Je vindt ze onder “Kaartjes”.").format(n=len(waiting) - WAITING_AT_ONCE))
