"""A werkvorm on paper: one sheet for who leads the table, and cards to write on for groups without devices."""

from __future__ import annotations

import html
import re
from urllib.parse import urlencode

import streamlit as st

from workshop.actions.evening.session_plans import see_session
from workshop.domain.errors import NotFound
from workshop.domain.evening.method import Guide, mark_words
from workshop.locale import _
from workshop.sources.method import the_method
from workshop.ui.evening.script import minutes_text
from workshop.ui.frame.shell import PLAN, SESSION, Shell
from workshop.werkvormen import Werkvorm, werkvorm

#: Which werkvorm the address asks for.
WHICH = "werkvorm"
#: Which step of the session in the address the card is for, and whether it is shown as paper.
STEP = "stap"
CARD = "kaart"
MOST_CARDS = 60

#: On screen a sheet; on paper nothing but the sheets. Streamlit's own frame scrolls and would print one page only.
_STYLE = """<style>
.kv-paper{color:#1a1a1a;background:#fff;font-size:1rem;line-height:1.5;overflow-wrap:anywhere}
.kv-paper section{border:1px solid #6b7280;border-radius:.5rem;padding:1.25rem 1.5rem;margin:0 0 1rem}
.kv-paper h2{font-size:1.5rem;margin:0 0 .25rem;padding:0;color:inherit}
.kv-paper h3{font-size:1.05rem;margin:1rem 0 .25rem;padding:0;color:inherit}
.kv-paper p{margin:.25rem 0 .5rem;white-space:pre-line}
.kv-paper ol,.kv-paper ul{margin:.25rem 0;padding-left:1.5rem}
.kv-paper li{margin:.2rem 0}
.kv-paper .small{font-size:.85rem;color:#4a4a4a}
.kv-paper .line{white-space:normal;display:flex;flex-wrap:wrap;align-items:flex-end;gap:.4rem;min-height:2.6rem;
 margin:0}
.kv-paper .line i{flex:1 1 6rem;border-bottom:1.5px solid #1a1a1a;min-width:5rem;height:2.2rem}
.kv-paper .a6{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:1rem}
.kv-paper .a6 section{margin:0}
@page{size:A4;margin:0}
@media print{
 [data-testid="stSidebar"],[data-testid="stHeader"],[data-testid="stToolbar"],[data-testid="stSidebarCollapsedControl"],
 [data-testid="stMainBlockContainer"] [data-testid="stElementContainer"]:not(:has(.kv-paper)),
 [data-testid="stMainBlockContainer"] [data-testid="stLayoutWrapper"]:not(:has(.kv-paper)){display:none!important}
 html,body,#root,.stApp,[data-testid="stAppViewContainer"],[data-testid="stMain"],[data-testid="stMainBlockContainer"]{
  position:static!important;overflow:visible!important;height:auto!important;max-width:none!important;
  padding:0!important;margin:0!important;background:#fff!important;display:block!important}
 .kv-paper section{break-inside:avoid;border-radius:0;margin:0}
 .kv-paper section.lead{border:0;padding:12mm 14mm;break-after:page;font-size:11pt;line-height:1.4}
 .kv-paper .a6{grid-template-columns:105mm 105mm;gap:0;width:210mm}
 .kv-paper .a6 section{width:105mm;height:148mm;overflow:hidden;box-sizing:border-box;padding:6mm 7mm;border:.2mm dashed #888;
  font-size:10.5pt;line-height:1.25}
 .kv-paper .a6 section:nth-child(4n){break-after:page}
 .kv-paper .a6 h2{font-size:14pt}
 .kv-paper .a6 .line{min-height:9mm}.kv-paper .a6 .line i{height:7mm}
}
</style>"""

_PRINT = st.components.v2.component(
    "koppelvlak_print",
    html='<button type="button"></button>',
    css="""button{font:inherit;font-weight:600;min-height:44px;padding:.4rem 1.1rem;border-radius:.5rem;cursor:pointer;
 border:1px solid var(--st-primary-color);background:var(--st-primary-color);color:var(--st-background-color)}
button:focus-visible{outline:3px solid var(--st-text-color);outline-offset:2px}""",
    js="""export default function ({ data, parentElement }) {
  const press = parentElement.querySelector("button");
  press.textContent = data.label;
  press.onclick = () => window.print();
}""",
)


def ask_for_card() -> None:
    """The way to the paper."""
    st.subheader(_("Zonder telefoons"), anchor=False)
    st.markdown(
        _(
            "Print een blad voor wie de tafel leidt, met kaarten om op te schrijven. Na afloop typ je de kaarten over "
            "bij “Bediening”: stemmen bij “Op papier”, teksten bij “Kaartjes”."
        )
    )
    st.button(_("Maak de kaarten"), key="card_open", on_click=_to_card, args=(True,))


