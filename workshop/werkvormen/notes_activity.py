"""What all activities share that gather notes and take no vote: parts with a form each, counted and shown per part."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from workshop.domain.evening.ballots import Ballot
from workshop.domain.evening.questions import NoteForm
from workshop.domain.evening.stories import Bar, BarsPicture, Story, Table
from workshop.domain.thread.items import Item
from workshop.locale import _, n_
from workshop.werkvormen.contract import StepContext, Werkvorm

OTHER = "other"


@dataclass(frozen=True)
class NotePart:
    """One place on the sheet: the short name that stands above it and the form that fills it."""

    label: str
    form: NoteForm


class NotesActivity(Werkvorm):
    """An activity whose yield is notes. A subclass says its parts; counting and telling follow.

    A note belongs to the part named by the form of its details; without that, to the only part that makes its kind.
    A note that fits no part (a wish put on a map of pains) is counted apart and never lost.
    """

    asks_ballot = False

    @abstractmethod
    def parts(self) -> tuple[NotePart, ...]:
        """The parts of the sheet, in the order in which they are read."""

    def note_forms(self, context: StepContext) -> tuple[NoteForm, ...]:
        return tuple(part.form for part in self.parts())

    def count(self, context: StepContext, ballots: Sequence[Ballot]) -> dict[str, Any]:
        sorted_notes = self._sorted(context)
        return {"n": len(context.notes), "parts": {key: len(notes) for key, notes in sorted_notes.items()}}

    def tell(self, context: StepContext, outcome: Mapping[str, Any]) -> Story:
        labels = {**{part.form.key: part.label for part in self.parts()}, OTHER: _("Nog niet ingedeeld")}
        counts = {key: n for key, n in outcome["parts"].items() if n or key != OTHER}
        notes = self._sorted(context)
        empty = [labels[key] for key, n in counts.items() if not n]
        sheets = tuple(_sheet(labels[key], notes[key]) for key in counts if notes[key])
        several = len(counts) > 1
        return Story(
            lead=n_("{n} kaartje in beeld.", "{n} kaartjes in beeld.", outcome["n"]).format(n=outcome["n"])
            if outcome["n"]
            else _("Er zijn nog geen kaartjes."),
            sentences=(_("Nog leeg: {list}.").format(list="; ".join(empty)),)
            if several and empty and outcome["n"]
            else (),
            picture=BarsPicture(tuple(Bar(labels[key], n) for key, n in counts.items()), _("kaartjes"))
            if several
            else None,
            tables=(
                Table(
                    _("Kaartjes per vraag"),
                    (_("Vraag"), _("Kaartjes")),
                    tuple((labels[key], n) for key, n in counts.items()),
                ),
                *sheets,
            ),
            scores={note.id: labels[key] for key, listed in notes.items() for note in listed} if several else {},
        )

    def _sorted(self, context: StepContext) -> dict[str, list[Item]]:
        """Notes per part; within a part by the alphabet, so that the order in which people wrote is not shown."""
        parts = self.parts()
        keys = {part.form.key for part in parts}
        sheet: dict[str, list[Item]] = {key: [] for key in (*(part.form.key for part in parts), OTHER)}
        for note in context.notes:
            named = note.details.form
            of_kind = [part.form.key for part in parts if part.form.kind == note.kind]
            key = named if named in keys else of_kind[0] if len(of_kind) == 1 else OTHER
            sheet[key].append(note)
        for listed in sheet.values():
            listed.sort(key=lambda note: (note.text.casefold(), note.id))
        return sheet


def _sheet(label: str, notes: Sequence[Item]) -> Table:
    lessons = [note.details.lesson for note in notes]
    if any(lessons):
        rows = tuple((note.text, lesson) for note, lesson in zip(notes, lessons, strict=True))
        return Table(label, (_("Kaartje"), _("Erbij geschreven")), rows)
    return Table(label, (_("Kaartje"),), tuple((note.text,) for note in notes))
