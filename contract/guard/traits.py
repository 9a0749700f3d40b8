"""Origin, belief, health and orientation; origin as the only feature (security.md §5, F29)."""

from __future__ import annotations

import re
from typing import Final

from contract.guard.report import Span, joined
from contract.guard.tokens import NO_BREAK, SENTENCE, Token
from contract.guard.trait_words import (
    BELIEF,
    FEATURES,
    HEALTH,
    NEAR_HEALTH,
    NEAR_ORIGIN,
    ORIENTATION,
    ORIGIN_ADJECTIVES,
    ORIGIN_NOUNS,
    ORIGIN_WORDS,
    PERSONS,
    SKIN_COLOURS,
    SKIN_NOUNS,
    THINGS_WITH_ORIGIN,
)

HEALTH_KINDS: Final = frozenset({"missing_person", "confused_person"})
"""Kinds in which words about health are fine: they may save somebody."""

_SHADES: Final = frozenset(
    "donker licht lichte donkere zeer noord zuid oost west midden niet".split()
)
_SUCH: Final = frozenset(
    "jonge oude oudere lange kleine forse slanke grote dunne dikke magere".split()
)
_ORIGIN_LABELS: Final = frozenset(
    "uiterlijk afkomst komaf nationaliteit roots achtergrond accent type uitziend uitziende herkomst".split()
)
_BEFORE_A_TRAIT: Final = frozenset(
    "is zijn waarschijnlijk vermoedelijk mogelijk signalement uiterlijk lijkt oogt afkomst was waren".split()
)
_COUNTRY_BEFORE: Final = frozenset("naar in uit richting via grens".split())
_TWO_SENSES: Final = frozenset("pool turk indo moor".split())
_HEIGHT: Final = re.compile(r"(?<!\d)[12][.,]\d{2}(?!\d)")


def find_origin(tokens: list[Token]) -> list[Span]:
    """Words that tell a person's origin or skin colour, each with its shade in front."""
    return joined(
        [
            (tokens[_with_shade(tokens, at)].start, tokens[at].end)
            for at in range(len(tokens))
            if _is_origin(tokens, at)
        ]
    )


def find_sensitive_traits(tokens: list[Token], kind: str) -> list[Span]:
    """Every word about origin, belief, orientation and, where not allowed, health."""
    spans = find_origin(tokens)
    skip_health = kind in HEALTH_KINDS
    for at, token in enumerate(tokens):
        low = token.low
        if low in BELIEF:
            if _next_low(tokens, at) not in THINGS_WITH_ORIGIN:
                spans.append((token.start, token.end))
        elif low in ORIENTATION or (not skip_health and _is_health(tokens, at)):
            spans.append((token.start, token.end))
    return sorted(set(spans))


def _is_health(tokens: list[Token], at: int) -> bool:
    low = tokens[at].low
    return low in HEALTH or (low in NEAR_HEALTH and _next_low(tokens, at) in PERSONS)


def find_origin_only(text: str, tokens: list[Token], ignore: list[Span]) -> list[Span]:
    """Origin words when nothing else tells how somebody looks, moves or acts.

    `ignore` holds the parts that describe nobody: the header line and the closing line.
    A place or a time does not make a description; age, build, clothing, vehicle, direction
    and behaviour do.
    """
    origin = [at for at in range(len(tokens)) if _is_origin(tokens, at)]
    if not origin or not any(_is_about_somebody(tokens, at) for at in origin):
        return []
    taken = set(origin)
    for at in origin:
        taken.update(range(_with_shade(tokens, at), at))
    part = 0
    for at, token in enumerate(tokens):
        while part < len(ignore) and ignore[part][1] <= token.start:
            part += 1
        if part < len(ignore) and ignore[part][0] <= token.start:
            continue
        if at not in taken and token.low in FEATURES and not _is_empty_feature(tokens, at):
            return []
    if _HEIGHT.search(text):
        return []
    return joined(
        [
            (tokens[_with_shade(tokens, at)].start, tokens[_person_behind(tokens, at)].end)
            for at in origin
            if _is_about_somebody(tokens, at)
        ]
    )


