"""The library of werkvormen: advice on which one fits, all of them, one whole, and putting one on a script."""

from __future__ import annotations

import streamlit as st

from workshop.actions.evening.session_plans import SessionRow, see_sessions
from workshop.actions.evening.sessions import add_step
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.choosing import Candidate, advise
from workshop.domain.evening.method import (
    Aim,
    Audience,
    Guide,
    Method,
    aim_words,
    audience_words,
    mark_words,
)
from workshop.domain.evening.moves import SessionState
from workshop.locale import _, format_date, n_
from workshop.sources.method import the_method
from workshop.ui.evening.cards import WHICH, ask_for_card
from workshop.ui.evening.script import for_whom, minutes_text
from workshop.ui.frame.doing import button, fresh, refused_at, renew, typed
from workshop.ui.frame.fields import md, plain, show_empty, show_error
from workshop.ui.frame.shell import PLAN, SESSION, Shell, go
from workshop.ui.frame.state import tab, value_of
from workshop.werkvormen import Werkvorm, all_werkvormen, werkvorm


def asked_werkvorm() -> str | None:
    """The key in the address, when there is such a werkvorm."""
    asked = st.query_params.get(WHICH, "")
    return asked if asked in known() else None


def known() -> dict[str, Werkvorm]:
    """Every werkvorm that has a guide, by the title people see."""
    guides = the_method().guides
    return {a.key: a for a in sorted(all_werkvormen(), key=lambda a: a.title().casefold()) if a.key in guides}


def look_at(key: str | None) -> None:
    """Open one werkvorm in the address, or the whole list."""
    if key is None:
        st.query_params.pop(WHICH, None)
    else:
        st.query_params[WHICH] = key


def show_library(shell: Shell) -> None:
    """The two ways in: tell what you need, or look through everything."""
    method = the_method(shell.language)
    ways = {"advice": _("Help me kiezen"), "all": _("Alle werkvormen ({n})").format(n=len(known()))}
    way = st.segmented_control(
        _("Hoe wil je zoeken?"),
        list(ways),
        default="advice",
        required=True,
        format_func=ways.__getitem__,
        key="method_way",
    )
    if way == "all":
        _show_all(method)
    else:
        _show_advice(shell, method)


# -- advice --------------------------------------------------------------------------------------------------------


def _show_advice(shell: Shell, method: Method) -> None:
    st.markdown(_("Vul in wat je weet. Wat je leeg laat, telt niet mee."))
    rows = see_sessions(shell.store, shell.actor, shell.plan.id)
    question = st.selectbox(
        _("Welke vraag wil je beantwoorden?"),
        list(Aim),
        index=None,
        format_func=aim_words,
        placeholder=_("Kies een vraag"),
        key="method_question",
    )
    who, sprints = st.columns(2)
    with who:
        group = st.selectbox(
            _("Wie zitten er in de zaal?"),
            list(Audience),
            index=None,
            format_func=audience_words,
            placeholder=_("Kies een groep"),
            key="method_group",
        )
    with sprints:
        sprint = st.selectbox(
            _("Welke sprint?"),
            [s.number for s in method.sprints],
            index=rows[0].session.sprint - 1 if rows else None,
            format_func=lambda n: f"{n}. {method.sprint(n).title}",
            placeholder=_("Kies een sprint"),
            key="method_sprint",
        )
    people_field, minutes_field = st.columns(2)
    with people_field:
        people = st.number_input(_("Hoeveel mensen?"), 1, 10_000, None, step=1, key="method_people")
    with minutes_field:
        minutes = st.number_input(_("Hoeveel minuten heb je?"), 1, 1_440, None, step=5, key="method_minutes")
    if question is None and group is None and sprint is None and people is None and minutes is None:
        return
    try:
        found = advise(
            [Candidate(method.guides[key], activity.sprints) for key, activity in known().items()],
            question=question,
            group=group,
            people=people,
            minutes=minutes,
            sprint=sprint,
        )
    except WorkshopError as problem:
        show_error(problem)
        return
    st.subheader(_("Dit past"), anchor=False)
    if not found:
        show_empty(
            _("Geen werkvorm past hierbij."),
            _("Geef meer tijd, of kies een andere vraag. Met weinig mensen vallen sommige werkvormen af."),
        )
    for number, advice in enumerate(found, start=1):
        guide = method.guides[advice.werkvorm]
        with st.container(border=True):
            words, press = st.columns([5, 2], vertical_alignment="center")
            with words:
                st.markdown(f"**{number}. {md(werkvorm(advice.werkvorm).title())}**")
                plain(guide.purpose)
                st.markdown("\n".join(f"- {md(why)}" for why in advice.why))
            with press:
                _look_button(advice.werkvorm, "advice")


