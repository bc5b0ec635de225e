"""Whose figures these are: the lines that pages and exports must show."""

from __future__ import annotations

from workshop.locale import _


def attributions() -> list[str]:
    """Return one sentence per source of what ships in ``data/samples``."""
    return [
        _(
            "Gebieden en inwoners: CBS, wijken en buurten 2024 (85984NED), licentie CC BY 4.0. "
            "Wij bewaarden alleen code, naam en aantal inwoners."
        ),
        _(
            "Cijfers over bevolking, inkomen en woningen in Baarn: CBS, Kerncijfers wijken en buurten 2016-2024 "
            "en wijk- en buurtkaart 2024, licentie CC BY 4.0. Cijfers per wijk zijn door ons berekend."
        ),
        _(
            "Geregistreerde misdrijven: politie via CBS (47018NED, 2023), licentie CC BY 4.0. "
            "Cijfers per wijk en per 1.000 inwoners zijn door ons berekend."
        ),
        _(
            "Leefbaarheid: Leefbaarometer, ministerie van Binnenlandse Zaken en Koninkrijksrelaties, "
            "via www.leefbaarometer.nl. Een schatting met een rekenmodel."
        ),
    ]
