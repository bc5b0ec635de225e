"""Who may do what in an evening: rows for every action about sessions, steps, notes, decisions and reads."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.evening import session_in
from tests.rules.world import ANY_ROLE, OWNER, RUNS_THE_ROOM, World
from workshop.actions.evening import (
    console_view,
    joining,
    later,
    merging_groups,
    moderation,
    notes,
    on_paper,
    paper,
    practice,
    reach,
    running,
    session_plans,
    sessions,
    settling,
    tables,
    wall_view,
)
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.facts import figures
from workshop.actions.sprints import fixing
from workshop.actions.sprints import material as snapshot
from workshop.actions.wijkplan import joint_task
from workshop.domain.evening.stage import View
from workshop.domain.roles import Actor
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written

Call = Callable[[World, Actor], object]

CARD = {"stance": ["3"], "experience": ["good"]}
DAY = date(2026, 12, 1)
FIGURE = {"indicator": "x", "area_code": "BU03080100", "value": 159.0}


def add_evening(world: World) -> None:
    """An open session: a shown baseline, a running map with a waiting note, a prepared vote; and a closed-off practice."""
    owner = world.actor(OWNER)
    evening = session_in(world.store, owner, world.wijkplan_id, title="Avond", sprint=2)  # type: ignore[arg-type]
    shown, notes_step, prepared = (evening.step(key) for key in ("commitment", "environments", "risk_dots"))
    evening.open_room()
    token, *others = evening.people(5)  # as many as an outcome needs to be told
    running.open_step(world.store, owner, shown)
    cast_ballots(world.store, [Cast(t, evening.round_id(shown), CARD, "b") for t in (token, *others)])
    running.stop_step(world.store, owner, shown)
    card_round = evening.round_id(shown)
    rehearsal = practice.practise(world.store, owner, evening.session_id, held_on=DAY)
    item = notes.add_item(
        world.store, owner, world.wijkplan_id, kind=ItemKind.CONCLUSION, written=Written("Een conclusie"), step_id=shown
    )
    other = notes.add_item(
        world.store, owner, world.wijkplan_id, kind=ItemKind.CONCLUSION, written=Written("Nog een"), step_id=shown
    )
    world.extra = {
        "session": evening.session_id,
        "stopped": shown,
        "notes_step": notes_step,
        "prepared": prepared,
        "round": card_round,
        "item": item,
        "other_item": other,
        "practice": rehearsal,
        "wijkplan": world.wijkplan_id,
    }
    tables.make_table_link(world.store, owner, evening.session_id, "Tafel")


def _see(read: Callable[..., object], what: str) -> Call:
    return lambda w, a: read(w.store, a, w.extra[what])


def _do(action: Callable[..., object], what: str, *more: object, **named: object) -> Call:
    return lambda w, a: action(w.store, a, w.extra[what], *more, **named)


EVENING_ROWS: dict[str, tuple[frozenset[str], Call]] = {
    # -- sessions and the script
    "evening.sessions.plan_session": (
        RUNS_THE_ROOM, _do(sessions.plan_session, "wijkplan", title="Nieuw", sprint=1, held_on=DAY),
    ),
    "evening.sessions.change_session": (RUNS_THE_ROOM, _do(sessions.change_session, "session", title="Anders")),
    "evening.sessions.copy_session": (RUNS_THE_ROOM, _do(sessions.copy_session, "session", held_on=DAY)),
    "evening.sessions.add_step": (RUNS_THE_ROOM, _do(sessions.add_step, "session", "commitment")),
    "evening.sessions.change_step": (RUNS_THE_ROOM, _do(sessions.change_step, "prepared", minutes=5)),
    "evening.sessions.move_step": (RUNS_THE_ROOM, _do(sessions.move_step, "prepared", 1)),
    "evening.sessions.remove_step": (RUNS_THE_ROOM, _do(sessions.remove_step, "prepared")),
    "evening.sessions.skip_step": (RUNS_THE_ROOM, _do(sessions.skip_step, "prepared", "Geen tijd")),
    "evening.sessions.restore_step": (RUNS_THE_ROOM, _do(sessions.restore_step, "prepared")),
    "evening.sessions.translate_step": (RUNS_THE_ROOM, _do(sessions.translate_step, "prepared", "en", "What?")),
    "evening.sessions.put_item_on_step": (
        RUNS_THE_ROOM, lambda w, a: sessions.put_item_on_step(w.store, a, w.extra["prepared"], w.extra["item"]),
    ),
    "evening.sessions.take_item_off_step": (
        RUNS_THE_ROOM, lambda w, a: sessions.take_item_off_step(w.store, a, w.extra["prepared"], w.extra["item"]),
    ),
    "evening.sessions.open_room": (RUNS_THE_ROOM, _do(sessions.open_room, "session")),
    "evening.sessions.close_room": (RUNS_THE_ROOM, _do(sessions.close_room, "session")),
    "evening.sessions.reopen_room": (RUNS_THE_ROOM, _do(sessions.reopen_room, "session")),
    # -- running
    "evening.running.open_step": (RUNS_THE_ROOM, _do(running.open_step, "notes_step")),
    "evening.running.stop_step": (RUNS_THE_ROOM, _do(running.stop_step, "stopped")),
    "evening.running.show_outcome": (RUNS_THE_ROOM, _do(running.show_outcome, "stopped")),
    "evening.running.again": (RUNS_THE_ROOM, _do(running.again, "stopped")),
    "evening.running.put_on_wall": (RUNS_THE_ROOM, _do(running.put_on_wall, "session", View.DOOR)),
    "evening.running.blank_wall": (RUNS_THE_ROOM, _do(running.blank_wall, "session", True)),
    "evening.running.enlarge_wall": (RUNS_THE_ROOM, _do(running.enlarge_wall, "session", True)),
    "evening.running.step_back": (RUNS_THE_ROOM, _do(running.step_back, "session")),
    "evening.running.press_next": (RUNS_THE_ROOM, _do(running.press_next, "session")),
    # -- on paper
    "evening.on_paper.enter_paper_ballot": (
        RUNS_THE_ROOM, _do(on_paper.enter_paper_ballot, "round", group_id=None, form=CARD),
    ),
    "evening.on_paper.remove_paper_ballot": (RUNS_THE_ROOM, lambda w, a: _card_in_and_out(w, a)),
    "evening.on_paper.paper_ballots": (RUNS_THE_ROOM, _see(on_paper.paper_ballots, "round")),
    "evening.paper.see_card": (RUNS_THE_ROOM, _see(paper.see_card, "stopped")),
    # -- groups
    "evening.merging_groups.merge_groups": (
        RUNS_THE_ROOM, lambda w, a: merging_groups.merge_groups(w.store, a, w.wijkplan_id, *w.group_ids[:2]),
    ),
    "evening.merging_groups.unmerge_groups": (
        RUNS_THE_ROOM, lambda w, a: merging_groups.unmerge_groups(w.store, a, w.wijkplan_id, w.group_ids[0]),
    ),
    # -- notes
    "evening.notes.add_item": (
        RUNS_THE_ROOM, _do(notes.add_item, "wijkplan", kind=ItemKind.RISK, written=Written("Hard rijden")),
    ),
    "evening.notes.write_paper_note": (
        RUNS_THE_ROOM, _do(notes.write_paper_note, "stopped", written=Written("Een vast gezicht", "condition")),
    ),
    "evening.moderation.release": (RUNS_THE_ROOM, lambda w, a: moderation.release(w.store, a, [w.extra["item"]])),
    "evening.moderation.hide": (RUNS_THE_ROOM, lambda w, a: moderation.hide(w.store, a, [w.extra["item"]])),
    "evening.moderation.blacken": (RUNS_THE_ROOM, _do(moderation.blacken, "item", ["conclusie"])),
    "evening.moderation.rewrite": (RUNS_THE_ROOM, _do(moderation.rewrite, "item", "In andere woorden")),
    "evening.moderation.translate": (RUNS_THE_ROOM, _do(moderation.translate, "item", "Vertaald")),
    "evening.moderation.place": (RUNS_THE_ROOM, _do(moderation.place, "item", environments=["social"], tone=None, moment=None)),
    "evening.moderation.merge": (
        RUNS_THE_ROOM, lambda w, a: moderation.merge(w.store, a, [w.extra["item"], w.extra["other_item"]], "Samen"),
    ),
    "evening.moderation.undo": (RUNS_THE_ROOM, _do(moderation.undo, "item")),
    # -- deciding
    "evening.settling.see_settling": (RUNS_THE_ROOM, _see(settling.see_settling, "stopped")),
    "evening.settling.settle_step": (RUNS_THE_ROOM, _do(settling.settle_step, "stopped", goes_on=[], rest_reason="Later")),
    "wijkplan.joint_task.write_joint_task": (RUNS_THE_ROOM, _do(joint_task.write_joint_task, "wijkplan", "Samen sterk")),
    "wijkplan.joint_task.joint_task_versions": (ANY_ROLE, _see(joint_task.joint_task_versions, "wijkplan")),
    "sprints.fixing.fix_result": (RUNS_THE_ROOM, _do(fixing.fix_result, "wijkplan", 2)),
    "sprints.fixing.see_results": (ANY_ROLE, _see(fixing.see_results, "wijkplan")),
    # -- practice and tables
    "evening.practice.practise": (RUNS_THE_ROOM, _do(practice.practise, "session", held_on=DAY)),
    "evening.practice.send_people": (RUNS_THE_ROOM, _do(practice.send_people, "practice", 3)),
    "evening.practice.let_them_answer": (RUNS_THE_ROOM, _do(practice.let_them_answer, "practice", 3)),
    "evening.tables.make_table_link": (RUNS_THE_ROOM, _do(tables.make_table_link, "session", "Tafel 2")),
    "evening.tables.revoke_table_link": (
        RUNS_THE_ROOM, lambda w, a: tables.revoke_table_link(w.store, a, w.extra["session"], _link(w, a)),
    ),
    "evening.tables.see_table_links": (RUNS_THE_ROOM, _see(tables.see_table_links, "session")),
    "evening.tables.see_table": (RUNS_THE_ROOM, _see(tables.see_table, "session")),
    # -- figures from a file
    "facts.figures.keep_figures": (
        ANY_ROLE,
        _do(figures.keep_figures, "wijkplan", file_name="a.csv", checksum="0" * 64, rows=[FIGURE]),
    ),
    "facts.figures.remove_figures": (ANY_ROLE, lambda w, a: _file_in_and_out(w, a)),
    "facts.figures.see_loaded_files": (ANY_ROLE, _see(figures.see_loaded_files, "wijkplan")),
    "facts.figures.see_loaded_figures": (ANY_ROLE, _see(figures.see_loaded_figures, "wijkplan")),
    # -- after the evening
    "evening.later.keep_open": (RUNS_THE_ROOM, _do(later.keep_open, "stopped", DAY)),
    "evening.later.close_later": (RUNS_THE_ROOM, _do(later.close_later, "stopped")),
    # -- reads
    "evening.reach.see_reach": (RUNS_THE_ROOM, _see(reach.see_reach, "session")),
    "evening.wall_view.see_wall": (RUNS_THE_ROOM, _see(wall_view.see_wall, "session")),
    "evening.console_view.see_console": (RUNS_THE_ROOM, _see(console_view.see_console, "session")),
    "evening.session_plans.see_session": (RUNS_THE_ROOM, _see(session_plans.see_session, "session")),
    "evening.session_plans.see_sessions": (ANY_ROLE, _see(session_plans.see_sessions, "wijkplan")),
    "sprints.material.see_snapshot": (ANY_ROLE, _see(snapshot.see_snapshot, "wijkplan")),
    # -- the participant's own: the cookie decides, so everybody but the own participant is somebody else
    "evening.joining.leave": (frozenset(), lambda w, a: _leave(w, a)),
}  # fmt: skip


def _card_in_and_out(world: World, actor: Actor) -> None:
    reference = "0" * 32
    if not world.extra["round"].startswith("0" * 20):
        reference = on_paper.enter_paper_ballot(world.store, actor, world.extra["round"], group_id=None, form=CARD)
    on_paper.remove_paper_ballot(world.store, actor, world.extra["round"], reference)


def _file_in_and_out(world: World, actor: Actor) -> None:
    file_id = figures.keep_figures(
        world.store, actor, world.extra["wijkplan"], file_name="b.csv", checksum="1" * 64, rows=[FIGURE]
    )
    figures.remove_figures(world.store, actor, world.extra["wijkplan"], file_id)


def _link(world: World, actor: Actor) -> str:
    links = tables.see_table_links(world.store, actor, world.extra["session"])
    return links[0].link_id


def _leave(world: World, actor: Actor) -> None:
    joining.leave(world.store, actor)  # type: ignore[arg-type]