def _look_button(key: str, where: str) -> None:
    title = werkvorm(key).title()
    st.button(
        _("Bekijk {title}").format(title=md(title)),
        key=f"look_{where}_{key}",
        on_click=look_at,
        args=(key,),
        width="stretch",
        wrap=True,
    )


# -- the list ------------------------------------------------------------------------------------------------------


def facts(guide: Guide) -> str:
    """Time and people on one line."""
    least, most = guide.group
    people = (
        n_("{n} mens", "{n} mensen", least).format(n=least)
        if least == most
        else _("{low} tot {high} mensen").format(low=least, high=most)
    )
    return f"{minutes_text(guide.minutes)} · {people}"


def sprints_words(activity: Werkvorm) -> str:
    """For which sprints it is meant, most fitting first."""
    return n_("sprint {list}", "sprints {list}", len(activity.sprints)).format(
        list=", ".join(str(n) for n in activity.sprints)
    )


def matches(text: str, activity: Werkvorm, guide: Guide) -> bool:
    """Whether every word somebody looks for occurs in what a card says."""
    said = " ".join([activity.title(), activity.prompt(), guide.purpose, guide.result, *(s.text for s in guide.steps)])
    return all(word in said.casefold() for word in text.casefold().split())


def _show_all(method: Method) -> None:
    look, only = st.columns([3, 2])
    with look:
        text = st.text_input(
            _("Zoek op een woord"),
            max_chars=80,
            key="method_search",
            placeholder=_("Bijvoorbeeld: jongeren, idee, spel"),
        )
    with only:
        sprint = st.selectbox(
            _("Sprint"),
            [s.number for s in method.sprints],
            index=None,
            format_func=lambda n: f"{n}. {method.sprint(n).title}",
            placeholder=_("Alle sprints"),
            key="method_only",
        )
    found = [
        (activity, method.guides[key])
        for key, activity in known().items()
        if (sprint is None or sprint in activity.sprints) and matches(text, activity, method.guides[key])
    ]
    if not found:
        show_empty(_("Geen werkvorm gevonden."), _("Zoek op een ander woord, of kies alle sprints."))
    if sprint is not None:
        # First what is made for this sprint.
        found.sort(key=lambda pair: pair[0].sprints.index(sprint))
    for activity, guide in found:
        with st.container(border=True):
            words, press = st.columns([5, 2], vertical_alignment="center")
            with words:
                st.markdown(f"**{md(activity.title())}**")
                plain(guide.purpose)
                st.caption(md(f"{facts(guide)} · {sprints_words(activity)} · {mark_words(guide.way_mark)}"))
            with press:
                _look_button(activity.key, "list")


# -- one of them ---------------------------------------------------------------------------------------------------


