"""What each kind of job reads here and makes in the child. Imported by both, so it says everything once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

from workshop.actions.sprints.material import see_snapshot
from workshop.domain.jobs import JobKind
from workshop.domain.roles import Actor
from workshop.exports.shelf import make_file
from workshop.store import Store


class Result(Protocol):
    """What a child makes: the bytes of a file and the two headers it is sent with."""

    @property
    def data(self) -> bytes: ...
    @property
    def media_type(self) -> str: ...
    @property
    def disposition(self) -> str: ...


@dataclass(frozen=True)
class Kind:
    """``read(store, actor, wijkplan_id)`` gives the material, here; ``make(material)`` the result, in the child.

    Material is data of our own classes that can be pickled. ``read`` checks the actor, as for a page.
    """

    read: Callable[[Store, Actor, str], Any]
    make: Callable[[Any], Result]


KINDS: Mapping[str, Kind] = {kind: Kind(see_snapshot, partial(make_file, kind.value)) for kind in JobKind}
