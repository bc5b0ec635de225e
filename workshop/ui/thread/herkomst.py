"""Where an item came from and what became of it: one line, a flow from left to right, and the same as a nested list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from textwrap import shorten

import streamlit as st

from workshop.actions.thread.herkomst import Herkomst, point_back, see_herkomst
from workshop.domain.roles import Role
from workshop.domain.thread.herkomst import Authority, Graph, Node, authority_words, forward_links
from workshop.domain.thread.items import ItemState
from workshop.domain.words import kind_word
from workshop.locale import _, format_date, n_
from workshop.ui.drawing.chain import draw_chain
from workshop.ui.drawing.marks import Canvas
from workshop.ui.frame.doing import form_button, typed
from workshop.ui.frame.fields import md, plain, show_empty
from workshop.ui.frame.shell import Shell

ITEM = "item"
#: Characters of a text in a list to choose from.
_SHORT = 70
#: Items offered to begin with.
_MOST_OFFERED = 8
#: Lines of the list before the rest is told as a number.
_MOST_LINES = 200


def show_herkomst(shell: Shell, graph: Graph) -> None:
    """Choose an item, or follow the one in the address."""
    shown = {i: node for i, node in graph.items() if node.state is ItemState.RELEASED}
    if not shown:
        show_empty(
            _("Er is nog niets om te volgen."),
            _("Zodra er kaartjes of onderwerpen zijn, zie je hier waar ze vandaan komen."),
        )
        return
    item_id = _chosen(shown)
    if item_id is None:
        st.text(_("Kies een onderwerp. Dan zie je waar het vandaan komt en wat ermee gebeurde."))
        _offer_the_furthest(shown)
        return
    found = see_herkomst(shell.store, shell.actor, shell.plan.id, item_id)
    show_chain(found, graph)
    if shell.has(Role.FACILITATOR):
        _point_back(shell, graph, found.node)


def show_chain(found: Herkomst, graph: Graph, *, text: str = "") -> None:
    """One item backwards and forwards: two lines, the flow where there is room, and both directions as a list.

    ``text`` stands for the item's own where that is not for everybody.
    """
    _show_item(found, text)
    _show_flow(found)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Waar komt het vandaan?"), anchor=False)
        show_tree(found.node, lambda node: [graph[o] for o in node.origin if o in graph], empty=_end_words(found.node))
    with right:
        st.subheader(_("Wat werd ervan?"), anchor=False)
        onward = forward_links(graph)
        show_tree(
            found.node, lambda node: [graph[i] for i in onward.get(node.id, ())],
            empty=_("Hier kwam nog niets uit voort."),
        )  # fmt: skip


def _chosen(shown: Graph) -> str | None:
    asked = st.query_params.get(ITEM, "")
    options = sorted(shown, key=lambda i: (-(shown[i].sprint or 0), shown[i].kind, shown[i].text))
    chosen = st.selectbox(
        _("Onderwerp"), options, options.index(asked) if asked in shown else None,
        format_func=lambda i: f"{kind_word(shown[i].kind)}: {shown[i].text[:_SHORT]}",
        placeholder=_("Kies of typ een paar woorden"),
    )  # fmt: skip
    if chosen is not None and chosen != asked:
        st.query_params[ITEM] = chosen
    return chosen


def _offer_the_furthest(shown: Graph) -> None:
    """What came furthest so far: the actions of a finished plan, earlier the wishes or the risks that go on."""
    furthest = max((node.sprint or 0 for node in shown.values() if node.goes_on), default=0)
    begin = [node for node in shown.values() if node.goes_on and node.sprint == furthest]
    if not begin:
        return
    st.subheader(_("Begin bij wat er nu ligt"), anchor=False)
    for node in sorted(begin, key=lambda node: (node.kind, node.text))[:_MOST_OFFERED]:
        # One line: a button sets longer words in the middle.
        label = f"{md(kind_word(node.kind).capitalize())}: {md(shorten(node.text, _SHORT, placeholder=' …'))}"
        if st.button(label, type="tertiary", icon=":material/account_tree:", key=f"begin_{node.id}"):
            st.query_params[ITEM] = node.id
            st.rerun()


def _show_item(found: Herkomst, text: str) -> None:
    with st.container(border=True):
        plain(found.node.text or text or _node_text(found.node))
        st.markdown("**" + _("Komt uit") + f"**: {md(found.line)}")
        st.markdown("**" + _("Werd") + f"**: {md(found.fate)}")


def _show_flow(found: Herkomst) -> None:
    if not found.before and not found.after:
        return
    # On a phone the boxes would be too small to read: there the two lists below say the same.
    st.html("<style>@media (max-width:640px){.st-key-chain{display:none}}</style>")
    with st.container(key="chain"):
        st.plotly_chart(
            draw_chain(found.node, found.before, found.after, Canvas(wall=False, dark=st.context.theme.type == "dark")),
            theme=None,
            width="stretch",
            config={"staticPlot": True, "displayModeBar": False, "responsive": True},
            alt=_(
                "Stroom van links naar rechts. {before} Daarna: {after}. De lijsten hieronder zeggen hetzelfde."
            ).format(before=found.line, after=found.fate),
            key="chain-picture",
        )
        st.caption(_("Dikke rand: dit onderwerp. Grijs vlak: ingebracht in de zaal. Stippellijn: blijft hier."))


def show_tree(start: Node, step: Callable[[Node], Sequence[Node]], *, empty: str) -> None:
    """The chain as a nested list: every node once, deeper is further away."""
    lines: list[str] = []
    seen = {start.id}

    def walk(node: Node, depth: int) -> None:
        for other in step(node):
            if other.id in seen:
                continue
            seen.add(other.id)
            lines.append(f"{'    ' * depth}- {node_line(other)}")
            walk(other, depth + 1)

    walk(start, 0)
    if not lines:
        st.text(empty)
        return
    st.markdown("\n".join(lines[:_MOST_LINES]))
    if len(lines) > _MOST_LINES:
        rest = len(lines) - _MOST_LINES
        st.caption(n_("En nog {n} andere.", "En nog {n} andere.", rest).format(n=rest))


def _node_text(node: Node) -> str:
    if node.state is ItemState.WITHDRAWN:
        return _("(door de schrijver weggehaald)")
    return node.text or _("(staat niet op het scherm)")


def node_line(node: Node) -> str:
    """One node as Markdown: kind, text, score, sprint and date, decision or authority."""
    text = _node_text(node).replace("\n", " ")
    facts: list[str] = [
        node.score,
        _("sprint {n}").format(n=node.sprint) if node.sprint else "",
        format_date(node.held_on) if node.held_on else "",
        _("blijft hier, omdat: {reason}").format(reason=node.reason) if node.goes_on is False and node.reason else "",
        authority_words(node.authority) + (f": {node.authority_note}" if node.authority_note else "")
        if node.authority
        else "",
        node.basis,
    ]
    told = " · ".join(fact for fact in facts if fact)
    return f"**{md(kind_word(node.kind))}** {md(text)}" + (f" *({md(told)})*" if told else "")


def _end_words(node: Node) -> str:
    if node.basis:
        return _("Dit rust op een bron: {what}.").format(what=node.basis)
    if node.authority is not None:
        return _("Niemand in de wijk bracht dit in. Het rust op: {what}.").format(
            what=": ".join(part for part in (authority_words(node.authority), node.authority_note) if part)
        )
    return _("Hier begint het: dit is zelf ingebracht.") if node.is_voice else _("Er is nog geen herkomst gekozen.")


def _point_back(shell: Shell, graph: Graph, node: Node) -> None:
    known = {
        i: f"{kind_word(other.kind)}: {other.text[:_SHORT]}"
        for i, other in graph.items()
        if i != node.id and (other.text or i in node.origin)
    }
    key = f"point-{node.id}"
    with st.expander(_("Verander de herkomst"), icon=":material/edit:"), st.form(key, border=False):
        st.multiselect(
            _("Komt voort uit"), list(known), [o for o in node.origin if o in known], format_func=known.__getitem__,
            placeholder=_("Kies een of meer eerdere onderwerpen"), key=f"{key}-origin",
        )  # fmt: skip
        st.selectbox(
            _("Of: het komt niet uit de wijk"), list(Authority),
            list(Authority).index(node.authority) if node.authority else None, format_func=authority_words,
            placeholder=_("Kies alleen als niemand in de wijk dit inbracht"), key=f"{key}-authority",
        )  # fmt: skip
        st.text_input(
            _("Welke taak, prioriteit of welk amendement?"), node.authority_note, max_chars=200, key=f"{key}-note"
        )
        form_button(
            _("Bewaar de herkomst"), point_back, shell, node.id, origin=typed(f"{key}-origin", tuple),
            authority=typed(f"{key}-authority"), authority_note=typed(f"{key}-note"), key=f"{key}-keep",
            said=_("Herkomst bewaard."),
        )  # fmt: skip