def show_werkvorm(shell: Shell, key: str) -> None:
    """Everything a facilitator has to know to do it, and the two things to do with it."""
    activity, method = werkvorm(key), the_method(shell.language)
    guide = method.guides[key]
    st.button(_("Naar alle werkvormen"), on_click=look_at, args=(None,), type="tertiary")
    st.header(md(activity.title()), anchor=False)
    plain(guide.purpose)
    st.markdown(
        "\n".join(
            f"- **{label}** {md(words)}"
            for label, words in (
                (_("De vraag aan de zaal:"), activity.prompt()),
                (_("Dit levert het op:"), guide.result),
                (_("Tijd en groep:"), facts(guide)),
                (_("Past in:"), sprints_words(activity)),
                (_("Voor vragen als:"), " ".join(aim_words(aim) for aim in guide.aims)),
                (_("Gemaakt voor:"), ", ".join(audience_words(audience) for audience in guide.suits)),
                (_("Naam:"), mark_words(guide.name_mark)),
                (_("Werkwijze:"), mark_words(guide.way_mark)),
            )
        )
    )
    if for_whom(key):
        st.markdown(md(for_whom(key)))
    _listed(_("Dit heb je nodig"), guide.materials)
    _listed(_("Bereid dit voor"), guide.preparation)
    _listed(_("Rollen"), guide.roles)
    st.subheader(_("Stap voor stap"), anchor=False)
    st.markdown(
        "\n".join(
            f"{n}. {md(step.text)} *({minutes_text(step.minutes)})*" for n, step in enumerate(guide.steps, start=1)
        )
    )
    _put_on_script(shell, activity, guide)
    ask_for_card()


def _listed(title: str, lines: tuple[str, ...]) -> None:
    if lines:
        st.subheader(title, anchor=False)
        st.markdown("\n".join(f"- {md(line)}" for line in lines))


def _put_on_script(shell: Shell, activity: Werkvorm, guide: Guide) -> None:
    st.subheader(_("Zet op het programma"), anchor=False)
    refused_at("method")
    added, added_key = tab().put_on_script or ("", "")
    rows = {row.session.id: row for row in see_sessions(shell.store, shell.actor, shell.plan.id)}
    if added in rows and added_key == activity.key:
        st.success(
            _("Het staat op het programma van “{title}”.").format(title=md(rows[added].session.title)),
            icon=":material/check:",
        )
        if st.button(_("Bekijk het programma"), key="method_script"):
            go("voorbereiden", **{PLAN: shell.plan.id, SESSION: added})
    open_ones = {key: row for key, row in rows.items() if row.session.state is not SessionState.CLOSED}
    if not open_ones:
        show_empty(
            _("Er is geen bijeenkomst om dit op te zetten."), _("Plan eerst een bijeenkomst bij “Bijeenkomsten”.")
        )
        return
    which, how_long = st.columns([3, 1])
    with which:
        session = f"method_session_{activity.key}"
        st.selectbox(
            _("Welke bijeenkomst?"),
            list(open_ones),
            index=_first(open_ones),
            format_func=lambda key: _line(open_ones[key]),
            key=session,
        )
    with how_long:
        minutes = fresh(f"method_minutes_{activity.key}")
        st.number_input(_("Minuten"), 1, 240, min(guide.minutes, 240), step=1, key=minutes)
    button(
        _("Zet op het programma"),
        add_step,
        shell,
        typed(session),
        activity.key,
        minutes=typed(minutes, int),
        key=f"method_add_{activity.key}",
        at="method",
        then=lambda _step: _said(value_of(session), activity.key),
        look="primary",
        wide=False,
    )
    if activity.asks_ballot:
        st.caption(_("De stemming staat op geheim. Bij het programma kun je dat veranderen tot het onderdeel begint."))


def _said(session_id: str, key: str) -> None:
    tab().put_on_script = (session_id, key)
    renew(f"method_minutes_{key}")


def _line(row: SessionRow) -> str:
    # Nothing that changes by adding a step: a chosen line keeps the words it was chosen with.
    return f"{row.session.title} · {format_date(row.session.held_on)}"


def _first(rows: dict[str, SessionRow]) -> int:
    """The session in the address, else the next one that has not begun."""
    asked = st.query_params.get(SESSION, "")
    if asked in rows:
        return list(rows).index(asked)
    planned = [key for key, row in rows.items() if row.session.state is SessionState.PLANNED]
    soonest = min(planned, key=lambda key: rows[key].session.held_on, default=None)
    return list(rows).index(soonest) if soonest is not None else 0
