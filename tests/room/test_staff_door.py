"""Whether a browser still needs the cookie of before signing in: a dead sign-in cookie does not count as signed in."""

from __future__ import annotations

import asyncio

import pytest

from tests.room.hall import Hall
from tests.rules.world import make_account_row
from workshop.actions.people import signing_in
from workshop.room.frame.cookies import PRE_SIGN_IN
from workshop.room.frame.reception import reception
from workshop.room.people.staff_door import has_signed_in
from workshop.store import Store


def test_only_a_sign_in_that_still_holds_counts(sqlite_store: Store) -> None:
    anna = make_account_row(sqlite_store, "anna")
    ticket = signing_in.hand_out_ticket(sqlite_store, anna, "pre")
    token = signing_in.redeem_ticket(sqlite_store, ticket, "pre")

    async def ask() -> list[bool]:
        async with reception(sqlite_store):
            answers = [await has_signed_in(cookies) for cookies in ({}, {"kv_in": "onzin"}, {"kv_in": token})]
            signing_in.sign_out(sqlite_store, token)
            return [*answers, await has_signed_in({"kv_in": token})]

    assert asyncio.run(ask()) == [False, False, True, False]


@pytest.mark.parametrize(
    ("asked", "goes_to"),
    [
        ("/bediening?plan=ab12&sessie=cd34", "/bediening?plan=ab12&sessie=cd34"),
        ("/overzicht", "/overzicht"),
        ("", "/"),
        ("/inloggen?opnieuw=1", "/"),
        ("//kwaad.example/bediening", "/"),
        ("https://kwaad.example", "/"),
        ("/\\kwaad.example", "/"),
        ("/zaal/../..//kwaad.example", "/"),
        ("/beheer\r\nSet-Cookie: x=1", "/"),
        ("/" + "a" * 600, "/"),
    ],
)
def test_signing_in_goes_on_where_somebody_was_and_never_to_another_site(
    sqlite_hall: Hall, asked: str, goes_to: str
) -> None:
    store, before = sqlite_hall.evening.store, "x" * 43
    browser = sqlite_hall.phone().http
    browser.cookies.set(PRE_SIGN_IN, before)
    ticket = signing_in.hand_out_ticket(store, sqlite_hall.evening.facilitator.account_id, before)
    answer = browser.post("/aanmelden", data={"ticket": ticket, "naar": asked})
    assert (answer.status_code, answer.headers["location"]) == (303, goes_to)
