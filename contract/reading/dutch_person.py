"""Who is looked for and what they look like, read from a Dutch text (F29, F35)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from contract.reading.span import Fact, Found, Span

_CAP = r"[A-ZÀ-Þ][\w'’-]{0,30}"
_NAME = rf"{_CAP}(?: (?:van|de|den|der|ter|ten|te|el|al|'t|in)){{0,3}}(?: {_CAP}){{0,3}}"
_SEX = r"man|vrouw|jongen|meisje|jongetje|kind|kleuter|peuter|baby|tiener|dame|heer|puber"
_TITLED = re.compile(
    rf"\b(?P<who>(?:[Dd]e heer|[Mm]eneer|[Mm]evrouw|[Dd]hr\.?|[Mm]evr\.?|[Mm]w\.?) "
    r"(?:[A-Z]\.\s?){0,4}"
    rf"(?:(?:van|de|den|der|ter|ten|te|el|'t) ){{0,3}}{_NAME})(?:,? \(?(?P<age>[0-9]{{1,3}})(?: jaar(?: oud)?)?\)?)?"
)
_NAMED_AGE = re.compile(rf"(?P<who>{_NAME}),? \((?:leeftijd )?(?P<age>[0-9]{{1,3}})(?: jaar)?\)")
_NAMED_YEARS = re.compile(rf"(?P<who>{_NAME}),? (?:van )?(?P<age>[0-9]{{1,3}}) jaar\b")
_YEAR_OLD = re.compile(
    rf"\b(?P<age>[0-9]{{1,3}})[- ]?jarige?\s(?:(?:vermiste|verwarde|dementerende|demente)\s)?"
    rf"(?P<who>(?:{_SEX})(?:\s{_NAME})?)",
)
_SEX_OF_AGE = re.compile(
    rf"\b(?P<who>{_SEX})(?:,| van| \()\s?(?:ongeveer |circa |ca\. |rond de )?"
    r"(?P<age>[0-9]{1,3})(?: ?jaar\b|\))",
    re.IGNORECASE,
)
_AGE = re.compile(r"\b([0-9]{1,3})(?:\s?jaar\b|[- ]?jarige?\b)|\(([0-9]{1,3})(?: jaar)?\)")
_NO_NAME_WORDS = (
    "burgernet vermist vermiste gezocht sinds laatst voornaam wij de het een hij zij politie update "
    "signalement afloop uitkijken"
)
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_CONDITION = re.compile(
    r"\b(?:(?:erg |licht |zeer )?verward|dement(?:erend)?|(?:licht )?dementie|alzheimer|"
    r"autis(?:me|tisch)|suïcidaal|gewond|te voet|lopend|op (?:de|een|zijn|haar) (?:[a-zë]{2,14} )?"
    r"(?:fiets|e-bike|scooter|brommer|scootmobiel|step)|in (?:een|zijn|haar) (?:[a-zë]{2,14} )?"
    r"(?:rolstoel|scootmobiel|auto)|met (?:een|zijn|haar)? ?(?:rollator|wandelstok|kruk(?:ken)?)|"
    r"slecht ter been|zonder jas|heeft (?:dringend )?medicijnen nodig|onderkoeld)\b",
    re.IGNORECASE,
)
_DIRECTION = re.compile(
    r"\b(?:in de richting van|richting)\s[^,.;\n]{2,60}|\b(?:liep|fietste|reed|rijdt|loopt|ging|"
    r"vluchtte|gevlucht) (?:weg )?(?:naar|in de richting van|richting)\s[^,.;\n]{2,60}",
    re.IGNORECASE,
)
_WEARS = re.compile(
    r"\b(?:draagt|droeg|gekleed in|gekleed met|kleding\s?:|gekleed\s?:|heeft (?=[^.\n]{0,30}\b"
    r"(?:jas|broek|trui|shirt|pet|schoenen)\b)(?=[^.\n]{0,60}\baan\b))\s{0,2}",
    re.IGNORECASE,
)
_LOOKS = re.compile(r"\b(?:signalement|uiterlijk|kenmerken)\s?:\s{0,2}", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\s?\n|\n(?=[A-Z])|$")
_GARMENT = (
    "jas|jack|jasje|vest|trui|shirt|t-shirt|overhemd|broek|jeans|rok|jurk|schoenen|laarzen|"
    "sneakers|pet|muts|sjaal|hoodie|bodywarmer|pak|hoed|handschoenen|legging|slippers|tas|rugzak"
)
_AND_GARMENT = re.compile(
    rf"\s{{1,2}}en\s(?:een\s)?(?=[^,]{{0,40}}(?:{_GARMENT})\b)", re.IGNORECASE
)
_ARTICLE = re.compile(r"(?:^|(?<=,\s))(?:een|zijn|haar)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody in a text: how they are called, and their age in years where it is written."""

    found: Found
    age: int | None


