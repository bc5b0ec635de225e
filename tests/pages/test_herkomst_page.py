"""The herkomst page begins with what came furthest."""

from __future__ import annotations

from tests.evening import Evening
from tests.pages.conftest import Open
from tests.pages.test_results_page import words
from workshop.actions.sprints import handing_over
from workshop.actions.thread import herkomst
from workshop.domain.thread.herkomst import Authority
from workshop.domain.thread.items import ItemKind
from workshop.domain.thread.written import Written


def test_what_goes_on_from_the_last_sprint_is_offered_and_one_press_shows_its_chain(
    open_page: Open, evening: Evening
) -> None:
    store, owner, plan = evening.store, evening.facilitator, evening.wijkplan_id
    risk = herkomst.add_from_desk(
        store,
        owner,
        plan,
        kind=ItemKind.RISK,
        written=Written("*Donker* bij de bushalte"),
        sprint=2,
        authority=Authority.COUNCIL,
        authority_note="motie 12",
    )
    wish = herkomst.add_from_desk(
        store, owner, plan, kind=ItemKind.WISH, written=Written("Prettig lopen"), sprint=3, origin=[risk]
    )
    page = open_page("beleid/herkomst.py", evening.facilitator.account_id, plan=plan)
    assert [b.label for b in page.button if b.key and b.key.startswith("begin_")] == []
    handing_over.settle_desk(store, owner, plan, 2, goes_on=[risk], rest_reason="")
    page = open_page("beleid/herkomst.py", evening.facilitator.account_id, plan=plan)
    assert [b.label.replace("\\", "") for b in page.button if b.key and b.key.startswith("begin_")] == [
        "Risico: *Donker* bij de bushalte"
    ]
    handing_over.settle_desk(store, owner, plan, 3, goes_on=[wish], rest_reason="")
    page = open_page("beleid/herkomst.py", evening.facilitator.account_id, plan=plan)
    page = page.button(key=f"begin_{wish}").click().run()
    assert "wens ← risico" in words(page).replace("\\", "")
    assert page.query_params["item"] == wish
