"""Words: the same word in other capitals is one word; a merged note weighs as what was merged into it."""

from __future__ import annotations

from dataclasses import replace

from tests.unit.werkvormen import room
from workshop.domain.evening.stories import Bar, BarsPicture
from workshop.werkvormen import werkvorm

WORDS = werkvorm("word_cloud")


def test_the_same_word_is_counted_together_and_a_merge_keeps_its_weight() -> None:
    sent = room.notes(WORDS, {"word": ["Groen", "groen.", "  GROEN ", "stil", "samen"]})
    around = room.context(WORDS, notes=[*sent[:-1], replace(sent[-1], origin=("a", "b", "c", "d"))])
    story = room.told(WORDS, around, [])
    assert WORDS.outcome(around, []) == {"n": 8, "words": {"groen": 3, "samen": 4, "stil": 1}}
    assert story.picture == BarsPicture((Bar("samen", 4), Bar("groen", 3), Bar("stil", 1)), "keer genoemd")
    assert story.lead == "Het vaakst genoemd: samen (4); groen (3); stil (1)."
    assert story.scores["word2"] == "3 keer genoemd"
