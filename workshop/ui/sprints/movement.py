"""The slide and the commitment line over all measurements: every group beside the others, in words, picture and table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import streamlit as st

from workshop.actions.sprints.movement import Measured, Movement
from workshop.actions.sprints.path import SprintPath
from workshop.domain.evening.groups import K
from workshop.domain.evening.stories import Table
from workshop.locale import _, format_date, n_
from workshop.ui.drawing.groups import middle_of
from workshop.ui.drawing.marks import Canvas
from workshop.ui.drawing.path import draw_path
from workshop.ui.frame.fields import md, show_empty
from workshop.ui.frame.tables import show_table

#: Width of the panel of one group in pixels: two beside each other on a laptop, one on a phone.
_PANEL = 376


def show_movements(path: SprintPath) -> None:
    """Both scales; a group is shown as far as the rule of five lets it be shown at every measurement."""
    _show(_("De glijbaan"), path.slide, "slide", top_first=True)
    _show(_("Commitment"), path.commitment, "commitment", top_first=False)


def _show(title: str, movement: Movement, key: str, *, top_first: bool) -> None:
    st.subheader(md(title), anchor=False)
    if not movement.measured:
        show_empty(
            _("Nog niet gemeten."), _("Zet dit onderdeel op een bijeenkomst in sprint 1, en nog eens in sprint 3 en 7.")
        )
        return
    n = len(movement.measured)
    st.caption(n_("{n} meting.", "{n} metingen, van oud naar nieuw. Deels andere mensen.", n).format(n=n))
    lines = lines_of(movement)
    st.markdown("\n".join(f"- {md(movement_sentence(who, line, movement.words))}" for who, line in lines.items()))
    with st.container(horizontal=True, gap="medium"):
        for place, (who, line) in enumerate(lines.items()):
            with st.container(border=True, width=_PANEL):
                st.markdown(f"**{md(who)}**")
                st.plotly_chart(
                    draw_path(
                        [(_when(each), counts) for each, counts in line],
                        movement.words,
                        Canvas(wall=False, dark=st.context.theme.type == "dark"),
                        top_first=top_first,
                    ),
                    theme=None,
                    width="stretch",
                    config={"staticPlot": True, "displayModeBar": False, "responsive": True},
                    alt=movement_sentence(who, line, movement.words),
                    key=f"{key}-{place}",
                )
    st.caption(_("De rand staat om de middelste mens. De lijn laat zien waar die bij elke meting stond."))
    if len(lines) > 1:
        st.caption(
            _(
                "Groepen van minder dan {n} mensen staan samen bij “overige groepen”. Dat zijn niet elke keer dezelfde "
                "groepen."
            ).format(n=K)
        )
    with st.expander(_("De getallen in een tabel"), icon=":material/table:"):
        show_table(movement_table(title, movement))


Line = Sequence[tuple[Measured, tuple[int, ...]]]


def lines_of(movement: Movement) -> Mapping[str, Line]:
    """Everybody together first, then every group by the alphabet, each with the measurements it may be shown at."""
    found: dict[str, Line] = {_("Iedereen samen"): [(each, each.everybody) for each in movement.measured]}
    for group in movement.groups:
        found[group] = [(each, each.groups[group]) for each in movement.measured if group in each.groups]
    return found


def movement_sentence(who: str, line: Line, words: Sequence[str]) -> str:
    """What the picture of one group says: where its middle stood first and stands now, and with how many people."""
    steps = [middle_of(counts) for _each, counts in line]
    known = [(each, step) for (each, _counts), step in zip(line, steps, strict=True) if step is not None]
    if not known:
        return _("{who}: nog niemand gaf een antwoord.").format(who=who)
    (first, before), (last, now) = known[0], known[-1]
    if len(known) == 1:
        return _("{who}: de middelste mens staat bij “{now}” ({when}).").format(
            who=who, now=words[now - 1], when=_when(first)
        )
    said = {"who": who, "before": words[before - 1], "now": words[now - 1], "first": _when(first), "last": _when(last)}
    if before == now:
        moved = any(a != b for (_x, a), (_y, b) in pairwise(known))
        return (
            _("{who}: weer bij “{now}”, na op en neer te gaan ({first} tot {last}).")
            if moved
            else _("{who}: bleef bij “{now}” ({first} tot {last}).")
        ).format(**said)
    return _("{who}: van “{before}” ({first}) naar “{now}” ({last}).").format(**said)


def movement_table(title: str, movement: Movement) -> Table:
    """Every group at every measurement, in numbers of people."""
    return Table(
        _("{title}, in aantal mensen").format(title=title),
        (_("Groep"), _("Meting"), *movement.words, _("Samen")),
        tuple(
            (who, _when(each), *counts, sum(counts))
            for who, line in lines_of(movement).items()
            for each, counts in line
        ),
    )


def _when(measured: Measured) -> str:
    told = _("sprint {n}, {day}").format(n=measured.sprint, day=format_date(measured.held_on, "short"))
    return told if measured.number == 1 else _("{when}, ronde {n}").format(when=told, n=measured.number)
