"""A note that holds everything a note can hold, with a word of its own in each place: for what must be gone or kept out.

A note of one line cannot leak a second line. Wherever a text goes away or stays out of something, a test writes a full
note, and asks of every word where it still stands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.evening import Evening
from workshop.actions.evening import moderation, notes, running
from workshop.domain.texts import BLACK
from workshop.domain.thread.details import Details
from workshop.domain.thread.written import Written
from workshop.store import Store
from workshop.store.schema import metadata

#: What was written, in the language of the writer.
TEXT, SECOND, ORGANISATION, REUSE = "tekstmerk", "tweedemerk", "dienstmerk", "hergebruikmerk"
#: What the facilitator put beside it.
TRANSLATION = "vertaalmerk"
#: What the facilitator made unreadable: in the text, in the second line, in a line that was filled in.
BLACKENED = ("zwarttekst", "zwarttweede", "zwartdienst")
#: What anybody may still read of it.
READABLE = (TEXT, SECOND, ORGANISATION, REUSE, TRANSLATION)
WORDS = (*READABLE, *BLACKENED)

FORM: Mapping[str, Any] = {
    "form_key": "initiative",
    "text": f"sokak çok karanlık {TEXT} zwarttekst",
    "second": f"kimse gelmedi {SECOND} zwarttweede",
    "extras": {
        "extra.organisation": [f"{ORGANISATION} zwartdienst"],
        "extra.year": ["2019"],
        "extra.domain": ["both"],
        "extra.feeling": ["disappointed"],
        "extra.reuse": [f"çay evi {REUSE}"],
    },
}


@dataclass(frozen=True)
class Told:
    """A step in which one person wrote full notes among five of the same group; ``ids`` in the order of writing."""

    evening: Evening
    step: str
    token: str
    ids: tuple[str, ...]


def open_step(evening: Evening) -> tuple[str, str]:
    """A step that asks for full notes, open to five people of one group: (step, cookie of one of them)."""
    step = evening.step("earlier_policy")
    evening.open_room()
    token, *_others = evening.people(5)
    running.open_step(evening.store, evening.facilitator, step)
    return step, token


def tell(evening: Evening, n: int = 1) -> Told:
    """Write ``n`` full notes; release, blacken and translate each, so that three earlier forms of it are kept."""
    step, token = open_step(evening)
    ids = tuple(
        notes.write_note(evening.store, notes.Note(token, step, f"n{number}", Written(**FORM))).item.id
        for number in range(n)
    )
    for item_id in ids:
        moderation.release(evening.store, evening.facilitator, [item_id])
        moderation.blacken(evening.store, evening.facilitator, item_id, BLACKENED)
        moderation.translate(evening.store, evening.facilitator, item_id, f"de straat is donker {TRANSLATION}")
    return Told(evening, step, token, ids)


def texts_in(value: Any) -> Iterator[str]:
    """Every text inside a value as a row holds it, also inside JSON and bytes."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (str(key), *texts_in(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, bytes | memoryview):
        yield bytes(value).decode("utf-8", "replace")
    elif value is not None:
        yield str(value)


def where_words_stand(store: Store, words: Collection[str] = WORDS) -> dict[str, set[str]]:
    """Which of the words stand where in the whole database: ``{"item.details": {"tweedemerk"}}``. Empty: none."""
    found: dict[str, set[str]] = {}
    with store.read() as conn:
        for table in metadata.sorted_tables:
            for row in conn.execute(table.select()).mappings():
                for column, held in row.items():
                    standing = {word for text in texts_in(held) for word in words if word in text}
                    if standing:
                        found.setdefault(f"{table.name}.{column}", set()).update(standing)
    return found


#: Where the words of a full note stand while it is there: as it is now, and as it was.
WHILE_THERE = {
    "item.text": {TEXT},
    "item.details": {SECOND, ORGANISATION, REUSE, TRANSLATION},
    "item_version.before": {TEXT, SECOND, ORGANISATION, REUSE, *BLACKENED},
}

#: The details of a full note as everybody may read it.
DETAILS = Details(
    form="initiative",
    lesson=f"kimse gelmedi {SECOND} {BLACK}",
    fields={
        "organisation": f"{ORGANISATION} {BLACK}",
        "year": 2019,
        "domain": "both",
        "feeling": "disappointed",
        "reuse": f"çay evi {REUSE}",
    },
    translation=f"de straat is donker {TRANSLATION}",
)
