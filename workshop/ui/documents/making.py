"""A file that takes a while: the button that asks for it, how far it is, and then its link, without a press in between."""

from __future__ import annotations

import html

import streamlit as st

from workshop.actions.documents.asking import ask_for_file, see_latest_job
from workshop.domain.jobs import Job, JobKind, JobState, how_far
from workshop.exports.shelf import Download
from workshop.locale import _
from workshop.moments import local
from workshop.ui.frame.doing import button
from workshop.ui.frame.fields import md
from workshop.ui.frame.shell import Shell
from workshop.ui.frame.visitor import look_who_is_here

LOOK_SECONDS = 2
"""How often a page that waits looks how far its file is: one row, and only this part is drawn again."""

LINK_STYLE = (
    "<style>.kv-download{display:inline-block;min-height:44px;line-height:44px;padding:0 1rem;border-radius:.5rem;"
    "background:#154273;color:#FFFFFF!important;font-weight:700;text-decoration:none}"
    ".kv-download:hover,.kv-download:focus-visible{text-decoration:underline}</style>"
)


def show_link(address: str, title: str) -> None:
    """The link to a file that is there."""
    words = html.escape(_("Haal op: {title}").format(title=title))
    st.html(LINK_STYLE + f'<a class="kv-download" data-own href="{html.escape(address)}" download>' + words + "</a>")


def show_making(shell: Shell, wijkplan_id: str, download: Download) -> None:
    """What stands for a file that is made as a job. It follows the row, so a page opened again shows the same."""
    kind = JobKind(download.kind)
    begun = see_latest_job(shell.store, shell.actor, wijkplan_id, kind)
    is_busy = begun is not None and begun.is_busy

    @st.fragment(run_every=LOOK_SECONDS if is_busy else None)
    def follow() -> None:
        # A fragment runs without the page around it, so the visitor is looked at again.
        job = see_latest_job(shell.store, look_who_is_here(), wijkplan_id, kind)
        if is_busy != (job is not None and job.is_busy):
            st.rerun()  # the page begins or stops looking
        _tell(job, wijkplan_id, download)
        button(
            (_("Maak: {title}") if job is None else _("Maak opnieuw: {title}")).format(title=download.title),
            ask_for_file,
            shell,
            wijkplan_id,
            kind,
            key=f"make-{kind}",
            wide=False,
            disabled=is_busy,
        )

    follow()


def _tell(job: Job | None, wijkplan_id: str, download: Download) -> None:
    if job is None:
        st.caption(_("Dit bestand maken duurt even. Je kunt intussen iets anders doen."))
    elif job.state is JobState.DONE:
        show_link(f"/download/{wijkplan_id}/taak/{job.id}/bestand", download.title)
        made = _("Gevraagd: {moment}. Je kunt het een uur lang ophalen.").format(moment=local(job.asked_at))
        st.caption(md(made))
    elif job.state is JobState.FAILED:
        st.error(md(how_far(job)))
    else:
        st.info(md(how_far(job)), icon=":material/hourglass_top:")
