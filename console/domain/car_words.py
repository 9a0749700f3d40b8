"""Whether a description and the register speak of the same vehicle (F60). Pure.

Only a colour that belongs to a vehicle counts: in "man in rode jas, blauwe Opel" that is blue. What
cannot be told apart says nothing: a mismatch is shown only where the description is plain.
"""

import re
import unicodedata

from console.domain.lookup import Car, titled

COLOURS: dict[str, frozenset[str]] = {
    "beige": frozenset({"beige", "creme", "bruin", "goud", "zand"}),
    "blauw": frozenset({"blauw", "turquoise", "turkoois", "petrol"}),
    "bruin": frozenset({"bruin", "brons", "beige"}),
    "creme": frozenset({"creme", "beige", "wit"}),
    "geel": frozenset({"geel", "goud"}),
    "grijs": frozenset({"grijs", "zilver", "antraciet"}),
    "groen": frozenset({"groen", "turquoise", "turkoois", "petrol"}),
    "oranje": frozenset({"oranje"}),
    "paars": frozenset({"paars", "lila"}),
    "rood": frozenset({"rood", "bordeaux"}),
    "rose": frozenset({"roze", "rose"}),
    "wit": frozenset({"wit", "creme"}),
    "zwart": frozenset({"zwart"}),
}
"""Colour of the register, and the words of people that mean it. "Diversen" goes with every word."""

_BENT = {
    "blauwe": "blauw",
    "bruine": "bruin",
    "gele": "geel",
    "grijze": "grijs",
    "groene": "groen",
    "paarse": "paars",
    "rode": "rood",
    "witte": "wit",
    "zwarte": "zwart",
    "zilveren": "zilver",
    "zilverkleurige": "zilver",
    "gouden": "goud",
    "lichte": "",
}
_SHADES = ("donker", "licht", "hel", "fel", "knal", "staal", "metallic", "mat")
_PLAIN = frozenset().union(*COLOURS.values())

_MAKES = (
    "abarth alfa-romeo aston-martin audi bentley bmw byd cadillac chevrolet chrysler citroen cupra "
    "dacia daewoo daf daihatsu dodge ducati ferrari fiat ford harley-davidson honda hyundai infiniti "
    "isuzu iveco jaguar jeep kawasaki kia ktm lada lamborghini lancia land-rover lexus lotus lynk-co "
    "man maserati mazda mercedes-benz mg mini mitsubishi nissan opel peugeot piaggio polestar porsche "
    "renault rolls-royce rover saab scania seat skoda smart ssangyong subaru suzuki tesla toyota "
    "triumph vespa volkswagen volvo xpeng yamaha"
).split()
_ALIASES = {
    "vw": "volkswagen",
    "mercedes": "mercedes-benz",
    "benz": "mercedes-benz",
    "alfa": "alfa-romeo",
    "landrover": "land-rover",
    "harley": "harley-davidson",
    "chevy": "chevrolet",
    "lynk": "lynk-co",
}
# They are words of every sentence as well, so they count in capitals only.
_ALSO_WORDS = frozenset({"man", "mini", "smart", "seat", "lotus", "triumph", "jaguar", "mg"})

_VEHICLES = frozenset(
    """
    auto autootje wagen bus busje bestelbus bestelbusje bestelauto bestelwagen camper caravan taxi
    personenauto stationwagen suv terreinwagen jeep cabrio hatchback sedan vrachtwagen truck pickup
    motor motorfiets scooter bromfiets brommer snorfiets brommobiel voertuig aanhanger kenteken
    """.split()
)
_CLOTHES = frozenset(
    """
    jas jack jasje broek spijkerbroek trui vest hoodie shirt overhemd pet muts hoed capuchon schoen
    schoenen sneakers laarzen tas rugzak sjaal handschoenen helm haar baard rok jurk pak trainingspak
    kleding bril masker
    """.split()
)
_WORD = re.compile(r"[\w-]+|[.;:!?\n]")
_STOPS = frozenset(".;:!?\n")
NEAR = 2
"""So many words may stand between a colour and its vehicle."""


def mismatches(text: str, car: Car) -> tuple[str, ...]:
    """Return what does not fit, one sentence each: "Omschrijving zegt rood, RDW zegt blauw."."""
    words = _WORD.findall(text)
    found = []
    makes = dict.fromkeys(filter(None, (_make(one) for one in words)))
    if makes and car.make and not any(_same_make(one, car.make) for one in makes):
        said = " en ".join(_shown(one) for one in makes)
        found.append(f"Omschrijving zegt {said}, RDW zegt {titled(car.make)}.")
    colours = _colours(words)
    known = [_folded(one) for one in (car.colour, car.second_colour) if one]
    known = [one for one in known if one in COLOURS or one == "diversen"]
    if colours and known and "diversen" not in known:
        if not any(plain in COLOURS[one] for plain in colours.values() for one in known):
            said = " en ".join(colours)
            found.append(f"Omschrijving zegt {said}, RDW zegt {' met '.join(known)}.")
    return tuple(found)


def _colours(words: list[str]) -> dict[str, str]:
    """Return the colours of vehicles: as they were meant, and without their shade."""
    found: dict[str, str] = {}
    for at, word in enumerate(words):
        shown, plain = _colour(word)
        if not plain:
            continue
        after = words[at + 1 : at + 2 + NEAR]
        # "auto is rood" and "rood, Opel" are of the vehicle; "rode jas" is of the coat.
        bent = _folded(word) in _BENT
        before = [] if bent else words[max(0, at - 1 - NEAR) : at]
        if _leads_to_vehicle(after) or _leads_to_vehicle(before[::-1]):
            found[shown] = plain
    return found


def _leads_to_vehicle(words: list[str]) -> bool:
    for word in words:
        folded = _folded(word)
        if word in _STOPS or folded in _CLOTHES:
            return False
        if folded in _VEHICLES or _make(word):
            return True
    return False


def _colour(word: str) -> tuple[str, str]:
    """Return a colour as people say it and without its shade; two empty texts for another word."""
    folded = _folded(word).replace("-", "")
    shade = next((one for one in _SHADES if folded.startswith(one) and folded != one), "")
    bare = folded.removeprefix(shade).removesuffix("kleurige").removesuffix("kleurig")
    plain = _BENT.get(bare, bare)
    return (shade + plain, plain) if plain in _PLAIN else ("", "")


def _make(word: str) -> str:
    folded = _folded(word)
    if folded in _ALSO_WORDS and not (word.isupper() or (word[:1].isupper() and folded != "man")):
        return ""
    folded = _ALIASES.get(folded, folded)
    return folded if folded in _MAKES_SET or folded in _FIRST else ""


def _same_make(said: str, register: str) -> bool:
    plain = _folded(register).replace(" ", "-")
    plain = _ALIASES.get(plain, plain)
    return plain == said or plain.startswith(f"{said}-") or said.startswith(f"{plain}-")


def _shown(make: str) -> str:
    return titled(make.replace("-", " ").upper()) if "-" in make else titled(make.upper())


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))


_MAKES_SET = frozenset(_MAKES)
_FIRST = frozenset({"aston", "rolls"})
