"""A snapshot as flat tables, one per kind of thing: what the workbook and the CSV files both write.

Keys and ids are stable from one download to the next; headings are in the language of whoever downloads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from workshop.actions.sprints.material import Snapshot, SnapshotItem, SnapshotRound, SnapshotStep
from workshop.actions.wijkplan.definitions import definition_labels
from workshop.domain.thread.items import ItemKind
from workshop.domain.words import environment_names, group_name, kind_name, local_day
from workshop.exports.sprints import (
    approval_header,
    approval_rows,
    link_header,
    link_rows,
    look_header,
    look_rows,
    record_header,
    record_rows,
)
from workshop.exports.words import (
    decision_name,
    level_name,
    local,
    moment_word,
    per_group,
    session_state_name,
    source_name,
    step_state_name,
    tone_word,
)
from workshop.locale import _, format_date
from workshop.sources.attribution import attributions
from workshop.sources.figure import Figure

Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Sheet:
    """One table: ``key`` names its file and never changes, every row is as long as ``header``."""

    key: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def sheets_of(snapshot: Snapshot, figures: Sequence[Figure]) -> tuple[Sheet, ...]:
    """All tables, the same for every format. Kinds of items that do not occur have no table."""
    return (
        _about(snapshot),
        _joint_tasks(snapshot),
        _sessions(snapshot),
        _steps(snapshot),
        _turnout(snapshot),
        _outcomes(snapshot),
        _numbers(snapshot),
        *(_items(snapshot, kind) for kind in ItemKind if any(item.kind == kind for item in snapshot.items)),
        _origins(snapshot),
        _decisions(snapshot),
        Sheet("sprint_record", _("Per sprint opgeschreven"), record_header(), record_rows(snapshot)),
        Sheet("koppelvlakken", _("Koppelvlakken"), link_header(), link_rows(snapshot)),
        Sheet("key_factors", _("Sleutelfactoren"), look_header(), look_rows(snapshot)),
        Sheet("approvals", _("Akkoord"), approval_header(), approval_rows(snapshot)),
        _results(snapshot),
        _figures(figures),
    )


def definition_rows(snapshot: Snapshot) -> tuple[tuple[str, str], ...]:
    """The agreed project definition as pairs of heading and text; what was left empty is not in it."""
    agreed = snapshot.wijkplan.definition
    found = ((heading, getattr(agreed, name)) for name, heading in definition_labels().items())
    return tuple((heading, _said(value)) for heading, value in found if value)


def _said(value: str | date) -> str:
    return value if isinstance(value, str) else format_date(value)


def in_no_order(items: Sequence[SnapshotItem]) -> list[SnapshotItem]:
    """Items in an order that tells nothing about who was first: by the hash of their text (assurance T21)."""
    return sorted(items, key=lambda item: (hashlib.sha256(item.text.encode("utf-8", "replace")).digest(), item.id))


def shown_rounds(snapshot: Snapshot) -> Iterator[tuple[SnapshotStep, SnapshotRound]]:
    """Every round whose outcome was shown, with its step, in the order of the script."""
    for session in snapshot.sessions:
        for step in session.steps:
            for shown in step.rounds:
                yield step, shown


def numbers_in(value: Any, path: str = "") -> Iterator[tuple[str, int | float]]:
    """Every number in an outcome with the path that leads to it: ``("stance.0", 4)``."""
    if isinstance(value, bool):
        return
    if isinstance(value, int | float):
        yield path, value
    elif isinstance(value, Mapping):
        for key in value:
            yield from numbers_in(value[key], f"{path}.{key}" if path else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for place, inner in enumerate(value):
            yield from numbers_in(inner, f"{path}.{place}" if path else str(place))


def _about(snapshot: Snapshot) -> Sheet:
    plan = snapshot.wijkplan
    rows: list[tuple[Cell, ...]] = [
        (_("Wijkplan"), plan.title),
        (_("Nummer van het wijkplan"), plan.id),
        (_("Gemeente"), f"{plan.municipality_name} ({plan.municipality_code})"),
        (_("Thema"), plan.theme),
        *((_("Gebied"), f"{area.name} ({level_name(area.level)}, {area.code})") for area in plan.areas),
        *((_("Partner"), partner.name) for partner in plan.open_partners),
        *definition_rows(snapshot),
        (_("Gezamenlijke opgave"), snapshot.joint_task),
        (_("Stand van"), local(snapshot.as_of)),
        (_("Wat er niet in staat"), _("Uitslagen die nog niet getoond zijn, en alles wat naar een persoon wijst.")),
        *((_("Bron"), line) for line in attributions()),
    ]
    if plan.is_demo:
        rows.insert(0, (_("Let op"), _("Dit is een verzonnen voorbeeld, geen echte wijk.")))
    return Sheet("about", _("Over dit bestand"), (_("Wat"), _("Inhoud")), tuple(rows))


def _joint_tasks(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "joint_tasks",
        _("Gezamenlijke opgave"),
        (_("Versie"), _("Tekst"), _("Geschreven op")),
        tuple((task.version, task.text, local_day(task.written_at)) for task in snapshot.joint_tasks),
    )


def _sessions(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "sessions",
        _("Bijeenkomsten"),
        (
            _("Bijeenkomst-id"), _("Sprint"), _("Titel"), _("Datum"), _("Plaats"), _("Stand"), _("Deelnemers"),
        ),
        tuple(
            (s.id, s.sprint, s.title, s.held_on, s.place, session_state_name(s.state), s.total)
            for s in snapshot.sessions
        ),
    )  # fmt: skip


def _steps(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "steps",
        _("Onderdelen"),
        (
            _("Onderdeel-id"), _("Bijeenkomst-id"), _("Nummer"), _("Werkvorm"), _("Titel"), _("Minuten"), _("Stand"),
            _("Geheim of open"), _("Overgeslagen omdat"),
        ),
        tuple(
            (
                step.id, session.id, step.position, step.werkvorm, step.title, step.minutes,
                step_state_name(step.state), _("geheim") if step.is_secret else _("open"), step.skip_reason,
            )
            for session in snapshot.sessions
            for step in session.steps
        ),
    )  # fmt: skip


def _turnout(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "turnout",
        _("Opkomst"),
        (
            _("Ronde-id"), _("Onderdeel-id"), _("Ronde"), _("Getoond op"), _("Groep"), _("Stemmen"),
            _("Waarvan op papier"), _("Aanwezigen"),
        ),
        tuple(
            (
                shown.id, step.id, shown.number, shown.shown_on, group, n,
                # Paper and presence are known for everybody together only.
                shown.paper if is_total else None, shown.expected if is_total else None,
            )
            for step, shown in shown_rounds(snapshot)
            for group, n, is_total in _with_total(shown)
        ),
    )  # fmt: skip


def _with_total(shown: SnapshotRound) -> list[tuple[str, int, bool]]:
    rows = per_group(shown.groups, shown.ballots)
    return [(group, n, place == len(rows)) for place, (group, n) in enumerate(rows, start=1)]


def _outcomes(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "outcomes",
        _("Uitslagen"),
        (_("Ronde-id"), _("Onderdeel-id"), _("Ronde"), _("Tabel"), _("Regel"), _("Rij"), _("Kolom"), _("Waarde")),
        tuple(
            (shown.id, step.id, shown.number, table.caption, number, row[0], heading, cell)
            for step, shown in shown_rounds(snapshot)
            for table in shown.story.tables
            for number, row in enumerate(table.rows, start=1)
            for heading, cell in zip(table.header[1:], row[1:], strict=True)
        ),
    )


def _numbers(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "numbers",
        _("Getallen"),
        (_("Ronde-id"), _("Onderdeel-id"), _("Ronde"), _("Veld"), _("Getal")),
        tuple(
            (shown.id, step.id, shown.number, path, number)
            for step, shown in shown_rounds(snapshot)
            for path, number in numbers_in(shown.outcome)
        ),
    )


def _items(snapshot: Snapshot, kind: ItemKind) -> Sheet:
    chosen = in_no_order([item for item in snapshot.items if item.kind == kind])
    return Sheet(
        kind.value,
        kind_name(kind),
        (
            _("Item-id"), _("Tekst"), _("Les"), _("Omgevingen"), _("Gaat goed of niet"), _("Wanneer"), _("Groep"),
            _("Ingebracht"), _("Sprint"), _("Bijeenkomst-id"), _("Onderdeel-id"), _("Dag"), _("Besluit"), _("Reden"),
            _("Uitkomst"), _("Herkomst"),
        ),
        tuple(
            (
                item.id, item.text, item.lesson, environment_names(item.environments),
                tone_word(item.tone), moment_word(item.moment),
                group_name(item.group) if item.group else None, source_name(item.source), item.sprint,
                item.session_id, item.step_id, item.made_on, decision_name(item), item.reason, item.score,
                item.origin_line,
            )
            for item in chosen
        ),
    )  # fmt: skip


def _origins(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "origins",
        _("Herkomst"),
        (_("Item-id"), _("Komt uit item-id")),
        tuple((item.id, origin) for item in in_no_order(snapshot.items) for origin in item.origin),
    )


def _decisions(snapshot: Snapshot) -> Sheet:
    """What each sprint decided: the tables per kind only hold what was decided last."""
    return Sheet(
        "decisions",
        _("Besluiten per sprint"),
        (_("Item-id"), _("Sprint"), _("Besluit"), _("Reden"), _("Uitkomst")),
        tuple(
            (item.id, sprint, decision_name(item.in_sprint(sprint)), one.reason, one.score)
            for item in in_no_order(snapshot.items)
            for sprint, one in item.decided.items()
        ),
    )


def _results(snapshot: Snapshot) -> Sheet:
    return Sheet(
        "results",
        _("Vastgelegd"),
        (
            _("Sprint"), _("Versie"), _("Vastgelegd op"), _("Vastgelegd door"), _("Mogelijk verouderd"),
            _("Vingerafdruk (SHA-256)"),
        ),
        tuple(
            (result.sprint, result.version, local_day(result.fixed_at), result.fixed_by, result.is_stale, result.digest)
            for result in snapshot.results
        ),
    )  # fmt: skip


def _figures(figures: Sequence[Figure]) -> Sheet:
    return Sheet(
        "figures",
        _("Cijfers over de wijk"),
        (
            _("Cijfer"), _("Naam"), _("Gebiedscode"), _("Gebied"), _("Niveau"), _("Jaar"), _("Waarde"), _("Eenheid"),
            _("Minder dan 5"), _("Gemeente"), _("Nederland"), _("Bron"), _("Tabel"), _("Licentie"), _("Toelichting"),
        ),
        tuple(
            (
                f.indicator, f.label_nl, f.area_code, f.area_name, level_name(f.level), f.period, f.value, f.unit,
                f.is_small_count, _reference(f, "gemeente"), _reference(f, "land"), f.source, f.table, f.licence,
                f.note,
            )
            for f in figures
        ),
    )  # fmt: skip


def _reference(figure: Figure, level: str) -> float | None:
    return next((value for at, _name, value in figure.reference if at == level), None)
