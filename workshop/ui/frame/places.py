"""The pages there are: address, script, name. A script bears the name of its address and lies in a folder per role."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from workshop.domain.roles import Role, Staff
from workshop.locale import _

PAGES = Path(__file__).resolve().parents[3] / "pages"


@dataclass(frozen=True)
class Place:
    """``is_for(staff)`` only decides what stands in the menu: each page guards itself."""

    address: str
    script: Path
    title: Callable[[], str]
    icon: str
    is_for: Callable[[Staff], bool]
    is_in_menu: bool = True


def _anybody(_staff: Staff) -> bool:
    return True


def _holds(*roles: Role) -> Callable[[Staff], bool]:
    return lambda staff: any(staff.has(wijkplan_id, *roles) for wijkplan_id in staff.roles)


_ALL: tuple[Place, ...] = (
    Place("overzicht", PAGES / "beleid/overzicht.py", lambda: _("Wijkplannen"), "map", _anybody),
    Place("wijkplan", PAGES / "beleid/wijkplan.py", lambda: _("Het wijkplan"), "article", _holds(*Role)),
    Place(
        "voorbereiden",
        PAGES / "begeleider/voorbereiden.py",
        lambda: _("Bijeenkomsten"),
        "event_note",
        _holds(Role.FACILITATOR),
    ),
    Place(
        "werkvormen",
        PAGES / "begeleider/werkvormen.py",
        lambda: _("Werkvormen"),
        "library_books",
        _holds(Role.FACILITATOR),
    ),
    Place("bediening", PAGES / "begeleider/bediening.py", lambda: _("Bediening"), "tune", _holds(Role.FACILITATOR)),
    Place("sprints", PAGES / "beleid/sprints.py", lambda: _("Sprints"), "route", _holds(*Role)),
    Place(
        "herkomst",
        PAGES / "beleid/herkomst.py",
        lambda: _("Herkomst"),
        "account_tree",
        _holds(*Role),
    ),
    Place("beleid", PAGES / "beleid/beleid.py", lambda: _("Resultaten"), "fact_check", _holds(*Role)),
    Place("beheer", PAGES / "beheer/beheer.py", lambda: _("Beheer"), "manage_accounts", lambda staff: staff.is_admin),
    Place("account", PAGES / "beheer/account.py", lambda: _("Mijn account"), "person", _anybody),
    Place("scherm", PAGES / "scherm/scherm.py", lambda: _("Scherm"), "slideshow", _holds(*Role), is_in_menu=False),
    Place("meedoen", PAGES / "deelnemer/meedoen.py", lambda: _("Meedoen"), "groups", _anybody, is_in_menu=False),
)


# A page that is not there (yet) does not stand in the menu.
PLACES: tuple[Place, ...] = tuple(each for each in _ALL if each.script.is_file())


def place(address: str) -> Place:
    """The place with this address.

    Raises:
        KeyError: there is none.
    """
    return {each.address: each for each in PLACES}[address]
