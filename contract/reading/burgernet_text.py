"""A pasted Burgernet text: recognised, read loosely, and offered as proposals (F35)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from contract.reading.dutch_person import (
    find_appearance,
    find_clothing,
    find_condition,
    find_direction,
    find_who,
)
from contract.reading.dutch_places import (
    find_last_seen_place,
    find_municipality,
    find_places,
    find_town,
)
from contract.reading.dutch_time import When, find_times
from contract.reading.facts import MAX_READ
from contract.reading.kind import find_ended, kind_of, template_for
from contract.reading.model import MAX_LIST, Alert, AlertReading
from contract.reading.phone_lines import find_phone_lines
from contract.reading.plates import find_plates
from contract.reading.span import Fact, Found, unique
from contract.vocabulary import AlertKind, AlertSource, AlertState, MessageKind

_NAME = re.compile(r"\bburger ?net\w*|\bamber[ -]?alert\b|\bvermist[ -]?kind[ -]?alert\b", re.I)
_DENIED = re.compile(
    r"\b(?:geen|niet (?:\w+ )?(?:van|via|op|in|door|met)|zonder|buiten) (?:een )?"
    r"(?:burgernet\w*|amber[ -]?alert)",
    re.I,
)
_HEADING = re.compile(r"^[\W_]{0,8}(?:burgernet|amber[ -]?alert|vermist[ -]?kind)", re.I | re.M)
_CUE = re.compile(
    r"\b(?:vermist\w*|vermissing|uit(?:\w* )?(?:te )?kijken|signalement|laatst gezien|gezocht|"
    r"kenteken|getuigen?|getuigenoproep|afloop\w*|be(?:ë|e)indigd|sluitbericht|overval\w*|inbraak|inbrekers?|"
    r"diefstal|beroving|straatroof|waarschuw\w*|babbeltruc\w*|verdachten?|verwarde?|"
    r"bel (?:direct |dan )?112|aangehouden|aangetroffen|actie (?:is )?gestart|[\d]{1,2}-jarige)\b",
    re.I,
)
_STRONG = re.compile(
    r"^\W{0,6}uitkijken naar\b|\bafloopbericht\b|\b(?:wilt|kunt) u uitkijken naar\b|"
    r"\bverzoek(?:t|en)? (?:u |om )?(?:\w+ )?uit te kijken\b",
    re.I | re.M,
)
_WEAK = (
    re.compile(r"\bbedankt voor uw (?:medewerking|hulp|inzet|oplettendheid)\b", re.I),
    re.compile(r"\bactie (?:\w+ ){0,4}be(?:ë|e)indigd\b", re.I),
    re.compile(r"\buitkijken naar\b", re.I),
    re.compile(r"\bsignalement\s?:", re.I),
    re.compile(r"\bbel (?:direct |dan |meteen )?112\b", re.I),
    re.compile(r"\blaatst gezien\b", re.I),
    re.compile(r"\bziet u (?:deze|hem|haar|hen|dit)\b", re.I),
)
_ENOUGH_WEAK = 3
_REFERENCE = re.compile(
    r"\b(?:incident|meldings?|zaak|referentie|actie|registratie)[ -]?(?:nummer|nr\.?)?\s?[:#]?"
    r"\s{0,2}"
    r"(?P<id>(?=[\w/-]*[0-9]{2})[A-Z]{0,3}[0-9][0-9A-Z/-]{3,20})",
    re.I,
)
_LOOK_OUT_FOR = re.compile(
    r"\b(?:uit(?:te)?kijken|uit te kijken|op zoek|gezocht)\s?(?:naar|:)\s{0,2}", re.I
)
_DESCRIBED = re.compile(r"\b(?:signalement|omschrijving|beschrijving)\s?:\s{0,2}", re.I)
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n\s?\n|$")
_VEHICLE = re.compile(
    r"\b(?:(?:zwart|wit|grijs|blauw|rood|groen|geel|zilver\w*|bruin|beige|oranje|paars|donker\w*|"
    r"licht\w*|zwarte|witte|grijze|blauwe|rode|groene|gele|bruine|paarse)\s){1,2}"
    r"(?:[A-ZÀ-Þ][\w-]{1,20}\s?){0,3}(?:(?:personen|bestel)?auto|bestelbus\w*|busje|scooter|"
    r"fiets|motor|bromfiets|fatbike|[A-ZÀ-Þ][\w-]{1,20}(?:\s[0-9]{2,4}\b)?)"
)
_END_TIME = 40
_MISSING = frozenset({AlertKind.MISSING_PERSON, AlertKind.MISSING_CHILD, AlertKind.AMBER})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the desk reads in a pasted text (screen Ophalen); a person decides what is used.

    Text that is not Burgernet: `recognised` False, kind other, state unknown and no facts at all.
    Fields of the facts: who, last_seen_time, last_seen_place, condition_direction, clothing,
    appearance, description, vehicle, plate, municipality, place, phone_line, ended, reference.
    A field that is not among them was not found.
    """

    recognised: bool
    alert: Alert
    facts: tuple[Fact, ...]

    @property
    def kind(self) -> AlertKind:
        """What the text is about."""
        return self.alert.kind

    @property
    def state(self) -> AlertState:
        """Whether the text says that the action runs or has ended."""
        return self.alert.state

    @property
    def template_kind(self) -> MessageKind:
        """The kind of template that fits; general for a text that is not Burgernet."""
        return template_for(self.kind, self.state, self.alert.text[:MAX_READ])

    def fact(self, field: str) -> Fact | None:
        """Give the first fact of this field, or None: "niet gevonden"."""
        return next((fact for fact in self.facts if fact.field == field), None)

    def value(self, field: str) -> str | None:
        """Give the value of the first fact of this field, or None."""
        fact = self.fact(field)
        return None if fact is None else fact.value


