"""Personal data with a fixed form: BSN, phone, mail, IBAN, licence plate, address, date of birth.

Expects flattened text (plain width, nothing invisible), as ``screening`` makes it.
Patterns have no nested open repeats, so that time grows with the length only (assurance T43).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from stdnum import iban
from stdnum.nl import bsn

from workshop.screening import people

Kind = Literal["bsn", "number", "phone", "email", "iban", "plate", "address", "birth", "name", "accusation"]


@dataclass(frozen=True)
class Finding:
    """What kind of data stands where: ``text[start:end]``. Never the data itself."""

    kind: Kind
    start: int
    end: int


def structured(flat: str) -> list[Finding]:
    """Return what has a fixed form, each place once; the surest kinds come first."""
    found: list[Finding] = []
    taken: list[tuple[int, int]] = []

    def keep(kind: Kind, places: Iterator[tuple[int, int]]) -> None:
        for place in places:
            if not overlaps(place, taken):
                found.append(Finding(kind, *place))
                taken.append(place)

    keep("email", _emails(flat))
    keep("iban", _ibans(flat))
    births = list(_births(flat))
    taken += births
    keep("phone", _phones(flat))
    found += [Finding("birth", *place) for place in births]
    for kind, place in _service_numbers(flat):
        inside = overlaps(place, taken)
        if not inside or _BSN_WORD.search(flat[max(0, place[0] - 40) : place[0]]):
            found.append(Finding(kind, *place))
            taken.append(place)
    keep("plate", _plates(flat))
    keep("address", _addresses(flat))
    return found


def overlaps(place: tuple[int, int], taken: list[tuple[int, int]]) -> bool:
    """Tell whether a place shares a character with one that is taken."""
    return any(place[0] < end and start < place[1] for start, end in taken)


_AT = re.compile(
    r"(?P<sure>[ ]?@[ ]?|[ ]?[(\[{][ ]?(?:at|apenstaartje|apestaartje)[ ]?[)\]}][ ]?)"
    r"|[ ](?P<said>at|apenstaartje|apestaartje)[ ]",
    re.IGNORECASE,
)
_MAILBOX = re.compile(r"[\w.+'-]{1,64}\Z")
_DOMAIN_DOT = r"(?:\.|[ ]?[(\[{][ ]?(?:punt|dot)[ ]?[)\]}][ ]?|[ ](?:punt|dot)[ ])"
_DOMAIN = re.compile(
    rf"[\w-]{{1,63}}(?:{_DOMAIN_DOT}[\w-]{{1,63}}){{0,3}}{_DOMAIN_DOT}[^\W\d_]{{2,24}}\b", re.IGNORECASE
)
_DOMAIN_SAID = re.compile(
    r"[\w-]{1,63}(?:[ ](?:punt|dot)[ ][\w-]{2,63}|\.(?:nl|com|org|net|eu|be|de|info)\b)", re.IGNORECASE
)


def _emails(flat: str) -> Iterator[tuple[int, int]]:
    for at in _AT.finditer(flat):
        before = _MAILBOX.search(flat[max(0, at.start() - 64) : at.start()])
        pattern = _DOMAIN_SAID if at["said"] else _DOMAIN
        behind = pattern.match(flat, at.end(), at.end() + 200)
        if before and behind:
            yield at.start() - len(before.group()), behind.end()


# Countries whose numbers turn up here, with the length of their IBAN (ISO 13616 register).
_IBAN_LENGTH = {
    "NL": 18, "BE": 16, "DE": 22, "FR": 27, "GB": 22, "ES": 24, "IT": 27, "PL": 28, "PT": 25, "LU": 20, "AT":
    20, "CH": 21, "IE": 22, "RO": 24, "BG": 22, "TR": 26, "DK": 18, "SE": 24, "NO": 15, "FI": 18, "CZ": 24,
    "HU": 28, "GR": 27, "HR": 21, "LT": 20, "LV": 21, "SK": 24, "SI": 19, "EE": 20, "MT": 31, "CY": 28, "UA":
    29,
}  # fmt: skip
_IBAN_START = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(_IBAN_LENGTH)})[ ]?\d\d", re.IGNORECASE)


def _ibans(flat: str) -> Iterator[tuple[int, int]]:
    for found in _IBAN_START.finditer(flat):
        length = _IBAN_LENGTH[found.group()[:2].upper()]
        symbols: list[str] = []
        end = found.start()
        while end < len(flat) and len(symbols) < length:
            if flat[end].isascii() and flat[end].isalnum():
                symbols.append(flat[end])
            elif flat[end] not in " .-":
                break
            end += 1
        if len(symbols) == length and iban.is_valid("".join(symbols).upper()):
            yield found.start(), end


_DATE = (
    r"(?:\d{1,2}[-/. ]{1,2}\d{1,2}[-/. ]{1,2}(?:19|20)?\d\d|(?:19"
    r"|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[ ](?:jan|feb|mrt|maart|apr|mei|jun|jul|aug|sep"
    r"|okt|nov|dec)[a-z]{0,7}\.?[ ](?:19|20)\d\d)"
)
_BORN = r"(?:geboren|geboorte\w{0,8}|geb\.?|gebd|geb\.dat\.?|date of birth|born)"
_BIRTH = re.compile(
    rf"\b{_BORN}(?!\w)[^\n\d]{{0,30}}(?P<after>(?<!\d){_DATE}(?!\d))"
    rf"|(?<!\d)(?P<before>{_DATE})[^\n\d]{{0,12}}\bgeboren\b|\*[ ]?(?P<star>{_DATE}(?!\d))",
    re.IGNORECASE,
)


def _births(flat: str) -> Iterator[tuple[int, int]]:
    for found in _BIRTH.finditer(flat):
        name = found.lastgroup
        if name is not None:
            yield found.span(name)


_PHONE = re.compile(r"(?<![\w+])(?:\+|\(\+|\(?0)\d?(?:[ ()./-]{0,3}\d){7,14}(?!\d)")
_STARTS_WITH_DATE = re.compile(r"0?\d[-/. ]\d{1,2}[-/. ](?:19|20)\d\d(?!\d)|0\d[.]\d\d[ ]?-[ ]?\d\d[.]\d\d(?!\d)")
_PUBLIC_PREFIXES = ("0800", "0900", "0906", "0909", "088", "0140")
_MOST_LOOKUPS = 40


def _phones(flat: str) -> Iterator[tuple[int, int]]:
    lookups = 0
    for found in _PHONE.finditer(flat):
        candidate = found.group()
        if _STARTS_WITH_DATE.match(candidate):
            continue
        places = [at for at, character in enumerate(candidate) if character.isdigit()]
        digits = "".join(candidate[at] for at in places)
        if candidate.startswith(("+31", "(+31")) or digits.startswith("0031"):
            skip = 4 if digits.startswith("0031") else 2
            skip += digits[skip : skip + 1] == "0"
            national, used = "0" + digits[skip : skip + 9], skip + 9
        elif digits.startswith("0") and not digits.startswith("00"):
            national, used = digits[:10], 10
        else:
            if lookups < _MOST_LOOKUPS and _is_foreign(digits):
                yield found.span()
            lookups += 1
            continue
        if len(national) < 10 or national.startswith(_PUBLIC_PREFIXES):
            continue
        # Behind the number only something apart may follow, not more of the same number.
        if len(digits) > used and places[used] == places[used - 1] + 1:
            continue
        if national.startswith("06") and national[2] in "12345678":
            sure = True
        else:
            sure = lookups < _MOST_LOOKUPS and phonenumbers.is_valid_number(phonenumbers.parse(national, "NL"))
            lookups += 1
        if sure:
            yield found.start(), found.start() + places[used - 1] + 1


def _is_foreign(digits: str) -> bool:
    try:
        number = phonenumbers.parse("+" + digits.removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


_DIGIT_RUN = re.compile(r"\d+(?:(?:[ .\-/]|[ ]-[ ])\d+)*")
_BSN_WORD = re.compile(r"\b(?:bsn|b\.s\.n|burgerservice|sofi|persoonsnummer|burger service)", re.IGNORECASE)
_OTHER_NUMBER = re.compile(
    r"kvk|k\.v\.k|koophandel|zaak|dossier|order|bestel|factuur|melding|rsin|btw|klant|polis"
    r"|kenmerk|referentie|\bref\b|artikel|serie|ticket"
    r"|vergunning|barcode|isbn|pakket|track|product|aanvraag|incident|aangifte|proces-?verbaal"
    r"|\bpv\b|registratie|rekening|contract|code|€|eur\b|\bid\b",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"[ ]?(?:euro|eur|inwoners|mensen|woningen|meter|m2|m²|km|kwh|procent|%|stemmen|kilo|kg|liter|bezoekers)\b",
    re.IGNORECASE,
)
_BSN_SHAPES = {(9,), (3, 3, 3), (4, 2, 3), (3, 2, 4), (2, 3, 4), (2, 2, 2, 3), (3, 2, 2, 2)}


def _service_numbers(flat: str) -> Iterator[tuple[Kind, tuple[int, int]]]:
    told = _BSN_WORD.search(flat) is not None
    for run in _DIGIT_RUN.finditer(flat):
        tokens = [(run.start() + t.start(), run.start() + t.end()) for t in re.finditer(r"\d+", run.group())]
        next_free = 0
        for first in range(len(tokens)):
            if first < next_free:
                continue
            lengths: tuple[int, ...] = ()
            for last in range(first, min(first + 9, len(tokens))):
                lengths += (tokens[last][1] - tokens[last][0],)
                if sum(lengths) > 9:
                    break
                if not (told and sum(lengths) >= 8) and lengths not in _BSN_SHAPES:
                    continue
                kind = _service_kind(flat, tokens, first, last)
                if kind is not None:
                    yield kind, (tokens[first][0], tokens[last][1])
                    next_free = last + 1
                    break


def _service_kind(flat: str, tokens: list[tuple[int, int]], first: int, last: int) -> Kind | None:
    start, end = tokens[first][0], tokens[last][1]
    groups = [flat[a:b] for a, b in tokens[first : last + 1]]
    digits = "".join(groups)
    before, behind = flat[max(0, start - 40) : start], flat[end : end + 20]
    if _BSN_WORD.search(before) or _BSN_WORD.search(behind):
        if bsn.is_valid(digits):
            return "bsn"
        return "number" if len(digits) == 9 else None
    if tuple(map(len, groups)) not in _BSN_SHAPES or not _stands_alone(flat, tokens, first, last):
        return None
    if flat[start - 1 : start].isalpha() or flat[end : end + 1].isalpha() or _AMOUNT.match(behind):
        return None
    if not bsn.is_valid(digits):
        return None
    part_of_link = flat[start - 1 : start] in ("/", "=", "_", "#")
    return "number" if part_of_link or _OTHER_NUMBER.search(before) else "bsn"


def _stands_alone(flat: str, tokens: list[tuple[int, int]], first: int, last: int) -> bool:
    """Tell whether the groups are joined alike and are not cut out of a longer row of short groups."""
    gaps = [flat[tokens[at][1] : tokens[at + 1][0]] for at in range(first, last)]
    if len(set(gaps)) > 1:
        return False
    if not gaps:
        return True
    beside = [(at, gap) for at, gap in ((first - 1, first - 1), (last + 1, last)) if 0 <= at < len(tokens)]
    return not any(
        tokens[at][1] - tokens[at][0] <= 3 and flat[tokens[gap][1] : tokens[gap + 1][0]] == gaps[0]
        for at, gap in beside
    )


# RDW side codes 1 to 14; groups of letters (X) and digits (9).
_SIDECODES = (
    *("XX-99-99", "99-99-XX", "99-XX-99", "XX-99-XX", "XX-XX-99", "99-XX-XX", "99-XXX-9"),
    *("9-XXX-99", "XX-999-X", "X-999-XX", "XXX-99-X", "X-99-XXX", "9-XX-999", "999-XX-9"),
)


def _side_patterns(joint: str) -> str:
    either = (code.replace("-", joint).replace("X", "[A-Za-z]").replace("9", r"\d") for code in _SIDECODES)
    return rf"(?<![\w-])(?:{'|'.join(either)})(?![\w-])"


_PLATE_DASHED = re.compile(_side_patterns("-"))
_PLATE_SPACED = re.compile(_side_patterns(" "))
_PLATE_JOINED = re.compile(_side_patterns(""))
_PLATE_WORD = re.compile(r"kenteken|nummerplaat|\bplaat\b", re.IGNORECASE)
_VEHICLE = re.compile(
    r"kenteken|nummerplaat|\bplaat\b|\bauto\b|\bbus(?:je)?\b|scooter|\bbromm?er|motor|\bwagen\b"
    r"|\bbmw\b|\baudi\b|volkswagen|\bgolf\b|mercedes|\bpolo\b",
    re.IGNORECASE,
)


def _plates(flat: str) -> Iterator[tuple[int, int]]:
    # Without dashes or capitals the shape is that of plain words ("om 12 30", "lijn12"): ask for more around it.
    for pattern, word_for_small in ((_PLATE_DASHED, _VEHICLE), (_PLATE_SPACED, _PLATE_WORD), (_PLATE_JOINED, _VEHICLE)):
        for found in pattern.finditer(flat):
            letters = "".join(character for character in found.group() if character.isalpha())
            if not letters.isupper():
                sure = _near(word_for_small, flat, found) and (pattern is not _PLATE_JOINED or len(letters) < 4)
            else:
                sure = pattern is _PLATE_DASHED or _near(_VEHICLE, flat, found)
            if sure:
                yield found.span()


def _near(word: re.Pattern[str], flat: str, found: re.Match[str]) -> bool:
    return word.search(flat[max(0, found.start() - 35) : found.end() + 20]) is not None


_POSTCODE = re.compile(r"(?<![\w€])[1-9]\d{3}[ ]?(?!SA|SD|SS)[A-Za-z]{2}(?!\w)")
_NUMBER_BEFORE = re.compile(
    r"(?:[^\W\d_.]{2,}\.?|nr\.?|no\.?)[ ]{0,2}(?P<number>\d{1,4}(?:[ -]?[a-zA-Z]{1,3}"
    r"|-\d{1,3})?)[ ]?[,;(/-]{0,2}\s{0,2}(?:(?:te|in|postcode|op)[ ]){0,2}\Z",
    re.IGNORECASE,
)
_NUMBER_BEHIND = re.compile(
    r"[ ]?[,;:/-]?[ ]?(?:nr\.?|no\.?|nummer|huisnummer|huisnr\.?|op)?[ ]?\d{1,4}(?:[ -]?[a-zA-Z])?(?!\w|[.:/-]\d)",
    re.IGNORECASE,
)
_LIVES = re.compile(
    r"\bwoon(?:t|de|achtig)?\b|\bwonen(?:de)?\b|\badres\b|\bthuis\b|\bverblijft\b|\bingeschreven\b|\bgevestigd\b",
    re.IGNORECASE,
)


def _addresses(flat: str) -> Iterator[tuple[int, int]]:
    streets = [found.span() for found in people.STREET_AND_NUMBER.finditer(flat)]
    for found in _POSTCODE.finditer(flat):
        start, end = found.span()
        letters = found.group()[-2:]
        window = flat[max(0, start - 40) : start]
        told = "postcode" in window.lower()
        street = next((place for place in streets if place[1] <= start <= place[1] + 40), None)
        if street is not None:
            yield street[0], end
            continue
        if not (letters.isupper() or told or " " not in found.group()):
            continue
        before = _NUMBER_BEFORE.search(window)
        behind = _NUMBER_BEHIND.match(flat, end, end + 30)
        if before is not None:
            yield start - len(window) + before.start("number"), end
        elif behind is not None:
            yield start, behind.end()
    for start, end in streets:
        if _LIVES.search(flat[max(0, start - 40) : start]):
            yield start, end
