"""Taking something over into a sprint's record by one click: a published figure, a passage of a report.

It becomes a row of the record and, for sprint 2, a finding that later problems, wishes and actions point back to.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workshop.actions.gate import require_role
from workshop.actions.record_parts import add_row
from workshop.actions.screening import check_free_text
from workshop.domain.basis import BASIS, Basis, FigureBasis, ReportBasis, as_details
from workshop.domain.errors import Refused, WorkshopError
from workshop.domain.items import LONGEST_TEXT, Environment, ItemKind, ItemState, Moment
from workshop.domain.roles import Actor
from workshop.domain.texts import clean_text
from workshop.locale import _
from workshop.store import Store, items
from workshop.store.writing import Write, writing

#: The sprint that sharpens pains with hard and soft information (domain paper 1.1).
DIAGNOSIS = 2


def take_figure(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    figure: FigureBasis,
    *,
    sentence: str,
    environment: Environment | None = None,
    reference: str = "",
    caveat: str = "",
    meaning: str = "",
) -> str:
    """Take a published figure over as hard information and as a finding; for anybody with a role. Returns the item's id.

    Args:
        sentence: the figure said in words, with its source; it becomes the text of the finding.
        meaning: what the group thinks it means.

    Raises:
        Refused: this figure of this period was taken over already.
        PersonalData: ``meaning`` seems to hold data about a person.
    """
    staff = require_role(actor, wijkplan_id)
    text = clean_text(sentence, limit=LONGEST_TEXT)
    told = check_free_text(meaning, field="meaning") if meaning.strip() else ""
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        _refuse_twice(write, figure, _("Dit cijfer staat al bij de harde informatie van sprint 2."))
        row = {
            "indicator": figure.label,
            "source": figure.published_in,
            "value": figure.amount,
            "environment": environment.value if environment else "",
            "area": f"{figure.area} ({figure.area_code})" if figure.area_code else figure.area,
            "period": figure.period or _("jaar niet vermeld"),
            "reference": reference,
            "caveat": caveat,
            "meaning": told,
        }
        add_row(write, wijkplan_id, DIAGNOSIS, "hard", row, confirmed=True)
        return _add_finding(write, text, figure, [environment] if environment else [])


def take_passage(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    report: ReportBasis,
    *,
    passage: str,
    group: str,
    environments: tuple[Environment, ...] = (),
    confirmed: bool = False,
) -> str:
    """Take a passage of a report over as soft information and as a finding; for anybody with a role. Returns the item's id.

    Args:
        passage: what the report says, word for word.
        group: whose experience it is, never a person.

    Raises:
        Refused: this passage was taken over already.
        PersonalData: a text seems to hold data about a person; confirmed it may stay, a BSN never.
    """
    staff = require_role(actor, wijkplan_id)
    named = {}
    for field, value in (("title", report.title), ("by", report.by), ("dated", report.dated), ("group", group)):
        if not value.strip():
            raise WorkshopError(_("Vul in: titel, van wie het is, van wanneer, en wie er spreekt."), field=field)
        named[field] = check_free_text(value, confirmed=confirmed, limit=120, multiline=False, field=field)
    source = ReportBasis(named["title"], named["by"], named["dated"], report.checksum)
    text = check_free_text(passage, confirmed=confirmed, limit=LONGEST_TEXT, field="passage")
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        _refuse_twice(write, source, _("Deze passage staat al bij de zachte informatie van sprint 2."), text=text)
        method = clean_text(f"{source.title} ({source.by}, {source.dated})"[:200], limit=200, multiline=False)
        row = {"group": named["group"], "finding": text, "method": method}
        add_row(write, wijkplan_id, DIAGNOSIS, "soft", row, confirmed=True)
        return _add_finding(write, text, source, environments)


def _refuse_twice(write: Write, basis: Basis, message: str, *, text: str | None = None) -> None:
    for known in items.items_of(write.conn, wijkplan_id=write.wijkplan_id, kinds=[ItemKind.FINDING]):
        is_there = known.state in (ItemState.RELEASED, ItemState.MERGED)
        if is_there and known.details.get(BASIS) == as_details(basis) and text in (None, known.text):
            raise Refused(message)


def _add_finding(write: Write, text: str, basis: Basis, environments: Any) -> str:
    details: Mapping[str, Any] = {BASIS: as_details(basis)}
    item_id = items.add_item(
        write.conn,
        wijkplan_id=write.wijkplan_id,
        kind=ItemKind.FINDING,
        state=ItemState.RELEASED,
        text=text,
        environments=sorted(e.value for e in environments),
        moment=Moment.NOW,
        details=dict(details),
        source="desk",
        sprint=DIAGNOSIS,
        created_at=write.now,
    )
    write.journal("item.take_over", item_id, details={"basis": as_details(basis)["sort"]})
    return item_id
