"""An outcome on screen: its sentence, its picture with a text alternative, and tables with the same numbers."""

from __future__ import annotations

from typing import Any, assert_never

import streamlit as st

from workshop.domain.evening.stories import BarsPicture, FieldPicture, GroupsPicture, OverlapPicture, Picture, Story
from workshop.domain.texts import escape_markdown
from workshop.domain.thread.items import KOPPELVLAKKEN, Environment
from workshop.domain.words import environment_name, koppelvlak_name
from workshop.locale import _, format_number, n_
from workshop.ui.drawing.bars import draw_bars
from workshop.ui.drawing.field import draw_field
from workshop.ui.drawing.groups import draw_groups
from workshop.ui.drawing.marks import Canvas
from workshop.ui.drawing.overlap import draw_overlap
from workshop.ui.frame.tables import show_table

_CONFIG = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def draw(picture: Picture, *, wall: bool = False, dark: bool = False, room: int = 730, large: bool = False) -> Any:
    """The ``plotly.graph_objects.Figure`` of a picture; ``wall`` is for 1920 pixels seen from the back of a hall.

    ``room`` is the height in pixels that a wall has for it; ``large`` wants bigger letters there, and less at once.
    """
    canvas = Canvas(wall=wall, dark=dark, room=room, large=large)
    match picture:
        case GroupsPicture():
            return draw_groups(picture, canvas)
        case OverlapPicture():
            return draw_overlap(picture, canvas)
        case BarsPicture():
            return draw_bars(picture, canvas)
        case FieldPicture():
            return draw_field(picture, canvas)
        case _:
            assert_never(picture)


def describe(picture: Picture) -> str:
    """What the picture says, for who does not see it: its kind, the top, how many. The tables hold the rest."""
    match picture:
        case GroupsPicture():
            everyone = picture.rows[0]
            most = max(range(len(everyone.counts)), key=lambda i: everyone.counts[i])
            return _(
                "Per groep een rij met het aantal mensen op elke stap. {label}: {n} mensen, de meesten bij {words}."
            ).format(label=everyone.label, n=sum(everyone.counts), words=picture.words[most])
        case OverlapPicture():
            return _describe_overlap(picture)
        case BarsPicture():
            if not picture.bars:
                return _("Een lege grafiek: er is nog niets geteld.")
            top = picture.bars[0]
            return _("Liggende balken, de langste bovenaan: {label} met {value} {unit}. Samen {n} onderwerpen.").format(
                label=top.label, value=format_number(top.value), unit=picture.unit, n=len(picture.bars)
            )
        case FieldPicture():
            return (
                _("Een veld van vijf bij vijf: naar rechts hoe vaak, omhoog hoe erg. {list}")
                .format(
                    list=" ".join(
                        _("{number}: vaak {x}, erg {y}.").format(
                            number=p.number, x=format_number(p.median[0]), y=format_number(p.median[1])
                        )
                        for p in picture.points
                        if p.median is not None
                    )
                )
                .strip()
            )
        case _:
            assert_never(picture)


def _describe_overlap(picture: OverlapPicture) -> str:
    fields = ", ".join(f"{environment_name(e)} {picture.per_environment.get(e, 0)}" for e in Environment)
    filled = [pair for pair in KOPPELVLAKKEN if picture.per_koppelvlak.get(pair, 0)]
    meetings = ", ".join(f"{koppelvlak_name(p)} {picture.per_koppelvlak[p]}" for p in filled) or _("nergens")
    return _("Vier vlakken die elkaar overlappen. Kaartjes: {fields}. Waar twee samenkomen: {meetings}.").format(
        fields=fields, meetings=meetings
    )


def show_picture(
    picture: Picture, *, wall: bool = False, room: int = 730, large: bool = False, key: str | None = None
) -> None:
    """Draw a picture in the current theme, with its text alternative."""
    st.plotly_chart(
        draw(picture, wall=wall, dark=st.context.theme.type == "dark", room=room, large=large),
        theme=None,
        width="stretch",
        config=_CONFIG,
        alt=describe(picture),
        key=key,
    )


def show_story(story: Story, *, wall: bool = False, key: str | None = None) -> None:
    """Draw an outcome: sentence, picture, what to discuss first, how it was counted, and the tables.

    The wall gets the picture only: ``workshop.ui.evening.wall`` writes the one sentence and the one number around it.
    """
    if wall:
        if story.picture is not None:
            show_picture(story.picture, wall=True, key=key)
        return
    st.markdown(f"**{escape_markdown(story.lead)}**")
    if story.turnout:
        st.caption(escape_markdown(story.turnout))
    if story.picture is not None:
        show_picture(story.picture, key=key)
    for sentence in story.sentences:
        st.text(sentence)
    if story.discuss:
        st.markdown("**" + _("Bespreek eerst") + "**")
        st.markdown("\n".join(f"{place}. {escape_markdown(line)}" for place, line in enumerate(story.discuss, start=1)))
    if story.formula:
        st.caption(escape_markdown(story.formula))
    if story.tables:
        with st.expander(n_("De getallen in een tabel", "De getallen in tabellen", len(story.tables))):
            for table in story.tables:
                show_table(table)
