"""The recorded results: which versions there are, whether they still hold, and their digest."""

from __future__ import annotations

from collections.abc import Iterator

from workshop.actions.sprints.material import Snapshot
from workshop.documents.audience import Chapter
from workshop.documents.blocks import Block, Heading, Table, Text, Weight, chapter
from workshop.domain.words import local_day
from workshop.locale import _, format_date


@chapter(Chapter.RESULTS)
def tell_results(snapshot: Snapshot) -> Iterator[Block]:
    yield Heading(_("Vastgelegde resultaten"), 1)
    if not snapshot.results:
        yield Text(_("Er is nog geen resultaat vastgelegd."))
        return
    yield Table(
        "",
        (_("Sprint"), _("Versie"), _("Vastgelegd op"), _("Door"), _("Geldt nog?"), _("Vingerafdruk")),
        tuple(
            (
                result.sprint,
                result.version,
                format_date(local_day(result.fixed_at)),
                result.fixed_by,
                _("mogelijk verouderd") if result.is_stale else _("ja"),
                result.digest[:16],
            )
            for result in snapshot.results
        ),
    )
    told = _("De vingerafdruk verandert als er één letter verandert. De hele staat in het Excel-bestand.")
    yield Text(told, Weight.QUIET)
