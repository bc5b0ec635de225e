"""Words by which a text seems to speak about one person: names, blame, distress.

Lists and patterns only; ``screening`` asks the questions. The lists are short on purpose:
common first names and surnames in the Netherlands, general knowledge, no source copied.
Public office is no secret, so *Burgemeester Jansen* passes (assurance V50).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import NamedTuple


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_FIRST_NAMES = _words(
    """
    aad abdel abdul abdullah achmed ad adam adriaan agnes ahmed aisha albert alex alexander ali alice alie amal
    amber amina amir an andre andré andrea andries angela anita anja ank anke ann anna anne anneke annelies annie
    annette ans anton antoon arie arjan arjen arno arthur astrid aya ayse ayşe barbara bart bas bastiaan ben bennie
    bernard bert berend bianca bilal bob boris bram brahim brenda brigitte bryan carla carlo carolien caroline cas
    casper catharina cees charlotte chantal chris christa christiaan christina claire claudia coen coby connie cor
    corine corrie corry cornelis daan damian dani daniel daniël danielle danny dave david debby demi denise dennis
    derk desiree diana dick diederik dieuwertje dilan dirk dirkje dolf dominique donna doris dorien driss eddy edwin
    eefje elif elisabeth elise elke ellen elly els elsbeth elvira emiel emily emine emma emre eric erik erna ernst
    esmee esther eva evelien evert ewa fadma famke fatih fatima fatiha fatma femke feyza fien finn fleur floor
    floris floortje frank frans fred frederik freek frits gea geert geertje geertruida gerard gerda gerben gerrie
    gerrit gert gijs gonnie greet greetje guus hajar hakan hamza hanna hanneke hannie hans hanny hasan hassan heidi
    hein helena hendrik hendrika hennie henk henny herman hetty hicham hilde hugo huseyin hüseyin ian ibrahim ilja
    ilona ilse imane inge ingrid irene iris irma isabel isabella ivo jaap jacob jacqueline jacques jan janine janke
    janneke jannie janny jans jantje jasmijn jasmin jason jasper jayden jean jeanette jelle jenny jeroen jesse
    jessica jet jim jip jo joan joanna job jochem joep joey johan johanna johannes john johnny jolanda jonas
    jonathan joost jordy joris jos jose josé josephine joyce judith julia julian jules julie jurgen justin kaan
    karel karim karin katarzyna katja kees kelly kemal kevin khadija khalid kim klaas klaasje koen koos krzysztof
    laila lara lars laura laurens lea leen leendert lena lennart leo leon leonie levi lex lianne lia lieke lies
    liesbeth lila linda lisa lisanne lise lizzy loes lot lotte lotje louis louise luc lucas lucy luuk luna lydia
    maaike maarten maartje machteld malika manon manuel marc marcel margreet margriet maria mariam marian marianne
    marie marieke mariëlle marielle marijke marije marike marina mario marion marit marja marjan marjolein marjon
    mark marko marleen marlies marloes martha martijn martin martine mary mathijs matthijs maud maurice maurits max
    maya mees megan mehmet mehdi meike melanie melissa menno merel mia michael michel michelle michiel mieke miep
    mila milan milou miranda miriam mirjam mo mohamed mohammad mohammed monique mourad murat mustafa myrthe nadia
    najat naomi nasser natalie natasja nathalie nel nelleke nellie nick nicolaas nicole niek niels nienke nina noa
    noah noor noortje nora olaf olga olivier omar oscar osman ot otto patricia patrick paul paula pauline petra
    peter philip pien piet pieter pietje pim piotr priscilla puck rachel rachid rafael ralph ramon rania raymond
    rebecca reinier reinout rembrandt rené renée rene renate renske ria riana richard rick rik rianne rita rob
    robbert robert robin roel roeland roelof rogier roland ron ronald rosa rosalie rosanne roy ruben rudolf rudy
    ruth ruud saar sabine sabrina said saïd salma sam samantha samir samira sander sandra sanne sara sarah sascha
    sebastiaan selma serkan sevda shanti sharon sheila sia siem sien simon simone sjaak sjef sjoerd sjors soraya
    sofie sonja sophie stan stefan stella stephan steven stijn sumaya sunita suzan suzanne sven sylvia tamara tanja
    tara teun thea theo thijs thomas thijmen tim timo tineke tjeerd tobias tom tomasz ton tonny toon trijntje truus
    twan tygo ursula valerie vera victor vincent wanda ward wendy wesley wessel wietske wiebe wiep wil wilco
    wilhelmina willeke willem willemijn willy wilma wim wouter xander yannick yara yasin yasmina yasmine younes
    youssef yusuf yvette yvonne zakaria zara zeynep zoe zoë zohra
    """
)

_SURNAMES = _words(
    """
    aalbers aarts achterberg bakker bakkers berg bergman bergsma beek berends blok boer boon boogaard bos bosch
    bosman bosma bouma bouwman brink brouwer brouwers bruijn bruin burger claassen dam dekker dijk dijkstra dijkman
    doorn driessen evers gerritsen graaf groen groot haan haas hart heide hendriks hermans heuvel hoek hoekstra
    hofman hofstra huisman hulst jacobs jager jansen janssen jong jonge jonker jongh kaya koster kok koning koopman
    kramer kroon kuijpers kuiper kuipers lange leeuwen linden loon maas martens meijer meyer meer mol molenaar mohan
    mulder nguyen öztürk ozturk peeters peters pieters pietersen plas poel pol pool postma prins ramdin rijn roos
    ruiter sanders schipper scholten scholte schouten schouwenburg singh sluis smit smits smeets smid snijders
    spaans steen sterk stoop tuinstra timmermans timmer vaart veen velde veenstra verbeek verhagen verhoeven vermeer
    vermeulen verschuren vink visser vliet voort vos vries vroom wal waard wal walsma wagenaar wessels wiersma wijk
    wilde willems willemsen winter wit wolf wolters yılmaz yilmaz ypma zanten zijlstra zwart horst hof beer bergh
    berkel beukers bloem boom boot boersma braam brand bruggeman buijs buurman coolen cornelissen damen diepen dirks
    doesburg donk drost duin eijk elzinga engel engels es faber feenstra frank franken geest geurts gelder goossens
    graaff gerrits haar ham hamers harmsen heijden hermsen heijmans hoeven hogeveen holland hooft hout huizinga
    jonkers kamp kamphuis keijzer keizer klein klaver kleijn knol koch kooij kooijman koopmans kort kroeze kruijf
    laan lam lammers leeuw ligthart lindeman lubbers luijten maat mast meulen mertens moerman mulders munnik nijland
    nijhuis noord noordhoek oever oosten oostrom otten ouden paauw panis peer pinto pronk raaij reijnders rietveld
    roelofs romeijn rooij rosmalen ruijter schaap scheffer schoenmaker schreuder siemons slot smeenk snel spruit
    steenbergen stam straten swart teunissen terpstra thijssen tol tromp veer veldhuis verbruggen verdonk verkerk
    verschoor visscher vogel vogels voorn vuuren wees weerd weijers werf westra wijnen wijngaarden willemse witte
    woude zanden zee zomer zonneveld zwaan aydin bouali haddad amrani bakkali kowalski nowak demir celik şahin sahin
    arslan
    """
)

# First names that are also everyday words: only counted when written with a capital.
_ALSO_WORDS = _words(
    """
    ad an ans aya bas ben bob cas cor eva floor frank hans hart iris jet job jo kim koen leen leo lies lot mark max
    mees merel mo nel noor ot rob robin roos sam saar sia stan storm tim tom ton toon victor ward wil wim
    """
)

# "mevrouw ter horst": behind these even a word without capital is a name ("mevrouw de voorzitter" is not).
_SURE_PARTICLES = _words(
    """
    der den 't ten ter el
    """
)

_PARTICLES = _words(
    """
    van de der den het 't ten ter te el al ben in op von la le
    """
)

_TITLES = _words(
    """
    meneer mevrouw mijnheer menheer mevr mw dhr hr juffrouw juf juffr meester oom tante familie fam dr drs ir
    """
)

_RELATIONS = _words(
    """
    buurman buurvrouw buurjongen buurmeisje overbuurman overbuurvrouw bovenbuurman bovenbuurvrouw onderbuurman
    onderbuurvrouw vriend vriendin zoon dochter broer zus neef nicht collega jongen meisje dealer genaamd heet
    heette bewoner bewoonster leraar lerares docent huurder verhuurder huisbaas slachtoffer dader verdachte
    """
)

_PUBLIC_ROLES = _words(
    """
    burgemeester wethouder wijkwethouder locoburgemeester minister premier staatssecretaris gedeputeerde commissaris
    koning koningin prins prinses sint sinterklaas wijkagent raadslid kamerlid president paus dominee pastoor imam
    voorzitter griffier
    """
)

_KNOWN = tuple(
    _words(
        """
    albert-heijn jan-linders anne-frank johan-cruijff johan-cruyff willem-alexander willem-oranje jan-steen
    bart-smit rembrandt-rijn max-havelaar jan-modaal dirk-broek jip-janneke zwarte-piet dick-bruna annie-schmidt
    leger-heils max-verstappen mark-rutte
    """
    )
)

# Endings such as -hof, -veld and -huis are left out: many surnames have them.
_PLACE_ENDING = re.compile(
    r"(?:straat|str|laan|weg|plein|park|school|scholen|brug|kade|gracht|dreef|singel|pad|steeg"
    r"|buurt|college|tunnel|lyceum|mavo|centrum"
    r"|zaal|plantsoen|boulevard|markt|stichting|stadion|arena|museum|kwartier|fonds|instituut"
    r"|ziekenhuis|moskee|bibliotheek|theater|huizen"
    r"|flat|route|beweging|groep|toernooi|bokaal|effect|passage|tuinen|gebouw|kerk|toren|hal|sluis|monument)$",
    re.IGNORECASE,
)

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*|'t\b")
_INITIALS = re.compile(
    r"(?<![\w.])(?P<letters>(?:[A-Z]\.[ ]?){1,4})(?P<particle>(?:(?:van|de|der|den|het|ten|ter"
    r"|el)[ ]){0,3})(?P<name>[A-Z][^\W\d_]+)"
)
_NO_INITIALS = frozenset({"NV", "BV", "SV", "VV", "WC", "PS", "VOF", "VVE", "EU", "VS", "US", "USA", "FC"})


class Token(NamedTuple):
    word: str
    start: int
    end: int


def names(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what looks like the name of one private person."""
    words = [Token(found.group(), *found.span()) for found in _WORD.finditer(text)]
    found_words: list[tuple[int, int]] = []
    after = 0
    for here in range(len(words)):
        if words[here].start < after:
            continue
        last = _name_at(text, words, here)
        if last is not None:
            after = words[last].end
            found_words.append((words[here].start, after))
    yield from found_words
    for found in _INITIALS.finditer(text):
        letters = re.sub(r"[. ]", "", found["letters"])
        surname = found["name"]
        sure = len(letters) > 1 or found["particle"] or surname.lower() in _SURNAMES
        if not sure or letters in _NO_INITIALS or (_is_place(surname) and surname.lower() not in _SURNAMES):
            continue
        at = bisect_right(found_words, (found.end(), 0))
        if at == 0 or found_words[at - 1][1] <= found.start():
            yield found.span()


