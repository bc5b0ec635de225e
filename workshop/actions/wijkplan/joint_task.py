"""The joint task (gezamenlijke opgave): one sentence the group wrote, in versions."""

from __future__ import annotations

from workshop.actions.people.gate import require_role
from workshop.domain.roles import Actor, Role
from workshop.screening.free_text import check_free_text
from workshop.store import Store, results, rooms
from workshop.store.results import JointTask
from workshop.store.writing import writing


def write_joint_task(store: Store, actor: Actor, wijkplan_id: str, text: str) -> int:
    """Write the next version of the gezamenlijke opgave; it heads every sprint, session and export from now on.

    Returns:
        the version; writing the same text again makes none.
    """
    staff = require_role(actor, wijkplan_id, Role.FACILITATOR)
    kept = check_free_text(text, confirmed=True, limit=500)
    with writing(store, staff.account_id, wijkplan_id=wijkplan_id) as write:
        versions = results.joint_tasks(write.conn, wijkplan_id)
        if versions and versions[-1].text == kept:
            return versions[-1].version
        version = len(versions) + 1
        results.add_joint_task(
            write.conn,
            wijkplan_id=wijkplan_id,
            version=version,
            text=kept,
            written_at=write.now,
            written_by=staff.account_id,
        )
        # It heads every phone, also of a step that stays open after the evening.
        for session in rooms.sessions_of(write.conn, wijkplan_id):
            write.changed(session.id, moves_stage=True)
        write.journal("joint_task.write", wijkplan_id, details={"version": version})
        return version


def joint_task_versions(store: Store, actor: Actor, wijkplan_id: str) -> list[JointTask]:
    """All versions, oldest first; for anybody with a role in the wijkplan."""
    require_role(actor, wijkplan_id)
    with store.read() as conn:
        return results.joint_tasks(conn, wijkplan_id)
