"""The policy desk: what was shown, where it came from, recording and downloads; nothing that is still blind."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.evening import Evening, staff
from tests.pages.conftest import Open
from workshop.actions.documents.asking import ask_for_file, see_latest_job
from workshop.actions.evening import notes, running, settling
from workshop.actions.people.giving_roles import give_role
from workshop.actions.sprints import fixing
from workshop.actions.sprints.path import skip_sprint
from workshop.domain.jobs import JobKind
from workshop.domain.roles import Role
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written
from workshop.jobs.limits import Limits
from workshop.jobs.worker import Worker

PAGE = "beleid/beleid.py"


def words(page: AppTest) -> str:
    """Everything that can be read on the page, escapes of Markdown and invisible joiners left out."""
    kinds = (
        "title",
        "header",
        "subheader",
        "markdown",
        "text",
        "caption",
        "warning",
        "error",
        "info",
        "success",
        "html",
    )
    found = [
        str(getattr(each, "value", None) or getattr(each, "body", "")) for kind in kinds for each in page.get(kind)
    ]
    return unescaped("\n".join(found))


def unescaped(told: str) -> str:
    return told.replace("\\", "").replace("\u2060", "")


def desk(open_page: Open, evening: Evening, part: str = "outcomes", account_id: str | None = None) -> AppTest:
    page = open_page(PAGE, account_id or evening.facilitator.account_id, plan=evening.wijkplan_id)
    if part != "outcomes":
        page.session_state["part"] = part
        page.run()
    assert not page.exception
    return page


def shown_map(evening: Evening) -> str:
    """An environments step with two released notes, stopped and shown; returns its id."""
    step_id = evening.step("environments")
    evening.open_room()
    running.open_step(evening.store, evening.facilitator, step_id)
    for text in ("De brandgang is *donker*", "De buurtmoeders doen veel"):
        notes.add_item(
            evening.store,
            evening.facilitator,
            evening.wijkplan_id,
            kind=ItemKind.FINDING,
            written=Written(text, environments=["physical", "social"], tone="bad", moment="now"),
            step_id=step_id,
        )
    evening.run(step_id)
    return step_id


def test_before_the_first_session_the_desk_says_what_comes(open_page: Open, evening: Evening) -> None:
    assert "Er is nog geen bijeenkomst geweest." in words(desk(open_page, evening))
    assert "De zaal heeft nog niets ingebracht." in words(desk(open_page, evening, "items"))


def test_an_outcome_is_blind_until_it_is_shown(open_page: Open, evening: Evening) -> None:
    step_id = evening.step("environments")
    evening.open_room()
    running.open_step(evening.store, evening.facilitator, step_id)
    running.stop_step(evening.store, evening.facilitator, step_id)

    assert "Van dit onderdeel is nog geen uitslag getoond." in words(desk(open_page, evening))


def test_a_shown_outcome_and_its_items_stand_with_their_origin(open_page: Open, evening: Evening) -> None:
    shown_map(evening)

    assert "2 kaartjes in beeld." in words(desk(open_page, evening))
    told = words(desk(open_page, evening, "items"))
    assert "De brandgang is *donker*" in told
    assert "Herkomst: uit: " in told


def test_what_is_missing_stands_before_the_button_and_the_button_records(open_page: Open, evening: Evening) -> None:
    step_id = shown_map(evening)
    skip_sprint(evening.store, evening.facilitator, evening.wijkplan_id, 1, "Vorig jaar gedaan.")

    page = desk(open_page, evening, "recording")
    assert "Dit moet nog gebeuren voordat je kunt vastleggen:" in words(page)
    assert not [button for button in page.button if "Leg het resultaat" in button.label]

    listed = settling.see_settling(evening.store, evening.facilitator, step_id)
    first = listed.rows[0].item.id
    settling.settle_step(evening.store, evening.facilitator, step_id, goes_on=[first], rest_reason="Later")
    page = desk(open_page, evening, "recording")
    page.text_input(key="unseen-2").set_value("De sleutelfactoren komen later.")
    next(button for button in page.button if button.label == "Leg het resultaat van sprint 2 vast").click().run()

    results = fixing.see_results(evening.store, evening.facilitator, evening.wijkplan_id)
    assert [(result.sprint, result.version) for result in results] == [(2, 1)]
    assert results[0].digest[:16] in words(page)


def test_downloads_say_what_they_contain_and_of_when(open_page: Open, evening: Evening) -> None:
    shown_map(evening)

    told = words(desk(open_page, evening, "downloads"))
    for kind in ("csv", "json"):
        assert f'href="/download/{evening.wijkplan_id}/{kind}"' in told
    assert "Stand van " in told
    assert "Er loopt nu een bijeenkomst." in told


def test_a_report_is_asked_for_followed_and_then_there_is_its_link(open_page: Open, evening: Evening) -> None:
    shown_map(evening)
    page = desk(open_page, evening, "downloads")
    assert "/taak/" not in words(page)

    made = page.button(key="make-docx")
    assert unescaped(made.label) == "Maak: Rapport (Word)"
    made.click().run()

    told = words(page)
    assert "Het bestand is aangevraagd." in told
    assert page.button(key="make-docx").disabled

    assert Worker(evening.store).work_once()
    told = words(page.run())
    job = see_latest_job(evening.store, evening.facilitator, evening.wijkplan_id, JobKind.REPORT)
    assert job is not None
    assert f'href="/download/{evening.wijkplan_id}/taak/{job.id}/bestand"' in told
    assert unescaped(page.button(key="make-docx").label) == "Maak opnieuw: Rapport (Word)"
    assert not page.button(key="make-docx").disabled


def test_a_report_that_could_not_be_made_says_so_and_can_be_asked_again(open_page: Open, evening: Evening) -> None:
    shown_map(evening)
    first = ask_for_file(evening.store, evening.facilitator, evening.wijkplan_id, JobKind.REPORT)
    assert Worker(evening.store, limits=Limits(size=10)).work_once()

    page = desk(open_page, evening, "downloads")
    assert "Het maken van het bestand is mislukt: het werd te groot." in words(page)
    page.button(key="make-docx").click().run()

    job = see_latest_job(evening.store, evening.facilitator, evening.wijkplan_id, JobKind.REPORT)
    assert job is not None
    assert job.is_busy and job.id != first


def test_figures_stand_with_year_and_source(open_page: Open, evening: Evening) -> None:
    assert "(2024, CBS)" in words(desk(open_page, evening, "figures"))


def test_a_policy_officer_sees_everything_but_cannot_record(open_page: Open, evening: Evening) -> None:
    officer = staff(evening.store, "beleid")
    give_role(evening.store, evening.facilitator, evening.wijkplan_id, officer.account_id, Role.POLICY)
    step_id = shown_map(evening)
    skip_sprint(evening.store, evening.facilitator, evening.wijkplan_id, 1, "Vorig jaar gedaan.")
    settling.settle_step(evening.store, evening.facilitator, step_id, goes_on=[], rest_reason="Later")

    page = desk(open_page, evening, "recording", officer.account_id)
    assert "Klaar om vast te leggen. Dat doet de begeleider of de projecteigenaar." in words(page)
    assert not [button for button in page.button if "Leg het resultaat" in button.label]


def test_somebody_without_a_role_sees_a_page_that_is_not_there(open_page: Open, evening: Evening) -> None:
    other = staff(evening.store, "ander")

    page = open_page(PAGE, other.account_id, plan=evening.wijkplan_id)
    assert "Deze pagina is er niet" in words(page)
    assert "Resultaten" not in words(page)
