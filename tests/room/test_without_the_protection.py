"""Twins: the same race with the protection switched off must show what the protection is for."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from workshop.room.frame import forms
from workshop.room.frame.follower import Follower
from workshop.room.frame.forms import BadBody, read_form

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def sender(parts: list[bytes]) -> Any:
    """An ASGI ``receive`` that gives these parts and counts how many were taken."""
    left = list(parts)

    async def receive() -> dict[str, Any]:
        part = left.pop(0)
        return {"type": "http.request", "body": part, "more_body": bool(left)}

    receive.left = left  # type: ignore[attr-defined]
    return receive


async def test_a_body_without_a_length_is_dropped_at_the_limit_and_not_read_to_its_end() -> None:
    receive = sender([b"x" * 16_384] * 100)
    with pytest.raises(BadBody) as refused:
        await read_form({"headers": []}, receive)
    assert refused.value.status == 413 and len(receive.left) > 90


async def test_the_twin_without_the_limit_would_read_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "LARGEST_BODY", 10**9)
    receive = sender([b"x" * 16_384] * 100)
    await read_form({"headers": []}, receive)
    assert receive.left == []


async def test_a_slow_body_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "BODY_SECONDS", 0.05)

    async def never() -> dict[str, Any]:
        await asyncio.sleep(3600)
        return {}

    with pytest.raises(BadBody) as refused:
        await read_form({"headers": []}, never)
    assert refused.value.status == 408


async def test_a_socket_that_never_reads_holds_one_message_and_gets_the_latest() -> None:
    got: list[int] = []
    gate, has_the_latest = asyncio.Event(), asyncio.Event()

    async def slow(message: str) -> None:
        await gate.wait()
        got.append(json.loads(message))
        if got[-1] == 999:
            has_the_latest.set()

    follower = Follower(slow)
    for number in range(1_000):
        follower.tell(str(number))
        if number == 0:
            await asyncio.sleep(0)
    gate.set()
    await has_the_latest.wait()
    assert got == [0, 999]