def is_burgernet(text: str) -> bool:
    """Whether this is recognisably a Burgernet or AMBER text, and not a talk about one.

    The name together with a word of an alert, or a heading with the name; without the name the
    fixed phrases of Burgernet, of which ordinary ones count only when several stand together.
    """
    text = text[:MAX_READ]
    if _NAME.search(_DENIED.sub("", text)):
        return _HEADING.search(text) is not None or _CUE.search(text) is not None
    if _NAME.search(text):
        return False
    if _STRONG.search(text):
        return True
    return sum(pattern.search(text) is not None for pattern in _WEAK) >= _ENOUGH_WEAK


def propose(text: str, now: datetime) -> Proposal:
    """Read a pasted text loosely; `now`, with zone, gives the day to a bare clock time.

    Never raises: any text is an answer. The alert in it holds the text exactly as it was given.
    """
    if not is_burgernet(text):
        alert = Alert(AlertKind.OTHER, AlertState.UNKNOWN, text)
        return Proposal(recognised=False, alert=alert, facts=())
    read = text[:MAX_READ]
    title = _title(read)
    kind = kind_of(read, title or "")
    ended = find_ended(read)
    times = find_times(read, now)
    end_time = _end_time(read, times, ended)
    start_time = next((when for when in times if when is not end_time), None)
    started = start_time.moment if start_time else None
    stopped = end_time.moment if end_time else None
    if started and stopped and stopped < started:
        stopped = None  # one of the two days is wrong; the end was the guess
    seen = find_last_seen_place(read)
    places = _with_seen(find_places(read), seen)
    municipality = find_municipality(read)
    plates = find_plates(read)
    lines = find_phone_lines(read)
    alert = Alert(
        kind,
        AlertState.ENDED if ended else AlertState.ACTIVE,
        text,
        title=title,
        municipality=municipality.value if municipality else None,
        places=tuple(place.value for place in places[:MAX_LIST]),
        started_at=started,
        ended_at=stopped,
        plates=tuple(plate.value for plate in plates[:MAX_LIST]),
        phone_lines=tuple(line.value for line in lines[:MAX_LIST]),
    )
    facts = [
        *_person_facts(read, kind),
        *_where_and_when(read, start_time, seen, places, municipality),
        *(plate.fact("plate") for plate in plates[:MAX_LIST]),
        *(line.fact("phone_line") for line in lines[:MAX_LIST]),
        *([ended.fact("ended")] if ended else []),
        *_reference(read),
    ]
    return Proposal(recognised=True, alert=alert, facts=tuple(facts))


