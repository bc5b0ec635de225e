"""What somebody wrote, as it comes in: on a phone, on paper or at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Written:
    """The fields of a note or an item as a form sends them, before anything of it is checked.

    ``form_key`` names the form of the step it is written on; an item of the desk has none. ``second`` is the answer to
    the form's second question, ``extras`` are its extra fields by their names, each with the values that were sent.
    """

    text: str
    form_key: str = ""
    second: str = ""
    environments: Sequence[str] = ()
    tone: str | None = None
    moment: str | None = None
    extras: Mapping[str, Sequence[str]] = field(default_factory=dict)
