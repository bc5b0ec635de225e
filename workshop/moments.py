"""A moment in words, for every screen and every file."""

from __future__ import annotations

from datetime import datetime

from workshop.domain.words import ZONE
from workshop.locale import _, format_date, format_time


def local(moment: datetime) -> str:
    """A moment in Dutch local time: «21 november 2026, 22:31 uur»."""
    here = moment.astimezone(ZONE)
    return _("{day}, {time} uur").format(day=format_date(here.date()), time=format_time(here))
