"""The policy desk: what was shown, what was decided and where it came from, what was recorded, and the downloads."""

from __future__ import annotations

from datetime import date

import streamlit as st

from workshop.actions.sprints.fixing import is_as_fixed, missing_for_fixing
from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound, SnapshotSession
from workshop.documents.words import decision_name, per_group, session_state_name
from workshop.domain.evening.moves import SessionState, StepState
from workshop.domain.evening.stories import Table
from workshop.domain.jobs import JobKind
from workshop.domain.roles import Role
from workshop.domain.sprints.keyfactors import unseen
from workshop.domain.words import environment_names, kind_name, local_day
from workshop.exports.shelf import downloads
from workshop.locale import _, format_date, n_
from workshop.moments import local
from workshop.ui.documents.making import show_link, show_making
from workshop.ui.drawing.pictures import show_story
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import PLAN, Shell, go
from workshop.ui.frame.tables import show_table
from workshop.ui.sprints.path import show_fixing

#: Items drawn before somebody asks for more: a list of five hundred is searched, not read.
FIRST_ITEMS = 40
#: Sessions whose outcomes stand under each other; of more one is chosen, because a year of pictures is not read at once.
MOST_OPEN = 4
#: What happened last, in lines.
LATEST = 3


def show_latest(snapshot: Snapshot) -> None:
    """What changed last, newest first: shown outcomes, recorded results, new versions of the joint task."""
    happened = sorted(set(_happened(snapshot)), reverse=True)[:LATEST]
    if not happened:
        return
    st.subheader(_("Laatst veranderd"), anchor=False)
    st.markdown("\n".join(f"- {md(format_date(day))}: {md(told)}" for day, told in happened))


def _happened(snapshot: Snapshot) -> list[tuple[date, str]]:
    shown = [
        (found.shown_on, _("uitslag getoond van “{title}”").format(title=step.title))
        for session in snapshot.sessions
        for step in session.steps
        for found in step.rounds
    ]
    fixed = [
        (
            local_day(result.fixed_at),
            _("resultaat van sprint {sprint} vastgelegd, versie {version}").format(
                sprint=result.sprint, version=result.version
            ),
        )
        for result in snapshot.results
    ]
    tasks = [
        (
            local_day(task.written_at),
            _("gezamenlijke opgave geschreven, versie {version}").format(version=task.version),
        )
        for task in snapshot.joint_tasks
    ]
    return [*shown, *fixed, *tasks]


# -- outcomes --------------------------------------------------------------------------------------------------------


def show_outcomes(snapshot: Snapshot) -> None:
    """Per session and step what was shown, with turn-out per group; the newest session first."""
    held = [session for session in snapshot.sessions if session.state != SessionState.PLANNED]
    if not held:
        show_empty(
            _("Er is nog geen bijeenkomst geweest."),
            _("Na de eerste bijeenkomst staat hier elke uitslag die de zaal ook zag."),
        )
    newest_first = list(reversed(held))
    if len(held) > MOST_OPEN:
        titles = [f"{format_date(s.held_on)}: {s.title}" for s in newest_first]
        at = st.selectbox(
            _("Welke bijeenkomst?"), range(len(held)), format_func=titles.__getitem__, key="outcomes-session"
        )
        newest_first = [newest_first[at or 0]]
    for session in newest_first:
        _show_session(session)


def _show_session(session: SnapshotSession) -> None:
    st.header(md(_("Sprint {n}: {title}").format(n=session.sprint, title=session.title)), anchor=False, divider="gray")
    came = n_("{n} deelnemer", "{n} deelnemers", session.total).format(n=session.total)
    parts = (format_date(session.held_on, "full"), session.place, session_state_name(session.state), came)
    st.caption(md(" · ".join(part for part in parts if part)))
    if session.participants:
        rows = per_group(session.participants, session.total)
        show_table(Table(_("Wie er waren"), (_("Groep"), _("Deelnemers")), rows))
    for step in session.steps:
        st.subheader(md(step.title), anchor=False)
        if step.state is StepState.SKIPPED:
            st.text(_("Dit onderdeel is overgeslagen. {reason}").format(reason=step.skip_reason).strip())
        elif not step.rounds:
            st.text(_("Van dit onderdeel is nog geen uitslag getoond."))
        else:
            _show_round(step.rounds[-1])
            for earlier in reversed(step.rounds[:-1]):
                with st.expander(_("Ronde {n}, {day}").format(n=earlier.number, day=format_date(earlier.shown_on))):
                    _show_round(earlier)


def _show_round(shown: SnapshotRound) -> None:
    show_story(shown.story, key=f"story-{shown.id}")
    if shown.groups:
        rows = per_group(shown.groups, shown.ballots)
        show_table(Table(_("Opkomst per groep"), (_("Groep"), _("Stemmen")), rows))


# -- items and where they came from ----------------------------------------------------------------------------------


