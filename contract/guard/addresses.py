"""House numbers with a street or a postcode (security.md §5: capitals required).

A street is a capitalised word with a usual Dutch street ending, a name that opens with a
street word ("Laan van …"), or any capitalised name behind "aan de", "op het" and the like.
Numbers that count or measure something, years, times, ages and prices are no house numbers.
"""

from __future__ import annotations

import re
from typing import Final

from contract.guard.address_words import (
    COUNTED,
    HEADS_WITH_A_NUMBER,
    JOINING,
    LOOSE_ENDINGS,
    NAME_PARTS,
    NO_STREET,
    NUMBER_WORDS,
    PARTICLES,
    PLACE_WORDS,
    STREET_ENDINGS,
    STREET_TYPES,
    STRICT_ENDINGS,
    TITLES,
)
from contract.guard.plate_words import NOT_ON_A_PLATE
from contract.guard.report import Span, joined
from contract.guard.spelled import NUMBERS
from contract.guard.tokens import NO_BREAK, PAUSE, SENTENCE, Token

_SUFFIX: Final = re.compile(
    r"(?:[ \u00a0]?[-/–][ \u00a0]?\d{1,4}(?!\d|[.:]\d)(?!-\d))?"
    r"(?:[a-tv-zA-TV-Z](?![^\W_])|[ \u00a0][A-Z](?![^\W_])(?!\.[A-Za-z])|-[A-Za-z]{1,2}(?![^\W_])"
    r"|[ \u00a0-]?(?:bis|hs|rd|huis|zwart|rood|boven|hoog|II?I?|I?V|VI{1,3})(?![^\W_]))?"
    r"(?:-\d{1,3}(?![^\W_-]))?(?:[ ][1-9]-?hoog(?![^\W_]))?"
)
_MORE: Final = re.compile(
    r"(?:[ ]?,[ ]?|[ ](?:en|&|t/m|tot en met)[ ])[1-9][0-9]{0,3}[a-zA-Z]?(?![^\W_])(?![.:,/-]\d)"
    r"(?![ ]?[A-Z]{2}(?![^\W_]))"
)
_MOST_NUMBERS: Final = 8
_RANGE: Final = re.compile(r"[ ](?:tot|à|a|of)[ ][0-9]{1,4}(?![^\W_])")
_CLOSES_A_LINE: Final = re.compile(
    r"[a-zA-Z]?[ ]?(?:$|[.;)\r\n]|,[ ]?[1-9][0-9]{3}[ ]?[A-Z]{2}|[ ][1-9][0-9]{3}[ ]?[A-Z]{2})"
)
_NOT_A_HOUSE: Final = re.compile(
    r"[.:,]\d|[ \u00a0]?(?:%|€|°|:\d|-?\s?jarige)|[uUhH](?![^\W_])|[uUhH]\d"
)
_POSTCODE: Final = re.compile(
    r"(?<![^\W_])[1-9][0-9]{3}[ \u00a0]{0,2}(?P<letters>[A-Za-z]{2})(?![A-Za-z_])"
    r"(?:[ \u00a0]?,?[ \u00a0]?(?:-|nr\.?|no\.?|nummer|huisnummer|huisnr\.?|#)?[ \u00a0]?)"
    r"(?P<house>[1-9][0-9]{0,3})(?![0-9])"
)
_NUMBER_FIRST: Final = re.compile(
    r"(?<![^\W_])(?:huisnummer|huisnr\.?|nummer|nr\.?)[ ]?[1-9][0-9]{0,3}[a-zA-Z]?,?[ ]"
    r"(?:(?:in|bij|op|met)[ ])?(?:postcode[ ])?[1-9][0-9]{3}[ ]?[A-Z]{2}(?![^\W_])",
    re.IGNORECASE,
)
_A_NUMBER: Final = frozenset("nummer huisnummer nr huisnr nrs nummers".split())
_CALLED: Final = frozenset("101 112 113 144".split())
_NO_NAME_OF_A_STREET: Final = frozenset(
    "dit dat een uw ons onze mijn zijn haar hun die deze".split()
)
_SPACES_ONLY: Final = frozenset(" \u00a0\u202f\t")


