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
from contract.guard.report import Span
from contract.guard.tokens import NO_BREAK, PAUSE, SENTENCE, Token

_SUFFIX: Final = re.compile(
    r"(?:[ \u00a0]?[-/–][ \u00a0]?\d{1,4}(?!\d|[.:]\d)(?!-\d))?"
    r"(?:[a-tv-zA-TV-Z](?![^\W_])|[ \u00a0][A-Z](?![^\W_])(?!\.[A-Za-z])|-[A-Za-z]{1,2}(?![^\W_])"
    r"|[ \u00a0]?(?:bis|hs|rd|huis|zwart|rood|boven)(?![^\W_]))?"
)
_NOT_A_HOUSE: Final = re.compile(
    r"[.:,]\d|[ \u00a0]?(?:%|€|°|:\d|-?\s?jarige)|[uUhH](?![^\W_])|[uUhH]\d"
)
_POSTCODE: Final = re.compile(
    r"(?<![^\W_])[1-9][0-9]{3}[ \u00a0]{0,2}[A-Z]{2}(?![^\W_])"
    r"(?:[ \u00a0]?,?[ \u00a0]?(?:-|nr\.?|no\.?|nummer|huisnummer|huisnr\.?)?[ \u00a0]?)"
    r"(?P<house>[1-9][0-9]{0,3})(?![0-9])"
)
_SPACES_ONLY: Final = frozenset(" \u00a0\u202f\t")


def find_addresses(text: str, tokens: list[Token]) -> list[Span]:
    """Every street with house number and every postcode with house number."""
    found: list[Span] = []
    for at, token in enumerate(tokens):
        if not token.is_number or at == 0:
            continue
        end = _house_end(text, tokens, at)
        if end is None:
            continue
        street = _street_before(text, tokens, at, has_letter=text[token.end : end].isalpha())
        if street is not None:
            found.append((street, end))
    for match in _POSTCODE.finditer(text):
        house = match.start("house")
        if not _NOT_A_HOUSE.match(text, match.end()) and not _counts(text, match.end()):
            suffix = _SUFFIX.match(text, match.end())
            end = suffix.end() if suffix else match.end()
            if house > match.start():
                found.append((match.start(), end))
    return found


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
    match = _SUFFIX.match(text, token.end)
    return match.end() if match else token.end


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
    start = _type_first(tokens, last)
    if start is not None:
        return tokens[start].start
    if _has_ending(word, STREET_ENDINGS) and (word.is_capitalised or _compound(tokens, last)):
        return tokens[_with_name_parts(tokens, last)].start
    if not word.is_capitalised:
        return word.start if _has_ending(word, STRICT_ENDINGS) else None
    if word.low in HEADS_WITH_A_NUMBER or len(word.text) < 3 or word.low in NO_STREET:
        return None
    first = _with_name_parts(tokens, last)
    if _stands_at_a_place(tokens, first) or named:
        return tokens[first].start
    if has_letter and _has_ending(word, LOOSE_ENDINGS):
        return tokens[first].start
    return None


def _joins(gap: str, word: Token, *, named: bool) -> bool:
    """Whether the number may belong to the word: spaces, or a comma in front of "nummer"."""
    if not gap:
        return False
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