def _name_at(text: str, words: list[Token], here: int) -> int | None:
    """Return the index of the last word of the name that starts here."""
    word = words[here].word
    low = word.lower()
    before = words[here - 1].word.lower() if here else ""
    if low in _TITLES or (low == "heer" and before == "de"):
        if low in ("meester", "oom", "tante", "dr", "drs", "ir") and _follows_role(text, words, here):
            return None
        return _after_title(text, words, here)
    if low in _RELATIONS:
        last = _next(text, words, here)
        if last is None or not words[last].word[0].isupper() or _is_place(words[last].word):
            return None
        return last if words[last].word.lower().split("-")[0] in _FIRST_NAMES else None
    if low.split("-")[0] not in _FIRST_NAMES or _follows_role(text, words, here):
        return None
    capital = word[0].isupper()
    if not capital and low in _ALSO_WORDS:
        return None
    last = _surname(text, words, here, any_capital=capital)
    if last is None or f"{low}-{words[last].word.lower()}".startswith(_KNOWN):
        return None
    return last


def _follows_role(text: str, words: list[Token], here: int) -> bool:
    return here > 0 and words[here - 1].word.lower() in _PUBLIC_ROLES and _touch(text, words[here - 1], words[here])


def _after_title(text: str, words: list[Token], here: int) -> int | None:
    following = _next(text, words, here, dot=True)
    if following is None:
        return None
    if words[following].word.lower() in _PUBLIC_ROLES:
        return None
    # "dhr. J. Jansen": the letter in between is a word of its own.
    while len(words[following].word) == 1 and words[following].word.isupper():
        beyond = _next(text, words, following, dot=True)
        if beyond is None:
            return following
        following = beyond
    if words[following].word.lower() in _PARTICLES:
        return _surname(text, words, following - 1, any_capital=True, dot=True)
    name = words[following].word
    if _is_place(name) and name.lower() not in _SURNAMES:
        return None
    if (
        name[0].isupper()
        or not _SURNAMES.isdisjoint([name.lower(), *name.lower().split("-")])
        or (name.lower() in _FIRST_NAMES - _ALSO_WORDS)
    ):
        more = _surname(text, words, following, any_capital=True)
        return following if more is None else more
    return None


