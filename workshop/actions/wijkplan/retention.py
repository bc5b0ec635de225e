"""Raw contributions are kept as long as the wijkplan says, and not longer (assurance T35)."""

from __future__ import annotations

from datetime import date

from workshop.store import Store, items, jobs
from workshop.store import retention as rows
from workshop.store.writing import writing


def last_day(held_on: date, months: int) -> date:
    """The last day on which raw contributions of a session are kept: the same day of the month, or the last there is."""
    year, month = divmod(held_on.year * 12 + held_on.month - 1 + months, 12)
    for day in range(held_on.day, 27, -1):
        try:
            return date(year, month + 1, day)
        except ValueError:
            continue
    return date(year, month + 1, min(held_on.day, 28))


def apply_retention(store: Store) -> int:
    """Erase what has been kept long enough; run at the start of the program and once a day.

    Gone: the tie between cookies and notes, texts of notes that were not taken further, earlier forms of all notes.
    Kept: what went on, what staff wrote, the counts, the fixed results. Every session leaves one line in the journal.

    Returns:
        the number of sessions that were cleaned.
    """
    today = store.now().date()
    with store.read() as conn:
        due = [(s, w) for s, w, held_on, months in rows.sessions_with_raw(conn) if last_day(held_on, months) < today]
    for session_id, wijkplan_id in due:
        with writing(store, "retention", wijkplan_id=wijkplan_id) as write:
            decided = items.all_decisions(write.conn, wijkplan_id)
            keep = {decision.item_id for decision in decided if decision.goes_on}
            texts = rows.erase_raw(write.conn, session_id, keep)
            jobs.forget_results(write.conn, wijkplan_id)
            people = rows.forget_people(write.conn, session_id)
            write.changed(session_id, moves_stage=True)  # an outcome that is still open somewhere holds those texts
            write.journal("retention.erase", session_id, details={"texts": texts, "people": people})
    return len(due)
