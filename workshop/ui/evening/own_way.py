"""How a step is done: the parts of the werkvorm with the one that is now, and the group's own instruction."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from workshop.actions.evening.console_view import ConsoleStep
from workshop.domain.evening.method import Guide
from workshop.domain.evening.moves import StepState
from workshop.locale import _, n_
from workshop.sources.method import the_method
from workshop.ui.evening.cards import card_address
from workshop.ui.evening.script import minutes_text
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell

#: How often the running part is looked at again, in seconds.
LOOK_AGAIN = 15


def running_part(guide: Guide, planned: int, started_at: datetime, now: datetime) -> tuple[int, int]:
    """Which part of the werkvorm should be going on, when the step has ``planned`` minutes instead of the guide's.

    Every part is stretched or shrunk alike.

    Returns:
        the place of the part (from 0), and the seconds it has left; below 0 is how much the whole is over.
    """
    stretch = planned / guide.minutes
    place_of_part, left = guide.timer(int((now - started_at).total_seconds() / stretch))
    return place_of_part, int(left * stretch)


def part_words(left: int) -> str:
    """How long the running part still has."""
    if left < 0:
        return _("de tijd is om")
    if left < 60:
        return _("nog minder dan een minuut")
    return n_("nog {n} minuut", "nog {n} minuten", left // 60).format(n=left // 60)


def show_way(shell: Shell, step: ConsoleStep, wijkplan_id: str, session_id: str) -> None:
    """What to do at this step, for who leads it: own instruction first, then the parts with where the time is."""
    if step.instruction:
        with st.container(border=True, key="own_instruction"):
            st.markdown(f"**{_('Zo doen wij het')}:** {md(step.instruction)}")
    guide = the_method(shell.language).guides.get(step.werkvorm)
    if guide is None:
        return

    @st.fragment(run_every=LOOK_AGAIN if step.state is StepState.OPEN else None)
    def parts() -> None:
        now_at, left = -1, 0
        if step.state is StepState.OPEN and step.started_at is not None:
            now_at, left = running_part(guide, step.minutes, step.started_at, shell.store.now())
            now = _("Nu deel {n} van {total}, {left}:").format(
                n=now_at + 1, total=len(guide.steps), left=part_words(left)
            )
            st.markdown(f"**{now}** {md(guide.steps[now_at].text)}")
        with st.expander(_("Zo doe je deze werkvorm"), key="way_box"):
            st.markdown(
                "\n".join(
                    f"{n}. "
                    + ("**" + _("Nu:") + "** " if n - 1 == now_at else "")
                    + f"{md(part.text)} *({minutes_text(part.minutes)})*"
                    for n, part in enumerate(guide.steps, start=1)
                )
            )
            st.link_button(_("Kaart om te printen"), card_address(wijkplan_id, session_id, step.id, step.werkvorm))

    parts()