def _surname(text: str, words: list[Token], here: int, *, any_capital: bool, dot: bool = False) -> int | None:
    """Return the index of the surname that follows, past up to three particles."""
    place = _next(text, words, here, dot=dot)
    sure = False
    for _particle in range(3):
        if place is None or words[place].word.lower() not in _PARTICLES:
            break
        sure = sure or words[place].word.lower() in _SURE_PARTICLES
        place = _next(text, words, place)
    if place is None:
        return None
    name = words[place].word
    low = name.lower()
    if not set(name) - set("IVX"):  # Willem II
        return None
    if _is_place(name) and low not in _SURNAMES:
        return None
    following = _next(text, words, place)
    if following is not None and _is_place(words[following].word):
        return None
    if not _SURNAMES.isdisjoint([low, *low.split("-")]) or (
        any_capital and (sure or name[0].isupper()) and len(name) > 1
    ):
        return place
    return None


def _next(text: str, words: list[Token], here: int, *, dot: bool = False) -> int | None:
    if here + 1 >= len(words):
        return None
    return here + 1 if _touch(text, words[here], words[here + 1], dot=dot) else None


def _touch(text: str, left: Token, right: Token, *, dot: bool = False) -> bool:
    between = text[left.end : right.start]
    return between == " " or (dot and between in (". ", "."))


