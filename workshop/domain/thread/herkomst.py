"""Herkomst: the chain backwards and forwards through ``origin``, as layers and as one line.

An item may come from a note, from an earlier item, or from no voice at all: then its authority is named (a legal task,
a priority of the driehoek, an amendment of the council). What was parked or erased stays a link in the chain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workshop.domain.thread.basis import Basis, basis_line
from workshop.domain.thread.details import Authority as Authority
from workshop.domain.thread.items import Environment, ItemKind, ItemState
from workshop.domain.words import kind_word
from workshop.locale import _, n_

#: So many figures and reports are named at the end of a line; the picture and the list show all of them.
MOST_SOURCES = 3


def authority_words(authority: Authority) -> str:
    return {
        Authority.LEGAL_TASK: _("wettelijke taak"),
        Authority.DRIEHOEK: _("prioriteit van de driehoek"),
        Authority.COUNCIL: _("amendement van de raad"),
    }[authority]


@dataclass(frozen=True)
class Node:
    """One item in the chain. ``where`` is the step's title; ``text`` is empty for what was erased."""

    id: str
    kind: ItemKind
    text: str
    state: ItemState
    origin: tuple[str, ...]
    source: str
    sprint: int | None = None
    held_on: date | None = None
    where: str = ""
    score: str = ""
    goes_on: bool | None = None
    reason: str = ""
    authority: Authority | None = None
    authority_note: str = ""
    rests_on: Basis | None = None  # the figure or report it rests on
    environments: frozenset[Environment] = frozenset()

    @property
    def is_voice(self) -> bool:
        """Whether people in the room (or on paper) wrote it themselves."""
        return self.source in ("room", "paper")

    @property
    def basis(self) -> str:
        """The figure or report it rests on, in words of the current language; empty for none."""
        return basis_line(self.rests_on) if self.rests_on else ""


Graph = Mapping[str, Node]


def forward_links(graph: Graph) -> dict[str, tuple[str, ...]]:
    """For every item the items that came from it."""
    found: dict[str, list[str]] = {}
    for node in graph.values():
        for origin in node.origin:
            found.setdefault(origin, []).append(node.id)
    return {item_id: tuple(sorted(ids)) for item_id, ids in found.items()}


def layers(start: str, step: Callable[[str], Sequence[str]]) -> list[tuple[str, ...]]:
    """The ids reached from ``start`` per number of steps, each once at its nearest. The first layer is ``start``."""
    seen = {start}
    layer: tuple[str, ...] = (start,)
    found: list[tuple[str, ...]] = []
    while layer:
        found.append(layer)
        following: list[str] = []
        for item_id in layer:
            for other in step(item_id):
                if other not in seen:
                    seen.add(other)
                    following.append(other)
        layer = tuple(following)
    return found


def backwards(graph: Graph, item_id: str) -> list[tuple[Node, ...]]:
    """What this came from, nearest first; the first layer is the item itself."""
    found = layers(item_id, lambda i: [o for o in graph[i].origin if o in graph])
    return [tuple(graph[i] for i in layer) for layer in found]


def forwards(graph: Graph, item_id: str) -> list[tuple[Node, ...]]:
    """What became of this, nearest first; the first layer is the item itself."""
    onward = forward_links(graph)
    return [tuple(graph[i] for i in layer) for layer in layers(item_id, lambda i: onward.get(i, ()))]


def would_circle(graph: Graph, item_id: str, origins: Iterable[str]) -> bool:
    """Whether pointing ``item_id`` at these origins would make something its own ancestor."""
    onward = forward_links(graph)
    below = {i for layer in layers(item_id, lambda i: onward.get(i, ())) for i in layer}
    return any(origin in below for origin in origins)


# -- in words ----------------------------------------------------------------------------------------------------------


def _card_word(n: int) -> str:
    return n_("kaartje", "{n} kaartjes", n).format(n=n)


