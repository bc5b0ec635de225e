"""Reading ``data/method/``: the sprints, key factors, environments and werkvormen as content files.

TOML, because the standard library and a trainer can read it. Dutch is required; another language may be added per entry
under its code and falls back to Dutch as a whole. Every mistake is told with the file and the field.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from workshop.domain.errors import WorkshopError
from workshop.domain.evening.method import Aim, Audience, EnvironmentGuide, Guide, GuideStep, KeyFactor, Method, Sprint
from workshop.domain.thread.items import Environment
from workshop.domain.wijkplan.order import Mark
from workshop.locale import _

FOLDER = Path(__file__).resolve().parents[2] / "data" / "method"
NATIVE = "nl"
LONGEST_TEXT = 1_200

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")


class MethodError(WorkshopError):
    """A content file cannot be used as it stands; the sentence names the file and the field."""


class Entry:
    """One table of a content file, read field by field; what nobody asked for is refused at the end (a slip)."""

    def __init__(self, file: str, path: str, data: Any) -> None:
        self.file, self.path = file, path
        if not isinstance(data, dict):
            raise self.fault("", _("moet een tabel zijn"))
        self._data: Mapping[str, Any] = data
        self._asked: set[str] = set()

    def fault(self, name: str, what: str) -> MethodError:
        """The error to raise about a field."""
        field = ".".join(part for part in (self.path, name) if part)
        return MethodError(
            _("{file}: {field} {what}.").format(file=self.file, field=field or _("het bestand"), what=what), field=field
        )

    def has(self, name: str) -> bool:
        return name in self._data

    def take(self, name: str) -> Any:
        """The raw value."""
        self._asked.add(name)
        if name not in self._data:
            raise self.fault(name, _("ontbreekt"))
        return self._data[name]

    def text(self, name: str) -> str:
        value = self.take(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(name, _("moet een tekst zijn"))
        if len(value) > LONGEST_TEXT:
            raise self.fault(name, _("is te lang (hoogstens {n} tekens)").format(n=LONGEST_TEXT))
        return value.strip()

    def texts(self, name: str, *, least: int = 1) -> tuple[str, ...]:
        """A list of texts; with ``least=0`` it may be left out."""
        if not least and not self.has(name):
            return ()
        value = self.take(name)
        if not isinstance(value, list) or any(not isinstance(v, str) or not v.strip() for v in value):
            raise self.fault(name, _("moet een lijst met teksten zijn"))
        if len(value) < least:
            raise self.fault(name, _("moet minstens {n} tekst hebben").format(n=least))
        return tuple(v.strip() for v in value)

    def whole(self, name: str, low: int, high: int) -> int:
        return self._whole(name, self.take(name), low, high)

    def wholes(self, name: str, low: int, high: int) -> tuple[int, ...]:
        value = self.take(name)
        if not isinstance(value, list):
            raise self.fault(name, _("moet een lijst met getallen zijn"))
        return tuple(self._whole(name, v, low, high) for v in value)

    def _whole(self, name: str, value: Any, low: int, high: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.fault(name, _("moet een heel getal van {low} tot en met {high} zijn").format(low=low, high=high))
        return value

    def one_of(self, name: str, kind: type[E], value: Any = None) -> E:
        """A value of an enumeration."""
        given = self.take(name) if value is None else value
        try:
            return kind(given)
        except ValueError:
            raise self.fault(name, _("moet een van deze zijn: {list}").format(list=", ".join(kind))) from None

    def some_of(self, name: str, kind: type[E]) -> tuple[E, ...]:
        return tuple(self.one_of(name, kind, value) for value in self.texts(name))

    def languages(self) -> dict[str, Entry]:
        """The texts per language; Dutch has to be there."""
        codes = sorted({NATIVE} | {key for key in self._data if len(key) == 2})
        return {code: Entry(self.file, f"{self.path}.{code}".lstrip("."), self.take(code)) for code in codes}

    def entries(self, name: str) -> list[Entry]:
        """A list of tables."""
        value = self.take(name)
        if not isinstance(value, list):
            raise self.fault(name, _("moet een lijst zijn"))
        return [Entry(self.file, f"{name}[{n}]", data) for n, data in enumerate(value, start=1)]

    def done(self) -> None:
        """Refuse what nobody asked for."""
        unknown = sorted(set(self._data) - self._asked)
        if unknown:
            raise self.fault(unknown[0], _("kennen we niet. Kijk of het goed is geschreven"))


@cache
def the_method(language: str = NATIVE) -> Method:
    """The content that travels with the product, read once per language."""
    return read_method(FOLDER, language)


def read_method(folder: Path, language: str = NATIVE) -> Method:
    """Read a whole folder of content.

    Raises:
        MethodError: a file is missing or cannot be read, or a field is wrong; the message names both.
    """
    sprints = tuple(_built(entry, language, _sprint) for entry in _all(folder, "sprints.toml", "sprint", 7))
    factors = tuple(_built(entry, language, _factor) for entry in _all(folder, "key_factors.toml", "factor", 6))
    around = [_built(entry, language, _environment) for entry in _all(folder, "environments.toml", "environment", 4)]
    guides = {
        path.stem: _built(_open(path), language, _guide) for path in sorted((folder / "werkvormen").glob("*.toml"))
    }
    if {g.environment for g in around} != set(Environment):
        raise MethodError(_("environments.toml: noem elk van de vier omgevingen één keer."))
    for sprint in sprints:
        for key in sprint.werkvormen:
            if key not in guides:
                raise MethodError(
                    _(
                        "sprints.toml: sprint {n} noemt de werkvorm {key}, maar werkvormen/{key}.toml is er niet."
                    ).format(n=sprint.number, key=key)
                )
    return Method(sprints, factors, {guide.environment: guide for guide in around}, guides)


def _open(path: Path) -> Entry:
    try:
        return Entry(path.name, "", tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise MethodError(_("{file}: dit bestand is er niet.").format(file=path.name)) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise MethodError(_("{file}: we kunnen dit niet lezen ({why}).").format(file=path.name, why=problem)) from None


def _all(folder: Path, file: str, name: str, number: int) -> list[Entry]:
    """The entries of one file, as many as the method has."""
    whole = _open(folder / file)
    found = whole.entries(name)
    whole.done()
    if len(found) != number:
        raise whole.fault(name, _("moet er {n} keer staan, niet {m} keer").format(n=number, m=len(found)))
    for place, entry in enumerate(found, start=1):
        if entry.has("number") and entry.take("number") != place:
            raise entry.fault("number", _("moet {n} zijn").format(n=place))
    return found


def _built(entry: Entry, language: str, build: Callable[[Entry, Entry], T]) -> T:
    """One value out of an entry. Every language in it is read, so that a mistake shows before somebody needs it."""
    made: dict[str, T] = {}
    for code, words in entry.languages().items():
        made[code] = build(entry, words)
        words.done()
    entry.done()
    return made.get(language, made[NATIVE])


def _sprint(entry: Entry, words: Entry) -> Sprint:
    return Sprint(
        number=entry.whole("number", 1, 7),
        title=words.text("title"),
        title_mark=entry.one_of("title_mark", Mark),
        purpose=words.text("purpose"),
        inputs=words.texts("inputs"),
        result=words.text("result"),
        result_mark=entry.one_of("result_mark", Mark),
        who=words.text("who"),
        passes_on=words.text("passes_on"),
        prompts=words.texts("prompts"),
        werkvormen=entry.texts("werkvormen"),
    )


def _factor(entry: Entry, words: Entry) -> KeyFactor:
    return KeyFactor(
        number=entry.whole("number", 1, 6),
        key=entry.text("key"),
        title=words.text("title"),
        title_mark=entry.one_of("title_mark", Mark),
        says=words.text("says"),
        prompts=words.texts("prompts"),
    )


def _environment(entry: Entry, words: Entry) -> EnvironmentGuide:
    return EnvironmentGuide(
        environment=entry.one_of("key", Environment),
        what=words.text("what"),
        already=words.text("already"),
        more=words.text("more"),
        prompts=words.texts("prompts"),
    )


def _guide(entry: Entry, words: Entry) -> Guide:
    steps, minutes = words.texts("steps"), entry.wholes("minutes", 1, 240)
    if len(steps) != len(minutes):
        raise entry.fault("minutes", _("moet voor elke stap één getal hebben"))
    group = entry.wholes("group", 1, 1_000)
    if len(group) != 2 or group[0] > group[1]:
        raise entry.fault("group", _("moet het kleinste en het grootste aantal mensen zijn"))
    return Guide(
        key=Path(entry.file).stem,
        name_mark=entry.one_of("name_mark", Mark),
        way_mark=entry.one_of("way_mark", Mark),
        aims=entry.some_of("aims", Aim),
        suits=entry.some_of("suits", Audience),
        group=(group[0], group[1]),
        purpose=words.text("purpose"),
        result=words.text("result"),
        materials=words.texts("materials"),
        preparation=words.texts("preparation", least=0),
        roles=words.texts("roles", least=0),
        steps=tuple(GuideStep(text, n) for text, n in zip(steps, minutes, strict=True)),
        card=words.text("card"),
    )
