"""What the parts and columns of the sprint records are called, in the current language.

Each table is made once per language: a page of a sprint asks for hundreds of words.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from workshop.locale import _, current_language


def part_words(part: str) -> tuple[str, str]:
    """Title and one line of help of a part, by ``Record.field``.

    Raises:
        KeyError: there is no such part.
    """
    return _part_words(current_language())[part]


@lru_cache
def _part_words(_language: str) -> dict[str, tuple[str, str]]:
    return {
        "StartCheck.people_and_hours": (_("Mensen en uren"), _("Wie werken hieraan, en hoeveel uur per week?")),
        "StartCheck.way_of_working": (
            _("Manier van werken"),
            _("Hoe werken we samen? Wie beslist als we het niet eens zijn?"),
        ),
        "StartCheck.partner_commitment": (_("Inzet van partners"), _("Wie heeft toegezegd, en wat?")),
        "StartCheck.privacy_protocol": (_("Afspraken over privacy"), _("Welk protocol geldt? Waar ligt het?")),
        "PainMap.main_question": (_("Hoofdvraag"), _("Wat is de vraag achter de vraag?")),
        "PainMap.impact": (_("Wat doet dit met de wijk?"), _("Wie merkt het, en hoe?")),
        "PainMap.dropped_assumptions": (_("Losgelaten aannames"), _("Wat dachten we vooraf, en bleek anders?")),
        "PainMap.groups": (_("Pijn en behoefte per groep"), _("Per groep, nooit per persoon.")),
        "PainMap.earlier_policy": (
            _("Eerder beleid en eerdere interventies"),
            _("Wat is er gedaan, door wie, en wat leerden we?"),
        ),
        "PainMap.running_efforts": (
            _("Wat er nu al loopt"),
            _("Per partner, plek en thema. Wat dubbel is, zie je vanzelf."),
        ),
        "PainMap.observations": (_("Waarnemingen"), _("Wat zag je, waar? Geen personen.")),
        "Diagnosis.problems": (_("Problemen met bewijs"), _("Kies er hoogstens drie.")),
        "Diagnosis.positive_effects": (
            _("Gewenste positieve effecten"),
            _("Hoe kan iets vervelends omslaan in iets goeds?"),
        ),
        "Diagnosis.environments": (_("Per omgeving"), _("Wat gebeurt er al, wat kan meer?")),
        "Diagnosis.hard": (_("Harde informatie"), _("Cijfers met bron, gebied en jaar.")),
        "Diagnosis.soft": (_("Zachte informatie"), _("Ervaringen van groepen.")),
        "Diagnosis.empathy": (_("Empathiekaarten"), _("Per groep: wat denkt, hoort, ziet, zegt en doet men?")),
        "DesignBrief.problem": (_("Het probleem"), _("Wat is er aan de hand, voor wie?")),
        "DesignBrief.facts": (_("Gevonden feiten"), _("Wat weten we zeker, en waarvan?")),
        "DesignBrief.earlier_sprints": (_("Toelichting op eerdere sprints"), _("Wat leverden sprint 1 en 2 op?")),
        "DesignBrief.timeline": (_("Tijdspad"), _("Wanneer is wat klaar?")),
        "DesignBrief.impact": (_("Wat de oplossing moet doen"), _("Wat merkt de wijk als het lukt?")),
        "DesignBrief.people": (_("Betrokkenen"), _("Wie doen er mee?")),
        "DesignBrief.facilitators": (_("Begeleiders"), _("Wie begeleidt het proces?")),
        "DesignBrief.goals": (_("Doelstellingen"), _("Wanneer zijn we tevreden?")),
        "DesignBrief.conditions": (_("Randvoorwaarden"), _("Waar moet elke oplossing aan voldoen?")),
        "DesignBrief.mandate": (_("Wie heeft mandaat?"), _("Wie mag namens het college akkoord geven?")),
        "IdeaOverview.choice": (_("Waarom deze keuze?"), _("Waarom juist deze drie tot vijf?")),
        "IdeaOverview.ideas": (_("Bij elk idee"), _("Nieuw, of uitbreiden wat er is? Welke wens dient het?")),
        "InterventionCards.cards": (_("Interventiekaarten"), _("Hoe gaat het, stap voor stap?")),
        "InterventionCards.roles": (_("Wie doet wat"), _("Heeft iedereen ja gezegd?")),
        "InterventionCards.assumptions": (_("Aannames"), _("Hoe zeker is het, en hoe erg als het niet klopt?")),
        "InterventionCards.indicators": (_("Waaraan zien we het?"), _("Met een nulmeting en een streefwaarde.")),
        "InterventionCards.test_plans": (_("Testplan"), _("Waar, wanneer, en vanaf wanneer is het gelukt?")),
        "TestReport.trials": (_("Tests en besluit"), _("Doorgaan, aanpassen of stoppen, met de reden.")),
        "TestReport.measured": (_("Gemeten"), _("Is de norm gehaald?")),
        "TestReport.sabotage": (_("Zo kan het mislukken"), _("En wat doen we daartegen?")),
        "SafetyPlan.reply": (_("Terugkoppeling"), _("Wat is er met de inbreng van de wijk gedaan?")),
        "SafetyPlan.assumptions": (_("Klopten de aannames?"), _("Met het bewijs erbij.")),
        "SafetyPlan.embedding": (
            _("Uitvoeringsprogramma en borging"),
            _("Wie trekt elke actie, wanneer is die klaar, waaraan zien we het, en in welk overleg komt het terug?"),
        ),
        "SafetyPlan.monitoring": (_("Volgen"), _("Wat meten we, hoe vaak, en wanneer passen we aan?")),
        "SafetyPlan.rulings": (_("Besluitvorming"), _("Wat besloten college, driehoek of raad?")),
        "links": (_("Koppelvlakken"), _("Waar werkt de ene omgeving door in de andere?")),
        "structures": (_("Overleggen en rollen"), _("Wie besluit hierover, wanneer, en wie moet er klaarstaan?")),
        "agreements": (
            _("Afspraken"),
            _("Wat niet is nagekomen, komt terug op de agenda van de volgende bijeenkomst."),
        ),
    }


def column_words(column: str) -> str:
    """The heading of a column, by ``Row.field`` or by the field alone where it means the same everywhere."""
    special, common = _column_words(current_language())
    return special.get(column) or common[column.rpartition(".")[2]]


@lru_cache
def _column_words(_language: str) -> tuple[dict[str, str], dict[str, str]]:
    special = {
        "Agreement.note": _("Toelichting"),
        "Agreement.discussed_on": _("Laatst besproken op"),
        "Body.question": _("Waarover gaat het?"),
        "Body.body": _("Welk overleg besluit?"),
        "GroupPain.slide": _("Plek op de glijbaan (1 boven, 3 onder)"),
        "GroupPain.why": _("Waarom?"),
        "Observation.text": _("Wat zag je?"),
        "HardFact.source": _("Bron"),
        "Link.source": _("Van omgeving"),
        "Link.target": _("Naar omgeving"),
        "Problem.text": _("Probleem"),
        "CardAssumption.text": _("Aanname"),
        "CardIndicator.source": _("Bron"),
        "CheckedAssumption.text": _("Aanname"),
        "Ruling.decision": _("Besluit"),
        "Ruling.body": _("Wie besloot?"),
        "Trial.people": _("Deelnemers (aantallen per groep)"),
        "SoftFact.people": _("Aantal mensen"),
        "Monitoring.indicator": _("Wat meten we?"),
        "SoftFact.indicator": _("Bij welk cijfer hoort dit?"),
        "Embedding.body": _("Overleg"),
        "Embedding.indicator": _("Waaraan zien we het?"),
    }
    common = {
        "meets_on": _("Komt bij elkaar op"),
        "in_position": _("Wie moet klaarstaan?"),
        "what": _("Wat"),
        "who": _("Wie"),
        "by": _("Uiterlijk"),
        "is_kept": _("Nagekomen?"),
        "name": _("Naam"),
        "organisation": _("Afdeling of organisatie"),
        "year": _("Jaar"),
        "domain": _("Domein"),
        "target_group": _("Doelgroep"),
        "wijkmanager": _("Rol van de wijkmanager"),
        "wijkagent": _("Rol van de wijkagent"),
        "boa": _("Rol van de boa"),
        "youth_worker": _("Rol van de jongerenwerker"),
        "lesson": _("Wat leerden we?"),
        "is_reused": _("Gebruiken we dit opnieuw?"),
        "feeling": _("Hoe kijken mensen erop terug?"),
        "reuse": _("Wat is opnieuw te gebruiken?"),
        "came_from": _("Verteld in de zaal"),
        "partner": _("Partner"),
        "effort": _("Wat doet die partner?"),
        "place": _("Plek"),
        "theme": _("Thema"),
        "doubles_with": _("Dubbel met"),
        "clashes_with": _("Botst met"),
        "apart_from": _("Staat los van"),
        "group": _("Groep"),
        "pain": _("Pijn"),
        "need": _("Behoefte"),
        "quote": _("Uitspraak (zonder naam)"),
        "promises": _("Ervaring met eerdere beloftes"),
        "threshold": _("Drempel om mee te doen"),
        "environment": _("Omgeving"),
        "indicator": _("Cijfer"),
        "value": _("Waarde"),
        "area": _("Gebied"),
        "period": _("Periode"),
        "reference": _("Ter vergelijking"),
        "caveat": _("Let op"),
        "meaning": _("Wat betekent dit volgens de groep?"),
        "finding": _("Bevinding"),
        "method": _("Hoe opgehaald?"),
        "relation": _("Wat doet dit met het cijfer?"),
        "thinks": _("Denkt"),
        "hears": _("Hoort"),
        "sees": _("Ziet"),
        "says": _("Zegt"),
        "does": _("Doet"),
        "gain": _("Winst"),
        "happens": _("Wat gebeurt er al?"),
        "more": _("Wat kan meer?"),
        "mechanism": _("Hoe werkt dat door?"),
        "direction": _("Richting"),
        "evidence": _("Bewijs"),
        "knob": _("Aan welke knop kunnen we draaien?"),
        "moment": _("Wanneer"),
        "idea": _("Idee"),
        "type": _("Nieuw of bestaand?"),
        "serves": _("Welke wens dient het?"),
        "helps": _("Welke groep helpt het?"),
        "side": _("Wat doet het?"),
        "intervention": _("Interventie"),
        "story": _("Zo gaat het, stap voor stap"),
        "means": _("Geld, uren, spullen"),
        "existing_structure": _("Welk overleg of project bestaat al?"),
        "side_effects": _("Risico's en neveneffecten"),
        "legal_check": _("Mag dit? (bevoegdheid, privacy)"),
        "actor": _("Wie"),
        "task": _("Taak"),
        "is_agreed": _("Heeft ja gezegd"),
        "how_sure": _("Hoe zeker (1-5)"),
        "how_fatal": _("Hoe erg als het niet klopt (1-5)"),
        "baseline": _("Nulmeting"),
        "target": _("Streefwaarde"),
        "when": _("Wanneer"),
        "norm": _("Wanneer is het gelukt?"),
        "scale": _("Hoe groot is de test?"),
        "decision": _("Doorgaan, aanpassen of stoppen?"),
        "reason": _("Reden"),
        "variant": _("Variant"),
        "experiences": _("Ervaringen"),
        "adjustment": _("Wat passen we aan?"),
        "how": _("Hoe mislukt het?"),
        "likelihood": _("Hoe waarschijnlijk (1-5)"),
        "counter": _("Wat doen we ertegen?"),
        "measured": _("Gemeten"),
        "norm_met": _("Norm gehaald?"),
        "verdict": _("Klopte het?"),
        "action": _("Actie"),
        "owner": _("Trekker"),
        "budget": _("Geld"),
        "ivp_theme": _("Thema van het integraal veiligheidsplan"),
        "rhythm": _("Hoe vaak?"),
        "on": _("Op"),
    }
    return special, common


def choice_words(choice: StrEnum) -> str:
    """A choice of a record in words."""
    return _choice_words(current_language())[f"{type(choice).__name__}.{choice.value}"]


@lru_cache
def _choice_words(_language: str) -> dict[str, str]:
    return {
        "Environment.social": _("sociaal"),
        "Environment.physical": _("fysiek"),
        "Environment.institutional": _("institutioneel"),
        "Environment.criminal": _("crimineel"),
        "Moment.past": _("vroeger"),
        "Moment.now": _("nu"),
        "Moment.future": _("straks"),
        "PolicyDomain.safety": _("alleen veiligheid"),
        "PolicyDomain.social": _("alleen sociaal domein"),
        "PolicyDomain.both": _("veiligheid en sociaal domein"),
        "Feeling.disappointed": _("teleurgesteld"),
        "Feeling.neutral": _("neutraal"),
        "Feeling.good": _("goed"),
        "Share.none": _("geen"),
        "Share.small": _("klein"),
        "Share.large": _("groot"),
        "Relation.confirms": _("bevestigt het cijfer"),
        "Relation.contradicts": _("spreekt het cijfer tegen"),
        "Relation.stands_alone": _("staat los van de cijfers"),
        "Direction.plus": _("versterkt (+)"),
        "Direction.minus": _("verzwakt (−)"),
        "Evidence.figure": _("cijfer"),
        "Evidence.story": _("ervaring uit de wijk"),
        "Evidence.assumption": _("aanname"),
        "IdeaType.new": _("nieuw"),
        "IdeaType.extension": _("uitbreiden wat er is"),
        "IdeaType.rewording": _("anders opschrijven wat er is"),
        "Side.prevents": _("voorkomt dat het gebeurt"),
        "Side.limits": _("beperkt de schade"),
        "Verdict.confirmed": _("klopte"),
        "Verdict.refuted": _("klopte niet"),
        "Verdict.open": _("weten we nog niet"),
        "TestDecision.go_on": _("doorgaan"),
        "TestDecision.adjust": _("aanpassen"),
        "TestDecision.stop": _("stoppen"),
        "NormMet.yes": _("ja"),
        "NormMet.no": _("nee"),
        "NormMet.unknown": _("weten we nog niet"),
        "Kept.yes": _("ja"),
        "Kept.no": _("nee, terug op de agenda"),
        "Kept.running": _("loopt nog"),
    }