def _to_card(is_card: bool) -> None:
    if is_card:
        st.query_params[CARD] = "1"
    else:
        st.query_params.pop(CARD, None)


def is_card_asked() -> bool:
    return st.query_params.get(CARD) == "1"


def show_card(shell: Shell, key: str) -> None:
    """The sheets as they come out of the printer, and the button that prints them."""
    activity, guide = werkvorm(key), the_method(shell.language).guides[key]
    st.button(_("Terug naar de werkvorm"), on_click=_to_card, args=(False,), type="tertiary")
    number = st.number_input(_("Hoeveel kaarten om op te schrijven?"), 0, MOST_CARDS, 4, step=1, key="card_number")
    _PRINT(key="card_print", data={"label": _("Print")})
    title, instruction = _of_step(shell, key)
    st.html(paper(activity, guide, title=title, instruction=instruction, cards=int(number)))


def _of_step(shell: Shell, key: str) -> tuple[str | None, str]:
    """What the step in the address calls it and how it is done there; a step of elsewhere is no step."""
    session_id, step_id = st.query_params.get(SESSION, ""), st.query_params.get(STEP, "")
    if not session_id or not step_id:
        return None, ""
    try:
        plan = see_session(shell.store, shell.actor, session_id)
    except NotFound:
        return None, ""
    if plan.session.wijkplan_id != shell.plan.id:
        return None, ""
    for planned in plan.steps:
        if planned.step.id == step_id and planned.step.werkvorm == key:
            return planned.step.title, planned.step.instruction
    return None, ""


def card_address(wijkplan_id: str, session_id: str, step_id: str, key: str) -> str:
    """Where the paper for one step is."""
    parts = {PLAN: wijkplan_id, SESSION: session_id, STEP: step_id, WHICH: key, CARD: "1"}
    return f"/werkvormen?{urlencode(parts)}"


def paper(activity: Werkvorm, guide: Guide, *, title: str | None = None, instruction: str = "", cards: int = 4) -> str:
    """The sheets as HTML: everything people wrote is escaped, nothing in it runs."""
    name = title or activity.title()
    listed = [
        (_("Dit heb je nodig"), guide.materials),
        (_("Bereid dit voor"), guide.preparation),
        (_("Rollen"), guide.roles),
    ]
    parts = "".join(
        f"<h3>{_text(head)}</h3><ul>{''.join(f'<li>{_text(line)}</li>' for line in lines)}</ul>"
        for head, lines in listed
        if lines
    )
    own = f"<h3>{_text(_('Zo doen wij het'))}</h3><p>{_text(instruction)}</p>" if instruction else ""
    steps = "".join(
        f"<li>{_text(step.text)} <span class='small'>({_text(minutes_text(step.minutes))})</span></li>"
        for step in guide.steps
    )
    takes = _("Samen {minutes}.").format(minutes=minutes_text(guide.minutes))
    marks = _("Naam: {name}. Werkwijze: {way}.").format(
        name=mark_words(guide.name_mark), way=mark_words(guide.way_mark)
    )
    lead = (
        f"<section class='lead'><h2>{_text(name)}</h2><p>{_text(guide.purpose)}</p>"
        f"<p class='small'>{_text(takes)} {_text(marks)}</p>"
        f"{own}<h3>{_text(_('Stap voor stap'))}</h3><ol>{steps}</ol>{parts}</section>"
    )
    group, no_names = _("Groep (mag leeg blijven): ______"), _("Schrijf geen namen van mensen op.")
    written = (
        f"<section><h2>{_text(name)}</h2><p><b>{_text(activity.prompt())}</b></p>{_lines(guide.card)}"
        f"{_lines(group)}"
        f"<p class='small'>{_text(no_names)}</p></section>"
    )
    return f"{_STYLE}<div class='kv-paper' data-own>{lead}<div class='a6'>{written * cards}</div></div>"


def _text(text: str) -> str:
    return html.escape(text, quote=True)


def _lines(card: str) -> str:
    """The lines of a card with room to write where the content has underscores."""
    lines = []
    for line in card.strip().splitlines():
        pieces = [_text(piece.strip()) for piece in re.split(r"_{3,}", line)]
        lines.append("<p class='line'>" + "<i></i>".join(f"<span>{p}</span>" if p else "" for p in pieces) + "</p>")
    return "".join(lines)
