"""One evening: people come in, write and vote, on phones and on paper; the group decides what goes on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from workshop.actions.evening import (
    joining,
    later,
    moderation,
    notes,
    on_paper,
    running,
    sessions,
    settling,
    tables,
)
from workshop.actions.evening.paper import see_card
from workshop.actions.evening.pointing_back import set_about
from workshop.actions.evening.votes.door import Cast, cast_ballots
from workshop.actions.thread.herkomst import point_back
from workshop.demo.answers import Voter
from workshop.demo.source import Told
from workshop.demo.stage import Stage
from workshop.domain.roles import Actor
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.store import rooms

#: How far answers lie around their middle, in steps: after talking opinions move closer.
_FIRST, _AGAIN = 2, 1


def play_evening(stage: Stage, sprint: int, on: date, told: Told) -> None:
    """Plan a session and play it; without people in it, it stays prepared."""
    session_id = sessions.plan_session(
        stage.store, stage.trainer, stage.wijkplan_id, title=told["title"], sprint=sprint, held_on=on,
        place=told["place"],
    )  # fmt: skip
    steps = [_add_step(stage, session_id, step) for step in told["steps"]]
    if "people" not in told:
        return
    running.open_room(stage.store, stage.trainer, session_id)
    room = _Room(stage, session_id, told)
    for step_id, step in zip(steps, told["steps"], strict=True):
        room.play(step_id, step)
    running.close_room(stage.store, stage.trainer, session_id)
    for step_id, step in zip(steps, told["steps"], strict=True):
        if "after" in step:
            room.keep_open(step_id, step)


def _add_step(stage: Stage, session_id: str, told: Told) -> str:
    step_id = sessions.add_step(
        stage.store, stage.trainer, session_id, told["werkvorm"], title=told.get("title"), minutes=told.get("minutes"),
        settings=told.get("settings"), is_secret=told.get("is_secret", True),
    )  # fmt: skip
    if "instruction" in told:
        sessions.change_step(stage.store, stage.trainer, step_id, instruction=told["instruction"])
    for language, text in told.get("translations", {}).items():
        sessions.translate_step(stage.store, stage.trainer, step_id, language, text)
    return step_id


class _Room:
    """The people of one evening and what they do."""

    def __init__(self, stage: Stage, session_id: str, told: Told) -> None:
        self.stage, self.session_id = stage, session_id
        with stage.store.read() as conn:
            session = rooms.session(conn, session_id)
        assert session is not None and session.code is not None
        self.code = session.code
        self.people = self._come_in(told["people"])
        self.writers = dict.fromkeys(self.people, 0)
        self.table: Actor = stage.trainer
        if "table" in told:
            secret = tables.make_table_link(stage.store, stage.trainer, session_id, told["table"])
            self.table = tables.helper_by_token(stage.store, secret)

    def _come_in(self, counts: Mapping[str, int]) -> dict[str, list[str]]:
        wishes = [
            joining.Joining(self.code, self.stage.groups[group])
            for group, number in counts.items()
            for _ in range(number)
        ]
        joined = iter(joining.join_many(self.stage.store, wishes))
        found: dict[str, list[str]] = {}
        for group, number in counts.items():
            for _ in range(number):
                one = next(joined)
                if isinstance(one, Exception):
                    raise one
                found.setdefault(group, []).append(one.token)
        return found

    def play(self, step_id: str, told: Told) -> None:
        stage = self.stage
        self._choose_items(step_id, told)
        running.open_step(stage.store, stage.trainer, step_id)
        if "answers" in told:
            self._vote(step_id, told["answers"], _FIRST)
            self._paper(step_id, told)
        self._write(step_id, told)
        self._add(step_id, told)
        self._finish(step_id)
        for key, text in told.get("reworded", {}).items():
            moderation.rewrite(stage.store, stage.trainer, stage.items[key], text)
        if "again" in told:
            running.again(stage.store, stage.trainer, step_id)
            self._vote(step_id, told["again"], _AGAIN)
            self._finish(step_id)
        self._settle(step_id, told)

    def _choose_items(self, step_id: str, told: Told) -> None:
        """Say what a step of notes is about; elsewhere what was handed over stands, but for a few put on or off."""
        stage = self.stage
        if "about" in told:
            set_about(stage.store, stage.trainer, step_id, stage.ids(told["about"]))
        for item_id in stage.ids(told.get("on", ())):
            sessions.put_item_on_step(stage.store, stage.trainer, step_id, item_id)
        for item_id in stage.ids(told.get("off", ())):
            sessions.take_item_off_step(stage.store, stage.trainer, step_id, item_id)

    def _vote(self, step_id: str, answers: Told, spread: int, people: Mapping[str, list[str]] | None = None) -> None:
        stage = self.stage
        with stage.store.read() as conn:
            found = rooms.last_round(conn, step_id)
        assert found is not None
        questions = see_card(stage.store, stage.trainer, step_id).questions
        self.voter = Voter(answers, {i: key for key, i in stage.items.items()}, stage.chance, spread)
        answered = cast_ballots(
            stage.store,
            [
                Cast(token, found.id, self.voter.form(questions, group), f"demo{number}")
                for group, tokens in (people or self.people).items()
                for number, token in enumerate(tokens)
            ],
        )
        refused = [answer for answer in answered if isinstance(answer, Exception)]
        if refused:
            raise refused[0]

    def _paper(self, step_id: str, told: Told) -> None:
        card = see_card(self.stage.store, self.stage.trainer, step_id)
        assert card.round_id is not None
        for group, number in told.get("paper", {}).items():
            for _card in range(number):
                on_paper.enter_paper_ballot(
                    self.stage.store,
                    self.table,
                    card.round_id,
                    group_id=self.stage.groups[group],
                    form=self.voter.form(card.questions, group),
                )

    def _write(self, step_id: str, told: Told) -> None:
        stage = self.stage
        if "notes" not in told:
            return
        first_form = see_card(stage.store, stage.trainer, step_id).note_forms[0].key
        written = [(note, self._note(step_id, first_form, note)) for note in told["notes"]]
        kept = [item_id for note, item_id in written if "hidden" not in note]
        moderation.release(stage.store, self.table, kept)
        moderation.hide(stage.store, stage.trainer, [item_id for note, item_id in written if "hidden" in note])
        for note, item_id in written:
            if "from" in note:
                point_back(stage.store, stage.trainer, item_id, origin=stage.ids(note["from"]))
            if "translation" in note:
                moderation.translate(stage.store, stage.trainer, item_id, note["translation"])
        for merged in told.get("merged", ()):
            stage.name(
                merged["key"], moderation.merge(stage.store, stage.trainer, stage.ids(merged["of"]), merged["text"])
            )

    def _add(self, step_id: str, told: Told) -> None:
        """What the facilitator writes down for the group during the step: conclusions out of the notes."""
        stage = self.stage
        for added in told.get("added", ()):
            item_id = notes.add_item(
                stage.store, stage.trainer, stage.wijkplan_id, kind=ItemKind(added["kind"]),
                written=Written(added["text"]),
                step_id=step_id, origin=stage.ids(added["from"]),
            )  # fmt: skip
            stage.name(added["key"], item_id)

    def _note(self, step_id: str, first_form: str, note: Told) -> str:
        stage = self.stage
        stage.clock.later(0.3)
        written = Written(
            note["text"], note.get("form", first_form), note.get("second", ""), note.get("at", "").split(),
            note.get("tone"), note.get("moment"),
            {f"extra.{key}": [words] for key, words in note.get("extras", {}).items()},
        )  # fmt: skip
        if "paper" in note:
            item_id = notes.write_paper_note(
                stage.store, self.table, step_id, written, group_id=stage.groups[note["by"]]
            )
        else:
            group = note["by"]
            token = self.people[group][self.writers[group] % len(self.people[group])]
            self.writers[group] += 1
            item_id = notes.write_note(
                stage.store, notes.Note(token, step_id, f"demo{self.writers[group]}", written)
            ).item.id
        stage.name(note["key"], item_id)
        return item_id

    def _finish(self, step_id: str) -> None:
        stage = self.stage
        stage.clock.later(14)
        running.stop_step(stage.store, stage.trainer, step_id)
        running.show_outcome(stage.store, stage.trainer, step_id)

    def _settle(self, step_id: str, told: Told) -> None:
        """Tick what the story sends on. A step in which nothing was made or weighed has nothing to settle."""
        stage = self.stage
        listed = [*told.get("notes", ()), *told.get("merged", ())]
        rows = {row.item.id for row in settling.see_settling(stage.store, stage.trainer, step_id).rows}
        if not rows:
            return
        stays = {
            **{note["key"]: note["stays"] for note in listed if "stays" in note},
            **told.get("stays", {}),
        }
        going = [note["key"] for note in listed if note.get("goes_on")] + list(told.get("goes_on", ()))
        stage.clock.later(4)
        settling.settle_step(
            stage.store,
            stage.trainer,
            step_id,
            goes_on=stage.ids(going),
            reasons={stage.items[key]: reason for key, reason in stays.items()},
            rest_reason=told.get("rest", ""),
        )

    def keep_open(self, step_id: str, told: Told) -> None:
        """After the evening: people who were not there answer by the same code, counted apart."""
        stage, after = self.stage, told["after"]
        later.keep_open(stage.store, stage.trainer, step_id, after["until"])
        stage.clock.at(after["until"], 12)
        self._vote(step_id, told["answers"], _FIRST, self._come_in(after["people"]))
        later.close_later(stage.store, stage.trainer, step_id)
