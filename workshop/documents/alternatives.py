"""What a picture says, for people who cannot see it; the exact numbers stand in the table below it."""

from __future__ import annotations

from typing import assert_never

from workshop.documents.words import one_line
from workshop.domain.evening.stories import BarsPicture, FieldPicture, GroupsPicture, OverlapPicture, Picture
from workshop.domain.words import environment_name
from workshop.locale import _, format_number


def describe(picture: Picture) -> str:
    match picture:
        case BarsPicture():
            return _bars(picture)
        case GroupsPicture():
            return _groups(picture)
        case OverlapPicture():
            return _overlap(picture)
        case FieldPicture():
            return _fields(picture)
        case _:
            assert_never(picture)


def _bars(picture: BarsPicture) -> str:
    told = "; ".join(
        f"{one_line(bar.label)}: {format_number(bar.value)} {one_line(picture.unit)}".strip()
        for bar in picture.bars[:6]
    )
    return _("Staafdiagram, de hoogste bovenaan. {bars}.").format(bars=told)


def _groups(picture: GroupsPicture) -> str:
    told = "; ".join(
        f"{one_line(row.label)}: "
        + ", ".join(f"{n} {one_line(word)}" for n, word in zip(row.counts, picture.words, strict=True) if n)
        for row in picture.rows[:8]
    )
    return _("Stippen per groep op een schaal van {steps} stappen, groter is meer mensen. {rows}.").format(
        steps=len(picture.words), rows=told
    )


def _overlap(picture: OverlapPicture) -> str:
    fields = ", ".join(f"{environment_name(e)} {n}" for e, n in picture.per_environment.items())
    meets = ", ".join(
        f"{environment_name(a)} én {environment_name(b)} {n}" for (a, b), n in picture.per_koppelvlak.items()
    )
    return _("Vier omgevingen en waar ze samenkomen. {fields}. Samen: {meets}.").format(fields=fields, meets=meets)


def _fields(picture: FieldPicture) -> str:
    told = "; ".join(
        f"{one_line(point.label)}: {format_number(point.median[0])} / {format_number(point.median[1])}"
        for point in picture.points[:8]
        if point.median
    )
    return _(
        "Per onderwerp een veld van vijf bij vijf met elke stem als stip en het midden als ring. "
        "{across} / {up} {points}."
    ).format(across=picture.across_label, up=picture.up_label, points=told)