def _is_place(word: str) -> bool:
    return _PLACE_ENDING.search(word) is not None


# --- blame and special data -------------------------------------------------------

_BLAME = re.compile(
    r"\b(?:ge)?deal(?:t|d|en|er|ers|de|den)?\b|\bdrugs\w*|\bcoke\b|\bcoca[iï]ne\b|\bspeed\b"
    r"|\bxtc\b|\bhennep\w*|\bwiet\w*|\bhero[iï]ne\b|\bcrack\b"
    r"|\bste(?:e)?l(?:t|en)\b|\bgestolen\b|\bsta(?:a)?l(?:en)?\b|\bdief\b|\bdieven\b"
    r"|\binbreke[rn]s?\b|\bbreekt\b[^.\n]{0,20}\bin\b|\bingebroken\b|\bhe(?:e)?l(?:t|er|ing)\b"
    r"|\bmishandel\w*|\b(?:ge)?sla(?:at|an|gen)\b|\bmisbruik\w*|\bverkracht\w*"
    r"|\bpedo(?:fiel)?\w*|\baanrand\w*|\bbedreig\w*|\bstalk\w*"
    r"|\bcrimine(?:el|le)\b|\bwit(?:wassen|wast|gewassen)\b|\bfraud\w*|\bfraudeert\b"
    r"|\boplicht\w*|\bzwendel\w*|\buitkering\w*|\bzwart(?:werkt| werkt| werken|e werk)\b"
    r"|\bwapens?\b|\bvuurwapen\w*|\bpistool\b|\bprostitu\w*|\buitbuit\w*|\buitbuiting\b"
    r"|\bmensenhandel\w*|\bloverboy\w*|\bafpers\w*|\bchanteert\b"
    r"|\bvernie(?:l|lt|len)\b|\bvernield\b|\bbrandsticht\w*|\bsticht\w* brand\b|\bondermijn\w*"
    r"|\billegaal\b|\billegale\b"
    r"|\bverslaafd\w*|\balcoholist\w*|\bjunk\w*|\bdronk(?:en|aard)\b|\bpsychisch\w*"
    r"|\bpsychiatrisch\w*|\bverwarde?\b|\bschizofre\w*|\bdement\w*|\bhiv\b"
    r"|\bdepressie\w*|\bstrafblad\b|\bvastgezeten\b|\bgevangenis\b|\bveroordeeld\b|\bjat(?:te"
    r"|ten)?\b|\bgejat\b|\bterroris\w*|\bradicali\w*",
    re.IGNORECASE,
)