def show_items(snapshot: Snapshot) -> None:
    """Every item with what was decided and where it came from; to be searched and narrowed down."""
    if not snapshot.items:
        show_empty(
            _("De zaal heeft nog niets ingebracht."),
            _("Zodra de begeleider kaartjes vrijgeeft, staan ze hier met hun herkomst."),
        )
        return
    with st.container(horizontal=True):
        words = st.text_input(_("Zoek in de teksten"), key="items-words", max_chars=80)
        kinds = {kind_name(item.kind): item.kind for item in snapshot.items}
        kind = st.selectbox(_("Soort"), sorted(kinds), index=None, placeholder=_("Alle soorten"), key="items-kind")
        decisions = sorted({decision_name(item) for item in snapshot.items})
        decision = st.selectbox(
            _("Besluit"), decisions, index=None, placeholder=_("Alle besluiten"), key="items-decision"
        )
    chosen = [
        item
        for item in snapshot.items
        if (not words or words.casefold() in item.text.casefold())
        and (kind is None or item.kind == kinds[kind])
        and (decision is None or decision_name(item) == decision)
    ]
    st.caption(n_("{n} gevonden", "{n} gevonden", len(chosen)).format(n=len(chosen)))
    wants_all = len(chosen) > FIRST_ITEMS and st.toggle(_("Laat alles zien"), key="items-all")
    for item in chosen if wants_all else chosen[:FIRST_ITEMS]:
        _show_item(item, snapshot.wijkplan.id)


def _show_item(item: SnapshotItem, wijkplan_id: str) -> None:
    with st.container(border=True):
        plain(item.text)
        if item.lesson:
            plain(_("Les: {lesson}").format(lesson=item.lesson))
        facts = [kind_name(item.kind), environment_names(item.environments), decision_name(item), item.score]
        st.caption(md(" · ".join(fact for fact in facts if fact)))
        if item.reason:
            plain(_("Reden: {reason}").format(reason=item.reason))
        st.caption(md(_("Herkomst: {line}").format(line=item.origin_line)))
        if st.button(_("Herkomst"), key=f"from-{item.id}", icon=":material/account_tree:", type="tertiary"):
            go("herkomst", **{PLAN: wijkplan_id}, item=item.id)


# -- recording -------------------------------------------------------------------------------------------------------


def show_recording(shell: Shell, snapshot: Snapshot) -> None:
    """Per sprint: what is still missing before the result can be recorded, the button, and the versions there are."""
    sprints = sorted({session.sprint for session in snapshot.sessions} | {result.sprint for result in snapshot.results})
    if not sprints:
        show_empty(
            _("Er is nog niets om vast te leggen."),
            _("Je kunt een sprint vastleggen als er een uitslag getoond is."),
        )
    for sprint in sprints:
        st.subheader(_("Sprint {n}").format(n=sprint), anchor=False)
        _show_versions(snapshot, sprint)
        missing = missing_for_fixing(snapshot, sprint)
        if missing:
            st.text(_("Dit moet nog gebeuren voordat je kunt vastleggen:"))
            st.markdown("\n".join(f"- {md(line)}" for line in missing))
        elif is_as_fixed(snapshot, sprint):
            st.caption(_("Vastgelegd. Sindsdien is er niets veranderd."))
        elif not shell.has(Role.FACILITATOR):
            st.caption(_("Klaar om vast te leggen. Dat doet de begeleider of de projecteigenaar."))
        else:
            show_fixing(shell, sprint, len(unseen(snapshot.looks, sprint)))


def _show_versions(snapshot: Snapshot, sprint: int) -> None:
    versions = [result for result in snapshot.results if result.sprint == sprint]
    if not versions:
        st.caption(_("Nog niet vastgelegd."))
        return
    if versions[-1].is_stale:
        st.warning(
            _("Mogelijk verouderd: een eerdere sprint is daarna opnieuw vastgelegd. Kijk of dit nog klopt."),
            icon=":material/history:",
        )
    header = (_("Versie"), _("Vastgelegd op"), _("Door"), _("Geldt nog?"), _("Vingerafdruk"))
    rows = tuple(
        (
            result.version,
            local(result.fixed_at),
            result.fixed_by,
            _("mogelijk verouderd") if result.is_stale else _("ja") if result is versions[-1] else _("nieuwere versie"),
            result.digest[:16],
        )
        for result in reversed(versions)
    )
    show_table(Table(_("Vastgelegde versies"), header, rows))


# -- downloads -------------------------------------------------------------------------------------------------------


def show_downloads(shell: Shell, snapshot: Snapshot) -> None:
    """A link per kind of file, with what is in it; for what takes long, a button that has it made first."""
    running = any(session.state == SessionState.OPEN for session in snapshot.sessions)
    st.text(_("Elk bestand is van het moment waarop het wordt gemaakt. Alle bestanden bevatten dezelfde getallen."))
    if running:
        st.info(_("Er loopt nu een bijeenkomst. Wat de zaal nog niet zag, staat er niet in."), icon=":material/groups:")
    for download in downloads():
        with st.container(border=True):
            st.markdown(f"**{md(download.title)}**")
            st.text(download.contents)
            if download.kind in set(JobKind):
                show_making(shell, snapshot.wijkplan.id, download)
            else:
                show_link(f"/download/{snapshot.wijkplan.id}/{download.kind}", download.title)
    st.caption(md(_("Stand van {moment}").format(moment=local(snapshot.as_of))))
