"""Names of people, and initials with an age (security.md §5)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from contract.guard.address_words import HEADS_WITH_A_NUMBER, STREET_ENDINGS
from contract.guard.report import Span, joined
from contract.guard.tokens import NO_BREAK, SENTENCE, Token, fold, tokenise
from contract.guard.trait_words import (
    BELIEF,
    FEATURES,
    NEAR_ORIGIN,
    ORIGIN_ADJECTIVES,
    ORIGIN_NOUNS,
    PERSONS,
    SKIN_COLOURS,
)

_TITLES: Final = frozenset(
    "mevrouw meneer mevr mvr mej mejuffrouw dhr hr mw mijnheer heer heren dames echtpaar".split()
)
_CALLINGS: Final = frozenset(
    """
    familie fam buurman buurvrouw buurmeisje buurjongen dokter dr drs juf juffrouw meester pastoor
    dominee imam coach trainer
    """.split()
)
"""Words in front of a name that open the name of a street as well."""
_PARTS: Final = frozenset("verdachte vermiste dader slachtoffer".split())
"""Parts in an event; a name behind one has two words, or "de" stands before it."""
_CALLED: Final = frozenset("heet heette heten genaamd genoemd".split())
_NO_FIRST: Final = frozenset("de het een in op aan s bin".split())
_HAS_A_NAME: Final = frozenset(
    """
    hond kat poes kater paard pony vogel papegaai actie school basisschool plein straat laan weg
    groep app boot schip winkel cafe restaurant bedrijf pand wijk buurt project dorp stad plaats
    park camping hotel bar zaak club vereniging stichting site website bericht
    """.split()
)
"""What may be called something without being a person: "de hond heet Bello"."""
_ACADEMIC: Final = frozenset("dr drs mr ir ing prof".split())
_PARTICLES: Final = frozenset(
    "van de der den het t ten ter te el al la le du da di von zu ben bin s in op aan".split()
)
_MAX_NAME_WORDS: Final = 6
_IN_FRONT: Final = _TITLES | _CALLINGS | _ACADEMIC | _PARTS | {"de", "het"}
_OF_NOBODY: Final = (
    HEADS_WITH_A_NUMBER
    | SKIN_COLOURS
    | PERSONS
    | FEATURES
    | ORIGIN_ADJECTIVES
    | ORIGIN_NOUNS
    | NEAR_ORIGIN
    | BELIEF
)
_NO_NAME: Final = frozenset(
    """
    u ziet bel wij de het een is heeft wordt in op let politie reageer gaat wilt kunt vermist
    signalement oefening onbekend en of die dat met is op als na onze uw zie
    situatie situaties situation onderzoek omstandigheden aanwezigheid gezocht gevraagd
    """.split()
)
_INITIALS: Final = (
    r"(?<![^\W_])[A-Z]\.?(?:[ ]?[A-Z]\.?){0,4}"
    r"(?:[ ](?:van|de|der|den|ten|ter|el|al|von|te|het|v\.d\.|v\.|vd)){0,3}(?:[ ][A-Z]\.?(?![^\W_]))?"
)
_AGE_BEHIND: Final = (
    r"[ \u00a0]?(?:"
    r",?[ \u00a0]?\([ ]?(?:leeftijd[ ])?\d{1,3}(?:[ ]?(?:jaar|jr\.?|j\.?))?(?:[ ]?,[^()\n]{0,40})?[ ]?\)"
    r"|,?[ \u00a0]?(?:van[ ])?\d{1,3}[ \u00a0-]?(?:jaar|jr\b|jarige)"
    r"|,[ ]\d{2}(?=,)"
    r"|(?:[ ]?uit[ ][A-Z][^\W\d_]{1,30})[ ]?,?[ ]?(?:\(\d{1,3}\)|\d{1,3}[ ]jaar))"
)
_INITIALS_AGE: Final = re.compile(_INITIALS + _AGE_BEHIND)
_AGE_INITIALS: Final = re.compile(
    r"(?<![^\W_])\d{1,3}(?:[ \u00a0-]?jarige[nr]?|[ ]jaar oude|[ ]jaar,?)[ \u00a0]"
    r"(?:(?:man|vrouw|jongen|meisje|verdachte|inwoner),?[ ])?(?:[A-Z][^\W\d_]{1,20}[ ])?"
    r"[A-Z]\.(?:[ ]?[A-Z]\.){0,4}"
)

_LOOSE_INITIALS: Final = re.compile(r"(?<![^\W_])(?<!\.)[A-Z][ ][A-Z][ ]?\([1-9]\d\)")
"""Initials without dots, in front of an age in brackets."""
_NAME_AGE: Final = re.compile(
    r"(?<![^\W_])[A-Z][^\W\d_]{1,20}(?:[ ](?:van|de|der|den|ten|ter|el|al)){0,3}"
    r"[ ][A-Z][^\W\d_]{1,30}(?=[ ]?,?[ ]?\(?[1-9]\d?[ ]jaar)"
)
"""A name in front of an age in years: "Jan Testman (34 jaar)"."""


def find_initials_with_age(text: str) -> list[Span]:
    """Initials with an age beside them: "J.K. (34)", "J.K., 34 jaar", "34-jarige J.K."."""
    spans = [match.span() for match in _INITIALS_AGE.finditer(text) if match.group()[1] == "."]
    spans += [match.span() for match in _AGE_INITIALS.finditer(text)]
    spans += [match.span() for match in _LOOSE_INITIALS.finditer(text)]
    return joined(spans)


def find_names(
    text: str,
    tokens: list[Token],
    directory: Collection[str],
    allowed: Collection[str],
    taken: list[Span],
) -> list[Span]:
    """Names behind a title, and names of the directory; words of `taken` end a name.

    `allowed` holds words that were judged to be no person ("Van Gogh"); a name that is
    one of them, title apart, is passed over.
    """
    passed = {_key(term) for term in allowed}
    starts = {start for start, _ in taken}
    spans: list[Span] = []
    for at in range(len(tokens)):
        name = _behind_title(tokens, at, starts)
        if name is not None:
            first, end = name
            if text[end : end + 1] == "." and not text[end - 2 : end - 1].isalpha():
                # The full stop of a last initial belongs to the name.
                end += 1
            if (
                _key(text[first:end]) not in passed
                and _key(text[tokens[at].start : end]) not in passed
            ):
                spans.append((_title_start(text, tokens, at), end))
    for match in _NAME_AGE.finditer(text):
        opening = fold(match.group().split(" ", 1)[0])
        if opening not in _NO_NAME and _key(match.group()) not in passed:
            spans.append(match.span())
    known = _by_first_word(directory)
    if known:
        spans += _from_directory(text, tokens, known, passed)
    return joined(spans)


def without_title(name: str) -> str:
    """Return a found name without the words in front that only say that it is a person."""
    tokens = tokenise(name)
    at = 0
    while at < len(tokens) - 1 and tokens[at].low in _IN_FRONT:
        at += 1
    return name[tokens[at].start :] if tokens else name


def _key(term: str) -> str:
    return " ".join(token.low for token in tokenise(term))


def _title_start(text: str, tokens: list[Token], at: int) -> int:
    """The start of the title, "de" of "de heer" included; of a name alone its own start."""
    if tokens[at].low in _CALLED or tokens[at].low == "naam":
        after = at + 2 if tokens[at].low == "naam" and tokens[at + 1].low == "is" else at + 1
        return tokens[after].start
    if at > 0 and tokens[at - 1].low == "de" and tokens[at].low == "heer":
        return tokens[at - 1].start
    return tokens[at].start


def _behind_title(tokens: list[Token], at: int, starts: set[int]) -> Span | None:
    """Start and end of the capitalised words behind the title at `at`."""
    word = tokens[at]
    if word.low in _TITLES:
        return _name_at(tokens, at + 1, starts)
    if word.low in _CALLINGS:
        return _plain_name(tokens, at + 1, starts)
    if word.low in _PARTS:
        return _name_of_a_part(tokens, at, starts)
    if word.low in _CALLED:
        return None if _is_no_person(tokens, at) else _plain_name(tokens, at + 1, starts)
    if word.low == "naam" and at + 1 < len(tokens):
        after = tokens[at + 1]
        if after.low == "is" and after.before == NO_BREAK:
            return _plain_name(tokens, at + 2, starts)
        return _plain_name(tokens, at + 1, starts, colon=True) if _colon(after) else None
    return None


def _is_no_person(tokens: list[Token], at: int) -> bool:
    """Whether what is called something in this sentence is an animal, a place or a thing."""
    for back in range(at, max(0, at - 4), -1):
        if tokens[back].before == SENTENCE:
            return False
        if tokens[back - 1].low in _HAS_A_NAME:
            return True
    return False


def _colon(token: Token) -> bool:
    return token.gap.strip() == ":" and "\n" not in token.gap


def _is_street(tokens: list[Token], first: int, name: Span) -> bool:
    """Whether the words are a street that carries a name: "Pastoor Testmanstraat"."""
    last = first
    while last + 1 < len(tokens) and tokens[last + 1].end <= name[1]:
        last += 1
    return tokens[last].low.endswith(STREET_ENDINGS)


def _plain_name(
    tokens: list[Token], at: int, starts: set[int], *, colon: bool = False
) -> Span | None:
    """A name of which the first word is no article and the last no street."""
    if at >= len(tokens) or tokens[at].low in _NO_FIRST:
        return None
    name = _name_at(tokens, at, starts, colon=colon)
    return None if name is None or _is_street(tokens, at, name) else name


def _name_of_a_part(tokens: list[Token], at: int, starts: set[int]) -> Span | None:
    """A name behind "de verdachte" or "verdachte:"; no make of a car and no origin."""
    if at + 1 >= len(tokens):
        return None
    after = tokens[at + 1]
    name = _plain_name(tokens, at + 1, starts, colon=_colon(after))
    if name is None or after.text.isupper():
        return None
    words = {
        token.low for token in tokens[at + 1 : at + 1 + _MAX_NAME_WORDS] if token.end <= name[1]
    }
    if not words.isdisjoint(_OF_NOBODY):
        return None
    is_double = name[1] > after.end
    is_told = at > 0 and tokens[at - 1].low in {"de", "het"}
    return name if is_double or is_told or _colon(after) else None


def _name_at(tokens: list[Token], at: int, starts: set[int], *, colon: bool = False) -> Span | None:
    """Start and end of the capitalised words from `at` on, particles between them."""
    while at < len(tokens) and tokens[at].low in _ACADEMIC and _follows(tokens[at]):
        at += 1
    first = at
    last = -1
    while at < len(tokens) and at - first < _MAX_NAME_WORDS:
        if not _follows(tokens[at]) and not (colon and at == first):
            break
        token = tokens[at]
        if token.start in starts:
            break
        if token.is_capitalised:
            if token.low in _NO_NAME and last == -1 and token.low not in _PARTICLES:
                return None
            last = at
        elif token.low not in _PARTICLES:
            break
        at += 1
    while last >= first and len(tokens[last].text) > 1 and tokens[last].low in _PARTICLES:
        last -= 1
    if last < first:
        return None
    return tokens[first].start, tokens[last].end


def _follows(token: Token) -> bool:
    """Whether the word goes on with the words before it: no break, no line end."""
    return token.before == NO_BREAK and not token.is_number


def _by_first_word(names: Collection[str]) -> dict[str, list[list[str]]]:
    known: dict[str, list[list[str]]] = {}
    for name in names:
        words = [fold(token.text) for token in tokenise(name)]
        if words and sum(len(word) for word in words) >= 3:
            known.setdefault(words[0], []).append(words)
    return known


def _from_directory(
    text: str, tokens: list[Token], known: dict[str, list[list[str]]], passed: set[str]
) -> list[Span]:
    spans: list[Span] = []
    for at, token in enumerate(tokens):
        best = 0
        for words in known.get(token.low, ()):
            here = [token.low, *(after.low for after in tokens[at + 1 : at + len(words)])]
            if here == words and len(words) > best and token.is_capitalised:
                best = len(words)
        if best:
            span = (token.start, tokens[at + best - 1].end)
            if _key(text[span[0] : span[1]]) not in passed:
                spans.append(span)
    return spans