def _is_empty_feature(tokens: list[Token], at: int) -> bool:
    """Whether the word describes nobody here: "jaar" without a number, "naar" alone."""
    low = tokens[at].low
    if low in {"naar", "zich", "vragen", "vraagt", "plastic", "bus", "staat", "zit", "doet"}:
        return True
    if low == "jaar":
        return at == 0 or not tokens[at - 1].is_number
    return low == "haar" and _next_low(tokens, at) in PERSONS


def _next_low(tokens: list[Token], at: int) -> str:
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return following.low if following is not None and following.before == NO_BREAK else ""


def _with_shade(tokens: list[Token], at: int) -> int:
    """Back to "licht", "Noord-" and the like in front of the word."""
    first = at
    while first > 0 and tokens[first].before == NO_BREAK and tokens[first - 1].low in _SHADES:
        if tokens[first - 1].low == "niet" and tokens[first].gap != "-":
            break
        first -= 1
    return first


def _is_origin(tokens: list[Token], at: int) -> bool:
    token = tokens[at]
    low = token.low
    if low in ORIGIN_WORDS:
        return not (low == "blank" and _next_low(tokens, at) not in PERSONS | {"", "uiterlijk"})
    if low in ORIGIN_NOUNS and not (low in ORIGIN_ADJECTIVES or low in NEAR_ORIGIN):
        if low in _TWO_SENSES:
            return token.is_capitalised and token.before != SENTENCE
        previous = tokens[at - 1].low if at else ""
        return previous not in _COUNTRY_BEFORE or low.endswith(("er", "ers"))
    if low in ORIGIN_ADJECTIVES:
        return _next_low(tokens, at) not in THINGS_WITH_ORIGIN
    if low in NEAR_ORIGIN:
        return _person_near(tokens, at)
    if low in SKIN_COLOURS:
        return _is_skin(tokens, at)
    return False


def _is_skin(tokens: list[Token], at: int) -> bool:
    """Whether a colour speaks of skin: "donkere man", "zwarte jonge vrouw", "lichte huid"."""
    if _next_low(tokens, at) in SKIN_NOUNS:
        return True
    ahead = at
    while _next_low(tokens, ahead) in _SUCH:
        ahead += 1
    if _next_low(tokens, ahead) in PERSONS:
        return True
    previous = [before.low for before in tokens[max(0, at - 2) : at]]
    return bool(previous) and (
        previous[-1] in {"huidskleur", "huid", "huidtint"} or "huidskleur" in previous
    )


def _person_near(tokens: list[Token], at: int) -> bool:
    ahead = at
    for _ in range(2):
        low = _next_low(tokens, ahead)
        if low in PERSONS or low in _ORIGIN_LABELS:
            return True
        if low not in _SUCH:
            return False
        ahead += 1
    return False


def _is_about_somebody(tokens: list[Token], at: int) -> bool:
    """Whether the origin word tells about a person and not about a language or a thing."""
    low = tokens[at].low
    if low in ORIGIN_NOUNS or low in ORIGIN_WORDS or low in SKIN_COLOURS:
        return True
    near = tokens[max(0, at - 6) : at + 5]
    return any(
        token.low in PERSONS or token.low in _ORIGIN_LABELS or token.low in _BEFORE_A_TRAIT
        for token in near
    )


def _person_behind(tokens: list[Token], at: int) -> int:
    """The word for a person or the label right behind the origin word, else the word itself."""
    ahead = at
    while _next_low(tokens, ahead) in _SUCH:
        ahead += 1
    following = _next_low(tokens, ahead)
    return ahead + 1 if following in PERSONS | _ORIGIN_LABELS | SKIN_NOUNS else at
