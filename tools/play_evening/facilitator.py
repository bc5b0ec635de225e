"""The facilitator of the evening: prepares it, leads it, and types over what was on paper."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from tools.play_evening.people import FINDINGS, ON_PAPER, TRANSLATION, Play
from workshop.actions.evening import (
    console_view,
    merging_groups,
    moderation,
    on_paper,
    practice,
    running,
    sessions,
    settling,
    wall_view,
)
from workshop.actions.evening.votes.door import questions_of
from workshop.actions.people.setting_up import make_first_administrator, set_up_link_token
from workshop.actions.wijkplan.wijkplannen import NewWijkplan, PlanArea, make_wijkplan
from workshop.domain.evening.stage import View
from workshop.domain.roles import Role, Staff
from workshop.domain.thread.items import Tone
from workshop.store import Store

LATER = "Op 12 december hangt het verslag in het buurthuis. In januari zien we elkaar weer."


@dataclass
class Prepared:
    """An evening that is ready to be played, and how to look along."""

    facilitator: Staff
    username: str
    password: str
    wijkplan_id: str
    session_id: str
    code: str
    groups: dict[str, str]
    steps: dict[str, str]


def prepare(store: Store) -> Prepared:
    """An invented wijkplan on real areas with one evening on the script, and an account to look along with."""
    username, password = "begeleider@voorbeeld.nl", f"molen wijk {secrets.token_hex(4)}"
    token = set_up_link_token(store)
    if token is None:
        raise SystemExit("In deze map staat al een avond. Kies een andere map met KOPPELVLAK_VAR, of haal haar weg.")
    admin = make_first_administrator(store, token, username, "Begeleider", password)
    plan = NewWijkplan(
        title="Samen in de Componistenwijk (oefening)",
        municipality_code="GM0308",
        municipality_name="Baarn",
        areas=(PlanArea("BU03080100", "Componistenwijk", "buurt"),),
        partners=("Gemeente", "Politie", "Woningcorporatie"),
        groups=("Bewoners", "Jongeren", "Ondernemers", "Politie", "Gemeente", "Woningcorporatie"),
    )
    wijkplan_id = make_wijkplan(store, admin, plan)
    who = Staff(admin.account_id, admin.display_name, True, {wijkplan_id: frozenset({Role.OWNER})})
    session_id = sessions.plan_session(
        store, who, wijkplan_id, title="Avond in het buurthuis", sprint=2, held_on=store.now().date(), place="Buurthuis"
    )
    steps = {
        key: sessions.add_step(store, who, session_id, key, minutes=minutes)
        for key, minutes in (("commitment", 15), ("environments", 20), ("risk_dots", 15), ("checkout", 5))
    }
    sessions.translate_step(store, who, steps["commitment"], "en", "Where do you stand right now?")
    sessions.translate_step(store, who, steps["commitment"], "ar", "أين تقف الآن؟")
    view = console_view.see_console(store, who, session_id)
    groups = {name: group_id for group_id, name in view.groups}
    code = view.session.code or ""
    return Prepared(who, username, password, wijkplan_id, session_id, code, groups, steps)


class Facilitator:
    """Does through the actions what the console does; one method per moment of the evening."""

    def __init__(self, store: Store, made: Prepared, play: Play) -> None:
        self.store, self.made, self.play = store, made, play
        self.who = made.facilitator

    def open_room(self) -> None:
        running.open_room(self.store, self.who, self.made.session_id)
        self.play.tell(f"De zaal gaat open. De code op het scherm is {self.made.code[:4]}-{self.made.code[4:]}.")

    def open(self, key: str) -> None:
        step = self.made.steps[key]
        running.put_on_wall(self.store, self.who, self.made.session_id, View.STEP, step_id=step)
        self.play.wait(4)
        running.open_step(self.store, self.who, step)
        self.play.tell(f"Open: {self._title(key)}")

    def merge(self, from_name: str, into_name: str) -> None:
        ids = self.made.groups
        n = merging_groups.merge_groups(self.store, self.who, self.made.wijkplan_id, ids[from_name], ids[into_name])
        self.play.tell(f"{from_name} ({n} mensen) gaat samen met {into_name}: apart zijn ze te klein om te tonen.")

    def cards(self) -> int:
        """Type the nine cards over, one by one."""
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        assert view.now is not None and view.now.round_id is not None
        questions = questions_of(self.store, view.now.round_id)
        entered = 0
        for group, n in ON_PAPER.items():
            for _card in range(n):
                self.play.wait(1)
                form = practice.chance_answers(questions, self.play.chance)
                on_paper.enter_paper_ballot(
                    self.store, self.who, view.now.round_id, group_id=self.made.groups[group], form=form
                )
                entered += 1
        self.play.tell(f"De begeleider typte {entered} kaarten op papier over.")
        return entered

    def release(self) -> list[str]:
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        waiting = [item.id for item in view.notes_waiting]
        for item in view.notes_waiting:
            if item.text == FINDINGS[-1][0]:
                moderation.translate(self.store, self.who, item.id, TRANSLATION)
                self.play.tell("Bij een kaartje in het Arabisch staat nu een vertaling.")
        if waiting:
            moderation.release(self.store, self.who, waiting)
        self.play.tell(f"{len(waiting)} kaartjes zijn bekeken en staan op het scherm.")
        return waiting

    def finish(self, key: str, *, wanted: int | None = None) -> None:
        step = self.made.steps[key]
        running.stop_step(self.store, self.who, step)
        if wanted is not None:
            view = console_view.see_console(self.store, self.who, self.made.session_id)
            done = next(s.done for s in view.steps if s.id == step)
            self.play.check(self._title(key), done, wanted)
        self.play.wait(3)
        running.show_outcome(self.store, self.who, step)
        told = wall_view.see_wall(self.store, self.who, self.made.session_id).story
        self.play.tell(f"Uitslag: {told.lead if told else ''} {told.turnout if told else ''}".rstrip())

    def settle(self, key: str, n: int) -> None:
        rows = settling.see_settling(self.store, self.who, self.made.steps[key]).rows
        going = [row.item.id for row in rows if row.item.tone is not Tone.GOOD][:n]
        settling.settle_step(
            self.store, self.who, self.made.steps[key], goes_on=going, reasons={}, rest_reason="Minder vaak genoemd"
        )
        self.play.tell(f"Afgerond: {len(going)} onderwerpen gaan door.")

    def end(self) -> None:
        running.put_on_wall(self.store, self.who, self.made.session_id, View.CLOSING, text=LATER)
        self.play.tell("Op het scherm staat wat we hoorden, en wanneer mensen meer horen.")
        self.play.wait(6)
        running.close_room(self.store, self.who, self.made.session_id)
        self.play.tell("De bijeenkomst is gesloten.")

    def _title(self, key: str) -> str:
        view = console_view.see_console(self.store, self.who, self.made.session_id)
        return next(s.title for s in view.steps if s.id == self.made.steps[key])
