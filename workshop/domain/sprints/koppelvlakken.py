"""The koppelvlak matrix as a table: where a turn in one environment works through in another (domain paper 1.4)."""

from __future__ import annotations

from collections.abc import Sequence

from workshop.domain.evening.stories import Table
from workshop.domain.sprints.choices import Direction
from workshop.domain.sprints.records import Link
from workshop.domain.sprints.rules import link_matrix
from workshop.domain.sprints.words import choice_words
from workshop.domain.thread.items import Environment
from workshop.locale import _


def matrix_table(links: Sequence[Link]) -> Table:
    """4×4: from (rows) to (columns), in every cell how many koppelvlakken with which direction; the diagonal is "–"."""
    matrix = link_matrix(links)
    rows = tuple((choice_words(a), *("–" if a is b else _cell(matrix[a, b]) for b in Environment)) for a in Environment)
    header = (_("Van ↓ naar →"), *(choice_words(e) for e in Environment))
    return Table(_("Koppelvlakken: aantal en richting"), header, rows)


def _cell(links: Sequence[Link]) -> str:
    if not links:
        return _("nog leeg")
    plus = sum(link.direction is Direction.PLUS for link in links)
    signs = [f"{plus}× +" if plus else "", f"{len(links) - plus}× −" if len(links) > plus else ""]
    return ", ".join(sign for sign in signs if sign)
