"""The neighbourhood in figures: a sentence each, with year, source and level, and a question instead of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.facts.figures import keep_figures, remove_figures, see_loaded_files
from workshop.actions.sprints.material import Snapshot
from workshop.actions.sprints.taking_over import take_figure
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.stories import Table
from workshop.domain.texts import clean_text
from workshop.domain.thread.items import Environment
from workshop.domain.words import environment_name
from workshop.locale import _, format_date, n_
from workshop.sources.attribution import attributions
from workshop.sources.figure import (
    Figure,
    area_text,
    as_row,
    basis_of,
    origin_text,
    reference_text,
    sentence,
    value_text,
)
from workshop.sources.figures import known_figures
from workshop.sources.files import figures_of, read_figures
from workshop.ui.frame.doing import fresh, renew
from workshop.ui.frame.fields import md, plain, show_empty, show_error
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.tables import show_table


def show_figures(shell: Shell, snapshot: Snapshot) -> None:
    """All figures of these areas, by environment, then the same as a table and whose they are; and adding one's own."""
    codes = [area.code for area in snapshot.wijkplan.areas]
    figures = known_figures(codes, snapshot.figures)
    if figures:
        _show(figures)
        _take_over(shell, figures)
    else:
        show_empty(
            _("Er zijn nog geen cijfers."),
            _("Kies bij Het wijkplan een of meer wijken of buurten, of voeg hieronder een bestand toe."),
        )
    _add_own(shell, codes)


def _show(figures: Sequence[Figure]) -> None:
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


def _take_over(shell: Shell, figures: Sequence[Figure]) -> None:
    """Take a figure over as hard information of sprint 2, with its source; later problems and actions point back to it."""
    with st.expander(_("Neem een cijfer over in de wijkdiagnose"), icon=":material/input:"):
        key = fresh("take-figure")
        with st.form(key, border=False):
            place = st.selectbox(
                _("Cijfer"), range(len(figures)), None, key=f"{key}-which", placeholder=_("Kies"),
                format_func=lambda n: f"{figures[n].label_nl}, {area_text(figures[n])}: {value_text(figures[n])}",
            )  # fmt: skip
            meaning = st.text_area(
                _("Wat betekent dit volgens de groep? (mag leeg)"), max_chars=2_000, height=80, key=f"{key}-meaning"
            )
            if not st.form_submit_button(_("Neem over, met bron")):
                return
            if place is None:
                st.warning(_("Kies eerst een cijfer."))
                return
            chosen = figures[place]
            if shell.act(
                take_figure, shell.plan.id, basis_of(chosen), sentence=sentence(chosen),
                environment=Environment(chosen.environment) if chosen.environment else None,
                reference=reference_text(chosen), caveat=chosen.note, meaning=meaning,
            ):  # fmt: skip
                renew("take-figure")
                shell.say(_("Overgenomen in sprint 2: bij de harde informatie en als bevinding."))
                st.rerun()


def _table(figures: Sequence[Figure]) -> Table:
    rows = tuple(
        (
            figure.label_nl,
            area_text(figure),
            value_text(figure),
            reference_text(figure),
            origin_text(figure),
        )
        for figure in figures
    )
    header = (_("Cijfer"), _("Gebied"), _("Waarde"), _("Ter vergelijking"), _("Jaar en bron"))
    return Table(_("De wijk in cijfers"), header, rows)


def _add_own(shell: Shell, codes: Sequence[str]) -> None:
    """Read a file, say what was understood, and keep what is about this wijkplan."""
    st.subheader(_("Eigen cijfers toevoegen"), anchor=False)
    st.text(
        _(
            "Voeg een download van StatLine, de politie of de Leefbaarometer toe (CSV). "
            "We bewaren alleen wat over jullie wijken en buurten gaat."
        )
    )
    for file in see_loaded_files(shell.store, shell.actor, shell.plan.id):
        line, action = st.columns([4, 1], vertical_alignment="center")
        with line:
            told = n_("{name}: {n} cijfer, {date}", "{name}: {n} cijfers, {date}", file.figures)
            plain(told.format(name=file.file_name, n=file.figures, date=format_date(file.loaded_at)))
        label = _("Haal weg: {name}").format(name=file.file_name)
        if action.button(_("Haal weg"), key=f"away-{file.id}", help=md(label)) and shell.act(
            remove_figures, shell.plan.id, file.id
        ):
            st.rerun()
    uploaded = st.file_uploader(_("Bestand met cijfers"), type=["csv", "json"], key="figures_file")
    if uploaded is None:
        return
    source = st.text_input(_("Van wie zijn deze cijfers? (mag leeg blijven)"), max_chars=120, key="figures_source")
    marks = {"": _("weet ik niet"), ",": _("komma (1,5)"), ".": _("punt (1.5)")}
    mark = st.radio(
        _("Welk teken staat voor de cijfers achter de komma?"), list(marks), format_func=marks.__getitem__,
        horizontal=True, key="figures_mark",
    )  # fmt: skip
    try:
        loaded = read_figures(
            uploaded.getvalue(),
            decimal=mark or None,  # type: ignore[arg-type]  # the radio offers nothing else
            municipality_code=shell.plan.municipality_code,
            source=clean_text(source, limit=120, multiline=False) if source.strip() else "",
        )
    except WorkshopError as refused:
        show_error(refused)
        return
    ours = figures_of(loaded.figures, list(codes))
    plain(
        n_("{n} cijfer gaat over jullie gebied.", "{n} cijfers gaan over jullie gebied.", len(ours)).format(n=len(ours))
    )
    for warning in loaded.warnings:
        st.warning(md(warning))
    if loaded.problems:
        with st.expander(_("Wat we niet begrepen ({n})").format(n=len(loaded.problems))):
            for problem in loaded.problems[:50]:
                told = _("Rij {row}, {column}: {reason}")
                plain(told.format(row=problem.row, column=problem.column, reason=problem.reason))
    if ours:
        show_table(_table(ours[:200]))
        label = _("Bewaar deze cijfers") if loaded.is_complete else _("Bewaar wat we wel begrepen")
        if st.button(label, type="primary") and shell.act(
            keep_figures,
            shell.plan.id,
            file_name=uploaded.name,
            checksum=loaded.checksum,
            rows=[as_row(figure) for figure in ours],
        ):
            st.rerun()
