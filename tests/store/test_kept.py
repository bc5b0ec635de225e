"""What is kept beside a database lives as long as it is served, and no longer."""

from __future__ import annotations

import gc
import weakref
from functools import lru_cache
from pathlib import Path

from workshop.store import Store, open_store
from workshop.store.kept import kept

asked: list[str] = []


@kept(2)
def see(store: Store, what: str) -> str:
    asked.append(what)
    return f"{what} of {store.process}"


@lru_cache(maxsize=2)
def see_for_ever(store: Store, what: str) -> str:
    return f"{what} of {store.process}"


def a_store(tmp_path: Path, name: str) -> Store:
    return open_store(f"sqlite:///{tmp_path / name}")


def test_an_answer_is_read_once_for_each_store_until_it_is_let_go(tmp_path: Path) -> None:
    asked.clear()
    one, other = a_store(tmp_path, "one"), a_store(tmp_path, "other")
    assert [see(one, "a"), see(one, "a"), see(other, "a")] == [f"a of {s.process}" for s in (one, one, other)]
    assert asked == ["a", "a"]
    see(one, "b"), see(one, "c"), see(one, "a")
    assert asked == ["a", "a", "b", "c", "a"], "no more than two are kept, the longest unasked goes"
    one.kept.close()
    see(one, "a"), see(other, "a")
    assert asked == ["a", "a", "b", "c", "a", "a"]
    one.close()
    see(one, "a")
    assert asked == ["a", "a", "b", "c", "a", "a", "a"]
    one.close()
    other.close()


def test_a_store_that_nobody_has_anymore_is_gone_and_in_a_cache_of_the_process_it_stays(tmp_path: Path) -> None:
    def seen_by(see_it: object) -> weakref.ref[Store]:
        store = a_store(tmp_path, "gone")
        see_it(store, "a")  # type: ignore[operator]
        store.close()
        return weakref.ref(store)

    with_it, twin = seen_by(see), seen_by(see_for_ever)
    gc.collect()
    assert with_it() is None and twin() is not None
    see_for_ever.cache_clear()
