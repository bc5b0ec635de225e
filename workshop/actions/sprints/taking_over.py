"""Taking something over into a sprint's record by one click: a figure, a passage of a report, what the room told.

It becomes a row of the record and, for sprint 2, a finding that later problems, wishes and actions point back to.
"""

from __future__ import annotations

from typing import Any

from workshop.actions.people.gate import require_role
from workshop.actions.sprints.material import Snapshot, SnapshotItem
from workshop.actions.sprints.record_parts import add_row, part_now
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.texts import clean_text
from workshop.domain.thread.basis import Basis, FigureBasis, ReportBasis, as_details
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import LONGEST_TEXT, Environment, ItemKind, ItemState, Moment
from workshop.locale import _
from workshop.screening.free_text import check_free_text
from workshop.store import Store, items
from workshop.store.writing import Write, writing

#: The sprint that sharpens pains with hard and soft information (domain paper 1.1).
DIAGNOSIS = 2
#: The sprint that maps what was done before (domain paper 1.1).
LISTENING = 1
#: Longest name of a row, in characters.
LONGEST_NAME = 200


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


def take_initiative(store: Store, actor: Actor, wijkplan_id: str, item_id: str) -> int:
    """Take over what the room told about earlier policy into the record of sprint 1, with the note as its origin.

    Returns the version of the part. The note was screened when it was written and looked at when it was released.

    Raises:
        Refused: it stands there already.
        NotFound: it is no released note about earlier policy of this wijkplan.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        note = items.item(write.conn, item_id)
        is_ours = note is not None and note.wijkplan_id == wijkplan_id and note.kind is ItemKind.INITIATIVE
        if note is None or not is_ours or note.state is not ItemState.RELEASED:
            raise NotFound()
        now = part_now(write, wijkplan_id, LISTENING, "earlier_policy")
        if any(row.get("came_from") == item_id for row in (now.content["rows"] if now else ())):
            raise Refused(_("Dit staat al bij het eerdere beleid van sprint 1."))
        told = note.details.fields
        name, rest = _name_of(note.text)
        row = {
            **{key: told.get(key) for key in ("year", "domain", "feeling", "reuse")},
            "name": name,
            "organisation": told.get("organisation") or _("niet genoemd"),
            "lesson": f"{rest}\n{note.details.lesson}".strip(),
            "is_reused": False,
            "came_from": item_id,
        }
        version = add_row(write, wijkplan_id, LISTENING, "earlier_policy", row, confirmed=True)
        write.journal("item.take_over", item_id, details={"part": "earlier_policy"})
        return version


def not_taken_yet(snapshot: Snapshot) -> list[SnapshotItem]:
    """What the room told about earlier policy and is not in the record yet, by the alphabet."""
    rows = snapshot.contents(LISTENING).get("earlier_policy", {}).get("rows", ())
    taken = {row.get("came_from") for row in rows}
    found = [i for i in snapshot.items if i.kind == ItemKind.INITIATIVE and i.id not in taken]
    return sorted(found, key=lambda i: (i.text.casefold(), i.id))


def _name_of(text: str) -> tuple[str, str]:
    """A name that fits on one line of the record; the whole text goes with it when it does not fit."""
    line = " ".join(text.split())
    return (line, "") if len(line) <= LONGEST_NAME else (line[: LONGEST_NAME - 1] + "…", text)


def _refuse_twice(write: Write, basis: Basis, message: str, *, text: str | None = None) -> None:
    for known in items.items_of(write.conn, wijkplan_id=write.wijkplan_id, kinds=[ItemKind.FINDING]):
        is_there = known.state in (ItemState.RELEASED, ItemState.MERGED)
        if is_there and known.details.basis == basis and text in (None, known.text):
            raise Refused(message)


def _add_finding(write: Write, text: str, basis: Basis, environments: Any) -> str:
    item_id = items.add_item(
        write.conn,
        wijkplan_id=write.wijkplan_id,
        kind=ItemKind.FINDING,
        state=ItemState.RELEASED,
        text=text,
        environments=sorted(e.value for e in environments),
        moment=Moment.NOW,
        details=Details(basis=basis),
        source="desk",
        sprint=DIAGNOSIS,
        created_at=write.now,
    )
    write.journal("item.take_over", item_id, details={"basis": as_details(basis)["sort"]})
    return item_id
