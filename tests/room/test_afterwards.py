"""The closing page: what goes on, what happens with it, who was there, and one's own notes on one's own phone."""

from __future__ import annotations

import re

from tests.room.hall import Hall, seen
from workshop.actions.evening import moderation, on_paper, running, settling
from workshop.actions.evening.closing import closing_path
from workshop.domain.evening.stage import View


def test_it_tells_what_goes_on_and_what_became_of_ones_own_notes(the_hall: Hall) -> None:
    evening = the_hall.evening
    store, actor = evening.store, evening.facilitator
    phones = [the_hall.inside() for _ in range(5)]
    step = the_hall.open("environments")
    first = phones[0].note(step, "Het is <i>donker</i> bij de school").json()["id"]
    second = phones[0].note(step, "Het plein is mooi").json()["id"]
    hidden = phones[1].note(step, "Dit blijft verborgen").json()["id"]
    moderation.release(store, actor, [first, second])
    moderation.hide(store, actor, [hidden])
    moderation.translate(store, actor, second, "Het plein is prachtig")
    moderation.translate(store, actor, first, "Het is daar donker")
    running.stop_step(store, actor, step)
    running.show_outcome(store, actor, step)
    settling.settle_step(store, actor, step, goes_on=[first], rest_reason="Komt later")
    running.put_on_wall(store, actor, evening.session_id, View.CLOSING, text="In januari hoor je <meer>.")
    page = phones[0].http.get(closing_path(evening.session_id)).text
    told = seen(page)
    assert "&lt;i&gt;donker" in page and "In januari hoor je &lt;meer&gt;." in page
    assert "Er waren 5 deelnemers." in told and "Bewoners: 5" in told
    assert "De avond leverde 2 onderwerpen op." in told
    heard = told.split("Jouw kaartjes")[0]
    assert "bij de school In het Nederlands: Het is daar donker" in heard
    assert "plein is mooi" not in heard and "verborgen" not in told
    assert "Het plein is mooi In het Nederlands: Het plein is prachtig Staat op het scherm." in told
    stranger = seen(the_hall.phone().http.get(closing_path(evening.session_id)).text)
    assert "Jouw kaartjes" not in stranger and "donker" in stranger
    running.close_room(store, actor, evening.session_id)
    assert closing_path(evening.session_id) in phones[0].page()
    assert phones[0].http.get(closing_path(evening.session_id)).status_code == 200


def test_an_evening_where_nothing_happened_says_so(the_hall: Hall) -> None:
    told = seen(the_hall.phone().http.get(closing_path(the_hall.evening.session_id)).text)
    assert "De groep heeft nog niet gekozen wat verdergaat." in told and "Er was niemand." in told
    assert "De begeleider heeft nog niet opgeschreven wanneer je meer hoort." in told


def test_small_groups_are_not_counted_apart(the_hall: Hall) -> None:
    for group, n in (("Bewoners", 6), ("Jongeren", 1), ("Ondernemers", 1)):
        for _ in range(n):
            the_hall.inside(group)
    told = seen(the_hall.phone().http.get(closing_path(the_hall.evening.session_id)).text)
    assert "Er waren 8 deelnemers." in told
    assert "Jongeren: 1" not in told and "Ondernemers: 1" not in told


def test_people_on_paper_are_told_apart_beside_the_neighbourhood_in_words(the_hall: Hall) -> None:
    evening = the_hall.evening
    for _person in range(6):
        the_hall.inside()
    step = the_hall.open("commitment")
    card = {"stance": ["2"], "experience": ["good"]}
    for _card in range(2):
        on_paper.enter_paper_ballot(
            evening.store, evening.facilitator, evening.round_id(step), group_id=None, form=card
        )
    told = seen(the_hall.phone().http.get(closing_path(evening.session_id)).text)
    there = told.split("Wie er waren")[1]
    assert "Er waren 6 deelnemers met een telefoon, en 2 op papier." in there
    assert re.search(r"In .+ wonen ongeveer [\d.]+ mensen \(CBS, 2024\)\.", there)
    assert "De uitslag zegt wat deze groep vindt, niet wat de hele wijk vindt." in there
    assert "%" not in there, "shares of so few people would promise more than they hold"


def test_an_evening_that_never_began_is_not_there(the_hall: Hall) -> None:
    stranger = the_hall.phone().http
    for session_id in ("0" * 32, "<script>", "%00", "x" * 3000):
        assert stranger.get(f"/zaal/{session_id}/afsluiting").status_code == 404
