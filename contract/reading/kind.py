"""What an alert is about, and whether it says that it has ended, by loose Dutch words (F35)."""

from __future__ import annotations

import re

from contract.reading.dutch_person import find_age, find_who
from contract.reading.span import Found
from contract.vocabulary import AlertKind, AlertState, MessageKind

_ADULT = 18

_VEHICLE_WORD = (
    r"(?:personen|bestel|vracht|lease)?auto|bestelbus\w*|busje|voertuig\w*|scooter|snorfiets|"
    r"bromfiets|brommer|motor(?:fiets)?|vrachtwagen|taxi|caravan|aanhang(?:er|wagen)|fatbike|"
    r"e-bike|bakfiets|fiets|boot"
)
_PEOPLE = r"(?:man|vrouw|mannen|vrouwen|persoon|personen|jongens?|duo|tweetal)"
_FOUND = r"(?:terecht|terug|aangetroffen|gevonden|aangehouden|opgepakt)"
_THING = re.compile(
    r"\bvermiste?\s(?:\w+\s)?(?:hond|kat|poes|kater|papegaai|konijn|paard|koe|huisdier|"
    rf"{_VEHICLE_WORD})\b",
    re.I,
)
_AMBER = re.compile(r"\bamber[ -]?alert\b", re.I)
_MISSING = re.compile(r"\b(?:vermist\w*|vermissing\w*|weggelopen|zoekgeraakt|spoorloos)\b", re.I)
_CONFUSED = re.compile(r"\b(?:verward\w*|dement\w*|psychose|psychotisch\w*)\b", re.I)
_CHILD = re.compile(
    r"\b(?:kind(?:eren)?|kindje|meisje|jongen|jongetje|kleuter|peuter|baby|tiener)\b", re.I
)
_CHILD_ALERT = re.compile(r"\b(?:vermist[ -]?kind|kind vermist)\b", re.I)
_WITNESS = re.compile(
    r"\bgetuigen?(?:oproep|verzoek)?\b|\bheeft u (?:\w+ ){0,4}(?:gezien|gehoord|beelden)\b|"
    r"\bcamerabeelden gevraagd\b",
    re.I,
)
_WARNING = re.compile(
    r"\b(?:waarschuw\w*|babbeltruc\w*|nepagent\w*|oplichting\w*|oplichters actief|phishing|"
    r"spoofing|bankhelpdesk\w*|wees (?:extra )?(?:alert|waakzaam)|preventie\w*)\b",
    re.I,
)
_HEED = re.compile(r"\b(?:pas op|opgelet|let (?:goed )?op)\b", re.I)
_OFFENDERS = (
    r"overvallers?|daders?|verdachten?|inbrekers?|insluipers?|dief|dieven|straatrovers?|rovers?|"
    r"schutters?|zakkenrollers?|oplichters?|voortvluchtig\w*"
)
_OFFENDER_NAME = re.compile(rf"\b(?:{_OFFENDERS})\b", re.I)
_OFFENDER = re.compile(
    rf"\b(?:{_OFFENDERS}|gezochte? "
    rf"{_PEOPLE}|{_PEOPLE} (?:wordt |worden )?gezocht|gezocht:? (?:een |twee |drie )?{_PEOPLE}|"
    rf"zoe(?:kt|ken) (?:wij |we |naar |met spoed ){{0,2}}(?:een |[0-9] |de )?(?:\w+ )?{_PEOPLE}|"
    rf"uit(?:te)?kijken naar (?:een |twee |drie |de )?(?:\w+ ){{0,3}}{_PEOPLE})\b",
    re.I,
)
_SEEN = re.compile(r"\blaatst (?:\w+ )?gezien\b", re.I)
_OFFENCE = re.compile(
    r"\b(?:overval|straatroof|beroving|steekpartij|mishandeling|(?:woning)?inbraak|insluiping|"
    r"schietpartij|vernieling\w*|(?:\w+)?diefstal|aanrijding|gestolen|doorgereden)\b",
    re.I,
)
_LOOK_OUT = re.compile(
    r"\b(?:uit(?:\w* )?(?:te )?kijken|gezocht|op zoek|gestolen|zoekt|zoeken)\b", re.I
)
_SUSPECT_VEHICLE = re.compile(
    rf"\b(?:verdachte|gestolen|gezochte?) (?=(?:\w+ ){{0,2}}(?:{_VEHICLE_WORD})\b)", re.I
)
_VEHICLE = re.compile(rf"\b(?:{_VEHICLE_WORD}|kenteken\w*)\b", re.I)