def find_who(text: str) -> Who | None:
    """Give the person looked for: a titled name, a name with age, or sex with age.

    The value reads "de heer Aalders, 78 jaar" or "man, 78 jaar", whatever the original order.
    """
    for pattern in (_TITLED, _NAMED_AGE, _YEAR_OLD, _NAMED_YEARS, _SEX_OF_AGE):
        for match in pattern.finditer(text):
            who, start = _without_lead(match["who"], match.start("who"))
            age = int(match["age"]) if match["age"] else None
            if not who or (age is not None and age > 120):
                continue
            value = who if age is None else f"{who}, {age} jaar"
            return Who(
                Found(value, min(start, match.start("age")) if age else start, match.end()), age
            )
    return None


def find_age(text: str) -> int | None:
    """Give the first age in years, up to 120."""
    for match in _AGE.finditer(text):
        age = int(match.group(1) or match.group(2))
        if age <= 120:
            return age
    return None


def find_condition(text: str) -> Fact | None:
    """Give state and direction in one fact: "verward, te voet, richting het water"."""
    parts: list[tuple[str, Span]] = []
    for match in _CONDITION.finditer(text):
        if not any(match.group().casefold() == value.casefold() for value, _ in parts):
            parts.append((match.group(), Span(match.start(), match.end())))
    direction = find_direction(text)
    if direction is not None:
        parts.append((direction.value, Span(direction.start, direction.end)))
    if not parts:
        return None
    spans = _joined(text, [span for _, span in parts])
    return Fact("condition_direction", ", ".join(value for value, _ in parts), spans)


def find_direction(text: str) -> Found | None:
    """Give the way somebody or something went, as written, without a clock time behind it."""
    match = _DIRECTION.search(text)
    if match is None:
        return None
    value = re.sub(r"\s(?:om|rond|omstreeks)\s[0-9].*$", "", match.group()).rstrip()
    return Found(value, match.start(), match.start() + len(value))


def find_clothing(text: str) -> Found | None:
    """Give what somebody wears, one piece after the other: "donkerblauwe jas, beige broek"."""
    match = _WEARS.search(text)
    if match is None:
        return None
    found = _sentence(text, match.end())
    if found is None:
        return None
    value = _AND_GARMENT.sub(", ", found.value)
    return Found(_ARTICLE.sub("", value), found.start, found.end)


def find_appearance(text: str) -> Found | None:
    """Give what stands behind "Signalement:", as written, up to the end of its sentence."""
    match = _LOOKS.search(text)
    return None if match is None else _sentence(text, match.end())


def _sentence(text: str, start: int) -> Found | None:
    stop = _SENTENCE_END.search(text, start, min(len(text), start + 400))
    end = stop.start() if stop else min(len(text), start + 400)
    value = text[start:end].rstrip()
    flat = " ".join(value.split())
    return Found(flat, start, start + len(value)) if flat else None


def _without_lead(who: str, start: int) -> tuple[str, int]:
    words = who.split(" ")
    while words and words[0].casefold() in _NO_NAME and len(words[0]) > 0:
        if words[0].casefold() == "de" and len(words) > 1 and words[1] == "heer":
            break
        start += len(words[0]) + 1
        words.pop(0)
    return " ".join(words), start


def _joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Join stretches with nothing between them but "en" or a comma: one mark on the screen."""
    joined: list[Span] = []
    for span in sorted(spans, key=lambda one: one.start):
        between = text[joined[-1].end : span.start].strip(" ,") if joined else "-"
        if between in {"", "en"}:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return tuple(joined)
