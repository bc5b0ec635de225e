"""Which notes seem to say the same: proposals for a person to judge, never more than that.

Works offline on short Dutch texts and needs no training: how alike the words are (TF-IDF), how alike parts of words are
(so that *fietsparkeren* meets *fietsparkeerplek*), and agglomerative clustering with average linkage on the cosine
distance. Nothing is known about meaning: *te weinig licht* and *het is er donker* are not brought together.
See docs/adr/0012-clusters-are-proposed.md for why, and for what the numbers below were chosen on.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

#: Further apart than this is not proposed: 0 is the same, 1 has nothing in common.
FURTHEST = 0.75
#: How much the whole words count beside their parts; together 1.
WORDS, PARTS = 0.55, 0.45
#: A label is made of the words that at least this part of the texts has; so many words at most.
OFTEN, LABEL_WORDS = 0.4, 3
#: Longest label, in characters.
LONGEST_LABEL = 80

#: What stands further on in a text is not compared; a note of the room is shorter.
COMPARED = 600
#: As far apart as texts that say the opposite: one such pair keeps two clusters apart.
OPPOSITE = 1_000.0
DENYING = frozenset({"niet", "geen", "nooit", "zonder"})

#: Words that say nothing about the subject. *niet*, *geen*, *meer*, *minder* and the like are no stop words: they turn
#: what somebody says around.
_STOP_WORDS = """
    aan af al alle alleen allemaal als altijd ander andere anders at ben bent bij bijna bijvoorbeeld bv daar
    daarbij daardoor daarom daarvan dan dat de der deze die dit doen doet door dus echt een eens eigenlijk elk
    elke en enkele er erg ergens etc even gaan gaat ge geweest had hadden heb hebben hebt heeft heel hele hem
    hen het hier hij hoe hun icm ieder iedere iedereen iemand iets ik in is ivm ja je jij jou jouw jullie kan
    kom komen komt kon kun kunnen maak maakt maar mag maken me meestal men met mij mijn mn moet moeten mogen na
    naar naast namelijk nog nogal nu of om omdat ons onze ook op over per rond rondom s soms soort staan staat t
    te tegen ten ter terwijl tijdens toch toe tot tussen u uit uw vaak van vanaf vanuit vanwege veel via vind
    vindt voel voelen voelt voor vooral waar waarbij waardoor waarom wanneer want waren was wat we wel welke
    werd wij wil willen word worden wordt zal ze zeer zelf zich zij zijn zo zoals zou zouden
    """
STOP_WORDS = frozenset(_STOP_WORDS.split())

_WORD = re.compile(r"[^\W\d_](?:[\w’'-]*\w)?")


@dataclass(frozen=True)
class Cluster:
    """Texts that seem to say the same. ``members`` are places in the given list, rising; ``label`` is a first name."""

    members: tuple[int, ...]
    label: str


def suggest_clusters(texts: Sequence[str], *, furthest: float = FURTHEST) -> list[Cluster]:
    """Divide texts into clusters; every text is in exactly one, most are alone.

    The same texts give the same clusters, whatever order they come in.

    Returns:
        the largest cluster first, then by the place of the first member.
    """
    places: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        bare = " ".join(words_of(text))
        # A text without one word (a "?") is like nothing else.
        places.setdefault(bare or f"\0{place}", []).append(place)
    told = sorted(key for key in places if not key.startswith("\0"))
    groups = [[key] for key in places if key.startswith("\0")] + _grouped(told, furthest)
    found = []
    for group in groups:
        members = tuple(sorted(place for key in group for place in places[key]))
        found.append(Cluster(members, _label([texts[n] for n in members])))
    return sorted(found, key=lambda cluster: (-len(cluster.members), cluster.members))


def _grouped(told: list[str], furthest: float) -> list[list[str]]:
    if len(told) < 2:
        return [[key] for key in told]
    # Only here, because loading takes a second and most evenings never ask.
    import numpy as np  # noqa: PLC0415
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    likeness = np.zeros((len(told), len(told)))
    whole = TfidfVectorizer(analyzer=_terms, sublinear_tf=True)
    parts = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), preprocessor=_bare, sublinear_tf=True)
    for weight, vectorizer in ((WORDS, whole), (PARTS, parts)):
        try:
            rows = vectorizer.fit_transform(key[:COMPARED] for key in told)
        except ValueError:  # nothing but stop words
            continue
        likeness += weight * (rows @ rows.T).toarray()
    distance = np.clip(1.0 - likeness, 0.0, 1.0)
    for one, other in _opposites(told):
        distance[one, other] = distance[other, one] = OPPOSITE
    np.fill_diagonal(distance, 0.0)
    marks = AgglomerativeClustering(
        n_clusters=None, metric="precomputed", linkage="average", distance_threshold=furthest
    ).fit_predict(distance)
    groups: dict[int, list[str]] = {}
    for key, mark in zip(told, marks, strict=True):
        groups.setdefault(int(mark), []).append(key)
    return list(groups.values())


def _opposites(told: list[str]) -> Iterator[tuple[int, int]]:
    """Pairs of which one denies what the other says: *veilig* beside *onveilig* or *niet veilig*."""
    saying: dict[str, set[int]] = {}
    denying: dict[str, set[int]] = {}
    for place, key in enumerate(told):
        words = key[:COMPARED].split()
        for before, word in zip(["", *words], words, strict=False):
            if len(word) > 3:
                (denying if before in DENYING else saying).setdefault(word, set()).add(place)
    for word in list(saying):
        if word.startswith("on") and word[2:] in saying:
            denying.setdefault(word[2:], set()).update(saying[word])
    for word in denying.keys() & saying.keys():
        both = denying[word] & saying[word]
        yield from product(denying[word] - both, saying[word] - both)


def words_of(text: str) -> list[str]:
    """The words of a text, small and without accents: *Café's* and *cafés* differ, *Café* and *cafe* do not."""
    flat = unicodedata.normalize("NFKD", text.casefold())
    return _WORD.findall("".join(c for c in flat if not unicodedata.combining(c)))