def find_addresses(text: str, tokens: list[Token]) -> list[Span]:
    """Every street with house number and every postcode with house number."""
    found: list[Span] = []
    for at, token in enumerate(tokens):
        if at == 0:
            continue
        if token.low in NUMBERS and tokens[at - 1].low in _A_NUMBER:
            street = _street_before(text, tokens, at, has_letter=False)
            if street is not None:
                found.append((street, token.end))
        if not token.is_number:
            continue
        end = _house_end(text, tokens, at)
        if end is None:
            continue
        street = _street_before(text, tokens, at, has_letter=text[token.end : end].isalpha())
        if street is not None:
            found.append((street, _all_numbers(text, end)))
        elif tokens[at - 1].low in _A_NUMBER and token.text not in _CALLED:
            behind = _street_behind(tokens, at)
            if behind is not None:
                found.append((tokens[at - 1].start, behind))
    found += [match.span() for match in _NUMBER_FIRST.finditer(text)]
    for match in _POSTCODE.finditer(text):
        house = match.start("house")
        letters = match.group("letters")
        if not letters.isupper() and letters.lower() in NOT_ON_A_PLATE:
            continue
        if not _NOT_A_HOUSE.match(text, match.end()) and not _counts(text, match.end()):
            suffix = _SUFFIX.match(text, match.end())
            end = suffix.end() if suffix else match.end()
            if house > match.start():
                found.append((match.start(), end))
    return joined(found)


def _counts(text: str, end: int) -> bool:
    match = re.compile(r"[ \u00a0]?([^\W\d_]+)").match(text, end, end + 20)
    return match is not None and match.group(1).lower() in COUNTED


def _house_end(text: str, tokens: list[Token], at: int) -> int | None:
    """Where the house number at `at` ends with its addition; None when it is no house number."""
    token = tokens[at]
    number = token.text
    if len(number) > 4 or number[0] == "0" or (len(number) == 4 and number[:2] in {"19", "20"}):
        return None
    if _NOT_A_HOUSE.match(text, token.end):
        return None
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    if following is not None and following.low in COUNTED and following.before == NO_BREAK:
        is_letter = len(following.text) == 1 and following.text.isupper()
        if not is_letter and (following.gap == "-" or _SPACES_ONLY.issuperset(following.gap)):
            return None
    several = _RANGE.match(text, token.end)
    if several is not None and _counts(text, several.end()):
        return None
    match = _SUFFIX.match(text, token.end)
    return match.end() if match else token.end


def _all_numbers(text: str, end: int) -> int:
    """Where the last of several numbers of one street ends: "14, 16 en 18"."""
    for _ in range(_MOST_NUMBERS):
        match = _MORE.match(text, end)
        if match is None or _NOT_A_HOUSE.match(text, match.end()) or _counts(text, match.end()):
            break
        end = match.end()
    return end


def _street_behind(tokens: list[Token], at: int) -> int | None:
    """Where the street behind a number ends: "nummer 14 in de Kerkstraat"; None without one."""
    for place in range(at + 1, min(len(tokens), at + 7)):
        token = tokens[place]
        if token.before == SENTENCE or token.is_number:
            return None
        if token.is_capitalised and _has_ending(token, STREET_ENDINGS):
            return token.end
        if not (token.low in PARTICLES or token.is_capitalised):
            return None
    return None


def _street_before(text: str, tokens: list[Token], at: int, *, has_letter: bool) -> int | None:
    """Where the street in front of the number starts; None when there is none."""
    last = at - 1
    gap = tokens[at].gap
    named = False
    while last >= 0 and tokens[last].low in NUMBER_WORDS and at - last <= 5:
        named = named or tokens[last].low not in PLACE_WORDS
        gap = tokens[last].gap
        if tokens[last].before == SENTENCE:
            return None
        last -= 1
    if last < 0 or tokens[last].is_number or not _joins(gap, tokens[last], named=named):
        return None
    word = tokens[last]
    if word.low in PARTICLES or word.low in _NO_NAME_OF_A_STREET:
        return None
    start = _type_first(tokens, last)
    if start is not None:
        return tokens[start].start
    loose = gap.strip() not in {"", "."} or not gap or "\n" in gap
    if loose and not named and not _tight(text, tokens, at, gap):
        return None
    if _has_ending(word, STREET_ENDINGS) and (word.is_capitalised or _compound(tokens, last)):
        return tokens[_with_name_parts(tokens, last)].start
    if not word.is_capitalised:
        if _has_ending(word, STRICT_ENDINGS):
            return word.start
        at_place = last > 1 and tokens[last - 1].low in {"de", "het"}
        return word.start if at_place and _low_street(tokens, last) else None
    if word.low in HEADS_WITH_A_NUMBER or len(word.text) < 3 or word.low in NO_STREET:
        return None
    first = _with_name_parts(tokens, last)
    if _stands_at_a_place(tokens, first) or named:
        return tokens[first].start
    if has_letter and _has_ending(word, LOOSE_ENDINGS):
        return tokens[first].start
    return None


