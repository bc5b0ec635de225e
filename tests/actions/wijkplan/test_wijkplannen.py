"""Making and changing a wijkplan, on both back ends."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import text

from tests.rules.world import make_account_row
from workshop.actions.people import giving_roles
from workshop.actions.wijkplan import partners, wijkplannen
from workshop.actions.wijkplan.definitions import Definition
from workshop.actions.wijkplan.wijkplannen import Named, NewWijkplan, PlanArea
from workshop.domain.errors import PersonalData, Refused, WorkshopError
from workshop.domain.roles import Role, Staff
from workshop.store import Store, journal
from workshop.store import accounts as rows

ZANDVOORT = PlanArea("BU03080003", "Zandvoort", "buurt")
NORTH = PlanArea("WK030801", "Baarn-Noord", "wijk")
ELSEWHERE = PlanArea("BU03630000", "Kop Zeedijk", "buurt")
NEW = NewWijkplan(
    title="  Samen  voor Baarn ",
    municipality_code="GM0308",
    municipality_name="Baarn",
    areas=(NORTH, ZANDVOORT, ZANDVOORT),
    theme="",
    definition=Definition(ambition="Prettig wonen", commissioner="Wethouder Jansen", agreed_on=date(2026, 11, 3)),
    partners=("Gemeente", "Politie", "gemeente "),
    lead="politie",
    groups=("Bewoners", "Jongeren"),
    retention_months=12,
)


@pytest.fixture
def anna(store: Store) -> Staff:
    return Staff(make_account_row(store, "anna"), "Anna")


def now(store: Store, staff: Staff) -> Staff:
    """The same person as the gate makes them after roles changed."""
    with store.read() as conn:
        return Staff(staff.account_id, staff.display_name, roles=rows.roles_of(conn, staff.account_id))


def refused(field: str, action: object, *args: object, **named: object) -> str:
    with pytest.raises(WorkshopError) as caught:
        action(*args, **named)  # type: ignore[operator]
    assert caught.value.field == field
    return caught.value.message


def names(listed: tuple[Named, ...]) -> list[tuple[str, bool, bool]]:
    return [(each.name, each.is_archived, each.is_lead) for each in listed]


def test_what_was_made_is_what_is_seen(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    seen = wijkplannen.see_wijkplan(store, owner, made)
    assert seen == wijkplannen.Wijkplan(
        id=made,
        title="Samen voor Baarn",
        municipality_code="GM0308",
        municipality_name="Baarn",
        areas=(NORTH, ZANDVOORT),
        theme=None,
        definition=NEW.definition,
        partners=seen.partners,
        groups=seen.groups,
        members=(wijkplannen.Member("anna", "Anna", Role.OWNER),),
        retention_months=12,
        joint_task=None,
        is_demo=False,
        is_archived=False,
    )
    assert names(seen.partners) == [("Gemeente", False, False), ("Politie", False, True)]
    assert names(seen.groups) == [("Bewoners", False, False), ("Jongeren", False, False)]
    assert seen.definition.missing == ("goal", "results", "outside", "influence")
    (row,) = wijkplannen.see_wijkplannen(store, owner)
    assert (row.title, row.area_names, row.roles, row.sessions) == (
        "Samen voor Baarn",
        ("Baarn-Noord", "Zandvoort"),
        frozenset({Role.OWNER}),
        0,
    )


def test_without_groups_the_usual_ones_are_taken_and_a_theme_may_replace_areas(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NewWijkplan("Uitgaan", "GM0308", "Baarn", theme="veilig uitgaan"))
    seen = wijkplannen.see_wijkplan(store, now(store, anna), made)
    assert (seen.areas, seen.theme, seen.retention_months) == ((), "veilig uitgaan", 6)
    assert [group.name for group in seen.groups] == list(partners.preset_groups())


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " \u200b "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"areas": ()}, "areas"),
        ({"areas": (ELSEWHERE,)}, "areas"),
        ({"areas": (PlanArea("BU03080003", "Zandvoort", "wijk"),)}, "areas"),
        ({"areas": (PlanArea("'; DROP", "x", "buurt"),)}, "areas"),
        ({"municipality_code": ""}, "municipality"),
        ({"retention_months": 0}, "retention_months"),
        ({"retention_months": 25}, "retention_months"),
        ({"retention_months": True}, "retention_months"),
        ({"groups": ("",)}, "groups"),
        ({"definition": Definition(goal="x" * 1001)}, "goal"),
        ({"definition": Definition(agreed_on=date(1899, 1, 1))}, "agreed_on"),
    ],
)
def test_a_wrong_value_names_its_field_and_leaves_nothing_behind(
    store: Store, anna: Staff, change: dict[str, object], field: str
) -> None:
    values = {name: getattr(NEW, name) for name in NEW.__dataclass_fields__} | change
    refused(field, wijkplannen.make_wijkplan, store, anna, NewWijkplan(**values))  # type: ignore[arg-type]
    with store.read() as conn:
        assert [conn.scalar(text(f"SELECT count(*) FROM {table}")) for table in ("wijkplan", "journal")] == [0, 0]


def test_personal_data_asks_once_more_and_a_bsn_never_goes_in(store: Store, anna: Staff) -> None:
    phone = NewWijkplan("Plan", "GM0308", "Baarn", areas=(NORTH,), definition=Definition(goal="Bel 06-12345678"))
    with pytest.raises(PersonalData) as caught:
        wijkplannen.make_wijkplan(store, anna, phone)
    assert (caught.value.field, caught.value.final) == ("goal", False)
    assert wijkplannen.make_wijkplan(store, anna, phone, confirmed=True)
    bsn = NewWijkplan("Plan", "GM0308", "Baarn", areas=(NORTH,), definition=Definition(goal="BSN 111222333"))
    with pytest.raises(PersonalData) as caught:
        wijkplannen.make_wijkplan(store, anna, bsn, confirmed=True)
    assert caught.value.final


def test_changing_one_part_leaves_the_others(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    before = wijkplannen.see_wijkplan(store, owner, made)
    wijkplannen.change_wijkplan(store, owner, made, retention_months=3)
    wijkplannen.change_wijkplan(store, owner, made, areas=(), theme="jeugd")
    after = wijkplannen.see_wijkplan(store, owner, made)
    assert (after.retention_months, after.areas, after.theme) == (3, (), "jeugd")
    assert (after.title, after.definition, after.partners) == (before.title, before.definition, before.partners)
    # Without areas the theme is all there is.
    refused("areas", wijkplannen.change_wijkplan, store, owner, made, theme="")


def test_an_archived_plan_can_be_read_and_brought_back_but_not_changed(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    wijkplannen.archive_wijkplan(store, owner, made)
    assert wijkplannen.see_wijkplan(store, owner, made).is_archived
    with pytest.raises(Refused, match="gearchiveerd"):
        wijkplannen.change_wijkplan(store, owner, made, title="Anders")
    with pytest.raises(Refused, match="gearchiveerd"):
        partners.add_group(store, owner, made, "School")
    wijkplannen.restore_wijkplan(store, owner, made)
    wijkplannen.change_wijkplan(store, owner, made, title="Anders")
    assert wijkplannen.see_wijkplan(store, owner, made).title == "Anders"


def test_partners_are_renamed_archived_and_brought_back_and_a_name_stands_once(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    _town, police = (partner.id for partner in wijkplannen.see_wijkplan(store, owner, made).partners)
    ggd = partners.add_partner(store, owner, made, "GGD")
    refused("name", partners.add_partner, store, owner, made, "ggd ")
    refused("name", partners.rename_partner, store, owner, made, ggd, "POLITIE")
    refused("name", partners.add_partner, store, owner, made, "")
    partners.rename_partner(store, owner, made, ggd, "GGD Utrecht")
    partners.archive_partner(store, owner, made, police)
    assert names(wijkplannen.see_wijkplan(store, owner, made).partners) == [
        ("Gemeente", False, False),
        ("Politie", True, False),
        ("GGD Utrecht", False, False),
    ]
    assert partners.add_partner(store, owner, made, "politie") == police
    partners.set_lead(store, owner, made, ggd)
    seen = wijkplannen.see_wijkplan(store, owner, made)
    assert seen.lead is not None and seen.lead.id == ggd
    partners.set_lead(store, owner, made, None)
    assert wijkplannen.see_wijkplan(store, owner, made).lead is None


def test_groups_are_ordered_and_the_last_one_stays(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    partners.add_group(store, owner, made, "Ondernemers")
    first, second, third = (group.id for group in wijkplannen.see_wijkplan(store, owner, made).groups)
    partners.move_group(store, owner, made, third, 0)
    partners.move_group(store, owner, made, first, 99)
    assert [group.id for group in wijkplannen.see_wijkplan(store, owner, made).groups] == [third, second, first]
    partners.archive_group(store, owner, made, second)
    partners.archive_group(store, owner, made, third)
    with pytest.raises(Refused, match="laatste groep"):
        partners.archive_group(store, owner, made, first)
    partners.restore_group(store, owner, made, second)
    assert [group.id for group in wijkplannen.see_wijkplan(store, owner, made).open_groups] == [second, first]


def test_roles_are_given_and_taken_and_the_last_owner_stays(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    bob = Staff(make_account_row(store, "bob"), "Bob")
    giving_roles.give_role(store, owner, made, "bob", Role.POLICY)
    giving_roles.give_role(store, owner, made, "bob", Role.POLICY)
    assert now(store, bob).roles == {made: frozenset({Role.POLICY})}
    with pytest.raises(Refused, match="enige eigenaar"):
        giving_roles.take_role(store, owner, made, "anna", Role.OWNER)
    giving_roles.give_role(store, owner, made, "bob", Role.OWNER)
    giving_roles.take_role(store, owner, made, "anna", Role.OWNER)
    assert now(store, anna).roles == {}
    assert now(store, bob).roles == {made: frozenset({Role.POLICY, Role.OWNER})}


def test_the_journal_of_the_wijkplan_is_whole_and_holds_no_texts(store: Store, anna: Staff) -> None:
    made = wijkplannen.make_wijkplan(store, anna, NEW)
    owner = now(store, anna)
    wijkplannen.change_wijkplan(store, owner, made, title="Een heel andere titel")
    partners.add_partner(store, owner, made, "GGD")
    with store.read() as conn:
        assert journal.first_broken_line(conn, made) is None
        told = str([tuple(row) for row in conn.execute(text("SELECT action, object, details FROM journal"))])
    assert "andere titel" not in told and "GGD" not in told and "partner.add" in told
