"""How nearly all votes go on SQLite: everybody is in the room, the round is open, nobody sends twice. One statement does it."""

from __future__ import annotations

from dataclasses import dataclass

from workshop.actions.evening.votes.casts import Answered, News, Reading, Rule
from workshop.actions.evening.votes.live_count import LiveCount
from workshop.store import Store, vote_path
from workshop.store.by_hand import AnyConn
from workshop.store.engine import Change
from workshop.store.kept import kept
from workshop.werkvormen import werkvorm


@kept(16)
def live_count(store: Store, round_id: str) -> LiveCount:  # noqa: ARG001 - under which it is kept
    """What is kept of a running open round."""
    return LiveCount()


@dataclass(frozen=True, slots=True)
class _Batch:
    """What was stored. ``counts`` per round; an open round whose ballots are known has a ``live`` count instead."""

    stored: list[tuple[Reading, vote_path.Sent, vote_path.Labels]]
    counts: dict[str, vote_path.Count]
    live: dict[str, LiveCount]


class AtOnce:
    """One batch. When the statement did not store every ballot each has to be looked at; what it stored is then a second try."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._batch: _Batch | None = None

    def store(self, conn: AnyConn, read: list[Reading]) -> bool:
        """In the transaction; False when not all were stored."""
        rules = {each.cast.round_id: each.rule for each in read}
        now = self._store.now()
        if len({each.who for each in read}) < len(read) or any(rule.is_past(now) for rule in rules.values()):
            return False
        sent = [_sent(each) for each in read]
        live = {
            round_id: count
            for round_id, rule in rules.items()
            if not rule.step.is_secret
            and (count := live_count(self._store, round_id)).is_known(conn, round_id, vote_path.version(conn))
        }
        labels = vote_path.put_at_once(conn, sent)
        if labels is None:
            return False
        counts = {round_id: vote_path.count_running(conn, round_id) for round_id in rules.keys() - live.keys()}
        self._batch = _Batch(list(zip(read, sent, labels, strict=True)), counts, live)
        return True

    def answer(self) -> Answered:
        """After the commit: what others must look at is where the tally is not among the news."""
        batch = self._batch
        assert batch is not None
        for round_id, live in batch.live.items():
            live.add(
                (sent.key, vote_path.kind_of(sent, *labels))
                for _, sent, labels in batch.stored
                if sent.round_id == round_id
            )
        news: dict[str, News] = {}
        changes: list[Change] = []
        for each, _sent, _labels in batch.stored:
            if each.cast.round_id not in news:
                told = news[each.cast.round_id] = _news(batch, each.rule)
                if told.tally is None and not each.rule.step.is_secret:
                    changes.append(Change(told.session_id, "ballots"))
        return Answered([(each.at, each.receipt()) for each, _sent, _labels in batch.stored], [*news.values()], changes)


def _sent(each: Reading) -> vote_path.Sent:
    return vote_path.Sent(
        each.rule.session.id,
        each.hashed,
        each.cast.round_id,
        each.key,
        not each.rule.step.is_secret,
        each.text,
        each.is_complete,
        each.cast.ballot_id,
        each.cast.change,
    )


def _news(batch: _Batch, rule: Rule) -> News:
    live = batch.live.get(rule.round.id)
    if live is None:
        return News(rule.session.id, rule.round.id, batch.counts[rule.round.id])
    ballots = live.ballots()
    tally = werkvorm(rule.step.werkvorm).outcome(rule.context, ballots) if ballots is not None else None
    return News(rule.session.id, rule.round.id, live.count(), tally)
