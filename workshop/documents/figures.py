"""The neighbourhood in figures, each with its year, its source and the area it holds for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Heading, Table, Text, Weight, chapter
from workshop.documents.words import level_name
from workshop.locale import _
from workshop.sources.figure import Figure, area_text, origin_text, shown, value_text


@chapter(Chapter.FIGURES)
def tell_figures(figures: Sequence[Figure]) -> Iterator[Block]:
    """Nothing when there are no figures."""
    if not figures:
        return
    yield Heading(_("De wijk in cijfers"), 1, begins_page=True)
    yield Text(_("Herken je dit? Cijfers zeggen niet alles: leg ze naast wat de bewoners vertelden."))
    yield Table(
        _("Cijfers met jaar, bron en het gebied waarvoor ze gelden"),
        (_("Cijfer"), _("Gebied"), _("Waarde"), _("Ter vergelijking"), _("Jaar en bron")),
        tuple(_row(figure) for figure in figures),
        (0.3, 0.2, 0.13, 0.18, 0.19),
    )
    # A note often holds for several areas: it stands once, under the table.
    for note in dict.fromkeys(f"{figure.label_nl}: {figure.note}" for figure in figures if figure.note):
        yield Text(note, Weight.QUIET)


def _row(figure: Figure) -> tuple[str, ...]:
    references = (f"{name}: {shown(value, figure.unit, figure.decimals)}" for _level, name, value in figure.reference)
    return (
        figure.label_nl,
        f"{area_text(figure)} ({level_name(figure.level)})",
        value_text(figure),
        "\n".join(references),
        origin_text(figure),
    )
