"""The figures that ship: a short list in plain Dutch, per environment.

The choice follows the domain paper (1.4 and 10). For the institutional
environment no open table exists: what organisations do together has to come
from the room.
"""

from __future__ import annotations

from dataclasses import dataclass

from workshop.locale import _
from workshop.sources.figure import Environment


@dataclass(frozen=True)
class Indicator:
    """What one figure is: words, unit, source and how it may be read.

    ``phrase`` follows «In Centrum …» and holds ``{value}``. ``hides_small``
    withholds counts below five.
    """

    key: str
    label: str
    phrase: str
    environment: Environment | None
    unit: str
    source: str
    table: str
    licence: str
    decimals: int = 0
    higher_is_worse: bool | None = None
    hides_small: bool = False
    note: str = ""


def catalogue() -> tuple[Indicator, ...]:
    """Return all indicators in the order of the screen, in the language of now."""
    cbs = ("CBS", "Kerncijfers wijken en buurten", "CC BY 4.0")
    cbs_2024 = ("CBS", "85984NED", "CC BY 4.0")
    police = ("politie", "47018NED", "CC BY 4.0")
    model = ("BZK Leefbaarometer", "Leefbaarometer", _("open cijfers, bron vermelden"))
    rounded = _("Afgerond op vijf.")
    compiled = _("Uit een verzameld bestand over 2022.")
    registered = _(
        "Geteld is waar de politie het vastlegde, niet waar de daders of slachtoffers wonen. "
        "Wat niemand meldt, telt niet mee. De cijfers blijven twee jaar voorlopig."
    )
    predicted = _("Een schatting met een rekenmodel, geen meting. Het zegt niet wat de oorzaak is.")
    deviation = _("Verschil met het gemiddelde van Nederland: boven 0 is beter.")
    return (
        Indicator("inwoners", _("Inwoners"), _("wonen {value} mensen"), "social", _("mensen"), *cbs, note=rounded),
        Indicator(
            "ouderen_65",
            _("Inwoners van 65 jaar of ouder"),
            _("is {value} van de inwoners 65 jaar of ouder"),
            "social",
            "%",
            *cbs_2024,
        ),
        Indicator(
            "jongeren_15_25",
            _("Inwoners van 15 tot 25 jaar"),
            _("is {value} van de inwoners tussen de 15 en 25 jaar"),
            "social",
            "%",
            *cbs_2024,
        ),
        Indicator(
            "huishoudens_met_kinderen",
            _("Huishoudens met kinderen"),
            _("wonen in {value} van de huishoudens kinderen"),
            "social",
            "%",
            *cbs_2024,
        ),
        Indicator(
            "inkomen",
            _("Inkomen van een huishouden"),
            _("heeft een huishouden gemiddeld {value} per jaar te besteden"),
            "social",
            "× € 1.000",
            *cbs,
            decimals=1,
            higher_is_worse=False,
            note=_("Wat een huishouden te besteden heeft, omgerekend naar hoe groot het is."),
        ),
        Indicator(
            "laag_inkomen",
            _("Huishoudens met een laag inkomen"),
            _("heeft {value} van de huishoudens een laag inkomen"),
            "social",
            "%",
            *cbs,
            decimals=1,
            higher_is_worse=True,
        ),
        Indicator(
            "bijstand",
            _("Mensen met bijstand"),
            _("krijgen {value} mensen bijstand"),
            "social",
            _("mensen"),
            *cbs,
            higher_is_worse=True,
            hides_small=True,
            note=_("Afgerond op tien."),
        ),
        Indicator(
            "leefbaarheid_samenhang",
            _("Sociale samenhang (Leefbaarometer)"),
            _("staat sociale samenhang op {value}"),
            "social",
            _("verschil met Nederland"),
            *model,
            decimals=2,
            higher_is_worse=False,
            note=f"{deviation} {predicted}",
        ),
        Indicator(
            "dichtheid",
            _("Inwoners per vierkante kilometer"),
            _("wonen {value} mensen op een vierkante kilometer"),
            "physical",
            _("mensen per km²"),
            *cbs_2024,
        ),
        Indicator(
            "koopwoningen",
            _("Koopwoningen"),
            _("is {value} van de woningen een koopwoning"),
            "physical",
            "%",
            *cbs,
            note=compiled,
        ),
        Indicator(
            "woz",
            _("WOZ-waarde van een woning"),
            _("is een woning gemiddeld {value} waard"),
            "physical",
            "× € 1.000",
            *cbs,
            note=compiled,
        ),
        Indicator(
            "leefbaarheid_fysiek",
            _("Fysieke omgeving (Leefbaarometer)"),
            _("staat de fysieke omgeving op {value}"),
            "physical",
            _("verschil met Nederland"),
            *model,
            decimals=2,
            higher_is_worse=False,
            note=f"{deviation} {predicted}",
        ),
        Indicator(
            "leefbaarheid_voorzieningen",
            _("Voorzieningen (Leefbaarometer)"),
            _("staan voorzieningen op {value}"),
            "physical",
            _("verschil met Nederland"),
            *model,
            decimals=2,
            higher_is_worse=False,
            note=f"{deviation} {predicted}",
        ),
        Indicator(
            "misdrijven",
            _("Geregistreerde misdrijven"),
            _("legde de politie {value} misdrijven vast"),
            "criminal",
            _("misdrijven"),
            *police,
            higher_is_worse=True,
            hides_small=True,
            note=registered,
        ),
        Indicator(
            "misdrijven_per_1000",
            _("Geregistreerde misdrijven per 1.000 inwoners"),
            _("legde de politie {value} misdrijven per 1.000 inwoners vast"),
            "criminal",
            _("per 1.000 inwoners"),
            *police,
            decimals=1,
            higher_is_worse=True,
            note=registered,
        ),
        Indicator(
            "leefbaarheid_overlast",
            _("Overlast en onveiligheid (Leefbaarometer)"),
            _("staat overlast en onveiligheid op {value}"),
            "criminal",
            _("verschil met Nederland"),
            *model,
            decimals=2,
            higher_is_worse=False,
            note=f"{deviation} {predicted}",
        ),
        Indicator(
            "leefbaarheid",
            _("Leefbaarheid (Leefbaarometer)"),
            _("krijgt de leefbaarheid een {value}"),
            None,
            _("score"),
            *model,
            decimals=2,
            higher_is_worse=False,
            note=_("Hoger is beter. In de provincie Utrecht lopen de scores van 3,62 tot 4,52.") + " " + predicted,
        ),
    )
