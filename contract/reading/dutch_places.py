"""Places in a Dutch text: streets, towns, the municipality, the place last seen (F35)."""

from __future__ import annotations

import re

from contract.reading.span import Found, unique

_STREET_END = (
    "straat|straatweg|laan|weg|plein|kade|gracht|dijk|singel|plantsoen|hof|pad|dreef|steeg|"
    "markt|wal|haven|brink|boulevard|park|ring|baan|erf"
)
_CAP = r"[A-ZÀ-Þ][\w'’-]{0,40}"
_LITTLE = r"(?:van|de|den|der|het|ter|ten|te|'t|’t|aan|op|en|bij|in|onder)"
_STREET = re.compile(
    rf"(?<![\w'’-])(?:(?:{_CAP}\.?|{_LITTLE})[ ]){{0,4}}?"
    rf"(?:{_CAP}(?:{_STREET_END})|(?:{_CAP}[ ]){{1,3}}(?:{_STREET_END})|"
    rf"(?:{_STREET_END})(?=[ ][0-9]))"
    r"(?![\w])(?:[ ][0-9]{1,4}(?:[ ]?[a-zA-Z](?![\w]))?(?![\w:.-]*[0-9]))?"
)
_TOWN_NAME = (
    rf"(?:'s-|’s-|'t |’t |Den |De |Het |Sint )?{_CAP}"
    rf"(?:(?: (?:aan|op|bij|en|in|over)(?: (?:de|den|het|'t))?| van| de| den)? {_CAP}){{0,3}}"
)
_TOWN = re.compile(
    rf"\b(?:in|te|uit|nabij|omgeving|plaats|dorp|kern|wijk|station)[ ]({_TOWN_NAME})"
)
_MUNICIPALITY = re.compile(rf"\bgemeente[:]?[ ]({_TOWN_NAME})", re.MULTILINE)
_HEADER = re.compile(
    r"^[\W_]{0,6}(?:(?i:de|een)[ ])?(?i:burgernet)(?:[- ]?(?i:actie|bericht|melding|alarm|oproep))?(?:[ ]?[:–-])?[ ]"
    rf"(?:(?i:in|te|voor|uit)[ ](?:(?i:gemeente)[ ])?)?({_TOWN_NAME})",
    re.MULTILINE,
)
_BARE = re.compile(rf"(?:{_STREET_END})", re.IGNORECASE)
_HIGHWAY = re.compile(r"(?<![\w-])[AN][0-9]{1,3}(?![\w-])")
_LAST_SEEN = re.compile(
    r"\b(?:(?:voor het )?laatst(?:e)? (?:is |werd )?(?:\w+ )?gezien|laatste locatie|vermist vanaf|"
    r"weggelopen (?:uit|van|bij)|verdwenen (?:uit|van|bij))\b[ :]{0,3}",
    re.IGNORECASE,
)
_BEFORE_PLACE = re.compile(
    r"(?:\s{0,2}(?:(?:vandaag|gisteren|vanochtend|vanmorgen|vanmiddag|vanavond|vannacht|"
    r"gisteravond|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\b|(?:om|rond|omstreeks|sinds|"
    r"ongeveer|circa)\b|[0-2]?[0-9][:.][0-5][0-9](?:\s?(?:uur|u\b))?|,))*\s{0,2}"
    r"(?:(?:bij|op|in|aan|rond|nabij|vlakbij|te|ter hoogte van|t\.h\.v\.|omgeving|"
    r"in de (?:buurt|omgeving|nabijheid) van|vanaf|uit)\b(?:\s(?:de|het|een)\b(?=\s[A-Z]))?\s)?",
    re.IGNORECASE,
)
_PLACE_STOP = re.compile(
    r"[,;\n]|\.(?:\s|$)|\s(?:richting|in de richting|om|rond|omstreeks|en (?:liep|fietste|reed|is)|"
    r"sinds|waar|met|gekleed|te voet|lopend)\b",
    re.IGNORECASE,
)
# Words that stand with a capital at the start of a sentence or heading and name no place.
_NO_PLACE_WORDS = (
    "aandacht actie afloop afloopbericht amber auto bedankt bel bericht beste bestelbus "
    "beëindigd beeindigd bewoners burgernet dag dank dader daders de deze dieven een einde en "
    "fiets geen gemeente gezocht gestolen getuige getuigen getuigenoproep graag heeft help het "
    "hij hulp inbraak inbreker in is jongen kent kind kijk kindalert laatst let maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag januari februari maart april mei juni juli "
    "augustus september oktober november december man meisje melding mensen na niet nl-alert nu "
    "om onze op oproep opgelet overval overvaller politie richting scooter signalement sinds "
    "sluitbericht start te uitkijken update van vandaag verdachte verdachten vermissing vermist "
    "vermiste verwarde voertuig voor vrouw waarschuwing wij wie zag ziet zij zoekt zwarte "
    "whatsapp nederland alert uw u ze er dit dat straat jongetje kleuter persoon diefstal brand "
    "aanrijding sms "
)
_NO_PLACE = frozenset(_NO_PLACE_WORDS.split())