_ENDED = re.compile(
    r"\bbe(?:ë|e|e\u0308)indigd\b|\b(?:afloop|sluit|eind)bericht\b|^\W{0,3}afloop\b|\bafloop\s?:|"
    r"\bactie (?:\w+ ){0,4}?(?:gesloten|gestopt|afgelopen|afgerond|voorbij|ingetrokken)\b|"
    r"\b(?:gesloten|gestopt|afgelopen|afgerond|ingetrokken) (?:burgernet[ -]?)?actie\b|"
    r"\b(?:hoeft|hoeven) (?:u )?niet (?:meer|langer) (?:uit te kijken|te zoeken|op te letten)\b|"
    r"\b(?:kunt|mag) (?:u )?stoppen met (?:uitkijken|zoeken)\b",
    re.I | re.M,
)
_SOLVED = re.compile(rf"\b(?:is|zijn|werd|werden) (?:\w+ ){{0,4}}?{_FOUND}\b", re.I)
_STILL = re.compile(
    r"\bnog (?:steeds |altijd )?(?:\w+ )?(?:gezocht|vermist|voortvluchtig|zoek|op zoek|zoeken)\b|"
    rf"\b(?:niet|geen|nog|eerder|achtergelaten) (?:\w+ ){{0,3}}{_FOUND}\b|"
    r"\bzoek(?:en|t) (?:wij |we |de politie )?nog\b|\buit(?:\w* )?(?:te )?kijken naar\b|"
    r"\bnog loopt\b|\bloopt nog\b",
    re.I,
)
_NOT_ENDED = re.compile(
    r"\bniet (?:\w+ )?(?:be(?:ë|e)indigd|afgerond|afgelopen|gesloten|voorbij)\b", re.I
)
_LATER_ENDED = re.compile(
    r"\b(?:tot|totdat|zodra|wanneer|als) (?:\w+ ){0,6}?(?:be(?:ë|e)indigd|afloopbericht)\b", re.I
)
_TEMPLATES = {
    AlertKind.MISSING_PERSON: MessageKind.MISSING_PERSON,
    AlertKind.MISSING_CHILD: MessageKind.MISSING_PERSON,
    AlertKind.AMBER: MessageKind.MISSING_PERSON,
    AlertKind.WANTED_PERSON: MessageKind.LOOKOUT,
    AlertKind.VEHICLE: MessageKind.LOOKOUT,
    AlertKind.WITNESS: MessageKind.WITNESS_APPEAL,
    AlertKind.WARNING: MessageKind.WARNING,
}


def kind_of(text: str, title: str = "") -> AlertKind:
    """Give the kind of an alert; the heading counts before the text under it.

    A confused person who is not called missing is `other`: the desk must not take a consent for
    granted that only goes with a missing person (F38).
    """
    head, _, rest = text.strip().partition("\n")
    headings = [title, head if rest.strip() else ""]
    for heading in headings:
        kind = _kind_of_part(heading, text, heading=True)
        if kind is not AlertKind.OTHER:
            return kind
    if _is_sought(text):
        return _missing(text, text)
    return _kind_of_part(f"{title}\n{text}", text, heading=False)


def template_for(kind: AlertKind, state: AlertState, text: str) -> MessageKind:
    """Give the kind of template that fits an alert (F22, F23); general where none does.

    An ended alert asks for feedback, a confused person who is not missing has a template of
    their own.
    """
    if state is AlertState.ENDED:
        return MessageKind.FEEDBACK
    if kind in (AlertKind.OTHER, AlertKind.WANTED_PERSON) and _CONFUSED.search(text):
        return MessageKind.CONFUSED_PERSON
    return _TEMPLATES.get(kind, MessageKind.GENERAL)


def find_ended(text: str) -> Found | None:
    """Give the words that say the action has ended, or None where it says no such thing.

    "Found" ends it only where nothing is still sought. That it has ended never means that
    somebody was found (formats.md §1c).
    """
    if _NOT_ENDED.search(text):
        return None
    later = [match.span() for match in _LATER_ENDED.finditer(text)]
    for match in _ENDED.finditer(text):
        if not any(start <= match.start() < end for start, end in later):
            return Found(match.group().strip(" :"), match.start(), match.end())
    solved = _SOLVED.search(text)
    if solved and not _STILL.search(text):
        return Found(solved.group(), solved.start(), solved.end())
    return None


def _kind_of_part(part: str, text: str, *, heading: bool) -> AlertKind:
    """A missing person first; else what is named first in the part decides."""
    if _AMBER.search(part):
        return AlertKind.AMBER
    if _MISSING.search(part) and not _THING.search(part):
        return _missing(part, text)
    offender_part = _SUSPECT_VEHICLE.sub(lambda match: " " * len(match.group()), part)
    found: dict[AlertKind, re.Match[str] | None] = {
        AlertKind.WITNESS: _WITNESS.search(part),
        AlertKind.WARNING: _WARNING.search(part) or (_HEED.search(part) if heading else None),
        AlertKind.WANTED_PERSON: _OFFENDER.search(offender_part),
        AlertKind.VEHICLE: _VEHICLE.search(part),
    }
    about_search = heading or _LOOK_OUT.search(part) or _OFFENCE.search(part)
    if not about_search:
        found[AlertKind.VEHICLE] = None
    if found[AlertKind.WANTED_PERSON] and _CONFUSED.search(part) and not _OFFENCE.search(part):
        found[AlertKind.WANTED_PERSON] = None
    first = min(
        ((match.start(), kind) for kind, match in found.items() if match),
        default=None,
        key=lambda one: one[0],
    )
    if first is not None:
        return first[1]
    searched = not heading and _LOOK_OUT.search(part) and _OFFENCE.search(part)
    return AlertKind.WANTED_PERSON if searched else AlertKind.OTHER


def _is_sought(text: str) -> bool:
    """Somebody of a certain age who was last seen and is looked for, and did nothing."""
    return (
        _SEEN.search(text) is not None
        and _LOOK_OUT.search(text) is not None
        and find_age(text) is not None
        and not _OFFENCE.search(text)
        and not _OFFENDER_NAME.search(text)
        and not _CONFUSED.search(text)
    )


def _missing(part: str, text: str) -> AlertKind:
    """A child by the name of the alert, by the age, or without an age by a word for a child."""
    if _CHILD_ALERT.search(part):
        return AlertKind.MISSING_CHILD
    who = find_who(text)
    age = find_age(text) if who is None or who.age is None else who.age
    if age is None:
        child = _CHILD.search(part) or _CHILD.search(text)
        return AlertKind.MISSING_CHILD if child else AlertKind.MISSING_PERSON
    return AlertKind.MISSING_CHILD if age < _ADULT else AlertKind.MISSING_PERSON
