"""Personal data in free text: seen before it is sent, so that a person can take it out.

A citizen service number (BSN) is refused; what looks like a phone number, an address
or a name is a warning that the sender may overrule; distress is accepted and answered with
where to find help. Nothing found is ever logged or put in a message.
Source: assurance T33, T34, T43 and list V (V38-V52). Time grows with the length of the text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from workshop.domain.errors import PersonalData
from workshop.domain.texts import BLACK, DEFAULT_LIMIT, clean_text
from workshop.locale import _
from workshop.screening import people
from workshop.screening.numbers import Finding, overlaps, structured


@dataclass(frozen=True)
class Screening:
    """Outcome for one text. ``masked`` has every place hidden behind a fixed run of blocks.

    ``refused`` cannot be overruled, ``warnings`` can; ``help_text`` (Dutch) is
    meant for the sender of an accepted text that speaks of self-harm or violence.
    """

    refused: list[Finding]
    warnings: list[Finding]
    masked: str
    help_text: str | None


def screen(text: str) -> Screening:
    """Look through one (cleaned) text. Places are those in ``text`` itself."""
    flat, origin = _flatten(text)
    found = structured(flat)
    named = list(people.names(flat))
    taken = [(finding.start, finding.end) for finding in found]
    found += [Finding("name", *place) for place in named if not overlaps(place, taken)]
    found += [Finding("accusation", *place) for place in people.blamed(flat, named)]
    placed = sorted(
        (Finding(f.kind, origin[f.start], origin[f.end - 1] + 1) for f in found),
        key=lambda finding: (finding.start, finding.end, finding.kind),
    )
    return Screening(
        refused=[finding for finding in placed if finding.kind == "bsn"],
        warnings=[finding for finding in placed if finding.kind != "bsn"],
        masked=_mask(text, placed),
        help_text=_help(flat),
    )


def check_free_text(
    raw: object,
    *,
    confirmed: bool = False,
    limit: int = DEFAULT_LIMIT,
    multiline: bool = True,
    field: str | None = None,
) -> str:
    """Return the text as it may be stored, or say why not.

    Raises WorkshopError when it is empty or too long, PersonalData (final) when
    it seems to hold a BSN, and PersonalData (a warning) when it seems to hold
    other personal data and ``confirmed`` is false. Text that was read from the
    room must come through here before it is stored or shown.
    """
    text = clean_text(raw, limit=limit, multiline=multiline)
    outcome = screen(text)
    if outcome.refused:
        message = _("Er lijkt een burgerservicenummer (BSN) in je tekst te staan. Haal het weg en verstuur opnieuw.")
        raise PersonalData(message, outcome.refused, final=True, masked=outcome.masked, field=field)
    if outcome.warnings and not confirmed:
        raise PersonalData(
            _warning(outcome.warnings), outcome.warnings, final=False, masked=outcome.masked, field=field
        )
    return text


def _warning(findings: list[Finding]) -> str:
    labels = {
        "number": _("een persoonlijk nummer"),
        "phone": _("een telefoonnummer"),
        "email": _("een e-mailadres"),
        "iban": _("een rekeningnummer"),
        "plate": _("een kenteken"),
        "address": _("een adres"),
        "birth": _("een geboortedatum"),
        "name": _("de naam van een persoon"),
    }
    kinds = {finding.kind for finding in findings}
    parts = [label for kind, label in labels.items() if kind in kinds]
    sentences = []
    if parts:
        listed = (
            parts[0] if len(parts) == 1 else _("{first} en {last}").format(first=", ".join(parts[:-1]), last=parts[-1])
        )
        message = _("Er lijkt {what} in je tekst te staan. Haal het weg, of bevestig dat het mag blijven.")
        sentences.append(message.format(what=listed))
    if "accusation" in kinds:
        sentences.append(
            _(
                "Je tekst lijkt iemand te beschuldigen of iets gevoeligs over iemand te zeggen. "
                "Schrijf liever over de plek en wat er gebeurt. "
                "Spoed? Bel 112. Geen spoed? Bel de politie: 0900-8844. "
                "Anoniem? Bel Meld Misdaad Anoniem: 0800-7000."
            )
        )
    return " ".join(sentences)


def _help(flat: str) -> str | None:
    if people.SELF_HARM.search(flat):
        return _(
            "Gaat het niet goed met jou of met een ander? Bel gratis 0800-0113, bel 113 of chat op 113.nl. "
            "Direct gevaar? Bel 112."
        )
    if people.VIOLENCE.search(flat):
        return _("Is er nu gevaar voor iemand? Bel 112. Geen spoed? Bel de politie: 0900-8844.")
    return None


def _mask(text: str, findings: list[Finding]) -> str:
    parts: list[str] = []
    done = 0
    for finding in findings:
        if finding.end <= done:
            continue
        if finding.start >= done:
            parts += [text[done : finding.start], BLACK]
        done = finding.end
    return "".join([*parts, text[done:]])


def _flatten(text: str) -> tuple[str, list[int]]:
    """Return the text in plain width without invisible characters, and where each character stood."""
    if text.isascii():
        return text, list(range(len(text)))
    flat: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(text):
        if not character.isascii():
            category = unicodedata.category(character)
            if category == "Cf":
                continue
            if category == "Pd" or character == "\u2212":
                character = "-"
            elif category == "Zs":
                character = " "
            else:
                character = unicodedata.normalize("NFKC", character)
        flat.append(character)
        origin += [place] * len(character)
    return "".join(flat), origin