def find_places(text: str) -> list[Found]:
    """Give streets (with number), towns and numbered roads, each once, in the order of the text."""
    streets = [_trimmed(match, 0) for match in _STREET.finditer(text)]
    found = [one for one in streets if one is not None]
    towns = [_trimmed(match, 1) for match in _TOWN.finditer(text)]
    for town in towns:
        if town is not None and not any(
            one.start < town.end and town.start < one.end for one in found
        ):
            found.append(town)
    for street in [one for one in streets if one is not None]:
        end = _town_after_comma(text, street.end + 1) if text.startswith(",", street.end) else None
        if end is not None:
            found.append(Found(text[street.end + 2 : end], street.end + 2, end))
    found += [Found(m.group(), m.start(), m.end()) for m in _HIGHWAY.finditer(text)]
    return unique(found)


def find_town(text: str) -> Found | None:
    """Give the first town after "in", "te" and the like; a street is no town."""
    streets = [one for one in (_trimmed(m, 0) for m in _STREET.finditer(text)) if one]
    for match in _TOWN.finditer(text):
        town = _trimmed(match, 1)
        if town and not any(s.start <= town.start and town.end < s.end for s in streets):
            return town
    return None


def find_municipality(text: str) -> Found | None:
    """Give the municipality: after the word "gemeente", or named in the heading of Burgernet.

    A town named in passing is not taken for the municipality: many towns lie in another one.
    """
    for match in _MUNICIPALITY.finditer(text):
        found = _trimmed(match, 1)
        if found is not None:
            return found
    for match in _HEADER.finditer(text):
        found = _trimmed(match, 1)
        # "Burgernet: Inbraak Beukenlaan" names a street, and "Vermist Jan" somebody.
        if found and found.start == match.start(1) and not _STREET.fullmatch(found.value):
            return found
    return None


def find_last_seen_place(text: str) -> Found | None:
    """Give the place behind "laatst gezien", up to the direction, the time or the next sentence."""
    for match in _LAST_SEEN.finditer(text):
        before = _BEFORE_PLACE.match(text, match.end())
        start = before.end() if before else match.end()
        stop = _PLACE_STOP.search(text, start, min(len(text), start + 160))
        end = stop.start() if stop else min(len(text), start + 160)
        if stop and stop.group() == "," and (town := _town_after_comma(text, stop.end())):
            end = town
        while end > start and text[end - 1] in " .,":
            end -= 1
        place = text[start:end]
        if any(sign.isupper() for sign in place) and not place.lower().startswith("richting"):
            return Found(re.sub(r"\s+in\s+(?=\S*[A-Z])", ", ", place), start, end)
    return None


def _town_after_comma(text: str, at: int) -> int | None:
    """Where "Dorpsstraat 3, Lagebrug" ends: one capitalised name may follow the comma."""
    match = re.compile(rf"\s({_CAP})(?=[,.;\n]|$)").match(text, at)
    return match.end() if match and match.group(1).casefold() not in _NO_PLACE else None


def _trimmed(match: re.Match[str], group: int) -> Found | None:
    """Take words off both ends that are no name; None where nothing is left.

    `group` 0 is a street, 1 a town or municipality.
    """
    start, words = match.start(group), match.group(group).split(" ")
    while words and _leads(words, street=group == 0):
        start += len(words[0]) + 1
        words.pop(0)
    if group:
        # A town ends before a word such as Vermist or Politie that begins what comes next.
        ends = [at for at, word in enumerate(words) if at and word[:1].isupper() and _known(word)]
        words = words[: ends[0]] if ends else words
        while words and words[-1].islower():
            words.pop()
    value = " ".join(words).rstrip("-'’")
    if not any(sign.isupper() for sign in value):
        return None
    return Found(value, start, start + len(value))


def _leads(words: list[str], *, street: bool) -> bool:
    """Whether the first word only leads up to the name: "Aan", "Vermist", "de" before a street."""
    first = words[0]
    if first.casefold() in {"de", "het", "den", "'t"}:
        return street and (first.islower() or (len(words) > 1 and not _BARE.fullmatch(words[1])))
    return _known(first) or (first.islower() and not _BARE.fullmatch(first))


def _known(word: str) -> bool:
    return word.casefold().strip("'’-.") in _NO_PLACE