def _telling(text: str) -> list[str]:
    words = words_of(text)
    return [word for word in words if word not in STOP_WORDS] or words


def _bare(text: str) -> str:
    return " ".join(_telling(text))


def _terms(text: str) -> list[str]:
    """Words and pairs of neighbours."""
    words = _telling(text)
    return words + [f"{a} {b}" for a, b in pairwise(words)]


def _label(texts: Sequence[str]) -> str:
    """A first name: what one of them says in few words, else the words that most of them share."""
    shortest = min(texts, key=lambda text: (len(text), text)).strip()
    if len({" ".join(words_of(text)) for text in texts}) == 1:
        return _short(shortest)
    counted: dict[str, int] = {}
    for text in texts:
        for word in dict.fromkeys(_telling(text)):
            counted[word] = counted.get(word, 0) + 1
    shared = sorted((w for w, n in counted.items() if n > 1), key=lambda w: (-counted[w], -len(w), w))
    if not shared:
        return _short(shortest)
    top = ([word for word in shared if counted[word] >= OFTEN * len(texts)] or shared[:1])[:LABEL_WORDS]
    said_so = [text for text in texts if set(_telling(text)) == set(top)]
    if said_so:
        return _short(min(said_so, key=lambda text: (len(text), text)))
    # In the order in which the first text that has them all says them.
    whole = [words for words in map(_telling, texts) if set(top) <= set(words)]
    return _short(", ".join(sorted(top, key=min(whole, key=lambda words: (len(words), words)).index) if whole else top))


def _short(text: str) -> str:
    line = " ".join(text.split())
    line = line if len(line) <= LONGEST_LABEL else line[: LONGEST_LABEL - 1].rsplit(" ", 1)[0] + "…"
    return line[:1].upper() + line[1:]
