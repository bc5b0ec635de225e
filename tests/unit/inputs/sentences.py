"""Rules that make Dutch sentences, clean and with planted personal data; nothing in them is copied from a person.

Every identity is invented: BSN from assurance A8 only, phone numbers from made-up ranges, IBANs with the fictional
account numbers of bank examples.
"""

from __future__ import annotations

import random

PLACES = [
    "het park",
    "de speeltuin",
    "het station",
    "de fietstunnel",
    "het winkelcentrum",
    "het Wilhelminaplein",
    "de Kerkstraat",
    "de flat aan de Beatrixlaan",
    "de Jan van Galenstraat",
    "het Anne Frankplein",
    "de Johan Cruijffschool",
    "de parkeergarage",
    "de J.P. Coenstraat",
    "de A-12",
    "de N-201",
    "het buurthuis De Schakel",
    "de Prins Bernhardschool",
    "halte Molenweg",
]
PROBLEMS = [
    "ligt vaak zwerfvuil",
    "wordt te hard gereden",
    "is het 's avonds donker",
    "hangen jongeren rond",
    "worden drugs gebruikt",
    "is de verlichting kapot",
    "voelen mensen zich onveilig",
    "staan fietsen in de weg",
    "wordt afval gedumpt",
    "is weinig toezicht",
    "wordt gedeald",
    "wordt ingebroken",
    "staan busjes met draaiende motor",
    "is vuurwerk afgestoken",
]
TIMES = [
    "",
    " na 22.00 uur",
    " tussen 08.30-12.30 uur",
    " sinds 2019",
    " in het weekend",
    " vanaf 01-02-2024 10:00",
    " elke dag om 7 uur",
    " op 14 maart",
    " van 3 tot 5 uur",
    " in de zomer van 2023",
    " op 03-04-2025",
]
WISHES = [
    "Meer blauw op straat",
    "Een jongerenwerker erbij",
    "Betere verlichting",
    "Een buurtpreventieteam",
    "Cameratoezicht",
    "Meer groen",
]
WHO = [
    "bewoners",
    "ondernemers",
    "de wijkagent",
    "de woningcorporatie",
    "jongeren",
    "ouders van de school",
    "de boa's",
    "welzijn",
    "de gemeente",
]
FACTS = [
    "Er wonen {n} mensen in de wijk.",
    "In 2024 waren er {n} meldingen.",
    "Het kost {n} euro per jaar.",
    "Wij zijn met {s} huishoudens.",
    "Dat is {s} procent meer dan in 2023.",
    "Bel 112 of 0900-8844 bij nood.",
    "Zaak 2024-{s} is nog open.",
    "Het KvK-nummer is {k}.",
    "De 65-plussers missen een bankje.",
    "Stap {s}: samen lopen met {w}.",
    "Gemeten op 52.370216 en 4.895168.",
    "Budget € {n},00.",
    "Melding {m} ligt al weken bij de gemeente.",
    "Burgemeester Jansen opende het park.",
    "Wethouder Van Dijk luisterde goed.",
    "Albert Heijn sluit om 22 uur.",
    "Kijk op Buurtpreventie BV voor meer.",
    "Ik geef de wijk een 7.",
    "Plan B. Daarna zien we verder.",
    "Mark zijn winkel sluit.",
    "Bel de gemeente op 14 033.",
    "Het is 10-20 keer gebeurd.",
    "In 2023-2024 liep het op van 12 naar 34.",
]

