"""The checker itself: it passes what is right and finds every loss that is planted."""

from __future__ import annotations

from pathlib import Path

import pytest

from faults.history import Heard, History, Op, acknowledged, read, same_tally, tally, verdict

R = "round"


def told(tmp_path: Path, *events: tuple[str, int, str, str] | str) -> Path:
    """A history of (voter, change, value, answer), or "closed"."""
    history = History(tmp_path / "history.jsonl")
    for event in events:
        if isinstance(event, str):
            history.closed(R)
            continue
        voter, change, value, answer = event
        numbers = history.invoke([Op(voter, R, change, value)])
        if answer != "nothing":
            history.hear(numbers, [Heard(answer, change, value)])  # type: ignore[arg-type]
    history.close()
    return history.path


def test_what_was_acknowledged_once_and_stored_once_is_right(tmp_path: Path) -> None:
    path = told(
        tmp_path, ("an", 1, "a", "ok"), ("bo", 1, "b", "ok"), ("an", 2, "c", "ok"), ("cy", 1, "d", "fail"), "closed"
    )
    assert verdict(read(path), {R: [("an", "c"), ("bo", "b")]}) == []
    assert acknowledged(read(path)) == 3


@pytest.mark.parametrize("answer", ["info", "nothing"])
def test_what_was_never_answered_may_be_there_or_not(tmp_path: Path, answer: str) -> None:
    path = told(tmp_path, ("an", 1, "a", "ok"), ("an", 2, "b", answer), ("bo", 1, "c", answer))
    for final in ([("an", "a")], [("an", "b")], [("an", "a"), ("bo", "c")]):
        assert verdict(read(path), {R: final}) == []


@pytest.mark.parametrize(
    ("final", "word"),
    [
        ([], "lost"),
        ([("an", "a"), ("bo", "b")], "changed"),
        ([("an", "x"), ("bo", "b")], "changed"),
        ([("an", "c"), ("an", "c"), ("bo", "b")], "twice"),
        ([("an", "c"), ("bo", "b"), ("cy", "d")], "ghost"),
        ([("an", "c"), ("bo", "b"), ("unknown", "a")], "ghost"),
        ([("an", "c"), ("bo", "e")], "changed"),
    ],
)
def test_every_planted_fault_is_found(tmp_path: Path, final: list[tuple[str, str]], word: str) -> None:
    path = told(
        tmp_path,
        ("an", 1, "a", "ok"), ("bo", 1, "b", "ok"), ("an", 2, "c", "ok"), ("cy", 1, "d", "fail"), "closed",
        ("bo", 2, "e", "nothing"),
    )  # fmt: skip
    assert any(line.startswith(word) for line in verdict(read(path), {R: final}))


def test_a_ballot_sent_after_the_close_may_not_be_acknowledged(tmp_path: Path) -> None:
    path = told(tmp_path, ("an", 1, "a", "ok"), "closed", ("bo", 1, "b", "ok"))
    assert [line.split(":")[0] for line in verdict(read(path), {R: [("an", "a"), ("bo", "b")]})] == ["late"]


def test_an_older_unanswered_ballot_may_not_come_back_over_a_newer_acknowledged_one(tmp_path: Path) -> None:
    path = told(tmp_path, ("an", 1, "a", "nothing"), ("an", 2, "b", "ok"))
    assert verdict(read(path), {R: [("an", "b")]}) == []
    assert [line.split(":")[0] for line in verdict(read(path), {R: [("an", "a")]})] == ["changed"]


def test_a_late_retry_that_is_told_the_newer_ballot_is_right(tmp_path: Path) -> None:
    history = History(tmp_path / "h")
    (newer,) = history.invoke([Op("an", R, 2, "b")])
    history.hear([newer], [Heard("ok", 2, "b")])
    (older,) = history.invoke([Op("an", R, 1, "a")])
    history.hear([older], [Heard("ok", 2, "b")])
    history.close()
    assert verdict(read(history.path), {R: [("an", "b")]}) == []


def test_surfaces_that_tell_something_else_are_named() -> None:
    assert same_tally({"rows": [1, 2], "wall": [1, 2], "export": [1, 3]}) == [
        "differs: export tells [1, 3], rows tells [1, 2]"
    ]
    assert tally("abca") == {"a": 2, "b": 1, "c": 1}
