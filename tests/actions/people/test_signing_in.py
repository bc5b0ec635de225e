"""The guard, the ticket and the session, on both back ends."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import bcrypt
import pytest
from sqlalchemy import text
from streamlit_authenticator import Hasher

from tests.rules.world import make_account_row
from workshop.actions.people import accounts, gate, setting_up, signing_in
from workshop.actions.people.passwords import dummy_hash, hash_password, is_password
from workshop.domain.errors import NotFound, Refused, WorkshopError
from workshop.domain.roles import Staff, Stranger
from workshop.store import Store, journal
from workshop.store import accounts as rows

PASSWORD = "een lange zin met bomen"
START = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)


class Clock:
    """A clock the test moves by hand."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def pass_(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def clock(store: Store) -> Clock:
    clock = Clock()
    store.clock = clock
    return clock


@pytest.fixture(scope="session")
def hashed() -> str:
    return hash_password(PASSWORD)


@pytest.fixture
def anna(store: Store, clock: Clock, hashed: str) -> str:
    return make_account_row(store, "anna", is_admin=True, password_hash=hashed)


def signed_in(store: Store, account_id: str) -> str:
    return signing_in.redeem_ticket(store, signing_in.hand_out_ticket(store, account_id, "pre"), "pre")


#: Ways to fail: (name, tries before it).
WRONG = {
    "a wrong password": ("anna@voorbeeld.nl", 0),
    "an unknown name": ("niemand@voorbeeld.nl", 0),
    "an impossible name": ("\x00'; --", 0),
    "a closed account": ("anna@voorbeeld.nl", 0),
    "a locked name": ("anna@voorbeeld.nl", 5),
}


