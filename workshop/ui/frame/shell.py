"""The frame of every staff page: who is here, may they, in which wijkplan; and one kind of error."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NoReturn

import streamlit as st

from workshop.actions.people.gate import require_admin, require_role
from workshop.actions.wijkplan.wijkplannen import Wijkplan, WijkplanRow, see_wijkplan, see_wijkplannen
from workshop.domain.errors import NotFound, WorkshopError
from workshop.domain.roles import Role, Staff
from workshop.locale import _, current_language
from workshop.opening import the_store
from workshop.store import Store
from workshop.ui.frame.doing import show_said
from workshop.ui.frame.fields import md, show_empty, show_error, show_missing
from workshop.ui.frame.places import place
from workshop.ui.frame.state import tab
from workshop.ui.frame.visitor import look_who_is_here

PLAN = "plan"
SESSION = "sessie"


@dataclass
class Shell:
    """What a page works with. ``wijkplan`` is None on pages that are about none."""

    store: Store
    actor: Staff
    title: str
    wijkplan: Wijkplan | None = None
    language: str = field(default_factory=current_language)

    @property
    def plan(self) -> Wijkplan:
        """The wijkplan of a page that was opened with one."""
        if self.wijkplan is None:
            raise NotFound()
        return self.wijkplan

    def has(self, *roles: Role) -> bool:
        """Whether the visitor holds one of these roles in this wijkplan."""
        return self.wijkplan is not None and self.actor.has(self.wijkplan.id, *roles)

    def name(self, step: str, meeting: str | None = None) -> None:
        """Set the title of the browser tab: «Stap – bijeenkomst – gemeente»."""
        town = self.wijkplan.municipality_name if self.wijkplan else "Koppelvlak"
        st.set_page_config(page_title=" – ".join(part for part in (step, meeting, town) if part))


def go_after(address: str, **query: str) -> None:
    """In a callback: the page that is drawn next goes there. A callback has no pages to go to yet."""
    tab().goes_to = (address, query)


def go(address: str, **query: str) -> NoReturn:
    """Go to another page with these query parameters."""
    st.switch_page(str(place(address).script), query_params=query)


@contextmanager
def open_shell(
    *,
    title: str,
    role: Role | Collection[Role] | None = None,
    wijkplan: bool = False,
    admin: bool = False,
    wide: bool = False,
    heading: bool = True,
) -> Iterator[Shell]:
    """Open a page for somebody with an account, or show that there is nothing here and stop.

    Args:
        title: of the page and of the browser tab.
        role: with ``wijkplan``, who may see it; None is any role in it.
        wijkplan: whether the page is about the wijkplan chosen in ``?plan=``.
        admin: whether the page is for administrators only.
        wide: whether the page uses the whole width.
        heading: whether the title is drawn above the page.
    """
    visitor = look_who_is_here()
    goes_to, tab().goes_to = tab().goes_to, None
    if goes_to is not None:
        go(goes_to[0], **goes_to[1])
    st.set_page_config(page_title=f"{title} – Koppelvlak", layout="wide" if wide else "centered")
    try:
        if not isinstance(visitor, Staff):
            raise NotFound()
        if admin:
            require_admin(visitor)
        store = the_store()
        chosen = _chosen(store, visitor, role) if wijkplan else None
    except NotFound:
        show_missing()
        st.stop()
    shell = Shell(store, visitor, title, chosen)
    shell.name(title)
    if chosen is not None and tab().slot is not None:
        tab().slot.caption(_("Wijkplan"))
        tab().slot.markdown(f"**{md(chosen.title)}**")
    if chosen is not None and chosen.is_demo:
        st.caption(_("Voorbeeld: deze wijk en alles erin is verzonnen."))
    if heading:
        st.title(title, anchor=False)
    show_said()
    try:
        yield shell
    except WorkshopError as refused:
        show_error(refused)


def _chosen(store: Store, staff: Staff, role: Role | Collection[Role] | None) -> Wijkplan:
    """The wijkplan in the address, else the one looked at last, else the only one there is.

    Raises:
        NotFound: no such wijkplan, or not for this visitor.
    """
    roles = () if role is None else (role,) if isinstance(role, Role) else tuple(role)
    wanted = st.query_params.get(PLAN, "") or tab().plan_id
    if wanted:
        require_role(staff, wanted, *roles)
    else:
        wanted = _ask_which(store, staff, roles)
    found = see_wijkplan(store, staff, wanted)
    tab().plan_id = found.id
    if st.query_params.get(PLAN) != found.id:
        st.query_params[PLAN] = found.id
    return found


def _ask_which(store: Store, staff: Staff, roles: Collection[Role]) -> str:
    open_ones = [
        row
        for row in see_wijkplannen(store, staff)
        if not row.is_archived and staff.has(row.id, *(roles or tuple(Role)))
    ]
    if len(open_ones) == 1:
        return open_ones[0].id
    if not open_ones:
        show_empty(
            _("Er is nog geen wijkplan voor jou."),
            _("Maak er een bij Wijkplannen, of vraag een eigenaar om je een rol te geven."),
        )
        st.stop()
    return _pick(open_ones)


def _pick(rows: list[WijkplanRow]) -> str:
    st.subheader(_("Welk wijkplan?"), anchor=False)
    for row in rows:
        if st.button(md(row.title), key=f"pick-{row.id}", width="stretch"):
            return row.id
    st.stop()
