"""Asking approval of the ontwerpbrief and answering it: in the room, or by a link without an account.

The link holds a random token that is stored as its hash, works once and for a limited time, and opens one page: the
text of the ontwerpbrief as it was fixed, and the answer. Nothing else of the wijkplan is behind it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workshop.actions.people.gate import new_token, require_role, token_hash
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Actor, Role
from workshop.domain.sprints.approvals import ANSWERS, BRIEF_SPRINT, NEEDS_REMARK, Approval, Asked, of_version
from workshop.domain.sprints.rules import is_empty, parts_of
from workshop.domain.words import ZONE
from workshop.locale import _, format_date
from workshop.screening.free_text import check_free_text
from workshop.store import Store, approvals, results, rooms, wijkplannen
from workshop.store.results import FixedResult
from workshop.store.writing import Write, writing

#: How long a link works, in days.
LINK_DAYS = 21
MOST_DAYS = 90
LONGEST_NAME, LONGEST_REMARK = 120, 1_000


@dataclass(frozen=True)
class Request:
    """A request just made; ``token`` is told once and never kept."""

    id: str
    token: str | None
    expires_at: datetime | None


@dataclass(frozen=True)
class Letter:
    """What somebody with the link sees: the text of the ontwerpbrief and nothing else."""

    organisation: str
    wijkplan: str
    joint_task: str
    version: int
    fixed_on: date
    parts: tuple[tuple[str, str], ...]
    wishes: tuple[str, ...]
    works_until: date | None


def ask_approval(
    store: Store,
    actor: Actor,
    wijkplan_id: str,
    *,
    organisation: str,
    is_important: bool,
    by_link: bool = False,
    days: int = LINK_DAYS,
) -> Request:
    """Ask an organisation to approve the fixed ontwerpbrief; with ``by_link`` a link is made for outside the room.

    Raises:
        Refused: the ontwerpbrief is not fixed yet, or this organisation has a request that waits for an answer.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    name = check_free_text(organisation, confirmed=True, limit=LONGEST_NAME, multiline=False, field="organisation")
    if not 1 <= days <= MOST_DAYS:
        raise WorkshopError(_("Kies een aantal dagen van 1 tot en met {n}.").format(n=MOST_DAYS), field="days")
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        brief = _brief(write, wijkplan_id)
        if brief is None:
            raise Refused(_("Leg eerst de ontwerpbrief vast (sprint 3). Daarna kun je akkoord vragen."))
        of_this = of_version(approvals.approvals(write.conn, wijkplan_id), brief.version)
        if any(each.organisation == name and each.decision is None for each in of_this):
            raise Refused(_("{who} is al gevraagd en gaf nog geen antwoord.").format(who=name), field="organisation")
        token = new_token() if by_link else None
        expires = write.now + timedelta(days=days) if by_link else None
        approval_id = rooms.new_id()
        approvals.add_approval(
            write.conn,
            id=approval_id,
            wijkplan_id=wijkplan_id,
            sprint=BRIEF_SPRINT,
            version=brief.version,
            organisation=name,
            is_important=is_important,
            token_hash=token_hash(token) if token else None,
            expires_at=expires,
            asked_at=write.now,
        )
        write.journal(
            "approval.ask", approval_id, details={"version": brief.version, "important": is_important, "link": by_link}
        )
        return Request(approval_id, token, expires)


def record_answer(
    store: Store,
    actor: Actor,
    approval_id: str,
    *,
    decision: Approval,
    person: str,
    role: str,
    remark: str = "",
) -> None:
    """Write down what an organisation said in the room.

    Raises:
        Refused: there is an answer already, or the ontwerpbrief has a newer version.
    """
    words = _checked(decision, person, role, remark)
    with _approval_write(store, actor, approval_id) as (write, asked):
        _answer(write, asked, decision, *words, recorded_by=write.actor)


