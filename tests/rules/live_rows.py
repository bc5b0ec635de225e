"""What every action does to the screens of a room: in which moments it is tried, and which screens look different after.

How an action is called stands in the tables of rights; here only what those tables do not know: actions without an actor,
and calls that have to touch what is in sight. An action that changes no screen needs no line in ``SHOWS``; one that does
and has none is red.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tests.rules.evening_rows import CARD
from tests.rules.live_scenes import (
    ANNOUNCED,
    CLOSED,
    FIGURES,
    LATER,
    MERGED,
    NOTES,
    OPEN,
    OUTCOME,
    PRACTICE,
    SECRET,
    SETTLED,
    STOPPED,
    TASK,
    TOKENS,
    WRITING,
    Clock,
    ballot,
    cast,
    write,
)  # fmt: skip
from tests.rules.sprint_rows import AGREED
from tests.rules.test_who_may_do_what import GOOD_PASSWORD
from tests.rules.world import BAARN, FACILITATOR, OWNER, World
from workshop.actions.evening import (
    closing,
    joining,
    later,
    merging_groups,
    moderation,
    notes,
    on_paper,
    pointing_back,
    practice,
    pulse,
    room_view,
    running,
    sessions,
    settling,
    tables,
)
from workshop.actions.evening.votes import door
from workshop.actions.evening.votes.door import questions_of
from workshop.actions.facts import figures
from workshop.actions.people import gate, setting_up, signing_in
from workshop.actions.sprints import agreements, approving, fixing
from workshop.actions.sprints import path as sprinting
from workshop.actions.thread import herkomst
from workshop.actions.wijkplan import partners, retention, wijkplannen
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.stage import View
from workshop.domain.roles import Actor, Participant
from workshop.domain.sprints.records import Kept
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written

Call = Callable[[World, Actor], object]

#: What actions stand on: the beginning of a write, and a check that only reads.
STANDS_UNDER = {
    "wijkplan.as_seen.write_as_seen",
    "people.accounts.new_account_values",
    "evening.steps.assisting_write",
    "evening.steps.session_write",
    "evening.steps.step_write",
    "evening.votes.at_once.live_count",
    "evening.votes.casts.read_cast",
    "evening.votes.casts.rule_of",
}

WALL, CONSOLE, PHONE = "wall", "console", "phone"
BOTH, ALL = (WALL, CONSOLE), (WALL, CONSOLE, PHONE)
QUIET = (WRITING,)
IN_SIGHT = (WRITING, NOTES, OUTCOME, SETTLED, CLOSED)

#: Items that were decided on at one moment stand in the order of their random ids, so a list may or may not look different.
BY_CHANCE = {"sprints.handing_over.take_along_again"}

#: action -> (screens that look different after it in one of these moments, the moments)
SHOWS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "sprints.agreements.mark_agreement": ((CONSOLE,), (WRITING,)),
    "evening.settling.settle_step": (BOTH, (OUTCOME, CLOSED)),
    "wijkplan.joint_task.write_joint_task": (ALL, (WRITING, TASK, CLOSED, LATER)),
    "facts.figures.keep_figures": (BOTH, (FIGURES,)),
    "facts.figures.remove_figures": (BOTH, (FIGURES,)),
    "sprints.handing_over.settle_desk": ((), (ANNOUNCED,)),
    "sprints.handing_over.take_along_again": ((), (ANNOUNCED,)),
    "evening.joining.join": (BOTH, (STOPPED, OPEN)),
    "evening.joining.join_many": ((CONSOLE,), (STOPPED, WRITING)),
    "evening.joining.leave": (BOTH, (STOPPED, SECRET)),
    "evening.later.close_later": (ALL, (LATER,)),
    # The day had passed, so phones said already that it is over.
    "evening.later.close_what_is_over": (BOTH, (LATER,)),
    "evening.later.keep_open": (ALL, (CLOSED,)),
    "evening.merging_groups.merge_groups": ((CONSOLE,), (ANNOUNCED,)),
    "evening.merging_groups.unmerge_groups": ((CONSOLE,), (MERGED,)),
    "evening.moderation.blacken": (ALL, (*IN_SIGHT, SECRET)),
    "evening.moderation.hide": (ALL, IN_SIGHT),
    "evening.moderation.merge": (ALL, (NOTES, OUTCOME, ANNOUNCED)),
    "evening.moderation.place": (ALL, IN_SIGHT),
    "evening.moderation.release": (ALL, IN_SIGHT),
    "evening.moderation.rewrite": (ALL, (WRITING, OPEN, CLOSED)),
    "evening.moderation.translate": (ALL, (*IN_SIGHT, OPEN)),
    "evening.moderation.undo": (ALL, (NOTES, OUTCOME)),
    "evening.notes.add_item": (ALL, (NOTES, OUTCOME)),
    "evening.notes.withdraw_note": (ALL, IN_SIGHT),
    "evening.notes.write_note": (BOTH, (WRITING, NOTES)),
    "evening.notes.write_paper_note": (BOTH, (STOPPED,)),
    "evening.on_paper.enter_paper_ballot": (BOTH, (STOPPED, OPEN)),
    "wijkplan.partners.add_group": ((CONSOLE,), QUIET),
    "wijkplan.partners.add_partner": ((CONSOLE,), QUIET),
    "wijkplan.partners.archive_group": ((CONSOLE,), (ANNOUNCED,)),
    "wijkplan.partners.archive_partner": ((CONSOLE,), QUIET),
    "wijkplan.partners.move_group": ((CONSOLE,), QUIET),
    "wijkplan.partners.rename_group": ((CONSOLE,), (STOPPED, CLOSED)),
    "wijkplan.partners.rename_partner": ((CONSOLE,), QUIET),
    "wijkplan.partners.restore_group": ((CONSOLE,), (MERGED,)),
    "evening.practice.let_them_answer": (BOTH, (PRACTICE,)),
    "evening.practice.send_people": (BOTH, (PRACTICE,)),
    "wijkplan.retention.apply_retention": (ALL, (OUTCOME, CLOSED)),
    "evening.running.again": (ALL, (STOPPED, OUTCOME)),
    "evening.running.blank_wall": (ALL, (ANNOUNCED, FIGURES, TASK)),
    "evening.running.enlarge_wall": (BOTH, QUIET),
    "evening.running.open_step": (ALL, (ANNOUNCED, TASK)),
    "evening.running.press_next": (ALL, (STOPPED, ANNOUNCED, OUTCOME)),
    "evening.running.put_on_wall": (ALL, (WRITING, FIGURES, TASK, OUTCOME)),
    "evening.running.show_outcome": (ALL, (STOPPED,)),
    "evening.running.step_back": (ALL, (NOTES, TASK, OUTCOME)),
    "evening.running.stop_step": (ALL, (WRITING, SECRET, OPEN)),
    "evening.sessions.add_step": ((CONSOLE,), (TASK,)),
    "evening.sessions.change_session": (ALL, (TASK, CLOSED)),
    "evening.sessions.change_step": (ALL, (WRITING, TASK, SECRET)),
    "evening.sessions.close_room": (ALL, (TASK, OUTCOME)),
    "evening.sessions.move_step": ((CONSOLE,), (TASK,)),
    "evening.sessions.open_room": (ALL, (CLOSED,)),
    "evening.sessions.put_item_on_step": (BOTH, (ANNOUNCED,)),
    "evening.sessions.remove_step": (BOTH, (ANNOUNCED,)),
    "evening.sessions.reopen_room": (ALL, (CLOSED,)),
    "evening.sessions.restore_step": ((CONSOLE,), (MERGED,)),
    "evening.sessions.skip_step": (BOTH, (ANNOUNCED,)),
    "evening.sessions.take_item_off_step": (BOTH, (ANNOUNCED,)),
    "evening.sessions.translate_step": (ALL, (ANNOUNCED, WRITING, OPEN)),
    "sprints.path.write_part": ((CONSOLE,), (STOPPED,)),
    "evening.votes.door.cast": (BOTH, (SECRET, OPEN)),
    "evening.votes.door.cast_ballots": (BOTH, (SECRET, OPEN)),
    "wijkplan.wijkplannen.change_wijkplan": (BOTH, (FIGURES, CLOSED)),
}

#: Moments in which an action is tried that changes no screen and is refused in the first of all.
ELSEWHERE: dict[str, tuple[str, ...]] = {
    "evening.on_paper.paper_ballots": (STOPPED,),
    "evening.on_paper.remove_paper_ballot": (STOPPED,),
}

#: A phone keeps the form of a step that goes on, whatever happens to the texts in it: what somebody is filling in must not
#: change under their fingers. It is compared without; whoever comes in, and the next round, has the new text.
FORM_STAYS = {"evening.moderation.blacken", "evening.moderation.rewrite", "evening.moderation.translate"}


def seen_note(world: World) -> str:
    """A note that the room made when there is one in sight, else what staff wrote."""
    return world.extra.get("released", world.extra["item"])


def _participant(world: World) -> Participant:
    found = gate.participant_by_cookie(world.store, TOKENS[0], world.extra["live"])
    assert isinstance(found, Participant)
    return found


def _one_in(answers: list[joining.Joined | WorkshopError]) -> None:
    assert all(isinstance(answer, joining.Joined) for answer in answers), answers


def _moved_on(world: World, days: int) -> None:
    clock = world.store.clock
    assert isinstance(clock, Clock)
    clock.now += timedelta(days=days)


def _undo(world: World, actor: Actor) -> None:
    moderation.undo(world.store, actor, seen_note(world))


#: What has to happen before the screens are drawn.
FIRST: dict[str, Callable[[World], object]] = {
    "evening.later.close_what_is_over": lambda w: _moved_on(w, 2),
    "wijkplan.retention.apply_retention": lambda w: _moved_on(w, 4000),
    "evening.moderation.undo": lambda w: moderation.hide(w.store, w.actor(OWNER), [seen_note(w)]),
    "evening.sessions.put_item_on_step": lambda w: sessions.take_item_off_step(
        w.store, w.actor(OWNER), w.extra["notes_step"], w.extra["item"]
    ),
    "sprints.path.look_again": lambda w: fixing.fix_result(
        w.store, w.actor(OWNER), w.wijkplan_id, 1, unseen_reason="Later"
    ),
    "sprints.approving.answer_by_link": lambda w: w.extra.__setitem__("link", _link(w)),
    "sprints.approving.read_letter": lambda w: w.extra.__setitem__("link", _link(w)),
    "people.signing_in.redeem_ticket": lambda w: w.extra.__setitem__(
        "ticket", signing_in.hand_out_ticket(w.store, w.account_ids[FACILITATOR], "voor")
    ),
    "evening.tables.revoke_table_link": lambda w: tables.make_table_link(
        w.store, w.actor(OWNER), w.extra["live"], "Nog een"
    ),
}


def _link(world: World) -> str:
    made = approving.renew_link(world.store, world.actor(OWNER), world.extra["sprint_approval"])
    assert made.token is not None
    return made.token


def _refused(call: Callable[[], object]) -> None:
    """Something that nobody may do in this world: the refusal must leave the screens alone as well."""
    try:
        call()
    except WorkshopError:
        return
    raise AssertionError("it was not refused")


def _card(world: World, actor: Actor) -> None:
    """Of the round that runs, or else of the one that was stopped."""
    is_running = "voting" in world.extra
    form = {f"dots.{world.extra['risk']}": ["2"]} if is_running else CARD
    on_paper.enter_paper_ballot(
        world.store, actor, world.extra["voting" if is_running else "round"], group_id=None, form=form
    )


#: Calls that are not those of the tables of rights: without an actor, or about what is in sight here.
CALLS: dict[str, Call] = {
    "sprints.agreements.mark_agreement": lambda w, a: agreements.mark_agreement(
        w.store, a, w.extra["session"], AGREED, Kept.YES
    ),
    "sprints.approving.answer_by_link": lambda w, a: approving.answer_by_link(
        w.store, w.extra["link"], decision="agreed", person="Noor", role="Directeur"
    ),
    "sprints.approving.read_letter": lambda w, a: approving.read_letter(w.store, w.extra["link"]),
    "evening.closing.see_closing": lambda w, a: closing.see_closing(w.store, w.extra["live"]),
    "sprints.fixing.fix_result": lambda w, a: fixing.fix_result(w.store, a, w.wijkplan_id, 1, unseen_reason="Later"),
    "evening.settling.settle_step": lambda w, a: settling.settle_step(
        w.store, a, w.extra["notes_step"], goes_on=[], rest_reason="Later"
    ),
    "facts.figures.remove_figures": lambda w, a: figures.remove_figures(
        w.store, a, w.wijkplan_id, figures.see_loaded_files(w.store, a, w.wijkplan_id)[0].id
    ),
    "people.gate.is_known_device": lambda w, a: gate.is_known_device(w.store, staff_token=None, room_token=TOKENS[0]),
    "people.gate.participant_by_cookie": lambda w, a: gate.participant_by_cookie(w.store, TOKENS[0], w.extra["live"]),
    "people.gate.staff_by_cookie": lambda w, a: gate.staff_by_cookie(w.store, None),
    "thread.herkomst.fate_of_own": lambda w, a: herkomst.fate_of_own(w.store, TOKENS[0], w.extra["live"]),
    "evening.joining.find_room": lambda w, a: joining.find_room(w.store, w.extra["code"]),
    "evening.joining.join": lambda w, a: joining.join(w.store, w.extra["code"], group_id=w.group_ids[1]),
    "evening.joining.join_many": lambda w, a: _one_in(
        # Somebody who is in already and chooses another group: as many people, another list.
        joining.join_many(w.store, [joining.Joining(w.extra["code"], w.group_ids[1], None, TOKENS[0])])
    ),
    "evening.joining.leave": lambda w, a: joining.leave(w.store, _participant(w)),
    "evening.later.close_what_is_over": lambda w, a: later.close_what_is_over(w.store),
    "evening.moderation.blacken": lambda w, a: moderation.blacken(w.store, a, w.extra["item"], ["conclusie"]),
    "evening.moderation.hide": lambda w, a: moderation.hide(w.store, a, [seen_note(w)]),
    "evening.moderation.merge": lambda w, a: moderation.merge(w.store, a, [seen_note(w), w.extra["other_item"]], "Samen"),
    "evening.moderation.place": lambda w, a: moderation.place(
        w.store, a, seen_note(w), environments=["physical"], tone="good", moment="future"
    ),
    "evening.moderation.release": lambda w, a: moderation.release(w.store, a, [w.extra["waiting"], w.extra["hidden"]]),
    "evening.moderation.translate": lambda w, a: moderation.translate(w.store, a, w.extra["item"], "Vertaald"),
    "evening.moderation.undo": _undo,
    "evening.notes.add_item": lambda w, a: notes.add_item(
        w.store, a, w.wijkplan_id, kind=ItemKind.FINDING, written=Written("Nog iets"), step_id=w.extra["notes_step"]
    ),
    "evening.notes.own_notes": lambda w, a: notes.own_notes(w.store, TOKENS[0], w.extra["live"]),
    "evening.notes.withdraw_note": lambda w, a: notes.withdraw_note(w.store, TOKENS[1], w.extra["released"]),
    "evening.notes.write_note": lambda w, a: write(w, TOKENS[0], "Het is donker"),
    "evening.on_paper.enter_paper_ballot": _card,
    "evening.merging_groups.unmerge_groups": lambda w, a: merging_groups.unmerge_groups(
        w.store, a, w.wijkplan_id, w.group_ids[1]
    ),
    "wijkplan.partners.restore_group": lambda w, a: partners.restore_group(w.store, a, w.wijkplan_id, w.group_ids[1]),
    "evening.pointing_back.set_about": lambda w, a: pointing_back.set_about(w.store, a, w.extra["notes_step"], []),
    "evening.practice.let_them_answer": lambda w, a: _people_who_answer(w, a),
    "evening.pulse.see_pulse": lambda w, a: pulse.see_pulse(w.store, w.extra["live"]),
    "evening.pulse.see_tally": lambda w, a: _refused(lambda: pulse.see_tally(w.store, w.extra["round"])),
    "wijkplan.retention.apply_retention": lambda w, a: retention.apply_retention(w.store),
    "evening.room_view.see_room": lambda w, a: room_view.see_room(w.store, TOKENS[0], w.extra["live"]),
    "evening.room_view.see_room_shared": lambda w, a: room_view.see_room_shared(w.store, w.extra["live"]),
    "evening.running.open_step": lambda w, a: running.open_step(w.store, a, w.extra["notes_step"]),
    "evening.running.put_on_wall": lambda w, a: running.put_on_wall(w.store, a, w.extra["live"], View.MESSAGE, text="Pauze"),
    "evening.running.stop_step": lambda w, a: running.stop_step(
        w.store, a, w.extra["prepared" if "voting" in w.extra else "notes_step"]
    ),
    "evening.sessions.change_step": lambda w, a: sessions.change_step(w.store, a, _open_step(w), title="Anders gevraagd"),
    "evening.sessions.put_item_on_step": lambda w, a: sessions.put_item_on_step(
        w.store, a, w.extra["notes_step"], w.extra["item"]
    ),
    "evening.sessions.take_item_off_step": lambda w, a: sessions.take_item_off_step(
        w.store, a, w.extra["notes_step"], w.extra["item"]
    ),
    "evening.sessions.translate_step": lambda w, a: sessions.translate_step(w.store, a, _open_step(w), "en", "What?"),
    "people.setting_up.is_set_up_link": lambda w, a: setting_up.is_set_up_link(w.store, "x"),
    "people.setting_up.make_first_administrator": lambda w, a: _refused(
        lambda: setting_up.make_first_administrator(w.store, "x", "a@b.nl", "A", GOOD_PASSWORD)
    ),
    "people.setting_up.set_up_link_token": lambda w, a: setting_up.set_up_link_token(w.store),
    "people.signing_in.check_password": lambda w, a: _refused(
        lambda: signing_in.check_password(w.store, "account4@voorbeeld.nl", GOOD_PASSWORD)
    ),
    "people.signing_in.hand_out_ticket": lambda w, a: signing_in.hand_out_ticket(w.store, w.account_ids[FACILITATOR], "voor"),
    "people.signing_in.redeem_ticket": lambda w, a: signing_in.redeem_ticket(w.store, w.extra["ticket"], "voor"),
    "people.signing_in.sign_out": lambda w, a: signing_in.sign_out(w.store, "nobody"),
    "sprints.path.write_part": lambda w, a: sprinting.write_part(
        w.store, a, w.wijkplan_id, 1, "agreements",
        [{"what": AGREED.agreement.what, "who": AGREED.agreement.who, "by": date(2027, 1, 1).isoformat()}],
    ),
    "evening.tables.helper_by_token": lambda w, a: tables.helper_by_token(w.store, "nobody"),
    "evening.votes.door.cast": lambda w, a: door.cast(w.store, [ballot(w, TOKENS[1])]),
    "evening.votes.door.cast_ballots": lambda w, a: cast(w, TOKENS[1]),
    "evening.votes.door.tally": lambda w, a: _refused(lambda: pulse.see_tally(w.store, w.extra["round"])),
    "evening.votes.door.questions_of": lambda w, a: questions_of(w.store, w.extra["round"]),
    "wijkplan.wijkplannen.change_wijkplan": lambda w, a: wijkplannen.change_wijkplan(
        w.store, a, w.wijkplan_id, title="Anders", areas=(*BAARN, wijkplannen.PlanArea("BU03080000", "Centrum", "buurt"))
    ),
}  # fmt: skip


def _open_step(world: World) -> str:
    return world.extra["prepared" if "voting" in world.extra else "notes_step"]


def _people_who_answer(world: World, actor: Actor) -> None:
    practice.send_people(world.store, actor, world.extra["practice"], 3)
    practice.let_them_answer(world.store, actor, world.extra["practice"], 3)


__all__ = ["BY_CHANCE", "CALLS", "ELSEWHERE", "FIRST", "FORM_STAYS", "QUIET", "SHOWS", "STANDS_UNDER"]
