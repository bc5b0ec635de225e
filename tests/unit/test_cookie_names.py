"""Over https only the prefixed cookie is believed; over plain http, where browsers refuse it, the plain one."""

from __future__ import annotations

import pytest

from workshop.cookies import SIGN_IN, read_cookie

PREFIXED = f"__Host-{SIGN_IN}"


@pytest.mark.parametrize(
    ("sent", "over_http", "over_https"),
    [
        ({}, None, None),
        ({SIGN_IN: "a"}, "a", None),
        ({PREFIXED: "b"}, "b", "b"),
        ({SIGN_IN: "a", PREFIXED: "b"}, "b", "b"),
        ({SIGN_IN: ""}, None, None),
        ({f"x-{SIGN_IN}": "c"}, None, None),
    ],
)
def test_a_cookie_planted_by_a_neighbour_is_not_believed_over_https(
    sent: dict[str, str], over_http: str | None, over_https: str | None
) -> None:
    assert read_cookie(sent, SIGN_IN, is_https=False) == over_http
    assert read_cookie(sent, SIGN_IN, is_https=True) == over_https
