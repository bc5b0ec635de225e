"""What stands beside the text of an item, each under its own name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from dataclasses import fields as fields_of
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from workshop.domain.thread.basis import Basis

#: Every field says whether people's own words stand in it: those are what blackening has to reach.
_SAID: Mapping[str, bool] = MappingProxyType({"holds_words": True})
_CHOSEN: Mapping[str, bool] = MappingProxyType({"holds_words": False})


class Authority(StrEnum):
    """Why something is there that nobody in the room brought in."""

    LEGAL_TASK = "legal_task"
    DRIEHOEK = "driehoek"
    COUNCIL = "council"


@dataclass(frozen=True)
class Details:
    """What an item holds beside its text; empty is what was not said.

    ``form`` is the key of the note form that was filled in, ``lesson`` its second line, ``fields`` its other lines and
    choices by key. ``translation`` is the text in Dutch. ``authority`` with ``authority_note`` is why an item is there
    that nobody in the room brought in; ``basis`` is the published figure or report it rests on. ``others`` is what
    another version of the program kept and this one cannot read: it is held as it was, and may hold words.
    """

    form: str = field(default="", metadata=_CHOSEN)
    lesson: str = field(default="", metadata=_SAID)
    fields: Mapping[str, Any] = field(default_factory=dict, metadata=_SAID)
    translation: str = field(default="", metadata=_SAID)
    authority: Authority | None = field(default=None, metadata=_CHOSEN)
    authority_note: str = field(default="", metadata=_SAID)
    # Published, and looked up by what it says.
    basis: Basis | None = field(default=None, metadata=_CHOSEN)
    others: Mapping[str, Any] = field(default_factory=dict, metadata=_SAID)

    def reworded(self, say: Callable[[str], str], *, choices: Collection[str] = ()) -> Details:
        """The same details with everything people wrote said by ``say``; ``choices`` are keys of ``fields`` that stay."""
        told: dict[str, Any] = {name: _reworded(getattr(self, name), say) for name in fields_with_words(Details)}
        told["fields"] |= {key: value for key, value in self.fields.items() if key in choices}
        return replace(self, **told)


def fields_with_words(kind: type[Details]) -> tuple[str, ...]:
    """The names of the fields that hold people's own words.

    Raises:
        KeyError: a field does not say whether it does.
    """
    return tuple(each.name for each in fields_of(kind) if each.metadata["holds_words"])


def _reworded(value: object, say: Callable[[str], str]) -> object:
    match value:
        case str():
            return say(value)
        case Mapping():
            return {key: _reworded(inner, say) for key, inner in value.items()}
        case list():
            return [_reworded(inner, say) for inner in value]
        case _:
            return value