def _low_street(tokens: list[Token], last: int) -> bool:
    """Whether "dorpsweg" without a capital is a street: behind "aan de" it is."""
    return tokens[last - 2].low == "aan" and _has_ending(
        tokens[last], ("weg", "pad", "hof", "park")
    )


def _tight(text: str, tokens: list[Token], at: int, gap: str) -> bool:
    """Whether a number stands as a house number without a space before it, or alone on its line."""
    word = tokens[at - 1]
    if not word.is_capitalised and not _has_ending(word, STRICT_ENDINGS):
        return False
    if gap.strip() in {"", "-", "#"} and "\n" not in gap:
        return True
    return _CLOSES_A_LINE.match(text, tokens[at].end) is not None


def _joins(gap: str, word: Token, *, named: bool) -> bool:
    """Whether the number may belong to the word: spaces, or a comma in front of "nummer"."""
    if not gap or gap.strip() in {"#", "-", ","} or gap in {"\n", "\r\n"}:
        return _has_ending(word, STREET_ENDINGS) or (named and bool(gap))
    if _SPACES_ONLY.issuperset(gap):
        return True
    if named and gap.strip() in {",", "(", "-", "–", ""}:
        return True
    return gap.strip() == "." and word.low.endswith("str")


def _compound(tokens: list[Token], last: int) -> bool:
    """Whether the word is the second half of a hyphenated capitalised name."""
    return last > 0 and tokens[last].gap == "-" and tokens[last - 1].is_capitalised


def _has_ending(word: Token, endings: tuple[str, ...]) -> bool:
    low = word.low
    if low in NO_STREET or not low.endswith(endings):
        return False
    return low not in STREET_TYPES


def _type_first(tokens: list[Token], last: int) -> int | None:
    """The street word that opens a name such as "Laan van Meerdervoort"."""
    seen_particle = False
    for back in range(last, max(-1, last - 7), -1):
        token = tokens[back]
        if token.is_number:
            return None
        if token.low in STREET_TYPES and token.is_capitalised and back < last:
            if seen_particle or tokens[back + 1].is_capitalised:
                return back
        if token.low in PARTICLES:
            seen_particle = True
        elif not token.is_capitalised:
            return None
        if token.before != NO_BREAK:
            return None
    return None


def _with_name_parts(tokens: list[Token], last: int) -> int:
    """Back over the words that belong to the name: "Burgemeester van Dijk" + "straat"."""
    first = last
    for back in range(last - 1, max(-1, last - 6), -1):
        if tokens[back + 1].before != NO_BREAK:
            break
        token = tokens[back]
        opens_sentence = token.before == SENTENCE
        if opens_sentence and token.low in JOINING:
            if tokens[back + 1].low in {"der", "den"}:
                first = back
            break
        if back > 0 and tokens[back - 1].low in TITLES:
            break
        if token.low in NAME_PARTS and token.is_capitalised:
            first = back
        elif token.is_capitalised and not opens_sentence and token.low not in HEADS_WITH_A_NUMBER:
            first = back
        elif tokens[back + 1].gap == "-" and (token.is_capitalised or token.low == "s"):
            first = back
        elif token.low in PARTICLES and back > 0 and _particle_in_name(tokens, back):
            continue
        else:
            break
    return first


def _particle_in_name(tokens: list[Token], back: int) -> bool:
    """Whether "van" or "de" stands between two parts of a name, not in "aan de Kerkstraat"."""
    for at in range(back, max(0, back - 3), -1):
        if tokens[at].low not in JOINING or tokens[at].before != NO_BREAK:
            return False
        before = tokens[at - 1]
        if before.is_capitalised:
            return before.low in NAME_PARTS or before.before != SENTENCE
    return False


def _stands_at_a_place(tokens: list[Token], first: int) -> bool:
    """Whether the name follows "aan de", "op het", "adres" or "woont aan"."""
    if first == 0 or tokens[first].before == SENTENCE:
        return first > 0 and tokens[first - 1].low in {"adres", "woonadres"}
    before = tokens[first - 1]
    if before.low in {"adres", "woonadres"}:
        return True
    if tokens[first].before >= PAUSE:
        return False
    if before.low == "aan":
        return True
    article = before.low in {"de", "het", "den", "t"}
    return article and first > 1 and tokens[first - 2].low in {"aan", "op", "in", "hoogte", "bij"}