def layer_words(nodes: Sequence[Node], *, is_last: bool) -> str:
    """A layer of the chain: "risico (18 stippen)", "2 ideeën", and at the end "3 kaartjes"."""
    cards = [node for node in nodes if is_last and node.is_voice and not node.origin]
    told = []
    for kind in dict.fromkeys(node.kind for node in nodes if node not in cards):
        same = [node for node in nodes if node.kind is kind and node not in cards]
        words = kind_word(kind, len(same))
        score = same[0].score if len(same) == 1 else ""
        # A note's place on its sheet may bear the name of its kind: "wens (Wens)" says nothing twice.
        told.append(f"{words} ({score})" if score and score.casefold() != words.casefold() else words)
    if cards:
        told.append(_card_word(len(cards)))
    return _(" en ").join(told)


def chain_line(graph: Graph, item_id: str, day: Callable[[date], str]) -> str:
    """The whole chain backwards in one line.

    "actie ← interventie ← idee ← wens ← risico (18 stippen) ← 3 kaartjes ← sprint 2, 13 oktober 2026". An end without a
    voice says so: "… ← wettelijke taak", "… ← aan het bureau toegevoegd, sprint 3".

    Args:
        day: writes a date in the current language.
    """
    found = backwards(graph, item_id)
    told = [layer_words(layer, is_last=n == len(found) - 1) for n, layer in enumerate(found)]
    chain = [node for layer in found for node in layer]
    bases = sorted({node.basis for node in chain if node.rests_on})
    return " ← ".join([*told, *_ends(graph, chain, bases, day)])


def _ends(graph: Graph, chain: Sequence[Node], bases: Sequence[str], day: Callable[[date], str]) -> list[str]:
    """Where the chain ends: every authority in it (also of what has voices behind it too), every meeting, every source."""
    roots = [node for node in chain if not any(o in graph for o in node.origin)]
    voices = [node for node in roots if node.authority is None and node.rests_on is None]
    authorities = [
        authority_words(node.authority) + (f": {node.authority_note}" if node.authority_note else "")
        for node in chain
        if node.authority is not None
    ]
    ends = list(authorities)
    meetings = sorted({(n.sprint or 0, n.held_on) for n in voices if n.held_on is not None}, key=lambda pair: pair[1])
    desks = sorted({n.sprint or 0 for n in voices if n.held_on is None})
    ends += [_place(sprint, day(held_on)) for sprint, held_on in meetings]
    ends += [_place(sprint, _("aan het bureau toegevoegd")) for sprint in desks]
    ends += bases[:MOST_SOURCES]
    rest = len(bases) - MOST_SOURCES
    if rest > 0:
        ends.append(n_("nog {n} bron", "nog {n} bronnen", rest).format(n=rest))
    # A source, or the words with an authority, may have an "en" of their own; then a semicolon keeps the ends apart.
    return [("; " if bases or authorities else _(" en ")).join(dict.fromkeys(ends))] if ends else []


def _place(sprint: int, rest: str) -> str:
    return _("sprint {n}, {rest}").format(n=sprint, rest=rest) if sprint else rest


def fate_line(graph: Graph, item_id: str) -> str:
    """What became of this: "kaartje → risico (18 stippen) → idee; gaat mee". For a parked end: the reason."""
    found = forwards(graph, item_id)
    start = _card_word(1) if found[0][0].is_voice and not found[0][0].origin else kind_word(found[0][0].kind)
    told = [start, *(layer_words(layer, is_last=False) for layer in found[1:])]
    last = found[-1][-1]
    if last.state is ItemState.WITHDRAWN:
        end = _("weggehaald")
    elif last.goes_on is None:
        end = _("nog niet besloten")
    elif last.goes_on:
        end = _("gaat mee")
    else:
        end = _("blijft hier, omdat: {reason}").format(reason=last.reason) if last.reason else _("blijft hier")
    return _("{chain}; {end}").format(chain=" → ".join(told), end=end)
