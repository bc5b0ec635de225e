"""Afspraken van vorige keer, as the first point of an evening: kept, not kept, or it goes on; one press, with a note."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.sprints.agreements import NOTE_LIMIT, AgendaPoint, mark_agreement, see_agenda
from workshop.domain.evening.sessions import Session
from workshop.domain.sprints.choices import Kept
from workshop.locale import _, format_date, n_
from workshop.ui.evening.script import FirstPoint
from workshop.ui.frame.doing import form_button, refused_at, typed
from workshop.ui.frame.fields import md, plain
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.visitor import look_who_is_here

AT = "agreements"
_SIGNS = {Kept.YES: ":material/check_circle:", Kept.NO: ":material/cancel:", Kept.RUNNING: ":material/schedule:"}


def state_words(kept: Kept) -> str:
    """How an agreement stands; also what its button says."""
    return {Kept.YES: _("Nagekomen"), Kept.NO: _("Niet nagekomen"), Kept.RUNNING: _("Loopt door")}[kept]


def agreed_before(shell: Shell, session: Session) -> FirstPoint | None:
    """The agreements of last time as the first point of this session; None when there are none."""
    points = see_agenda(shell.store, look_who_is_here(), session.id)
    if not points:
        return None
    done = sum(point.is_discussed for point in points)
    return FirstPoint(
        title=_("Afspraken van vorige keer"),
        line=n_("{done} van de {n} besproken", "{done} van de {n} besproken", len(points)).format(
            done=done, n=len(points)
        ),
        is_open=done < len(points),
        show=lambda: show_agenda(shell, session, points),
    )


def show_agenda(shell: Shell, session: Session, points: Sequence[AgendaPoint]) -> None:
    """Every agreement with how it stands and three buttons; what was discussed stays in sight and can be changed."""
    refused_at(AT)
    st.text(_("Begin de avond hiermee. Druk per afspraak op één knop. Wat niet klaar is, komt de volgende keer terug."))
    for point in points:
        _show_point(shell, session, point)


def _show_point(shell: Shell, session: Session, point: AgendaPoint) -> None:
    agreement, key = point.agreement, f"agreement_{point.sprint}_{point.place}"
    with st.container(border=True):
        plain(agreement.what)
        facts = [
            agreement.who,
            _("uiterlijk {day}").format(day=format_date(agreement.by)) if agreement.by else "",
            _("sprint {n}").format(n=point.sprint),
        ]
        st.caption(md(" · ".join(fact for fact in facts if fact)))
        state = state_words(agreement.is_kept)
        st.markdown(
            f"{_SIGNS[agreement.is_kept]} **{state}**"
            + (" · " + (_("vanavond besproken") if session.opened_at else _("vandaag besproken"))) * point.is_discussed
        )
        with st.form(key, border=False, enter_to_submit=False):
            note, by = f"{key}_note_{agreement.note}", f"{key}_by_{agreement.by}"
            st.text_input(_("Toelichting (mag leeg)"), agreement.note, max_chars=NOTE_LIMIT, key=note)
            st.date_input(_("Nieuwe datum (mag leeg)"), None, format="DD-MM-YYYY", key=by)
            refused_at(f"{AT}_{key}")
            with st.container(horizontal=True):
                for choice in (Kept.YES, Kept.NO, Kept.RUNNING):
                    form_button(
                        state_words(choice), mark_agreement, shell, session.id, point, choice, note=typed(note),
                        by=typed(by), key=f"{key}_{choice.value}", at=f"{AT}_{key}", icon=_SIGNS[choice],
                    )  # fmt: skip
