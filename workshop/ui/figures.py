"""The neighbourhood in figures: a sentence each, with year, source and level, and a question instead of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.domain.items import Environment
from workshop.domain.stories import Table
from workshop.locale import _
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure, area_text, origin_text, sentence, shown, value_text
from workshop.sources.figures import figures_for
from workshop.ui.fields import md, show_empty
from workshop.ui.tables import show_table
from workshop.werkvormen.environments import environment_name


def show_figures(area_codes: Sequence[str]) -> None:
    """All figures of these areas, by environment, then the same as a table and whose they are."""
    figures = figures_for(area_codes)
    if not figures:
        show_empty(
            _("Er zijn nog geen cijfers."),
            _("Kies bij Het wijkplan een of meer wijken of buurten. Dan staan de cijfers hier."),
        )
        return
    st.text(_("Herken je dit? Leg de cijfers naast wat de bewoners vertelden."))
    for environment in (*Environment, None):
        chosen = [figure for figure in figures if figure.environment == environment]
        if not chosen:
            continue
        name = environment_name(environment) if environment else _("over alles")
        st.subheader(md(name[:1].upper() + name[1:]), anchor=False)
        st.markdown("\n".join(f"- {md(sentence(figure))}" for figure in chosen))
        notes = dict.fromkeys(f"{figure.label_nl}: {figure.note}" for figure in chosen if figure.note)
        if notes:
            st.caption("\n".join(f"- {md(note)}" for note in notes))
    with st.expander(_("De cijfers in een tabel")):
        show_table(_table(figures))
    st.caption("  \n".join(md(line) for line in attributions()))


def _table(figures: Sequence[Figure]) -> Table:
    rows = tuple(
        (
            figure.label_nl,
            area_text(figure),
            value_text(figure),
            ", ".join(
                f"{name} {shown(value, figure.unit, figure.decimals)}" for _level, name, value in figure.reference
            ),
            origin_text(figure),
        )
        for figure in figures
    )
    header = (_("Cijfer"), _("Gebied"), _("Waarde"), _("Ter vergelijking"), _("Jaar en bron"))
    return Table(_("De wijk in cijfers"), header, rows)
