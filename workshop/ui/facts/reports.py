"""A written report as soft information: read it, choose passages, and take them over with the report as their source."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from workshop.actions.sprints.material import Snapshot
from workshop.actions.sprints.taking_over import take_passage
from workshop.domain.errors import WorkshopError
from workshop.domain.sprints.words import choice_words
from workshop.domain.thread.basis import ReportBasis, basis_line, read_basis
from workshop.domain.thread.items import Environment
from workshop.locale import _, n_
from workshop.sources.reports import Passage, Report, read_report
from workshop.ui.frame.doing import AtPress, button, typed
from workshop.ui.frame.fields import md, plain, show_error
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.state import value_of


def show_reports(shell: Shell, snapshot: Snapshot) -> None:
    """What was taken over of reports, and reading one more."""
    st.subheader(_("Rapporten als zachte informatie"), anchor=False)
    st.text(
        _(
            "Neem uit een gebiedsscan of verslag over wat bewoners en professionals zeggen. "
            "Alleen de passages die je kiest worden bewaard, met het rapport als bron."
        )
    )
    taken = _taken(snapshot)
    if taken:
        told = "\n".join(
            f"- {md(line)}: " + n_("{n} passage", "{n} passages", n).format(n=n) for line, n in taken.items()
        )
        st.markdown(told)
    uploaded = st.file_uploader(_("Rapport als tekst (.txt of .md)"), type=["txt", "md"], key="report_file")
    pasted = "" if uploaded else st.text_area(_("Of plak de tekst"), height=140, key="report_text")
    if uploaded is None and not pasted.strip():
        return
    try:
        report = read_report(uploaded.getvalue() if uploaded else pasted.encode("utf-8", "replace"))
    except WorkshopError as refused:
        show_error(refused)
        return
    _choose(shell, snapshot, report)


def _taken(snapshot: Snapshot) -> dict[str, int]:
    """Every report that something was taken of, in words, with how many passages."""
    found: dict[str, int] = {}
    for item in snapshot.items:
        basis = read_basis(item.basis)
        if isinstance(basis, ReportBasis):
            found[basis_line(basis)] = found.get(basis_line(basis), 0) + 1
    return found


def _choose(shell: Shell, snapshot: Snapshot, report: Report) -> None:
    mark = report.checksum[:12]
    st.text_input(_("Titel van het rapport"), report.title[:120], max_chars=120, key=f"report-title-{mark}")
    left, right = st.columns(2)
    left.text_input(_("Van wie is het rapport?"), max_chars=120, key=f"report-by-{mark}")
    right.text_input(_("Van wanneer? (jaar of datum)"), max_chars=40, key=f"report-dated-{mark}")
    left.text_input(_("Wie is hier aan het woord? (een groep)"), max_chars=120, key=f"report-group-{mark}")
    right.multiselect(
        _("Omgevingen"), list(Environment), format_func=choice_words, key=f"report-where-{mark}", placeholder=_("Kies")
    )

    def source() -> ReportBasis:
        title, by, dated = (value_of(f"report-{name}-{mark}") for name in ("title", "by", "dated"))
        return ReportBasis(title, by, dated, report.checksum)

    st.text(
        n_("{n} passage gelezen.", "{n} passages gelezen.", len(report.passages)).format(n=len(report.passages))
        + (
            " "
            + n_(
                "{n} regel van een tabel laten we weg: cijfers horen bij Cijfers, met jaar en bron.",
                "{n} regels van tabellen laten we weg: cijfers horen bij Cijfers, met jaar en bron.",
                report.left_out,
            ).format(n=report.left_out)
            if report.left_out
            else ""
        )
    )
    there = {item.text for item in snapshot.items if item.basis}
    for heading, passages in _by_heading(report).items():
        with st.expander(md(heading or _("Zonder kop")) + f" ({len(passages)})"):
            for number, passage in passages:
                plain(passage.text)
                if passage.text in there:
                    st.caption(_("Overgenomen"))
                else:
                    button(
                        _("Neem over"), take_passage, shell, shell.plan.id, AtPress(source), passage=passage.text,
                        group=typed(f"report-group-{mark}"), environments=typed(f"report-where-{mark}", tuple),
                        key=f"passage-{mark}-{number}", icon=":material/input:", wide=False,
                        said=_("Overgenomen in sprint 2: bij de zachte informatie en als bevinding."),
                    )  # fmt: skip


def _by_heading(report: Report) -> Mapping[str, list[tuple[int, Passage]]]:
    found: dict[str, list[tuple[int, Passage]]] = {}
    for number, passage in enumerate(report.passages):
        found.setdefault(passage.heading, []).append((number, passage))
    return found
