"""Who chose what cannot be found: not in the columns, not in shared values, not in the bytes, not in what is shown.

Source: assurance T17 and T18, house rulings 2 to 4. Every attack has a twin in which it must succeed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import random
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from math import erfc, sqrt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Integer, LargeBinary, String, Text, select, text

from tests.evening import Evening, plan_evening
from tests.proofs import cases
from workshop.actions.evening import joining, notes, running
from workshop.actions.evening.votes import casts
from workshop.actions.evening.votes.door import Cast, Receipt, ballot_key, cast_ballots
from workshop.actions.people.gate import token_hash
from workshop.domain.thread.written import Written
from workshop.store import Store, ballots, open_store, schema
from workshop.store.schema import metadata

# -- columns and values -------------------------------------------------------------------------------------------

_ON_BOTH = {"round_id", "group_label", "organisation", "answers", "is_complete", "source", "entered_by"}


def test_a_ballot_has_these_columns_and_no_other() -> None:
    assert set(schema.ballot.c.keys()) == _ON_BOTH | {"id"}
    assert set(schema.cast_ballot.c.keys()) == _ON_BOTH | {"key", "ballot_id", "change"}


def test_no_column_of_a_ballot_can_hold_a_time_or_a_place_in_a_row() -> None:
    for table in (schema.ballot, schema.cast_ballot):
        for column in table.columns:
            assert type(column.type) in (String, Text, Boolean, LargeBinary) or column.name == "change", column
            assert column.default is None or not callable(column.default.arg), column
            assert column.autoincrement is not True
    assert isinstance(schema.cast_ballot.c.change.type, Integer)
    for table in (schema.ballot, schema.cast_ballot):
        assert table.dialect_options["sqlite"]["with_rowid"] is False


def flat(value: Any) -> Iterator[Any]:
    """Every single value inside a row, also those inside JSON."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from (key, *flat(inner))
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from flat(inner)
    elif isinstance(value, bytes | memoryview):
        yield bytes(value)
        yield bytes(value).hex()
    elif isinstance(value, str) and value[:1] in ("{", "["):
        yield from flat(json.loads(value))
    elif value is not None and not isinstance(value, bool):
        yield value


def values_of(store: Store, *names: str, without: frozenset[str] = frozenset()) -> set[Any]:
    with store.read() as conn:
        return {
            value
            for name in names
            for row in conn.execute(metadata.tables[name].select()).mappings()
            for column, held in row.items()
            if column not in without
            for value in flat(held)
        }


#: What says nothing about one person: which round it is, and the words every ballot chooses from.
_OF_THE_ROUND = frozenset({"round_id", "answers", "group_label", "source"})


def a_secret_evening(store: Store) -> tuple[Evening, str]:
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    evening.people(6)
    evening.people(6, "Ondernemers")
    running.open_step(store, evening.facilitator, step)
    for n, token in enumerate(evening.tokens):
        form = {"stance": [str(n % 5 + 1)], "experience": ["good"]}
        cast_ballots(store, [Cast(token, evening.round_id(step), form, f"phone-{n}", 1)])
    notes.write_note(
        store,
        notes.Note(evening.tokens[0], step, "n1", Written("Dat we horen wat ermee gebeurt.", form_key="condition")),
    )
    return evening, step


def test_no_value_leads_from_a_person_or_the_journal_to_a_ballot(store: Store) -> None:
    evening, step = a_secret_evening(store)
    others = [name for name in metadata.tables if name not in ("ballot", "cast_ballot")]
    while_open = values_of(store, "cast_ballot", without=_OF_THE_ROUND | {"change"})
    assert len(while_open) == 3 * 12  # a key (bytes and hex) and a ballot id for each
    assert while_open & values_of(store, *others) == set()
    evening.run(step)
    kept = values_of(store, "ballot", without=_OF_THE_ROUND)
    assert len(kept) == 2 * 12
    assert kept & values_of(store, *others) == set()
    assert kept & while_open == set()