PHONES = [
    "06-12345678",
    "06 12345678",
    "0612345678",
    "06 12 34 56 78",
    "06.12.34.56.78",
    "+31 6 12345678",
    "+31612345678",
    "0031612345678",
    "+31 (0)6 12 34 56 78",
    "020-5550123",
    "020 555 01 23",
    "(020) 5550123",
    "0205550123",
    "+31 20 555 0123",
    "035-5412345",
]
EMAILS = [
    "jan.jansen@voorbeeld.nl",
    "j_devries+wijk@mail.example.com",
    "info@voorbeeld.org",
    "jan (at) voorbeeld punt nl",
    "jan[at]voorbeeld.nl",
    "jan at voorbeeld punt nl",
    "fatima @ voorbeeld.nl",
    "JAN@VOORBEELD.NL",
    "jan apenstaartje voorbeeld punt nl",
]
IBANS = [
    "NL91ABNA0417164300",
    "NL91 ABNA 0417 1643 00",
    "nl91abna0417164300",
    "NL91-ABNA-0417-1643-00",
    "BE71 0961 2345 6769",
    "DE89370400440532013000",
]
PLATES = [
    "12-ABC-3",
    "AB-12-CD",
    "kenteken 12abc3",
    "een auto, GB-001-B",
    "V-123-BB",
    "99-XX-99",
    "AB-99-99",
    "scooter met ab-12-cd",
    "busje 1-XYZ-23",
]
ADDRESSES = [
    "Dorpsstraat 12b, 1234 AB",
    "Kerkstraat 9, 1234AB Baarn",
    "1234 AB 12",
    "1234AB-12",
    "1234 AB nr 12",
    "Molenweg 101-3 1234 ZX",
    "postcode 1234 ab nummer 7",
    "Lange Dreef 4 te 9999 XK",
    "nummer 12, postcode 1234 AB",
]
BIRTHS = [
    "geboren 03-04-1981",
    "geboren op 3 april 1981",
    "geb. 3-4-81",
    "geboortedatum: 03/04/1981",
    "geboortedatum 1981-04-03",
    "geboren op 03.04.1981",
    "geb 03 04 1981",
    "03-04-1981 geboren",
    "geboren te Baarn op 3 april 1981",
]
BSNS = [
    "111222333",
    "123456782",
    "999999990",
    "111.222.333",
    "111 222 333",
    "123-456-782",
    "1112.22.333",
    "999 999 990",
    "bsn 12345672",
    "BSN: 123456782",
    "bsn-nummer 12 34 56 782",
    "burgerservicenummer 111222333",
    "sofinummer 12345672",
    "１１１２２２３３３",
]
FIRST = [
    "Jan",
    "Fatima",
    "Mohamed",
    "Sanne",
    "Ayşe",
    "Daan",
    "Renée",
    "Marie-Louise",
    "Piotr",
    "Youssef",
    "Truus",
    "Kees",
]
LAST = [
    "de Vries",
    "Jansen",
    "El Amrani",
    "van den Berg",
    "Yılmaz",
    "Bakker",
    "van 't Hof",
    "Kowalski",
    "Zonneveld",
    "ter Horst",
    "Verhoeven-Smit",
    "Quispel",
]
TITLES = ["meneer", "mevrouw", "dhr.", "mevr.", "Mw.", "de heer", "Mevrouw", "familie", "dhr"]
AROUND = [
    "Je kunt {x} bereiken.",
    "Wij hebben {x} genoteerd.",
    "Volgens de buurt is het {x}.",
    "{x} kwam vaak langs.",
    "Het ging om {x}, vorige week.",
    "Graag contact: {x}",
    "Bij {place} stond {x} op een briefje.",
    "Noteer even {x} a.u.b.",
]


def clean_sentences(dice: random.Random, count: int) -> list[str]:
    """``count`` sentences in which nobody can be recognised."""
    made = []
    for _turn in range(count):
        kind = dice.randrange(3)
        if kind == 0:
            made.append(f"Bij {dice.choice(PLACES)} {dice.choice(PROBLEMS)}{dice.choice(TIMES)}.")
        elif kind == 1:
            made.append(
                f"{dice.choice(WISHES)}, samen met {dice.choice(WHO)} en {dice.choice(WHO)}{dice.choice(TIMES)}."
            )
        else:
            number = f"{dice.randint(1_000, 99_999_999):,}".replace(",", ".")
            fact = dice.choice(FACTS)
            made.append(
                fact.format(
                    n=number,
                    s=dice.randint(2, 999),
                    k=dice.randint(10_000_000, 89_999_999),
                    w=dice.choice(WHO),
                    m=dice.randint(100_000, 9_999_999),
                )
            )
    return made


def planted_sentences(dice: random.Random, count: int) -> list[tuple[str, str]]:
    """``count`` pairs of the kind that must be found and a sentence that holds it."""
    stock = {
        "phone": PHONES,
        "email": EMAILS,
        "iban": IBANS,
        "plate": PLATES,
        "address": ADDRESSES,
        "birth": BIRTHS,
        "bsn": BSNS,
    }
    kinds = [*stock, "name"]
    made = []
    for turn in range(count):
        kind = kinds[turn % len(kinds)]
        datum = _name(dice) if kind == "name" else dice.choice(stock[kind])
        sentence = dice.choice(AROUND).format(x=datum, place=dice.choice(PLACES))
        if dice.random() < 0.3:
            sentence = f"{sentence} {clean_sentences(dice, 1)[0]}"
        made.append((kind, sentence))
    return made


def _name(dice: random.Random) -> str:
    first, last = dice.choice(FIRST), dice.choice(LAST)
    return dice.choice(
        [
            f"{first} {last}",
            f"{dice.choice(TITLES)} {last}",
            f"{dice.choice(TITLES)} {first[0]}. {last}",
            f"buurman {first}",
            f"{first[0]}.{dice.choice('ABCK')}. {last}",
            f"{first} {last}".lower(),
            f"{dice.choice(TITLES)} {last}".lower(),
        ]
    )