def pass_over(store: Store, actor: Actor, approval_id: str, reason: str) -> None:
    """Record the decision to go on without this approval, with its reason; what the organisation said stays."""
    why = check_free_text(reason, confirmed=True, limit=LONGEST_REMARK, field="remark")
    with _approval_write(store, actor, approval_id) as (write, asked):
        newest = _brief(write, write.wijkplan_id or "")
        if newest is None or newest.version != asked.version:
            raise Refused(_newer())
        approvals.add_approval(
            write.conn,
            id=rooms.new_id(),
            wijkplan_id=write.wijkplan_id,
            sprint=asked.sprint,
            version=asked.version,
            organisation=asked.organisation,
            is_important=asked.is_important,
            decision=Approval.PASSED_OVER.value,
            remark=why,
            asked_at=write.now,
            decided_at=write.now,
            recorded_by=write.actor,
        )
        write.journal("approval.pass_over", approval_id, details={"version": asked.version})


def take_back_request(store: Store, actor: Actor, approval_id: str) -> None:
    """Take back a request nobody answered; its link stops working at once. An answer is never removed."""
    with _approval_write(store, actor, approval_id) as (write, asked):
        if not approvals.remove_unanswered(write.conn, approval_id):
            raise Refused(_("{who} gaf al antwoord. Een antwoord blijft staan.").format(who=asked.organisation))
        write.journal("approval.take_back", approval_id, details={"version": asked.version})


def renew_link(store: Store, actor: Actor, approval_id: str, *, days: int = LINK_DAYS) -> Request:
    """A new link for a request that waits; the one before stops working."""
    with _approval_write(store, actor, approval_id) as (write, asked):
        if asked.decision is not None:
            raise Refused(_("{who} gaf al antwoord. Een antwoord blijft staan.").format(who=asked.organisation))
        token, expires = new_token(), write.now + timedelta(days=days)
        approvals.change_request(write.conn, approval_id, token_hash=token_hash(token), expires_at=expires)
        write.journal("approval.renew_link", approval_id, details={"version": asked.version})
        return Request(approval_id, token, expires)


# -- by the link, without an account -----------------------------------------------------------------------------------


def read_letter(store: Store, token: str) -> Letter:
    """What stands behind a link.

    Raises:
        NotFound: no such link (it was altered, or taken back).
        WorkshopError: it was used, it is too old, or the ontwerpbrief has a newer version; the message says which.
    """
    with store.read() as conn:
        found = approvals.by_token(conn, token_hash(token))
        if found is None:
            raise _unknown_link()
        wijkplan_id, asked = found
        known = {r.version: r for r in results.results(conn, wijkplan_id) if r.sprint == BRIEF_SPRINT}
        title = wijkplannen.plan(conn, wijkplan_id)
    _check_link(asked, max(known), store.now())
    record = known[asked.version].record
    contents = {part["part"]: part["content"] for part in record.get("parts", ())}
    return Letter(
        organisation=asked.organisation,
        wijkplan=title.title if title else "",
        joint_task=record.get("joint_task") or "",
        version=asked.version,
        fixed_on=_day(known[asked.version].fixed_at),
        parts=tuple(
            (part.label, contents[part.key]["text"])
            for part in parts_of(BRIEF_SPRINT)
            if not part.columns and not is_empty(contents.get(part.key))
        ),
        wishes=tuple(
            item["text"] for item in record["items"] if item["kind"] == "wish" and item["goes_on"] is not False
        ),
        works_until=_day(asked.expires_at) if asked.expires_at else None,
    )


def answer_by_link(store: Store, token: str, *, decision: str, person: str, role: str, remark: str = "") -> Approval:
    """Give the answer by the link, once.

    Raises:
        NotFound, WorkshopError: as :func:`read_letter`; also when a field is missing (``field`` names it).
    """
    with store.read() as conn:
        found = approvals.by_token(conn, token_hash(token))
    if found is None:
        raise _unknown_link()
    wijkplan_id, _asked = found
    try:
        said = Approval(decision)
    except ValueError:
        raise WorkshopError(_("Kies wat je antwoord is."), field="decision") from None
    with writing(store, "approval link", wijkplan_id=wijkplan_id) as write:
        again = approvals.by_token(write.conn, token_hash(token))
        if again is None:
            raise _unknown_link()
        newest = _brief(write, wijkplan_id)
        _check_link(again[1], newest.version if newest else 0, write.now)
        words = _checked(said, person, role, remark)
        _answer(write, again[1], said, *words, recorded_by=None)
    return said


