"""The neighbourhood in figures: a sentence each, with year, source and level, and a question instead of a verdict."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workshop.actions.facts.figures import keep_figures, remove_figures, see_loaded_files
from workshop.actions.sprints.material import Snapshot
from workshop.actions.sprints.taking_over import take_figure
from workshop.domain.errors import Refused, WorkshopError
from workshop.domain.evening.stories import Table
from workshop.domain.roles import Actor
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
from workshop.sources.files import Loaded, figures_of, read_figures
from workshop.store import Store
from workshop.ui.frame.doing import AtPress, button, form_button, fresh, refused_at, renewing, typed
from workshop.ui.frame.fields import md, plain, show_empty, show_error
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of
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
            st.selectbox(
                _("Cijfer"), range(len(figures)), None, key=f"{key}-which", placeholder=_("Kies"),
                format_func=lambda n: f"{figures[n].label_nl}, {area_text(figures[n])}: {value_text(figures[n])}",
            )  # fmt: skip
            st.text_area(
                _("Wat betekent dit volgens de groep? (mag leeg)"), max_chars=2_000, height=80, key=f"{key}-meaning"
            )
            form_button(
                _("Neem over, met bron"), _take, shell, shell.plan.id,
                typed(f"{key}-which", lambda place: None if place is None else figures[place]),
                meaning=typed(f"{key}-meaning"), key=f"{key}-take", then=renewing("take-figure"),
                said=_("Overgenomen in sprint 2: bij de harde informatie en als bevinding."),
            )  # fmt: skip


def _take(store: Store, actor: Actor, wijkplan_id: str, figure: Figure | None, *, meaning: str) -> str:
    """Take a figure over once somebody chose one."""
    if figure is None:
        raise Refused(_("Kies eerst een cijfer."))
    return take_figure(
        store, actor, wijkplan_id, basis_of(figure), sentence=sentence(figure),
        environment=Environment(figure.environment) if figure.environment else None,
        reference=reference_text(figure), caveat=figure.note, meaning=meaning,
    )  # fmt: skip


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
    refused_at("figures")
    for file in see_loaded_files(shell.store, shell.actor, shell.plan.id):
        line, action = st.columns([4, 1], vertical_alignment="center")
        with line:
            told = n_("{name}: {n} cijfer, {date}", "{name}: {n} cijfers, {date}", file.figures)
            plain(told.format(name=file.file_name, n=file.figures, date=format_date(file.loaded_at)))
        label = _("Haal weg: {name}").format(name=file.file_name)
        with action:
            button(
                _("Haal weg"), remove_figures, shell, shell.plan.id, file.id, key=f"away-{file.id}", at="figures",
                tip=md(label), wide=False,
            )  # fmt: skip
    uploaded = st.file_uploader(_("Bestand met cijfers"), type=["csv", "json"], key="figures_file")
    if uploaded is None:
        return
    st.text_input(_("Van wie zijn deze cijfers? (mag leeg blijven)"), max_chars=120, key="figures_source")
    marks = {"": _("weet ik niet"), ",": _("komma (1,5)"), ".": _("punt (1.5)")}
    st.radio(
        _("Welk teken staat voor de cijfers achter de komma?"), list(marks), format_func=marks.__getitem__,
        horizontal=True, key="figures_mark",
    )  # fmt: skip
    data, municipality = uploaded.getvalue(), shell.plan.municipality_code
    try:
        loaded = _loaded(data, municipality)
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
        button(
            label, keep_figures, shell, shell.plan.id, file_name=uploaded.name, checksum=loaded.checksum,
            # Whose they are may have been typed just before the press.
            rows=AtPress(lambda: [as_row(each) for each in figures_of(_loaded(data, municipality).figures, list(codes))]),
            key="keep-figures", look="primary", wide=False,
        )  # fmt: skip


def _loaded(data: bytes, municipality_code: str) -> Loaded:
    """The figures of an uploaded file, read with what the fields beside it say now.

    Raises:
        WorkshopError: it cannot be read.
    """
    source: str = value_of("figures_source", "")
    return read_figures(
        data,
        decimal=value_of("figures_mark") or None,
        municipality_code=municipality_code,
        source=clean_text(source, limit=120, multiline=False) if source.strip() else "",
    )
