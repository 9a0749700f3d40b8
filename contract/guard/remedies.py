"""The first remedy of a finding (Alt+1) as a pure change of the text (screens.md §7).

Every function gives the whole new text. Where the first remedy is no change of the text but
a place to go to, `apply_remedy` gives None.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from contract.guard.closing import is_altered, last_line, text_end
from contract.guard.dates import read_date
from contract.guard.plain import plain
from contract.guard.report import Finding
from contract.guard.spelled import NUMBERS
from contract.guard.words import age_words
from contract.region import NETHERLANDS, RegionProfile

_REMOVED: Final = frozenset(
    {"bsn", "iban", "phone_number", "email", "licence_plate", "name", "sensitive_trait"}
)
_HOUSE: Final = re.compile(
    r"[ ,(#:\n-]*(?:(?:op|bij|naast|tegenover|ter hoogte van|t\.h\.v\.)[ ]+)?"
    r"(?:huisnummers?|huisnr\.?|nummers?|nrs?\.?|no\.?)?[ ]*"
    rf"(?:#?\d|(?<=[ ])(?:{'|'.join(sorted(NUMBERS, key=len, reverse=True))})$)",
    re.IGNORECASE,
)
_POSTCODE: Final = re.compile(r"[1-9][0-9]{3}[ ]*[A-Za-z]{2}")
_NUMBER_FIRST: Final = re.compile(
    r"(?:huisnummer|huisnr\.?|nummer|nr\.?)[ ]?\d+[a-z]?,?[ ](?:(?:in|van|aan|op|bij|met)[ ])?"
    r"(?:postcode[ ])?",
    re.IGNORECASE,
)
_SENTENCE_STOP: Final = re.compile(r"[.!?…]+[\"'”’)]*(?=\s|$)|[\n\r]")
_BORN: Final = re.compile(
    r"[ ,(]*(?:geboren(?:[ ]op)?|geb\.?(?:[ ]op)?|geboortedatum|geb\.?[ ]?datum)[: ]*$",
    re.IGNORECASE,
)
_WORD_LIMIT: Final = 40


def apply_remedy(
    text: str,
    finding: Finding,
    *,
    region: RegionProfile = NETHERLANDS,
    urgent: bool = False,
    training: bool = False,
    today: dt.date | None = None,
) -> str | None:
    """The text after the first remedy; None when that remedy does not change the text.

    `finding` must come from a check of this very text (ValueError otherwise).
    """
    if text[finding.start : finding.end] != finding.text:
        raise ValueError("the finding does not belong to this text")
    rule = finding.rule
    if rule == "closing_line_missing":
        return restore_closing_line(text, region, urgent=urgent)
    if rule == "training_marker":
        if training:
            return f"{region.training_word} {text}"
        return remove_span(text, finding.start, finding.end)
    if rule == "appeal_to_act":
        return remove_sentence(text, finding.start, finding.end)
    if rule == "address":
        return drop_house_number(text, finding)
    if rule == "birth_date":
        return replace_birth_date(text, finding, today or dt.datetime.now(dt.UTC).date())
    if rule == "initials_with_age":
        return replace_initials(text, finding)
    if rule in _REMOVED:
        return remove_span(text, finding.start, finding.end)
    return None


def restore_closing_line(text: str, region: RegionProfile, *, urgent: bool) -> str:
    """The text with the fitting line as its last line, once; an altered line makes way."""
    wanted = region.closing_line(urgent=urgent)
    body = text[: text_end(text)]
    for line in region.closing_lines:
        while line in body:
            at = body.index(line)
            body = remove_span(body, at, at + len(line)).rstrip("\r\n")
    start, end = last_line(body)
    line = body[start:end]
    if (
        line
        and is_altered(line)
        and len(line) <= len(wanted) + _WORD_LIMIT
        and _resembles(line, wanted)
    ):
        body = body[:start].rstrip("\r\n")
    return f"{body}\n{wanted}" if body else wanted


def _resembles(line: str, wanted: str) -> bool:
    """Whether most words of the line come from the closing line: nothing else is lost."""
    words = re.findall(r"\w+", line.lower())
    known = set(re.findall(r"\w+", wanted.lower())) | {"0900", "8844", "geen", "spoed", "101"}
    return bool(words) and sum(word in known for word in words) * 3 >= len(words) * 2


def remove_span(text: str, start: int, end: int) -> str:
    """The text without the span; no double space and no space before a full stop remains."""
    before, after = text[:start], text[end:]
    opens_line = not before or before.endswith(("\n", "\r"))
    if opens_line:
        after = re.sub(r"^[ \t]*[:,-]?[ \t]+", "", after)
        if after.startswith("\n") and (not before or before.endswith("\n")):
            after = after[1:]
        return before + after
    if before.endswith("(") and after.startswith(")"):
        before, after = before[:-1], after[1:]
    if before.rstrip(" \t").endswith(",") and after.startswith(","):
        after = after[1:]
    if not after or after[0] in " \t\n\r.,;:!?)":
        before = before.rstrip(" \t")
    return before + after


def remove_sentence(text: str, start: int, end: int) -> str:
    """The text without the sentence that holds the span."""
    first = 0
    for match in _SENTENCE_STOP.finditer(text, 0, start):
        first = match.end()
    stop = _SENTENCE_STOP.search(text, end)
    last = len(text) if stop is None else stop.start() if stop.group() in "\n\r" else stop.end()
    while first < start and text[first] in " \t":
        first += 1
    return remove_span(text, first, last)


def drop_house_number(text: str, finding: Finding) -> str:
    """The street or postcode without its house number."""
    seen = plain(finding.text).text
    postcode, opening, house = _POSTCODE.match(seen), _NUMBER_FIRST.match(seen), _HOUSE.search(seen)
    if postcode is not None:
        kept = postcode.group()
    elif opening is not None:
        kept = seen[opening.end() :]
    else:
        kept = seen[: house.start()] if house is not None else ""
    if not kept:
        return remove_span(text, finding.start, finding.end)
    return text[: finding.start] + kept + text[finding.end :]


def replace_birth_date(text: str, finding: Finding, today: dt.date) -> str:
    """The age in place of the birth date; without a year date and "geboren op" both go."""
    born = _BORN.search(text, max(0, finding.start - _WORD_LIMIT), finding.start)
    start = finding.start if born is None else born.start()
    age = age_words(finding.text, today) if read_date(finding.text, today) else None
    if age is None:
        return remove_span(text, start, finding.end)
    before = text[:start]
    if born is not None and born.group().lstrip(" ").startswith("("):
        return f"{before} ({age}{text[finding.end :]}"
    comma = "," if born is not None and "," in born.group() else ""
    space = "" if not before or before[-1] in " \n(" else " "
    return f"{before}{comma}{space}{age}{text[finding.end :]}"


def replace_initials(text: str, finding: Finding) -> str:
    """ "een verdachte" in place of initials with an age, with a capital where a sentence starts."""
    before = text[: finding.start].rstrip()
    opens = not before or before[-1] in ".!?:" or text[: finding.start].endswith("\n")
    if re.search(r"\bverdachten?[ ]$", text[: finding.start], re.IGNORECASE):
        return remove_span(text, finding.start, finding.end)
    article = re.search(r"\b(?:de|een)[ ]$", text[: finding.start], re.IGNORECASE)
    if article is not None:
        return f"{text[: finding.start]}verdachte{text[finding.end :]}"
    words = "Een verdachte" if opens else "een verdachte"
    return f"{text[: finding.start]}{words}{text[finding.end :]}"
