"""The only errors whose words may reach a person.

Everything else that goes wrong is logged and shown as one general sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from workshop.locale import _

Kind = Literal["refused", "not_found", "closed", "warning"]


class WorkshopError(Exception):
    """Something a person can understand and act upon.

    ``message`` is a whole Dutch sentence (already through gettext) that says
    what happened and what to do. It never repeats what was typed.
    ``field`` names the form field it belongs to, when there is one.
    ``kind`` steers the door: ``refused`` (400), ``not_found`` (404),
    ``closed`` (409), ``warning`` (may be sent again after confirmation).
    """

    kind: Kind = "refused"

    def __init__(self, message: str, *, field: str | None = None, kind: Kind | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        if kind is not None:
            self.kind = kind


class NotFound(WorkshopError):
    """It is not there, or it is not yours: the sentence must not tell which."""

    kind: Kind = "not_found"

    def __init__(self, message: str | None = None, *, field: str | None = None) -> None:
        if message is None:
            message = _("Deze pagina is er niet, of je hebt er geen toegang toe.")
        super().__init__(message, field=field)


class Refused(WorkshopError):
    """You may see it, but this cannot be done (now, or by you)."""

    kind: Kind = "refused"


class PersonalData(WorkshopError):
    """A text seems to hold data about a person.

    ``findings`` are ``workshop.screening.free_text.Finding`` (kind and place,
    never the found characters). ``final`` tells whether confirming cannot
    help (a BSN); otherwise the same text may be sent again with confirmation.
    ``masked`` is the same text with the found places hidden, to offer instead;
    it is never put in ``message``.
    """

    def __init__(
        self,
        message: str,
        findings: Iterable[Any],
        *,
        final: bool,
        masked: str | None = None,
        field: str | None = None,
    ) -> None:
        super().__init__(message, field=field, kind="refused" if final else "warning")
        self.findings = tuple(findings)
        self.final = final
        self.masked = masked
