"""Environments and koppelvlakken: notes placed in one or more of four environments; where two meet is a koppelvlak.

Source: CCV, key factor 4 (domain paper 1.3 and 1.4). The tone (goed / niet goed) and the moment are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.questions import NoteForm
from workshop.domain.evening.stories import OverlapPicture, Story, Table
from workshop.domain.thread.items import (
    KOPPELVLAKKEN,
    Environment,
    ItemKind,
    Moment,
    Tone,
    count_environments,
)
from workshop.domain.words import environment_name, koppelvlak_name
from workshop.locale import _, n_
from workshop.werkvormen.contract import Ballot, StepContext, Werkvorm


class Environments(Werkvorm):
    key = "environments"
    sprints = (2, 1)
    takes = frozenset({ItemKind.CONDITION, ItemKind.INITIATIVE, ItemKind.CONCLUSION})
    makes = frozenset({ItemKind.FINDING})
    asks_ballot = False
    default_minutes = 30

    def title(self) -> str:
        return _("Wat speelt er in de wijk?")

    def prompt(self) -> str:
        return _("Wat gaat goed en wat gaat niet goed? Schrijf één ding per kaartje.")

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "finding",
                ItemKind.FINDING,
                _("Wat gaat goed of niet goed in de wijk?"),
                _("Bijvoorbeeld: het is donker bij de speeltuin."),
                asks_environments=True,
                asks_tone=True,
                asks_moment=True,
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        counted = count_environments(context.notes)
        return {
            "n": counted.total,
            "environments": {e.value: n for e, n in counted.per_environment.items()},
            "koppelvlakken": {"+".join(pair): n for pair, n in counted.per_koppelvlak.items()},
            "tones": {t.value: sum(i.tone is t for i in context.notes) for t in Tone},
            "moments": {m.value: sum(i.moment is m for i in context.notes) for m in Moment},
        }

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        per_environment = {e: outcome["environments"][e.value] for e in Environment}
        per_koppelvlak = {pair: outcome["koppelvlakken"]["+".join(pair)] for pair in KOPPELVLAKKEN}
        empty = [pair for pair, n in per_koppelvlak.items() if n == 0]
        return Story(
            lead=n_("{n} kaartje in beeld.", "{n} kaartjes in beeld.", outcome["n"]).format(n=outcome["n"])
            if outcome["n"]
            else _("Er zijn nog geen kaartjes."),
            sentences=(
                _("{good} keer gaat goed, {bad} keer gaat niet goed.").format(**outcome["tones"]),
                *(_("Nog geen kaartjes bij {pair}.").format(pair=koppelvlak_name(pair)) for pair in empty),
            ),
            picture=OverlapPicture(per_environment, per_koppelvlak),
            tables=(
                Table(
                    _("Kaartjes per omgeving"),
                    (_("Omgeving"), _("Kaartjes")),
                    tuple((environment_name(e), n) for e, n in per_environment.items()),
                ),
                Table(
                    _("Kaartjes waar twee omgevingen samenkomen"),
                    (_("Koppelvlak"), _("Kaartjes")),
                    tuple((koppelvlak_name(pair), n) for pair, n in per_koppelvlak.items()),
                ),
            ),
            scores={item.id: ", ".join(_place(item.environments)) for item in context.notes},
        )


def _place(environments: frozenset[Environment]) -> list[str]:
    return [environment_name(e) for e in Environment if e in environments]


WERKVORM = Environments()
