"""What was done before is told with owner, year, feeling and lesson; what was left empty stays empty."""

from __future__ import annotations

import pytest

from tests.unit.werkvormen import room
from workshop.domain.errors import WorkshopError
from workshop.domain.evening.questions import accept_extras, extra_words
from workshop.domain.thread.details import Details
from workshop.domain.thread.items import ItemKind, ItemState
from workshop.werkvormen import werkvorm

ACTIVITY = werkvorm("earlier_policy")
(FORM,) = ACTIVITY.note_forms(room.context(ACTIVITY))

WHOLE = {
    "extra.organisation": ["Gemeente, afdeling Jeugd"],
    "extra.year": ["2019"],
    "extra.domain": ["both"],
    "extra.feeling": ["disappointed"],
    "extra.reuse": ["De vaste avond"],
}


def told(text: str, fields: dict[str, object], lesson: str = ""):  # type: ignore[no-untyped-def]
    (note,) = room.notes(ACTIVITY, {"initiative": [text]})
    details = Details("initiative", lesson, fields)
    return type(note)(
        id=f"i-{text}", wijkplan_id="w", kind=ItemKind.INITIATIVE, text=text, state=ItemState.RELEASED, details=details
    )


def test_a_whole_card_is_kept_by_key_and_said_in_words() -> None:
    kept = accept_extras(FORM, WHOLE)
    assert kept == {
        "organisation": "Gemeente, afdeling Jeugd", "year": 2019, "domain": "both", "feeling": "disappointed",
        "reuse": "De vaste avond",
    }  # fmt: skip
    assert extra_words(FORM, kept) == [
        ("Welke afdeling of organisatie?", "Gemeente, afdeling Jeugd"),
        ("In welk jaar?", "2019"),
        ("Waar hoorde het bij?", "Allebei"),
        ("Hoe kijk je erop terug?", "Teleurgesteld"),
        ("Wat kunnen we opnieuw gebruiken?", "De vaste avond"),
    ]


def test_nothing_besides_the_name_has_to_be_known() -> None:
    assert accept_extras(FORM, {}) == {}
    assert accept_extras(FORM, {"extra.year": [" "], "extra.reuse": [""], "extra.stranger": ["x"]}) == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("extra.year", "1066"),
        ("extra.year", "20190"),
        ("extra.year", "٢٠١٩"),
        ("extra.year", "vorig jaar"),
        ("extra.domain", "sport"),
        ("extra.feeling", "boos"),
    ],
)
def test_what_cannot_be_is_refused_and_named(field: str, value: str) -> None:
    with pytest.raises(WorkshopError) as refused:
        accept_extras(FORM, {field: [value]})
    assert refused.value.field == field


def test_the_room_sees_feelings_counted_and_every_plan_by_year() -> None:
    notes = [
        told("Buurtapp", {"year": 2021, "feeling": "good", "organisation": "Bewoners", "reuse": "De app"}),
        told("Samen schoon", {"feeling": "disappointed"}, lesson="Niemand kwam terug"),
        told("Jongerencentrum", {"year": 2009, "domain": "social", "feeling": "disappointed"}),
        told("Iets met bankjes", {}),
    ]
    around = room.context(ACTIVITY, notes=notes)
    outcome = ACTIVITY.outcome(around, [])
    assert outcome == {
        "n": 4,
        "parts": {"initiative": 4, "other": 0},
        "feelings": {"disappointed": 2, "neutral": 0, "good": 1},
        "reusable": 1,
    }
    story = ACTIVITY.story(around, outcome)
    assert story.lead == "De zaal noemt 4 plannen of projecten van eerder."
    assert story.sentences == (
        "Bij 1 daarvan staat wat we opnieuw kunnen gebruiken.",
        "Bij 1 staat geen gevoel.",
    )
    assert story.tables[1].rows == (
        ("Jongerencentrum", "", "2009", "Zorg en sociaal", "Teleurgesteld", "", ""),
        ("Buurtapp", "Bewoners", "2021", "", "Goed", "De app", ""),
        ("Iets met bankjes", "", "", "", "", "", ""),
        ("Samen schoon", "", "", "", "Teleurgesteld", "", "Niemand kwam terug"),
    )
    assert story.scores == {
        "i-Buurtapp": "Goed", "i-Samen schoon": "Teleurgesteld", "i-Jongerencentrum": "Teleurgesteld"
    }  # fmt: skip
