"""Notes that say the same are proposed together; what is alone stays alone; nothing depends on the order."""

from __future__ import annotations

import random

import pytest

from tests.proofs import cases
from workshop.sources.clustering import LONGEST_LABEL, STOP_WORDS, Cluster, suggest_clusters

NOTES = [
    "Te hard rijden op de Dorpsstraat",  # 0
    "De speeltuin is fijn",  # 1
    "Auto's rijden te hard in de Dorpsstraat",  # 2
    "Geen plek voor jongeren",  # 3
    "Fietsparkeren bij het station",  # 4
    "Hardrijders Dorpsstraat",  # 5
    "Jongeren hebben geen plek om te zitten",  # 6
    "Fietsparkeerplekken station zijn vol",  # 7
    "Buren groeten elkaar",  # 8
]


def together(texts: list[str]) -> set[frozenset[str]]:
    return {frozenset(texts[n] for n in c.members) for c in suggest_clusters(texts) if len(c.members) > 1}


def test_notes_about_the_same_are_together_largest_first_and_the_rest_is_alone() -> None:
    assert suggest_clusters(NOTES) == [
        Cluster((0, 2, 5), "Te hard rijden op de Dorpsstraat"),
        Cluster((3, 6), "Geen plek voor jongeren"),
        Cluster((4, 7), "Station"),
        Cluster((1,), "De speeltuin is fijn"),
        Cluster((8,), "Buren groeten elkaar"),
    ]


@pytest.mark.proof
def test_the_order_in_which_notes_came_in_changes_nothing() -> None:
    for seed in range(cases(5, whole=100)):
        shuffled = random.Random(seed).sample(NOTES, len(NOTES))
        assert together(shuffled) == together(NOTES)


def test_every_note_is_in_exactly_one_cluster() -> None:
    texts = [*NOTES, "?", "", "de het een", "🚲", "?", *NOTES]
    members = [n for cluster in suggest_clusters(texts) for n in cluster.members]
    assert sorted(members) == list(range(len(texts)))


def test_the_same_words_in_other_letters_are_one_cluster_named_after_them() -> None:
    assert suggest_clusters(["Zwerfvuil!", "zwerfvuil", "ZWERFVUIL.", "Café te laat open", "cafe te laat open"]) == [
        Cluster((0, 1, 2), "Zwerfvuil"),
        Cluster((3, 4), "Café te laat open"),
    ]


def test_the_opposite_is_never_the_same() -> None:
    assert together(["Veilig bij de tunnel", "Onveilig bij de tunnel", "Niet veilig bij de tunnel"]) == {
        frozenset({"Onveilig bij de tunnel", "Niet veilig bij de tunnel"})
    }


def test_texts_without_a_word_stay_alone() -> None:
    assert suggest_clusters(["?", "?", "", "!!!"]) == [
        Cluster((0,), "?"),
        Cluster((1,), "?"),
        Cluster((2,), ""),
        Cluster((3,), "!!!"),
    ]
    assert suggest_clusters([]) == []


def test_a_label_is_one_short_line() -> None:
    long = "Wij vinden de plek achter het winkelcentrum " + "heel erg donker en eng " * 20
    [cluster] = suggest_clusters([long, long + "!\nEcht"])
    assert len(cluster.label) <= LONGEST_LABEL and "\n" not in cluster.label


def test_of_five_hundred_notes_each_is_in_one_cluster() -> None:
    words = sorted({word for note in NOTES for word in note.split()} | {f"woord{n}" for n in range(400)})
    chance = random.Random(1)
    notes = [" ".join(chance.choices(words, k=40)) for _n in range(500)]
    found = suggest_clusters(notes)
    assert sum(len(cluster.members) for cluster in found) == 500


def test_words_that_deny_are_no_stop_words() -> None:
    assert not STOP_WORDS & {"niet", "geen", "nooit", "zonder", "minder", "meer", "weinig"}
