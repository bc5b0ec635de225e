"""Words for things of the domain that more than one page shows."""

from __future__ import annotations

from workshop.domain.roles import Role
from workshop.locale import _


def role_name(role: Role) -> str:
    """What somebody with this role is called."""
    return {
        Role.OWNER: _("Projecteigenaar"),
        Role.FACILITATOR: _("Begeleider"),
        Role.POLICY: _("Beleidsmedewerker"),
    }[role]


def role_use(role: Role) -> str:
    """What somebody with this role may do."""
    return {
        Role.OWNER: _("verandert het wijkplan en geeft rollen"),
        Role.FACILITATOR: _("bereidt bijeenkomsten voor en leidt ze"),
        Role.POLICY: _("ziet de resultaten en downloadt ze"),
    }[role]