def work_of(store: Store, account_id: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What bcrypt has to do for two tries in a process that just started, with the cost of each hash."""
    name, tries = WRONG[kind]
    if kind == "a closed account":
        make_account_row(store, "bob", is_admin=True)
        accounts.deactivate_account(store, Staff("bob", "Bob", is_admin=True), account_id)
    for _try in range(tries):
        with suppress(WorkshopError):
            signing_in.check_password(store, name, "fout")
    done: list[str] = []
    salt, check = bcrypt.gensalt, bcrypt.checkpw

    def salted(rounds: int) -> bytes:
        done.append(f"gensalt {rounds}")
        return salt(rounds)

    def checked(password: bytes, hashed: bytes) -> bool:
        done.append(f"check {int(hashed.split(b'$')[2])}")
        return check(password, hashed)

    monkeypatch.setattr(bcrypt, "gensalt", salted)
    monkeypatch.setattr(bcrypt, "checkpw", checked)
    dummy_hash.cache_clear()
    for _try in range(2):
        with pytest.raises(WorkshopError):
            signing_in.check_password(store, name, "fout")
    return done


class TestTheGuard:
    def test_the_right_password_lets_in_whatever_the_case_of_the_name(self, store: Store, anna: str) -> None:
        assert signing_in.check_password(store, "  ANNA@voorbeeld.nl ", PASSWORD) == anna

    @pytest.mark.parametrize("name", ["anna@voorbeeld.nl", "niemand@voorbeeld.nl", "x" * 500, "\x00'; --"])
    def test_wrong_unknown_and_impossible_names_get_the_same_answers_and_the_same_lock(
        self, store: Store, clock: Clock, anna: str, name: str
    ) -> None:
        answers = []
        for _try in range(6):
            with pytest.raises(WorkshopError) as caught:
                signing_in.check_password(store, name, "fout")
            answers.append(caught.value.message)
        wrong = "Je gebruikersnaam of je wachtwoord klopt niet. Probeer het nog een keer."
        locked = "Er is te vaak een verkeerd wachtwoord ingevuld. Wacht 1 minuut en probeer het dan opnieuw."
        assert answers == [wrong] * 4 + [locked] * 2

    @pytest.mark.parametrize("kind", WRONG)
    def test_every_wrong_try_costs_the_same_work(
        self, store: Store, anna: str, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert work_of(store, anna, kind, monkeypatch) == ["gensalt 12", "check 12", "check 12"]

    @pytest.mark.parametrize("kind", WRONG)
    def test_twin_without_a_dummy_hash_the_work_tells_which_names_there_are(
        self, store: Store, anna: str, kind: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        known = signing_in.is_password
        monkeypatch.setattr(signing_in, "is_password", lambda p, h: h != dummy_hash() and known(p, h))
        work = work_of(store, anna, kind, monkeypatch)
        assert work.count("check 12") == (2 if kind == "a wrong password" else 0)

    def test_the_lock_holds_for_the_right_password_and_grows_to_a_quarter_of_an_hour(
        self, store: Store, clock: Clock, anna: str
    ) -> None:
        waits = []
        for round_number in range(7):
            for _try in range(5 if round_number == 0 else 1):
                with pytest.raises(WorkshopError):
                    signing_in.check_password(store, "anna@voorbeeld.nl", "fout")
            with pytest.raises(WorkshopError):
                signing_in.check_password(store, "anna@voorbeeld.nl", PASSWORD)
            with store.read() as conn:
                guard = rows.guard(conn, gate.token_hash("anna@voorbeeld.nl"))
            assert guard is not None and guard.locked_until is not None
            waits.append((guard.locked_until - clock.time) / timedelta(minutes=1))
            clock.time = guard.locked_until
        assert waits == [1, 2, 4, 8, 15, 15, 15]
        assert signing_in.check_password(store, "anna@voorbeeld.nl", PASSWORD) == anna
        with store.read() as conn:
            assert rows.guard(conn, gate.token_hash("anna@voorbeeld.nl")) is None

    def test_many_tries_at_once_do_not_slip_past_the_lock(self, store: Store, anna: str) -> None:
        answers: list[str] = []

        def guess() -> None:
            try:
                signing_in.check_password(store, "anna@voorbeeld.nl", "fout")
            except WorkshopError as error:
                answers.append("klopt niet" if "klopt niet" in error.message else "te vaak")

        threads = [threading.Thread(target=guess) for _ in range(12)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(answers) == ["klopt niet"] * 4 + ["te vaak"] * 8

    def test_after_a_day_of_quiet_the_count_starts_again(self, store: Store, clock: Clock, anna: str) -> None:
        for _try in range(4):
            with pytest.raises(WorkshopError):
                signing_in.check_password(store, "anna@voorbeeld.nl", "fout")
        clock.pass_(hours=25)
        with pytest.raises(WorkshopError, match="klopt niet"):
            signing_in.check_password(store, "anna@voorbeeld.nl", "fout")

    def test_neither_name_nor_password_is_stored_of_a_failed_try(self, store: Store, clock: Clock) -> None:
        with pytest.raises(WorkshopError):
            signing_in.check_password(store, "geheim-in-het-verkeerde-veld", "fout")
        with store.read() as conn:
            kept = [tuple(row) for row in conn.execute(text("SELECT name_hash, failures FROM login_guard"))]
        assert kept == [(gate.token_hash("geheim-in-het-verkeerde-veld"), 1)]

    def test_a_closed_account_is_told_nothing_more_than_a_wrong_password(self, store: Store, anna: str) -> None:
        make_account_row(store, "bob", is_admin=True)
        accounts.deactivate_account(store, Staff("bob", "Bob", is_admin=True), anna)
        with pytest.raises(WorkshopError, match="klopt niet"):
            signing_in.check_password(store, "anna@voorbeeld.nl", PASSWORD)


class TestTheTicket:
    def test_it_works_once(self, store: Store, anna: str) -> None:
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        token = signing_in.redeem_ticket(store, ticket, "pre")
        found = gate.staff_by_cookie(store, token)
        assert found == Staff("anna", "Anna", is_admin=True)
        with pytest.raises(WorkshopError, match="duurde te lang"):
            signing_in.redeem_ticket(store, ticket, "pre")

    def test_another_browser_uses_it_up(self, store: Store, anna: str) -> None:
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        for pre in ("ander", "pre"):
            with pytest.raises(WorkshopError):
                signing_in.redeem_ticket(store, ticket, pre)

    def test_after_sixty_seconds_it_is_worth_nothing(self, store: Store, clock: Clock, anna: str) -> None:
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        clock.pass_(seconds=60)
        with pytest.raises(WorkshopError):
            signing_in.redeem_ticket(store, ticket, "pre")

    def test_without_a_cookie_there_is_no_ticket(self, store: Store, anna: str) -> None:
        with pytest.raises(WorkshopError, match="cookies"):
            signing_in.hand_out_ticket(store, anna, None)

    def test_of_many_who_come_at_once_one_gets_in(self, store: Store, anna: str) -> None:
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        tokens: list[str] = []

        def redeem() -> None:
            with suppress(WorkshopError):
                tokens.append(signing_in.redeem_ticket(store, ticket, "pre"))

        threads = [threading.Thread(target=redeem) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(tokens) == 1

    def test_tokens_and_tickets_are_stored_hashed_only(self, store: Store, anna: str) -> None:
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        token = signing_in.redeem_ticket(store, ticket, "pre")
        with store.read() as conn:
            kept = str([tuple(row) for row in conn.execute(text("SELECT token_hash, bound_to FROM ticket"))])
            kept += str([tuple(row) for row in conn.execute(text("SELECT token_hash FROM sign_in"))])
        assert ticket not in kept and token not in kept and "'pre'" not in kept


class TestTheSession:
    def test_it_ends_after_half_an_hour_of_silence(self, store: Store, clock: Clock, anna: str) -> None:
        token = signed_in(store, anna)
        clock.pass_(minutes=30)
        assert isinstance(gate.staff_by_cookie(store, token), Staff)
        clock.pass_(minutes=30, seconds=1)
        assert gate.staff_by_cookie(store, token) == Stranger()

    def test_reading_along_keeps_it_open_until_twelve_hours_have_passed(
        self, store: Store, clock: Clock, anna: str
    ) -> None:
        token = signed_in(store, anna)
        for _quarter in range(47):
            clock.pass_(minutes=15)
            assert isinstance(gate.staff_by_cookie(store, token), Staff)
        clock.pass_(minutes=15)
        assert gate.staff_by_cookie(store, token) == Stranger()

    def test_being_there_is_written_down_once_a_minute_at_most(self, store: Store, clock: Clock, anna: str) -> None:
        token = signed_in(store, anna)
        seen = []
        for seconds in (59, 1, 30):
            clock.pass_(seconds=seconds)
            gate.staff_by_cookie(store, token)
            with store.read() as conn:
                found = rows.sign_in(conn, gate.token_hash(token))
            assert found is not None
            seen.append((found.last_seen_at - START).total_seconds())
        assert seen == [0, 60, 60]

    def test_signing_out_ends_that_one_and_no_other(self, store: Store, anna: str) -> None:
        first, second = signed_in(store, anna), signed_in(store, anna)
        signing_in.sign_out(store, first)
        signing_in.sign_out(store, first)
        signing_in.sign_out(store, "onzin")
        assert gate.staff_by_cookie(store, first) == Stranger()
        assert isinstance(gate.staff_by_cookie(store, second), Staff)

    def test_signing_out_everywhere_ends_all_and_burns_tickets(self, store: Store, anna: str) -> None:
        tokens = [signed_in(store, anna) for _ in range(3)]
        ticket = signing_in.hand_out_ticket(store, anna, "pre")
        actor = gate.staff_by_cookie(store, tokens[0])
        assert accounts.sign_out_everywhere(store, actor, anna) == 3
        assert [gate.staff_by_cookie(store, token) for token in tokens] == [Stranger()] * 3
        with pytest.raises(WorkshopError):
            signing_in.redeem_ticket(store, ticket, "pre")

    @pytest.mark.parametrize("token", [None, "", "onzin", "\ud800", "x" * 10_000])
    def test_a_cookie_with_anything_else_in_it_is_a_stranger(self, store: Store, token: str | None) -> None:
        assert gate.staff_by_cookie(store, token) == Stranger()
        assert gate.participant_by_cookie(store, token, "s") == Stranger()

    def test_the_journal_of_the_installation_is_whole_and_tells_who_came_and_went(
        self, store: Store, anna: str
    ) -> None:
        signing_in.sign_out(store, signed_in(store, anna))
        with store.read() as conn:
            assert journal.first_broken_line(conn, "") is None
            told = [
                tuple(row) for row in conn.execute(text("SELECT actor, action, result FROM journal ORDER BY number"))
            ]
        assert told == [("anna", "sign_in.begin", "ok"), ("anna", "sign_in.end", "ok")]


class TestSettingUp:
    def test_the_link_makes_one_administrator_and_then_there_is_no_link_any_more(
        self, store: Store, clock: Clock
    ) -> None:
        token = setting_up.set_up_link_token(store)
        assert token is not None and setting_up.is_set_up_link(store, token)
        made = setting_up.make_first_administrator(store, token, "Anna@Voorbeeld.nl", "Anna de Wit", PASSWORD)
        assert made == Staff(made.account_id, "Anna de Wit", is_admin=True)
        assert signing_in.check_password(store, "anna@voorbeeld.nl", PASSWORD) == made.account_id
        assert setting_up.set_up_link_token(store) is None
        assert not setting_up.is_set_up_link(store, token)
        with pytest.raises(NotFound):
            setting_up.make_first_administrator(store, token, "b", "B", PASSWORD)

    def test_a_mistake_does_not_use_the_link_up(self, store: Store, clock: Clock) -> None:
        token = setting_up.set_up_link_token(store)
        assert token is not None
        fields = []
        for username, name, password in (
            ("", "Anna", PASSWORD),
            ("anna wit", "Anna", PASSWORD),
            ("anna", " ", PASSWORD),
            ("anna", "Anna", "kort"),
            ("anna", "Anna", "x" * 73),
            ("anna", "Anna", "aaaaaaaaaaaaaaa"),
            ("anna", "Anna", "welkom123456"),
        ):
            with pytest.raises(WorkshopError) as caught:
                setting_up.make_first_administrator(store, token, username, name, password)
            fields.append(caught.value.field)
        assert fields == ["username", "username", "display_name", *["password"] * 4]
        assert setting_up.is_set_up_link(store, token)

    def test_a_new_link_makes_the_earlier_worthless_and_all_end_after_a_day(self, store: Store, clock: Clock) -> None:
        first, second = setting_up.set_up_link_token(store), setting_up.set_up_link_token(store)
        assert first and second
        assert [setting_up.is_set_up_link(store, token) for token in (first, second)] == [False, True]
        clock.pass_(hours=24)
        with pytest.raises(NotFound):
            setting_up.make_first_administrator(store, second, "anna", "Anna", PASSWORD)


class TestAccounts:
    def test_changing_the_own_password_asks_for_the_current_one_and_ends_every_sign_in(
        self, store: Store, anna: str
    ) -> None:
        token = signed_in(store, anna)
        actor = gate.staff_by_cookie(store, token)
        with pytest.raises(WorkshopError) as caught:
            accounts.change_password(store, actor, anna, new="een andere lange zin", current="fout")
        assert caught.value.field == "current"
        assert isinstance(gate.staff_by_cookie(store, token), Staff)
        accounts.change_password(store, actor, anna, new="een andere lange zin", current=PASSWORD)
        assert gate.staff_by_cookie(store, token) == Stranger()
        assert signing_in.check_password(store, "anna@voorbeeld.nl", "een andere lange zin") == anna

    def test_the_last_administrator_stays(self, store: Store, anna: str) -> None:
        actor = Staff(anna, "Anna", is_admin=True)
        for leave in (
            lambda: accounts.deactivate_account(store, actor, anna),
            lambda: accounts.make_administrator(store, actor, anna, False),
        ):
            with pytest.raises(Refused, match="enige beheerder"):
                leave()

    def test_a_taken_name_is_refused_in_any_case(self, store: Store, anna: str) -> None:
        actor = Staff(anna, "Anna", is_admin=True)
        with pytest.raises(WorkshopError) as caught:
            accounts.make_account(
                store, actor, username="ANNA@voorbeeld.nl", display_name="Nog een Anna", password=PASSWORD
            )
        assert caught.value.field == "username"

    def test_closing_ends_what_was_open_and_opening_again_gives_the_account_back(
        self, store: Store, anna: str, hashed: str
    ) -> None:
        bob = make_account_row(store, "bob", password_hash=hashed)
        token = signed_in(store, bob)
        actor = Staff(anna, "Anna", is_admin=True)
        accounts.deactivate_account(store, actor, bob)
        assert gate.staff_by_cookie(store, token) == Stranger()
        accounts.reactivate_account(store, actor, bob)
        assert gate.staff_by_cookie(store, token) == Stranger()
        assert signing_in.check_password(store, "bob@voorbeeld.nl", PASSWORD) == bob
        listed = [(row.id, row.is_active, row.last_seen_at) for row in accounts.see_accounts(store, actor)]
        assert listed == [("anna", True, None), ("bob", True, None)]


def test_our_hashes_and_those_of_streamlit_authenticator_are_the_same_kind() -> None:
    assert Hasher.check_pw(PASSWORD, hash_password(PASSWORD))
    assert is_password(PASSWORD, Hasher.hash(PASSWORD))


@pytest.mark.parametrize("password", ["", "x" * 73, "a\x00b", "\ud800", "é" * 40])
def test_an_impossible_password_fits_nothing_and_raises_nothing(password: str) -> None:
    assert not is_password(password, dummy_hash())
