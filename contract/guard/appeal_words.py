"""Verbs that ask people to act themselves, and the words round them (F25, seed 001).

Police texts ask two things: look out, and call. Verbs of holding, following, approaching,
addressing and stopping somebody are an appeal to act. Words are folded, see `tokens.fold`.
"""

from __future__ import annotations

from typing import Final

from contract.guard.trait_words import BELIEF, ORIGIN_NOUNS, PERSONS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PRONOUNS: Final = _words("hem haar hen ze hun m iemand diegene degene deze die dit dat")
"""Words that stand for a person; the last four only where no noun follows."""

POINTERS: Final = _words("deze die dit dat")

VEHICLES: Final = _words(
    """
    auto autos bestelbus bestelbusje bestelauto busje bus wagen voertuig voertuigen scooter scooters
    brommer brommers fiets fietsen motor motoren motorfiets vrachtwagen vrachtauto taxi bakfiets
    fatbike step personenauto kenteken bestuurder
    """
)

SOMEBODY: Final = (
    PERSONS
    | ORIGIN_NOUNS
    | BELIEF
    | _words(
        "onbekende onbekenden vreemde vreemden vreemdeling vreemdelingen mevrouw meneer buurman buurvrouw"
    )
) - _words("type types stel geloof religie islam")
"""Nouns for people who may be the object of an appeal."""

ALWAYS: Final = _words(
    "achtervolg overmeester arresteer confronteer tackel ontwapen schaduw verjaag fouilleer doorzoek"
)
"""Imperatives that are an appeal whatever follows."""

NEEDS_SOMEBODY: Final = _words(
    "volg benader nader pak grijp vang stop sla aanhoud omsingel bespring schop trap duw knevel boei"
)
"""Imperatives that are an appeal with a person or vehicle as object."""

BARE_IS_ENOUGH: Final = _words("volg benader")
"""Those of `NEEDS_SOMEBODY` that are an appeal without any object too ("Volg en bel 112")."""

PERSON_ONLY: Final = _words("pak grijp vang sla nader schop trap duw knevel boei")
"""Those of `NEEDS_SOMEBODY` for which a vehicle is no object."""

SEPARABLE: Final[dict[str, frozenset[str]]] = {
    "houd": _words("vast tegen aan staande bedwang klem op praat bezig daar"),
    "spreek": _words("aan"),
    "klamp": _words("aan"),
    "pak": _words("vast beet op"),
    "grijp": _words("in vast"),
    "treed": _words("op"),
    "sluit": _words("in op"),
    "zet": _words("klem vast"),
    "rijd": _words("klem achterna achteraan erachteraan"),
    "drijf": _words("klem"),
    "jaag": _words("weg op"),
    "stuur": _words("weg"),
    "val": _words("aan"),
    "onderneem": _words("actie"),
    "snijd": _words("pas weg af"),
    "sla": _words("neer"),
    "leg": _words("neer grond"),
    "werk": _words("grond"),
    "geef": _words("klap klappen schop"),
}
"""Imperative stems with the particle that makes them an appeal."""

NO_OBJECT_NEEDED: Final = frozenset({("grijp", "in"), ("treed", "op"), ("onderneem", "actie")})
"""Stem and particle that need no object."""

MOVES: Final = _words("ga loop ren rijd fiets stap kom snel zit storm sprint hol")
"""Stems of going somewhere; an appeal with a chase behind them."""

CHASES: Final = _words("achterna erachteraan achteraan eropaf erachter")
"""Single words that make a move a chase."""

BLOCKS: Final = _words("blokkeer versper")
BLOCKED: Final = _words("weg uitgang doorgang vluchtweg pad straat route doorrit") | VEHICLES

STEM_FORMS: Final[dict[str, str]] = {
    "hou": "houd",
    "houdt": "houd",
    "rij": "rijd",
    "rijdt": "rijd",
    "snij": "snijd",
    "gaat": "ga",
    "treedt": "treed",
    "valt": "val",
    "komt": "kom",
    "zit": "zit",
    "laat": "laat",
    "vraagt": "vraag",
    **{
        stem + "t": stem
        for stem in (
            *ALWAYS,
            *NEEDS_SOMEBODY,
            "spreek",
            "klamp",
            "grijp",
            "sluit",
            "drijf",
            "jaag",
            "stuur",
            "onderneem",
            "loop",
            "ren",
            "stap",
            "snel",
            "storm",
            "blokkeer",
            "versper",
        )
    },
}
"""Other forms of the stems; a form on -t is an imperative only in front of "u"."""

LET_GO: Final = _words(
    "gaan weg ontsnappen los lopen wegkomen vertrekken wegrijden wegrennen weglopen ontkomen"
)
"""What "laat hem niet" forbids the other person."""

INFINITIVES: Final = _words(
    """
    achtervolgen aanspreken vasthouden tegenhouden aanhouden vastpakken beetpakken ingrijpen
    overmeesteren confronteren staandehouden arresteren achternagaan achternalopen achternarijden
    achternarennen achternazitten klemrijden klemzetten wegjagen verjagen tackelen insluiten
    schaduwen ontwapenen optreden aanklampen achterhalen volgen benaderen naderen pakken grijpen
    vangen stoppen aanvallen opjagen
    """
)
"""Infinitives of the verbs above, written as one word."""

