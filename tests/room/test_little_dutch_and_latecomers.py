"""The question in somebody's own language, translations beside notes, and what a latecomer reads."""

from __future__ import annotations

from tests.room.hall import Hall, seen
from workshop.actions.evening import moderation, running
from workshop.actions.evening.pulse import see_pulse
from workshop.actions.evening.sessions import translate_step
from workshop.domain.evening.stage import View
from workshop.store import rooms


def test_the_question_stands_in_the_chosen_languages_under_the_dutch_one(the_hall: Hall) -> None:
    evening = the_hall.evening
    step = evening.step("commitment")
    for language, text in (("ar", "أين نحن <الآن>؟"), ("pl", "Gdzie jesteśmy?"), ("fa", "کجا هستیم؟")):
        translate_step(evening.store, evening.facilitator, step, language, text)
    phone = the_hall.inside()
    assert "Gdzie" not in phone.page()
    running.open_step(evening.store, evening.facilitator, step)
    page = phone.page()
    assert '<p class="lead tekst" lang="ar" dir="rtl">أين نحن &lt;الآن&gt;؟</p>' in page
    assert '<p class="lead tekst" lang="pl" dir="ltr">Gdzie jesteśmy?</p>' in page
    assert '<p class="lead tekst" lang="fa" dir="rtl">کجا هستیم؟</p>' in page
    assert 'lang="ar"' in phone.http.get(f"{phone.base}/deel").text
    assert page.index("Waar sta jij nu?") < page.index("أين")


def test_a_translation_stands_beside_the_original_and_both_are_kept(the_hall: Hall) -> None:
    evening, phone = the_hall.evening, the_hall.inside()
    step = the_hall.open("environments")
    item = phone.note(step, "المكان مظلم").json()["id"]
    moderation.translate(evening.store, evening.facilitator, item, "Het is daar <donker>")
    page = phone.page()
    assert "المكان مظلم" in page
    assert '<span class="tekst" lang="nl">In het Nederlands: Het is daar &lt;donker&gt;</span>' in page


def test_reading_aloud_and_letters_wait_for_javascript(sqlite_hall: Hall) -> None:
    phone = sqlite_hall.inside()
    assert "Lees voor" not in phone.page()
    sqlite_hall.open("commitment")
    page = phone.page()
    assert "hidden>Lees voor</button>" in page and "data-letters hidden>" in page


def test_a_latecomer_reads_what_is_going_on_and_what_has_been(the_hall: Hall) -> None:
    evening = the_hall.evening
    early = the_hall.inside()
    first = the_hall.open("commitment", title="Waar <staan> we")
    evening.run(first)
    running.put_on_wall(evening.store, evening.facilitator, evening.session_id, View.MESSAGE, text="Pauze tot 20:30")
    late = the_hall.inside("Jongeren")
    page = late.page()
    told = seen(page)
    assert "Pauze tot 20:30" in told and "Je hoeft nu niets te doen." in told
    assert "Dit is al geweest (1) Waar <staan> we" in told and "Waar <staan>" not in page
    running.put_on_wall(evening.store, evening.facilitator, evening.session_id, View.DOOR)
    assert "Op het scherm staat hoe je meedoet." in seen(early.page())
    assert 'id="stem"' not in page
    the_hall.open("environments")
    assert 'id="n-finding"' in late.page()


def test_at_the_start_of_the_evening_nothing_has_been(sqlite_hall: Hall) -> None:
    assert "Dit is al geweest" not in sqlite_hall.inside().page()


def test_what_the_room_is_told_counts_only_who_is_there(the_hall: Hall) -> None:
    """Twenty-five came, three left before they answered: of the twenty-two who are there, twenty are ready."""
    evening = the_hall.evening
    phones = [the_hall.inside() for _ in range(25)]
    step = the_hall.open("commitment")
    round_id = evening.round_id(step)
    for phone in phones[:3]:
        assert phone.http.post(f"{phone.base}/weg").status_code == 303
    for phone in phones[5:]:
        phone.vote(round_id, stance="4", experience="good")
    pulse = see_pulse(evening.store, evening.session_id)
    assert (pulse.done, pulse.present) == (20, 22)
    # Who comes back counts again, and answering is coming back.
    phones[0].join()
    phones[1].vote(round_id, stance="4", experience="good")
    pulse = see_pulse(evening.store, evening.session_id)
    assert (pulse.done, pulse.present) == (21, 24)
    evening.run(step)
    assert "21 van de 24 klaar" in seen(phones[5].page())


def test_when_everybody_has_left_the_count_is_still_right(the_hall: Hall) -> None:
    evening = the_hall.evening
    phones = [the_hall.inside() for _ in range(3)]
    step = the_hall.open("commitment")
    phones[0].vote(evening.round_id(step), stance="4", experience="good")
    for phone in phones:
        phone.http.post(f"{phone.base}/weg")
    pulse = see_pulse(evening.store, evening.session_id)
    assert (pulse.done, pulse.present) == (1, 1)
    evening.run(step)
    with evening.store.read() as conn:
        found = rooms.last_round(conn, step)
    assert found is not None and found.outcome is not None
    assert (found.outcome["n"], found.expected) == (1, 1)
