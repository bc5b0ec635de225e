"""What an owner changes about a wijkplan and an administrator about accounts: typed and pressed in one go, and told back."""

from __future__ import annotations

import pytest

from tests.pages import test_staff_pages
from tests.pages.test_staff_pages import Browser
from tests.rules.world import ADMIN, NOBODY, OWNER
from workshop.actions.people.accounts import see_accounts
from workshop.actions.people.gate import staff_by_cookie
from workshop.actions.people.signing_in import hand_out_ticket, redeem_ticket
from workshop.actions.wijkplan.wijkplannen import Wijkplan, see_wijkplan
from workshop.domain.roles import Role, Staff

browser = test_staff_pages.browser


def who_is(browser: Browser, who: str) -> Staff:
    store = browser.world.store
    ticket = hand_out_ticket(store, browser.world.account_ids[who], "look")
    found = staff_by_cookie(store, redeem_ticket(store, ticket, "look"))
    assert isinstance(found, Staff)
    return found


def plan(browser: Browser) -> Wijkplan:
    return see_wijkplan(browser.world.store, who_is(browser, OWNER), browser.world.wijkplan_id)


def open_part(browser: Browser, part: str) -> None:
    browser.become(OWNER)
    browser.open("beleid/wijkplan.py", plan=browser.world.wijkplan_id)
    [choice] = [each for each in browser.tab.button_group if each.label == "Onderdeel van het wijkplan"]
    choice.set_value(part).run()
    browser.read()


def fill(browser: Browser, label: str, text: str) -> None:
    fields = [*browser.tab.text_input, *browser.tab.text_area]
    next(field for field in fields if field.label == label).set_value(text)


def press(browser: Browser, label: str) -> str:
    next(button for button in browser.tab.button if button.label == label).click().run()
    return browser.read()


def test_agreements_are_written_and_told_back(browser: Browser) -> None:
    open_part(browser, "Afspraken")
    press(browser, "Pas de afspraken aan")
    fill(browser, "Ambitie", "Iedereen durft *’s avonds* over het plein.")
    told = press(browser, "Bewaar de afspraken")
    assert plan(browser).definition.ambition == "Iedereen durft *’s avonds* over het plein."
    assert "De afspraken zijn bewaard." in told and "Pas de afspraken aan" in told


def test_agreements_that_seem_to_be_about_a_person_ask_for_a_tick(browser: Browser) -> None:
    open_part(browser, "Afspraken")
    press(browser, "Pas de afspraken aan")
    fill(browser, "Ambitie", "Vraag het op 06-12345678.")
    assert "Zet dan het vinkje" in press(browser, "Bewaar de afspraken")
    assert plan(browser).definition.ambition == ""
    browser.tab.checkbox[0].check()
    press(browser, "Bewaar de afspraken")
    assert plan(browser).definition.ambition == "Vraag het op 06-12345678."


def test_title_and_theme_are_changed_without_leaving_the_field_first(browser: Browser) -> None:
    open_part(browser, "Gebied")
    press(browser, "Pas titel, gebied of thema aan")
    codes = [area.code for area in plan(browser).areas]
    fill(browser, "Titel", "Samen veilig")
    fill(browser, "Thema (mag leeg blijven)", "jeugd")
    assert "Titel, gebied en thema zijn bewaard." in press(browser, "Bewaar")
    assert (plan(browser).title, plan(browser).theme) == ("Samen veilig", "jeugd")
    assert [area.code for area in plan(browser).areas] == codes


@pytest.mark.parametrize(
    ("part", "field", "button", "told"),
    [
        ("Partners", "Andere organisatie", "Voeg partners toe", "1 partner toegevoegd."),
        ("Groepen", "Andere groep", "Voeg groepen toe", "1 groep toegevoegd."),
    ],
)
def test_a_partner_and_a_group_are_added_and_without_a_name_it_says_what_to_do(
    browser: Browser, part: str, field: str, button: str, told: str
) -> None:
    open_part(browser, part)
    assert "of typ een naam." in press(browser, button)
    fill(browser, field, "De speeltuin")
    assert told in press(browser, button)
    names = [each.name for each in (*plan(browser).open_partners, *plan(browser).open_groups)]
    assert names.count("De speeltuin") == 1
    assert next(each for each in browser.tab.text_input if each.label == field).value == ""


def test_whoever_leads_is_kept_at_the_choice(browser: Browser) -> None:
    open_part(browser, "Partners")
    fill(browser, "Andere organisatie", "De speeltuin")
    press(browser, "Voeg partners toe")
    partner = next(each for each in plan(browser).open_partners if each.name == "De speeltuin")
    next(box for box in browser.tab.selectbox if box.label == "Wie trekt het plan?").set_value(partner.id).run()
    lead = plan(browser).lead
    assert lead is not None and lead.name == "De speeltuin"
    assert "De speeltuin – trekker" in browser.read()


def test_a_role_is_given_and_taken_back(browser: Browser) -> None:
    open_part(browser, "Wie mag wat")
    who = browser.world.account_ids[NOBODY]
    browser.tab.selectbox(key="role-who").set_value(who)
    browser.tab.radio(key="role-which").set_value(Role.FACILITATOR)
    assert "is nu begeleider" in press(browser, "Geef de rol")
    assert (who, Role.FACILITATOR) in [(each.account_id, each.role) for each in plan(browser).members]
    browser.tab.button(key=f"take-{who}-{Role.FACILITATOR}").click().run()
    assert "De rol is teruggenomen." in browser.read()
    assert who not in [each.account_id for each in plan(browser).members]


def test_archiving_leads_to_the_list_where_it_can_be_put_back(browser: Browser) -> None:
    open_part(browser, "Bewaren")
    told = press(browser, "Archiveer dit wijkplan")
    assert "Het wijkplan is gearchiveerd. Onderaan de lijst kun je het terugzetten." in told
    assert plan(browser).is_archived
    assert "Het wijkplan staat weer in de lijst." in press(browser, "Zet terug")
    assert not plan(browser).is_archived


def test_an_account_is_made_closed_and_opened_again(browser: Browser) -> None:
    browser.become(ADMIN)
    browser.open("beheer/beheer.py")
    [choice] = [each for each in browser.tab.button_group if each.label == "Onderdeel van beheer"]
    choice.set_value("Nieuw account").run()
    fill(browser, "Naam", "Nieuwe *Collega*")
    fill(browser, "Gebruikersnaam", "nieuw@voorbeeld.nl")
    fill(browser, "Eerste wachtwoord", "kort")
    press(browser, "Maak het account")
    assert len(browser.tab.error) == 1
    fill(browser, "Eerste wachtwoord", "een lange zin met bomen")
    assert r"Het account van Nieuwe \*Collega\* is gemaakt." in press(browser, "Maak het account")
    made = next(
        each for each in see_accounts(browser.world.store, who_is(browser, ADMIN)) if each.username[:5] == "nieuw"
    )
    [choice] = [each for each in browser.tab.button_group if each.label == "Onderdeel van beheer"]
    choice.set_value("Mensen").run()
    browser.tab.selectbox[0].set_value(made.id).run()
    assert "Het account is gesloten." in press(browser, "Sluit het account")
    assert "Het account is weer open." in press(browser, "Open het account weer")


def test_a_new_password_signs_out_and_the_own_name_is_kept(browser: Browser) -> None:
    browser.become(OWNER)
    browser.open("beheer/account.py")
    fill(browser, "Naam", "Een andere naam")
    assert "Bewaard." in press(browser, "Bewaar")
    assert who_is(browser, OWNER).display_name == "Een andere naam"
    assert "Inloggen" in press(browser, "Log overal uit")