INFINITIVE_NEEDS_SOMEBODY: Final = _words(
    "volgen benaderen naderen pakken grijpen vangen stoppen aanvallen insluiten achterhalen"
)
"""Infinitives that are an appeal only with a person or vehicle, or quite alone."""

SPLIT_INFINITIVES: Final = {
    (particle, verb)
    for verb, particles in {
        "spreken": "aan",
        "houden": "aan vast tegen staande bedwang klem",
        "pakken": "vast beet op",
        "grijpen": "in",
        "treden": "op",
        "sluiten": "in",
        "rijden": "klem achterna achteraan erachteraan",
        "zetten": "klem",
        "jagen": "weg op",
        "klampen": "aan",
        "vallen": "aan",
        "gaan": "achterna achteraan erachteraan eropaf af",
        "lopen": "achterna achteraan erachteraan eropaf af",
        "rennen": "achterna achteraan erachteraan eropaf",
        "fietsen": "achterna achteraan erachteraan",
        "stappen": "eropaf af",
        "zitten": "achterna",
        "ondernemen": "actie",
    }.items()
    for particle in particles.split()
}
"""Particle and infinitive that stand apart: "aan te spreken", "erop af gaan"."""

SECOND_PERSON_FORMS: Final = _words(
    """
    volgt benadert aanspreekt vasthoudt tegenhoudt ingrijpt achtervolgt confronteert aanhoudt
    vastpakt overmeestert optreedt aanklampt klemrijdt achternagaat wegjaagt
    """
)
"""Finite forms at the end of "dat u hem …"."""

INTRANSITIVE_FORMS: Final = _words("ingrijpt optreedt")

NEGATIONS: Final = _words(
    """
    niet nooit geen zonder vermijd voorkom afgeraden ontraden verboden gevaarlijk onverstandig raden
    raad nimmer evenmin nergens niemand hoeft hoef
    """
)

NEGATION_ENDS: Final = _words("maar wel doch echter")

ADDRESSEES: Final = _words(
    """
    u je jij jullie bewoners buurtbewoners iedereen beheerders omwonenden allemaal buren burgers
    inwoners deelnemers ouders winkeliers ondernemers
    """
)

CLEAR_MODALS: Final = _words("kunt kun wilt")
MODALS: Final = (
    _words("kan kunnen mag mogen moet moeten dient dienen wil willen zou zouden hoort durft")
    | CLEAR_MODALS
)
REQUESTS: Final = _words("vragen vraag vraagt verzoeken verzoek verzoekt roepen roept adviseren")
TRIES: Final = _words(
    "probeer probeert gelieve help helpt graag gaarne gelieven durf ga gaat kom blijf blijft"
)

CLAUSE_OPENERS: Final = _words(
    """
    en of dan dus maar direct meteen gelijk onmiddellijk eventueel anders svp aub nu eerst daarna
    vervolgens zelf gerust zonodig indien graag alstublieft ook
    """
)
"""Words behind which an imperative may stand without a comma."""

ADVERBS: Final = _words(
    """
    direct meteen gelijk onmiddellijk graag gaarne zelf eerst dan altijd zo snel mogelijk svp aub
    alstublieft indien nodig ook even samen gerust rustig voorzichtig snel nu daarna vervolgens er
    eventueel vooral beslist zeker s v p a b daar hier ter plaatse op afstand om te bij aantreffen
    gezien eens maar
    """
)
"""Words that may stand between the start of a clause and its verb without a subject."""

OTHER_COMMANDS: Final = _words(
    """
    bel belt blijf meld let kijk maak noteer waarschuw app wacht geef sla bekijk onthoud doe gebruik
    deel informeer alarmeer zorg ga kom houd
    """
)
"""Usual imperatives in police texts; behind "en" they open a new clause."""

AFTER_A_PARTICLE: Final = _words(
    "tot totdat als zodra wanneer indien en of om voordat svp alstublieft dan zelf terwijl want bij tijdens"
)
"""Words that may follow the particle at the end of a clause."""

PLACES: Final = frozenset("in op bij uit voor naast van tegenover achter naar aan".split())
"""Prepositions: "uw" behind one says where, not whom."""

AFTER_PRONOUN: Final = (
    ADVERBS
    | NEGATIONS
    | CHASES
    | frozenset("aan vast tegen op staande klem en of tot als zodra wat wie waar toe af te".split())
    | INFINITIVES
    | OTHER_COMMANDS
)
"""Words that may follow "deze" or "haar" where it stands for a person."""

STEMS: Final = (
    ALWAYS
    | NEEDS_SOMEBODY
    | MOVES
    | BLOCKS
    | frozenset(SEPARABLE)
    | frozenset({"laat", "vraag", "neem"})
)
"""Every imperative stem that may open an appeal."""

FORMS: Final = STEMS | frozenset(STEM_FORMS)
"""The stems with their other forms."""
