"""Whether a browser still needs the cookie of before signing in: a dead sign-in cookie does not count as signed in."""

from __future__ import annotations

import asyncio

from tests.rules.world import make_account_row
from workshop.actions import signing_in
from workshop.room.reception import reception
from workshop.room.staff_door import has_signed_in
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