# A near person whom every neighbour knows, or a door with a number.
_POINTER = re.compile(
    r"\b(?:over|boven|onder|achter)?buur(?:man|vrouw|jongen|meisje|vrouwen|mannen)?\b"
    r"|\bop \d{1,4}(?:[ ]?[a-hA-H])? (?=woont\b|wonen\b|wordt\b|zit\b|zitten\b|dealt\b|dealen\b)"
    r"|\b(?:(?:bewoners?|bewoonster|man|vrouw|kerel|gast|gasten|jongens?|meisjes?|gezin|familie"
    r"|stel|lui|mensen|iemand|hij|zij|ze|huis|pand|woning|student|studenten|dealers?|moeder|vader|oudere?) (?:op|van)"
    r"|nr\.?|nummer|huisnummer|perceel|appartement)"
    r"[ ]{1,2}(?:nr\.?[ ]|nummer[ ]|huisnummer[ ])?\d{1,4}(?:[ ]?[a-hA-H])?\b(?!(?<=nummer 1) (?:staat|komt|is)\b)"
    r"(?![ ]?(?:uur|u\b|jaar|jarige|maanden|dagen|weken|minuten|meter|km|euro|%|procent|punten"
    r"|plaatsen|plekken|keer|januari|februari|maart|april|mei"
    r"|juni|juli|augustus|september|oktober|november|december|jan\b|feb\b|aug\b|sept?\b|okt\b"
    r"|nov\b|dec\b|bewoners|mensen|personen|jongeren|\d|[.:,/-]\d))",
    re.IGNORECASE,
)
_ROAD = (
    "straat|str|laan|weg|plein|hof|kade|gracht|dreef|singel|pad|steeg|dijk"
    "|plantsoen|boulevard|markt|wal|park|erf|ring|baan|burg|veld|kamp|oord"
)
STREET_AND_NUMBER = re.compile(
    rf"\b[^\W\d_]{{2,40}}(?:{_ROAD})\.?,?[ ](?:nr\.?[ ]|nummer[ ]|huisnummer[ ])?\d{{1,4}}(?:[ -]?[a-zA-Z]{{1,2}})?\b"
    r"(?![ ]?(?:uur|jaar|meter|km|euro|%|procent|keer|minuten|bewoners|mensen|woningen|huizen|\d|[.:/]\d))",
    re.IGNORECASE,
)
_REACH = 150


def blamed(text: str, named: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each person or door that stands near blame or special data.

    ``named`` are the places of names. Place and behaviour without a person
    or a door (*in het park wordt gedeald*) yield nothing.
    """
    blames = [found.start() for found in _BLAME.finditer(text)]
    if not blames:
        return
    pointers = [found.span() for found in _POINTER.finditer(text)]
    pointers += [found.span() for found in STREET_AND_NUMBER.finditer(text)]
    for start, end in sorted(set(pointers + named)):
        nearest = bisect_left(blames, start)
        for blame in blames[max(0, nearest - 1) : nearest + 1]:
            if start - _REACH <= blame <= end + _REACH:
                yield start, end
                break


# --- distress ----------------------------------------------------------------------

SELF_HARM = re.compile(
    r"\b(?:mezelf|mijzelf|me zelf|mij zelf|mezelf)\b[^.!?\n]{0,25}\b(?:iets aan|wat aan"
    r"|iets aandoen|van kant|pijn|snijden|ophangen|doden|ombrengen|verdrinken)\b"
    r"|\bzelfmoord\b|\bzelfdoding\b|\bsu[iï]cide\b|\bik wil(?: \w+){0,2} dood\b"
    r"|\bniet meer (?:willen |wil )?leven\b|\bwil niet meer leven\b"
    r"|\beinde? (?:maken )?aan (?:mijn|m'n|me) leven\b|\b(?:maak"
    r"|make) er (?:zelf )?een einde? aan\b|\bleven (?:heeft )?geen zin meer\b",
    re.IGNORECASE,
)
VIOLENCE = re.compile(
    r"\bik (?:ga|zal|wil|kom|moet)\b[^.!?\n]{0,40}\b(?:vermoorden|doodschieten|doodsteken"
    r"|neersteken|neerschieten|afmaken|doodmaken|dood maken|doodslaan"
    r"|in elkaar slaan|kapotmaken|kapot maken|afschieten|opblazen|in brand steken|wat aandoen"
    r"|iets aandoen|te grazen nemen)\b"
    r"|\bik (?:maak|schiet|sla|steek)\b[^.!?\n]{0,30}\b(?:dood|kapot|neer|overhoop|af|in elkaar)\b",
    re.IGNORECASE,
)
