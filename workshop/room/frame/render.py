"""HTML for the room, from Jinja2 templates with autoescape; whatever people typed is never markup.

Templates use ``_`` and ``n_`` like the rest of the code, so a page is drawn in the language of the current context.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson
from jinja2 import Environment as Templates
from jinja2 import FileSystemLoader, StrictUndefined, select_autoescape

from workshop.domain.evening.joincode import show_code
from workshop.domain.evening.questions import Choice, Dots, Field, PerItem, Question, Ranking, Scale
from workshop.domain.evening.stories import BarsPicture
from workshop.domain.thread.items import Environment, Moment, Tone
from workshop.domain.words import environment_name, environment_street_name, moment_name, tone_name
from workshop.locale import _, current_language, format_date, format_number, languages, n_
from workshop.room.frame.static_files import asset_url

_BETWEEN_TAGS = re.compile(r">\s*\n\s*<")


def environment_explanation(environment: Environment) -> str:
    """What belongs in an environment, in words of the street."""
    return {
        Environment.SOCIAL: _("mensen, contact, buren, jeugd"),
        Environment.PHYSICAL: _("straten, gebouwen, licht, groen"),
        Environment.INSTITUTIONAL: _("gemeente, politie, regels, organisaties"),
        Environment.CRIMINAL: _("overlast, diefstal, drugs, wie kwaad wil"),
    }[environment]


def words() -> dict[str, str]:
    """The sentences the browser's module says, in the current language."""
    return {
        "sending": _("Versturen …"),
        "sent": _("Verstuurd ✓ Je laatste antwoord is aangekomen."),
        "waiting": _("Je laatste antwoord is nog niet aangekomen. We proberen het opnieuw."),
        "offline": _("Er is nu geen verbinding. Wat je typt blijft staan."),
        "online": _("De verbinding is er weer."),
        "moved": _("De begeleider gaat verder."),
        "keep": _("De begeleider gaat verder. Je tekst staat nog hier."),
        "keepStopped": _("Dit onderdeel is gestopt. Je tekst staat nog hier, maar versturen kan nu niet."),
        "sentTitle": _("Verstuurd ✓"),
        "change": _("Wijzig"),
        "incomplete": _("Bewaard, maar nog niet compleet. Vul ook de rest in en verstuur opnieuw."),
        "left": _("Nog {n} stippen"),
        "leftOne": _("Nog 1 stip"),
        "leftNone": _("Al je stippen zijn gebruikt"),
        "less": _("Een stip minder: {text}"),
        "more": _("Een stip erbij: {text}"),
        "dots": _("{n} stippen"),
        "dot": _("1 stip"),
        "filled": _("{n} van {m} onderwerpen ingevuld"),
        "ready": _("ingevuld"),
        "characters": _("Nog {n} tekens"),
        "tooLong": _("{n} tekens te veel"),
        "masked": _("Gebruik deze tekst"),
        "anyway": _("Toch versturen"),
        "offer": _("Zo kan het ook:"),
        "stillThere": _("Je kaartje staat er nog: er is geen verbinding. We halen het weg zodra die er is."),
        "takenBack": _("Je kaartje is weggehaald."),
        "notTakenBack": _("Je kaartje is niet weggehaald."),
        "notYetGone": _(
            "Je bent nog niet afgemeld: er is geen verbinding. Laat deze pagina open, dan gebeurt het vanzelf."
        ),
        "notGone": _("Je bent niet afgemeld."),
        "stay": _("Ik blijf toch"),
        "stayed": _("Je doet gewoon nog mee."),
        "new": _("Kijk nu verder"),
    }


def bar_width(value: float, largest: float) -> str:
    """Width of a bar from 0 to 100, with a point as SVG wants it."""
    return f"{100 * value / largest:.1f}" if largest > 0 else "0"


_templates = Templates(
    loader=FileSystemLoader(Path(__file__).resolve().parents[1] / "templates"),
    autoescape=select_autoescape(default=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    auto_reload=False,  # the server is started again for a new template; looking for one cost a stat per include
)
_templates.globals.update(
    {
        "_": _,
        "n_": n_,
        "asset_url": asset_url,
        "current_language": current_language,
        "languages": languages,
        "environments": tuple(Environment),
        "environment_name": environment_name,
        "environment_street_name": environment_street_name,
        "environment_explanation": environment_explanation,
        "tones": tuple(Tone),
        "tone_name": tone_name,
        "moments": tuple(Moment),
        "moment_name": moment_name,
        "bar_width": bar_width,
    }
)
_templates.filters.update({"datum": format_date, "getal": format_number, "code": show_code})
_templates.tests.update(
    {
        "scale": lambda question: isinstance(question, Scale),
        "choice": lambda question: isinstance(question, Choice),
        "dots": lambda question: isinstance(question, Dots),
        "field": lambda question: isinstance(question, Field),
        "per_item": lambda question: isinstance(question, PerItem),
        "ranking": lambda question: isinstance(question, Ranking),
        "bars": lambda picture: isinstance(picture, BarsPicture),
        "numeric": lambda cell: isinstance(cell, (int, float)) and not isinstance(cell, bool),
    }
)


def draw(template: str, **values: Any) -> str:
    """One template in the current language, without the blanks between tags."""
    return _BETWEEN_TAGS.sub("><", _templates.get_template(template).render(**values))


def compile_templates() -> None:
    """All templates, before anybody comes in: together they take most of a second, and a hall comes in at once."""
    for name in _templates.list_templates():
        _templates.get_template(name)


def words_json() -> str:
    """The module's sentences for an attribute of the page."""
    return orjson.dumps(words()).decode()


def answer_words(questions: tuple[Question, ...], values: Mapping[str, str]) -> list[tuple[str, str]]:
    """What somebody sent, read back in words: (question or subject, answer) per line."""
    return [line for question in questions for line in _lines_of(question, values)]


def _lines_of(question: Question, values: Mapping[str, str]) -> list[tuple[str, str]]:
    match question:
        case Scale():
            value = values.get(question.key)
            return [(question.prompt, f"{value}. {question.words[int(value) - 1]}")] if value else []
        case Choice():
            chosen = values.get(question.key)
            return [(question.prompt, option.label) for option in question.options if option.value == chosen]
        case Dots():
            dots = [
                (subject.text, int(values.get(f"{question.key}.{subject.id}") or 0)) for subject in question.subjects
            ]
            return [(text, n_("{n} stip", "{n} stippen", n).format(n=n)) for text, n in dots if n]
        case Field():
            places = [(subject.text, _place_of(question, subject.id, values)) for subject in question.subjects]
            return [(text, place) for text, place in places if place]
        case PerItem():
            labels = {option.value: option.label for option in question.options}
            given = [(subject.text, values.get(f"{question.key}.{subject.id}")) for subject in question.subjects]
            return [(text, labels[value]) for text, value in given if value]
        case Ranking():
            texts = {f"{question.key}.{subject.id}": subject.text for subject in question.subjects}
            placed = sorted((int(value), texts[name]) for name, value in values.items() if name in texts)
            return [(text, _("plaats {n}").format(n=place)) for place, text in placed]


def _place_of(field: Field, subject_id: str, values: Mapping[str, str]) -> str:
    """Where somebody put one subject, along both axes; empty when nowhere."""
    told = [(axis, values.get(f"{field.key}.{subject_id}.{axis.key}")) for axis in (field.across, field.up)]
    return " ".join(f"{axis.prompt} {axis.words[int(value) - 1]}" for axis, value in told if value)