def read_text(text: str, now: datetime) -> AlertReading:
    """Read a text that is no feed answer: Burgernet, or unknown with everything unread."""
    proposal = propose(text, now)
    source = AlertSource.BURGERNET_TEXT if proposal.recognised else AlertSource.UNKNOWN
    return AlertReading(source, (proposal.alert,))


def _person_facts(text: str, kind: AlertKind) -> list[Fact]:
    facts: list[Fact] = []
    missing = kind in _MISSING
    who = find_who(text)
    if who is not None:
        facts.append(who.found.fact("who", certain=missing))
    if missing:
        condition = find_condition(text)
        facts += [condition] if condition else []
    else:
        direction = find_direction(text)
        facts += [direction.fact("condition_direction")] if direction else []
        facts += [one.fact("description", certain=False) for one in _description(text)]
    clothing, appearance = find_clothing(text), find_appearance(text)
    facts += [clothing.fact("clothing")] if clothing else []
    if appearance and not (clothing and appearance.start == clothing.start):
        facts.append(appearance.fact("appearance"))
    vehicle = _VEHICLE.search(text)
    if vehicle:
        facts.append(
            Found(vehicle.group(), vehicle.start(), vehicle.end()).fact("vehicle", certain=False)
        )
    return facts


def _where_and_when(
    text: str,
    start: When | None,
    seen: Found | None,
    places: list[Found],
    municipality: Found | None,
) -> list[Fact]:
    facts: list[Fact] = []
    if start is not None:
        facts.append(start.clock.fact("last_seen_time", certain=start.certain))
    if seen is not None:
        facts.append(seen.fact("last_seen_place"))
    elif places:
        facts.append(places[0].fact("last_seen_place", certain=False))
    place = find_town(text) or municipality
    if place is not None:
        facts.append(place.fact("place", certain=municipality is not None))
    if municipality is not None:
        facts.append(municipality.fact("municipality"))
    return facts


def _with_seen(places: list[Found], seen: Found | None) -> list[Found]:
    """The place last seen belongs to the places too, where none of its words was found."""
    if seen is None or any(one.start < seen.end and seen.start < one.end for one in places):
        return places
    return unique([*places, seen])


def _description(text: str) -> list[Found]:
    """What to look out for, or the description: to the end of its sentence."""
    for pattern in (_LOOK_OUT_FOR, _DESCRIBED):
        match = pattern.search(text)
        if match is None:
            continue
        stop = _SENTENCE.search(text, match.end())
        end = min(stop.start() if stop else len(text), match.end() + 400)
        value = text[match.end() : end].rstrip()
        if value:
            return [Found(" ".join(value.split()), match.end(), match.end() + len(value))]
    return []


def _reference(text: str) -> list[Fact]:
    match = _REFERENCE.search(text)
    if match is None or match["id"].isalpha():
        return []
    return [Found(match["id"], match.start("id"), match.end("id")).fact("reference")]


def _title(text: str) -> str | None:
    """The first line, where it is a heading: short, no sentence, with text under it."""
    head, _, rest = text.strip().partition("\n")
    head = head.strip()
    if not rest.strip() or not 0 < len(head) <= 80 or head[-1] in ".?!,":
        return None
    return head.rstrip(":") or None


def _end_time(text: str, times: list[When], ended: Found | None) -> When | None:
    """The clock time of the end: in the same sentence, beside the words that end it."""
    if ended is None:
        return None
    for when in times:
        low, high = sorted((when.clock.start, ended.start))
        between = text[low:high]
        if high - low > _END_TIME or re.search(r"[.!?]\s|\n|\bvan\b|\bgestart|\bbegonnen", between):
            continue
        if not re.search(r"\bvan(?:af)?\s$", text[max(0, when.clock.start - 8) : when.clock.start]):
            return when
    return None
