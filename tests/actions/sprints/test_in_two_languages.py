"""One read of a wijkplan is written in two languages: words are told when somebody writes, not when the data is read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.actions.test_demo import Demo, demo  # noqa: F401 - a fixture
from tests.exports.readers import docx_text, read_json
from workshop.actions.sprints.material import Snapshot, SnapshotRound, see_snapshot
from workshop.exports.shelf import make_file
from workshop.locale import in_language

LANGUAGES = ("nl", "en")


def told(snapshot: Snapshot, language: str) -> list[str]:
    """Every story and every line of herkomst in this language."""
    with in_language(language):
        rounds = [shown.story for s in snapshot.sessions for step in s.steps for shown in step.rounds]
        leads = [line for story in rounds for line in (story.lead, *story.sentences, story.turnout)]
        return [*leads, *(item.origin_line for item in snapshot.items)]


def same_in_both(snapshot: Snapshot) -> list[str]:
    """What a reader in another language would get in the language of somebody else: every text that did not change.

    A lead that is only a name or a number may be alike; a turn-out and a herkomst never are.
    """
    dutch, english = (told(snapshot, language) for language in LANGUAGES)
    return [one for one, other in zip(dutch, english, strict=True) if one == other and " " in one]


def test_one_snapshot_is_written_in_dutch_and_in_english_as_if_it_was_read_in_each(demo: Demo) -> None:  # noqa: F811
    snapshot = see_snapshot(*demo)
    for language in (*LANGUAGES, "nl"):
        with in_language(language):
            fresh = replace(see_snapshot(*demo), as_of=snapshot.as_of)
            assert told(snapshot, language) == told(fresh, language)
            assert read_json(make_file("json", snapshot).data) == read_json(make_file("json", fresh).data)
            assert docx_text(make_file("docx", snapshot).data) == docx_text(make_file("docx", fresh).data)
    assert same_in_both(snapshot) == []


def test_words_that_are_told_while_reading_stay_in_the_language_of_the_reader(
    demo: Demo,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The twin: a story that was told once is told in the same words to everybody."""
    with in_language("nl"):
        snapshot = see_snapshot(*demo)
        once = {r.id: r.story for s in snapshot.sessions for step in s.steps for r in step.rounds}
    monkeypatch.setattr(SnapshotRound, "story", property(lambda shown: once[shown.id]))
    assert same_in_both(snapshot) != []
