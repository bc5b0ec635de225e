"""The words for kinds, environments, tones, moments and groups, and the day it is in the Netherlands: said once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from workshop.domain.evening.groups import OTHERS
from workshop.domain.thread.items import (
    Environment,
    ItemKind,
    Koppelvlak,
    Moment,
    Tone,
)
from workshop.locale import _


def environment_name(environment: Environment) -> str:
    """The name of an environment as professionals use it."""
    return {
        Environment.SOCIAL: _("sociaal"),
        Environment.PHYSICAL: _("fysiek"),
        Environment.INSTITUTIONAL: _("institutioneel"),
        Environment.CRIMINAL: _("crimineel"),
    }[environment]


def environment_street_name(environment: Environment) -> str:
    """The same in words of the street, for residents."""
    return {
        Environment.SOCIAL: _("mensen en contact"),
        Environment.PHYSICAL: _("straat en gebouwen"),
        Environment.INSTITUTIONAL: _("instanties"),
        Environment.CRIMINAL: _("overlast en misdaad"),
    }[environment]


def tone_name(tone: Tone) -> str:
    return {Tone.GOOD: _("gaat goed"), Tone.BAD: _("gaat niet goed")}[tone]


def moment_name(moment: Moment) -> str:
    return {Moment.PAST: _("vroeger"), Moment.NOW: _("nu"), Moment.FUTURE: _("straks")}[moment]


def koppelvlak_name(pair: Koppelvlak) -> str:
    return _("{one} én {other}").format(one=environment_name(pair[0]), other=environment_name(pair[1]))


def group_name(label: str) -> str:
    """The name of a group as it is shown; small groups together are called what they are."""
    return _("overige groepen") if label == OTHERS else label


#: Singular and plural, told when asked for: a list of a thousand items tells only the words it needs.
_KIND_WORDS: Mapping[ItemKind, Callable[[], tuple[str, str]]] = {
    ItemKind.CONDITION: lambda: (_("voorwaarde"), _("voorwaarden")),
    ItemKind.INITIATIVE: lambda: (_("eerder initiatief"), _("eerdere initiatieven")),
    ItemKind.CONCLUSION: lambda: (_("conclusie"), _("conclusies")),
    ItemKind.FINDING: lambda: (_("bevinding"), _("bevindingen")),
    ItemKind.RISK: lambda: (_("risico"), _("risico's")),
    ItemKind.PAIN: lambda: (_("pijnpunt"), _("pijnpunten")),
    ItemKind.NEED: lambda: (_("behoefte"), _("behoeften")),
    ItemKind.CAUSE: lambda: (_("oorzaak"), _("oorzaken")),
    ItemKind.WISH: lambda: (_("wens"), _("wensen")),
    ItemKind.IDEA: lambda: (_("idee"), _("ideeën")),
    ItemKind.INTERVENTION: lambda: (_("interventie"), _("interventies")),
    ItemKind.ASSUMPTION: lambda: (_("aanname"), _("aannames")),
    ItemKind.FEEDBACK: lambda: (_("terugkoppeling"), _("terugkoppelingen")),
    ItemKind.ACTION: lambda: (_("actie"), _("acties")),
    ItemKind.PARKED: lambda: (_("parkeerplaats"), _("parkeerplaats")),
}


def kind_word(kind: ItemKind, n: int = 1) -> str:
    """The kind in the singular, or with its number: "risico", "3 risico's"."""
    one, many = _KIND_WORDS[kind]()
    return one if n == 1 else f"{n} {many}"


#: The zone of the hall: the product serves Dutch municipalities.
ZONE = ZoneInfo("Europe/Amsterdam")


def kind_name(kind: str) -> str:
    """The kind in the plural, as it heads a list or a sheet."""
    return {
        ItemKind.CONDITION: _("Voorwaarden om mee te doen"),
        ItemKind.INITIATIVE: _("Eerdere initiatieven"),
        ItemKind.CONCLUSION: _("Conclusies van de groep"),
        ItemKind.FINDING: _("Bevindingen"),
        ItemKind.RISK: _("Risico's"),
        ItemKind.PAIN: _("Pijnpunten"),
        ItemKind.NEED: _("Behoeften"),
        ItemKind.CAUSE: _("Oorzaken"),
        ItemKind.WISH: _("Wijkwensen"),
        ItemKind.IDEA: _("Ideeën"),
        ItemKind.INTERVENTION: _("Interventies"),
        ItemKind.ASSUMPTION: _("Aannames"),
        ItemKind.FEEDBACK: _("Terugkoppelingen"),
        ItemKind.ACTION: _("Acties"),
        ItemKind.PARKED: _("Parkeerplaats"),
    }[ItemKind(kind)]


def environment_names(environments: Sequence[str]) -> str:
    """«sociaal, fysiek», in the order of the method."""
    return ", ".join(environment_name(environment) for environment in Environment if environment in environments)


def local_day(moment: datetime) -> date:
    """The day of a moment in Dutch local time."""
    return moment.astimezone(ZONE).date()


def note_word(kind: ItemKind) -> str:
    """What a kind of item is called on screen."""
    return {
        ItemKind.CONDITION: _("voorwaarde om mee te doen"),
        ItemKind.INITIATIVE: _("eerder initiatief"),
        ItemKind.CONCLUSION: _("conclusie van de groep"),
        ItemKind.FINDING: _("kaartje"),
        ItemKind.RISK: _("risico"),
    }.get(kind) or kind_word(kind)