def test_whoever_holds_the_database_cannot_compute_the_key_of_a_ballot_without_the_cookie(store: Store) -> None:
    evening, step = a_secret_evening(store)
    round_id = evening.round_id(step)
    with store.read() as conn:
        keys = {bytes(k) for k in conn.execute(select(schema.cast_ballot.c.key)).scalars()}
    known = values_of(store, "participant", "item", "round", "session", "journal")
    tried = {
        digest
        for value in known
        for secret in [value if isinstance(value, bytes) else str(value).encode()]
        for digest in (
            hmac.new(secret, round_id.encode(), hashlib.sha256).digest()[:16],
            hmac.new(round_id.encode(), secret, hashlib.sha256).digest()[:16],
            hashlib.sha256(secret + round_id.encode()).digest()[:16],
            hashlib.sha256(secret).digest()[:16],
        )
    }
    assert tried & keys == set()
    assert ballot_key(evening.tokens[0], round_id) in keys


def test_twin_a_key_made_from_what_the_database_holds_is_found(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = ballot_key
    monkeypatch.setattr(casts, "ballot_key", lambda token, round_id: real(token_hash(token), round_id))
    evening, step = a_secret_evening(store)
    with store.read() as conn:
        keys = {bytes(k) for k in conn.execute(select(schema.cast_ballot.c.key)).scalars()}
        hashes = conn.execute(select(schema.participant.c.token_hash)).scalars().all()
    found = {hmac.new(h.encode(), evening.round_id(step).encode(), hashlib.sha256).digest()[:16] for h in hashes} & keys
    assert len(found) == 12


# -- bytes --------------------------------------------------------------------------------------------------------

VOTERS = 12
RUNS = cases(200, whole=2_000)
#: Twelve different ballots, as they stand in the file.
FORMS = [
    {"stance": [str(stance)], "experience": [experience]}
    for stance, experience in product(range(1, 6), ("disappointed", "neutral", "good"))
]


def as_stored(form: Mapping[str, Sequence[str]]) -> bytes:
    return json.dumps(
        {"experience": form["experience"][0], "stance": int(form["stance"][0])}, sort_keys=True, separators=(",", ":")
    ).encode()


@dataclass
class Guesses:
    """How well one way of ordering the ballots told who cast them, over many runs."""

    hits: int = 0
    rank: float = 0.0
    runs: int = 0

    def add(self, order: Sequence[int]) -> None:
        """``order[i]`` is the voter whose ballot stands at place i (voters numbered by when they voted)."""
        n = len(order)
        self.hits += sum(place == voter for place, voter in enumerate(order))
        middle = (n - 1) / 2
        self.rank += sum((p - middle) * (v - middle) for p, v in enumerate(order)) * 12 / (n * (n * n - 1))
        self.runs += 1

    @property
    def p(self) -> float:
        """Chance of being this far from blind guessing: hits have mean and variance 1, rank 0 and 1/(n-1)."""
        by_hits = (self.hits - self.runs) / sqrt(self.runs)
        by_rank = self.rank * sqrt((VOTERS - 1) / self.runs)
        return 2 * min(erfc(abs(by_hits) / sqrt(2)) / 2, erfc(abs(by_rank) / sqrt(2)) / 2)


def attack_bytes(raw: bytes, forms: Sequence[Mapping[str, Sequence[str]]]) -> dict[str, list[int]]:
    """Orders a reader of these bytes can see: where each ballot first and last stands."""
    first = {voter: raw.find(as_stored(form)) for voter, form in enumerate(forms)}
    last = {voter: raw.rfind(as_stored(form)) for voter, form in enumerate(forms)}
    if -1 in first.values():
        return {}
    return {
        "first place in the file": sorted(first, key=first.__getitem__),
        "last place in the file": sorted(last, key=last.__getitem__),
    }


def attack_rows(rows: Sequence[str], forms: Sequence[Mapping[str, Sequence[str]]]) -> list[int]:
    wanted = [as_stored(form).decode() for form in forms]
    return [wanted.index(row) for row in rows]


@pytest.fixture(scope="module")
def small_template(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, str, list[str], Evening]:
    """A database in which twelve known people stand before an open secret step."""
    path = tmp_path_factory.mktemp("secret") / "template.db"
    shutil.copyfile(migrated_sqlite, path)
    store = open_store(f"sqlite:///{path}")
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    seeded = random.Random(7)
    tokens = [f"cookie-{seeded.getrandbits(128):032x}" for _n in range(VOTERS)]
    joining.join_many(store, [joining.Joining(evening.code, evening.groups["Bewoners"], token=t) for t in tokens])
    running.open_step(store, evening.facilitator, step)
    store.close()
    return path, step, tokens, evening


def guess_on_sqlite(
    template: tuple[Path, str, list[str], Evening], folder: Path, monkeypatch: pytest.MonkeyPatch, runs: int
) -> tuple[dict[str, Guesses], int]:
    """Vote in a known order, stop, read the files: guesses per attack, and how often a ballot stood twice."""
    path, step, tokens, evening = template
    seeded = random.Random(20261121)
    monkeypatch.setattr(ballots, "token_bytes", lambda n: seeded.randbytes(n))
    guesses: dict[str, Guesses] = {}
    twice = 0
    for run in range(runs):
        copy = folder / "run.db"
        for old in folder.glob("run.db*"):
            old.unlink()
        shutil.copyfile(path, copy)
        store = open_store(f"sqlite:///{copy}")
        round_id = Evening(store, evening.facilitator, "", "", {}, "").round_id(step)
        forms = seeded.sample(FORMS, VOTERS)
        voters = seeded.sample(tokens, VOTERS)  # not always in the order of joining
        sent = [Cast(t, round_id, f, f"b{seeded.random()}") for t, f in zip(voters, forms, strict=True)]
        size = (1, 4, 12)[run % 3]
        for at in range(0, VOTERS, size):
            assert all(isinstance(a, Receipt) for a in cast_ballots(store, sent[at : at + size]))
        running.stop_step(store, evening.facilitator, step)
        raw = {name: p.read_bytes() for name in ("", "-wal") if (p := Path(f"{copy}{name}")).exists()}
        with store.read() as conn:
            rows = conn.execute(text("SELECT answers FROM ballot")).scalars().all()
            byid = conn.execute(text("SELECT answers FROM ballot ORDER BY id")).scalars().all()
        store.close()
        orders = {f"{where or 'db'}: {how}": o for where, b in raw.items() for how, o in attack_bytes(b, forms).items()}
        orders |= {"rows as they come": attack_rows(rows, forms), "rows by id": attack_rows(byid, forms)}
        joined = [tokens.index(v) for v in voters]
        orders["rows as they come, by joining"] = [joined[voter] for voter in orders["rows as they come"]]
        for how, order in orders.items():
            guesses.setdefault(how, Guesses()).add(order)
        everything = b"".join(raw.values())
        twice += sum(everything.count(as_stored(f)) != 1 for f in forms)
        twice += sum(casts.ballot_key(t, round_id) in everything for t in tokens)
        twice += sum(c.ballot_id.encode() in everything for c in sent)
    return guesses, twice


@pytest.mark.proof
def test_the_bytes_of_a_stopped_round_tell_nothing_about_who_voted_when(
    small_template: tuple[Path, str, list[str], Evening], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses, twice = guess_on_sqlite(small_template, tmp_path, monkeypatch, RUNS)
    assert twice == 0, "something of a ballot, a key or a ballot id was left behind"
    assert len(guesses) >= 5 and all(g.runs == RUNS for g in guesses.values())
    # The seed is fixed, so this is no lottery: the same numbers come out on every machine.
    assert {how: g.p for how, g in guesses.items() if g.p <= 0.01} == {}


def test_twin_without_rewriting_the_file_the_log_tells_the_order(
    small_template: tuple[Path, str, list[str], Evening], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballots, "forget_order", lambda _store: None)
    guesses, twice = guess_on_sqlite(small_template, tmp_path, monkeypatch, 12)
    assert twice > 0
    assert guesses["-wal: first place in the file"].p < 0.01


def test_twin_ballots_kept_in_the_order_in_which_they_came_are_found(
    small_template: tuple[Path, str, list[str], Evening], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = count()
    seen: dict[str, bytes] = {}
    monkeypatch.setattr(casts, "ballot_key", lambda t, r: seen.setdefault(t + r, next(arrival).to_bytes(16, "big")))
    keep_the_key(monkeypatch)

    def forget() -> None:
        seen.clear()

    guesses, _twice = guess_on_sqlite_with(small_template, tmp_path, monkeypatch, 8, forget)
    assert guesses["rows as they come"].p < 0.01
    assert guesses["db: first place in the file"].p < 0.01


def guess_on_sqlite_with(
    template: tuple[Path, str, list[str], Evening],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    runs: int,
    between: Callable[[], None],
) -> tuple[dict[str, Guesses], int]:
    together: dict[str, Guesses] = {}
    for _run in range(runs):
        between()
        once, _twice = guess_on_sqlite(template, folder, monkeypatch, 1)
        for how, found in once.items():
            all_of_it = together.setdefault(how, Guesses())
            all_of_it.hits += found.hits
            all_of_it.rank += found.rank
            all_of_it.runs += 1
    return together, 0


def keep_the_key(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop without new random ids: the ballot keeps the key it was cast under."""

    def strip(conn: Any, round_id: str, **_how: Any) -> None:
        rows = (
            conn.execute(select(schema.cast_ballot).where(schema.cast_ballot.c.round_id == round_id)).mappings().all()
        )
        names = ("round_id", "group_label", "organisation", "answers", "is_complete", "source", "entered_by")
        conn.execute(schema.cast_ballot.delete().where(schema.cast_ballot.c.round_id == round_id))
        conn.execute(schema.ballot.insert(), [{**{n: r[n] for n in names}, "id": r["key"]} for r in rows])

    monkeypatch.setattr(ballots, "strip_keys", strip)


# -- PostgreSQL: where rows stand and which transaction wrote them ---------------------------------------------------


def guess_on_postgres(url: str, monkeypatch: pytest.MonkeyPatch, runs: int) -> tuple[dict[str, Guesses], int]:
    seeded = random.Random(20261121)
    monkeypatch.setattr(ballots, "token_bytes", lambda n: seeded.randbytes(n))
    store = open_store(url)
    evening = plan_evening(store)
    step = evening.step("commitment")
    evening.open_room()
    tokens = evening.people(VOTERS)
    guesses: dict[str, Guesses] = {}
    left = 0
    for run in range(runs):
        (running.again if run else running.open_step)(store, evening.facilitator, step)
        round_id = evening.round_id(step)
        forms = seeded.sample(FORMS, VOTERS)
        sent = [Cast(t, round_id, f, f"b{run}") for t, f in zip(seeded.sample(tokens, VOTERS), forms, strict=True)]
        size = (1, 4)[run % 2]
        for at in range(0, VOTERS, size):
            cast_ballots(store, sent[at : at + size])
        running.stop_step(store, evening.facilitator, step)
        with store.read() as conn:
            here = "FROM ballot WHERE round_id = :round ORDER BY "
            for how in ("ctid", "xmin::text::bigint, ctid", "id"):
                rows = conn.execute(text(f"SELECT answers {here}{how}"), {"round": round_id}).scalars().all()
                guesses.setdefault(how, Guesses()).add(attack_rows(rows, forms))
            writers = conn.execute(text(f"SELECT DISTINCT xmin::text {here}1"), {"round": round_id}).all()
            size_left = conn.scalar(text("SELECT pg_relation_size('cast_ballot')"))
        left += size_left + len(writers) - 1
    store.close()
    return guesses, left


@pytest.mark.proof
def test_on_postgres_the_place_and_transaction_of_a_row_tell_nothing(
    new_postgres_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses, left = guess_on_postgres(new_postgres_url(), monkeypatch, cases(60, whole=600))
    assert left == 0, "dead rows of running ballots, or more than one transaction, were left behind"
    assert {how: g.p for how, g in guesses.items() if g.p <= 0.01} == {}


def test_twin_on_postgres_dead_rows_stay_when_the_table_is_not_rewritten(
    new_postgres_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballots, "forget_order", lambda _store: None)
    _guesses, left = guess_on_postgres(new_postgres_url(), monkeypatch, 2)
    assert left > 0


def test_twin_on_postgres_serial_ids_tell_the_order(
    new_postgres_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arrival = count()
    seen: dict[str, bytes] = {}
    monkeypatch.setattr(casts, "ballot_key", lambda t, r: seen.setdefault(t + r, next(arrival).to_bytes(16, "big")))
    keep_the_key(monkeypatch)
    guesses, _left = guess_on_postgres(new_postgres_url(), monkeypatch, 6)
    assert guesses["id"].p < 0.01
