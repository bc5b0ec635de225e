"""What a process keeps beside one open database, so that a hall asks it once: as long as the database is open, no longer."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

if TYPE_CHECKING:
    from workshop.store.engine import Store

Key = ParamSpec("Key")
Answer = TypeVar("Answer")


class Kept:
    """Answers by the question they belong to; the reception that serves a store closes it. Safe to share between threads."""

    def __init__(self) -> None:
        self._by_question: dict[Callable[..., Any], Callable[..., Any]] = {}

    def answers(self, store: Store, see: Callable[..., Answer], most: int) -> Callable[..., Answer]:
        """The question with its answers kept, at most ``most`` of them; the one that was asked for longest ago goes first."""
        found = self._by_question.get(see)
        if found is None:
            found = self._by_question.setdefault(see, lru_cache(maxsize=most)(partial(see, store)))
        return found

    def close(self) -> None:
        """Let go of everything; who asks again reads again."""
        self._by_question = {}


def kept(most: int) -> Callable[[Callable[Concatenate[Store, Key], Answer]], Callable[Concatenate[Store, Key], Answer]]:
    """Keep ``most`` answers of a reading function beside the store it reads. Its other arguments say which answer."""

    def keep(see: Callable[Concatenate[Store, Key], Answer]) -> Callable[Concatenate[Store, Key], Answer]:
        @wraps(see)
        def ask(store: Store, /, *key: Key.args, **named: Key.kwargs) -> Answer:
            return store.kept.answers(store, see, most)(*key, **named)

        return ask

    return keep