def _unknown_link() -> NotFound:
    return NotFound(
        _("Deze link klopt niet. Kijk of je hem helemaal hebt overgenomen, of vraag een nieuwe aan de begeleider.")
    )


def _day(moment: datetime) -> date:
    """The day in the Netherlands: a link ends on the day that stands on both screens."""
    return moment.astimezone(ZONE).date()


def _newer() -> str:
    return _("De ontwerpbrief heeft intussen een nieuwe versie. Vraag opnieuw akkoord op die versie.")


def _check_link(asked: Asked, newest: int, now: datetime) -> None:
    if asked.decision is not None and asked.decided_at is not None:
        raise WorkshopError(
            _(
                "Via deze link is op {day} al een antwoord gegeven. Het is bewaard. Iets veranderen? "
                "Vraag het de begeleider."
            ).format(day=format_date(_day(asked.decided_at))),
            kind="closed",
        )
    if asked.expires_at is not None and asked.expires_at <= now:
        raise WorkshopError(
            _("Deze link werkte tot {day}. Vraag een nieuwe aan de begeleider.").format(
                day=format_date(_day(asked.expires_at))
            ),
            kind="closed",
        )
    if asked.version != newest:
        raise WorkshopError(
            _("De ontwerpbrief is intussen veranderd. Vraag de begeleider om een link naar de nieuwe versie."),
            kind="closed",
        )


# -- shared ------------------------------------------------------------------------------------------------------------


def _brief(write: Write, wijkplan_id: str) -> FixedResult | None:
    found = [r for r in results.results(write.conn, wijkplan_id) if r.sprint == BRIEF_SPRINT]
    return found[-1] if found else None


@contextmanager
def _approval_write(store: Store, actor: Actor, approval_id: str) -> Iterator[tuple[Write, Asked]]:
    with store.read() as conn:
        found = approvals.by_id(conn, approval_id)
    if found is None:
        raise NotFound()
    staff = require_role(actor, found[0], Role.FACILITATOR)
    with writing(store, staff.account_id, wijkplan_id=found[0]) as write:
        again = approvals.by_id(write.conn, approval_id)
        if again is None:
            raise NotFound()
        yield write, again[1]


def _checked(decision: Approval, person: str, role: str, remark: str) -> tuple[str, str, str]:
    """Person, role and remark as they may be stored: this is an official answer, so a name belongs in it."""
    if decision not in ANSWERS:
        raise WorkshopError(_("Kies wat je antwoord is."), field="decision")
    told = []
    for value, field, empty in (
        (person, "person", _("Vul in wie dit antwoord geeft.")),
        (role, "role", _("Vul in welke functie je hebt.")),
    ):
        if not value.strip():
            raise WorkshopError(empty, field=field)
        told.append(check_free_text(value, confirmed=True, limit=LONGEST_NAME, multiline=False, field=field))
    if not remark.strip():
        if decision in NEEDS_REMARK:
            missing = (
                _("Schrijf onder welke voorwaarde je akkoord bent.")
                if decision is Approval.CONDITIONAL
                else _("Schrijf waarom je niet akkoord bent.")
            )
            raise WorkshopError(missing, field="remark")
        return told[0], told[1], ""
    return told[0], told[1], check_free_text(remark, confirmed=True, limit=LONGEST_REMARK, field="remark")


def _answer(
    write: Write, asked: Asked, decision: Approval, person: str, role: str, remark: str, *, recorded_by: str | None
) -> None:
    newest = _brief(write, write.wijkplan_id or "")
    if newest is None or newest.version != asked.version:
        raise Refused(_newer())
    written = approvals.decide(
        write.conn,
        asked.id,
        decision=decision,
        decided_at=write.now,
        person=person,
        role=role,
        remark=remark,
        recorded_by=recorded_by,
    )
    if not written:
        raise Refused(_("{who} gaf al antwoord. Een antwoord blijft staan.").format(who=asked.organisation))
    write.journal("approval.answer", asked.id, details={"version": asked.version, "decision": decision.value})
