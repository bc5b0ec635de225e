"""On the closing page a participant reads what became of the own notes, also sprints later; nobody else does."""

from __future__ import annotations

import re
from html import unescape

from tests.room.hall import Hall
from workshop.actions.evening import moderation, notes, running, settling
from workshop.actions.thread import herkomst
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written


def seen(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_what_became_of_a_note_stands_with_the_note_of_its_writer_only(sqlite_hall: Hall) -> None:
    evening = sqlite_hall.evening
    step = evening.step("environments")
    running.open_step(evening.store, evening.facilitator, step)
    writer, other = sqlite_hall.inside("Bewoners"), sqlite_hall.inside("Bewoners")
    made = notes.write_note(
        evening.store,
        notes.Note(
            writer.token,
            step,
            "1",
            Written("Donker bij het veld", form_key="finding", environments=["physical"], tone="bad", moment="now"),
        ),
    ).item.id
    moderation.release(evening.store, evening.facilitator, [made])
    address = f"/zaal/{evening.session_id}/afsluiting"
    assert "Wat ervan werd" not in seen(writer.http.get(address).text)

    evening.run(step)
    settling.settle_step(evening.store, evening.facilitator, step, goes_on=[made])
    herkomst.add_from_desk(
        evening.store,
        evening.facilitator,
        evening.wijkplan_id,
        kind=ItemKind.WISH,
        written=Written("Licht"),
        sprint=3,
        origin=[made],
    )
    told = "Wat ervan werd: kaartje → wens; nog niet besloten."
    assert told in seen(writer.http.get(address).text)
    assert "Wat ervan werd" not in seen(other.http.get(address).text)
