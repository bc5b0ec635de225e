"""Words: one or two words each, the same word counted together; the facilitator merges what means the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.questions import NoteForm
from workshop.domain.evening.scoring import in_order
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import Item, ItemKind
from workshop.locale import _, n_
from workshop.werkvormen.contract import StepContext, Werkvorm
from workshop.werkvormen.per_item import top_three


class WordCloud(Werkvorm):
    key = "word_cloud"
    sprints = (1, 2, 3, 7)
    makes = frozenset({ItemKind.FINDING})
    asks_ballot = False
    default_minutes = 10

    def title(self) -> str:
        return _("Woorden van de zaal")

    def prompt(self) -> str:
        return _("Welk woord past bij deze wijk?")

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return (
            NoteForm(
                "word", ItemKind.FINDING, _("Schrijf één woord, of twee."), _("Bijvoorbeeld: saamhorig."), limit=40
            ),
        )

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        words = _words(context.notes)
        return {"n": sum(words.values()), "words": words}

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        words = outcome["words"]
        order = in_order(words)
        shown = {word: word for word in words}
        return Story(
            lead=_("Het vaakst genoemd: {list}.").format(list=top_three(order, shown))
            if words
            else _("Er zijn nog geen woorden."),
            picture=BarsPicture(tuple(Bar(word, n) for _rank, word, n in order), _("keer genoemd")),
            tables=(
                Table(
                    _("Woorden en hoe vaak"),
                    (_("Plaats"), _("Woord"), _("Keer")),
                    tuple((rank, word, n) for rank, word, n in order),
                ),
            ),
            scores={
                note.id: n_("{n} keer genoemd", "{n} keer genoemd", words[_normal(note.text)]).format(
                    n=words[_normal(note.text)]
                )
                for note in context.notes
                if _normal(note.text) in words
            },
        )


def _words(notes: Sequence[Item]) -> dict[str, int]:
    """Word -> how often, by the alphabet. A merged note counts for the notes that were merged into it."""
    counted: dict[str, int] = {}
    for note in notes:
        counted[_normal(note.text)] = counted.get(_normal(note.text), 0) + max(1, len(note.origin))
    return dict(sorted(counted.items()))


def _normal(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .,;:!?\"'“”‘’")


WERKVORM = WordCloud()
