"""The room writes the cookies, Streamlit's pages read them: both must mean the same."""

from __future__ import annotations

import pytest

from workshop import cookies
from workshop.room import cookies as of_the_room


def test_both_shells_use_the_same_names() -> None:
    for name in ("SIGN_IN", "PARTICIPANT", "PRE_SIGN_IN", "LANGUAGE"):
        assert getattr(cookies, name) == getattr(of_the_room, name)


@pytest.mark.parametrize(
    "sent",
    [{}, {"kv_in": "a"}, {"__Host-kv_in": "b"}, {"kv_in": "a", "__Host-kv_in": "b"}, {"kv_in": ""}, {"x-kv_in": "c"}],
)
def test_both_shells_read_the_same_value(sent: dict[str, str]) -> None:
    assert cookies.read_cookie(sent, "kv_in") == of_the_room.read_cookie(sent, "kv_in")
