"""Names of people, and initials with an age (security.md §5)."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from contract.guard.report import Span, joined
from contract.guard.tokens import NO_BREAK, Token, fold, tokenise

_TITLES: Final = frozenset("mevrouw meneer mevr dhr mw mijnheer".split())
_ACADEMIC: Final = frozenset("dr drs mr ir ing prof".split())
_PARTICLES: Final = frozenset(
    "van de der den het t ten ter te el al la le du da di von zu ben bin s in op aan".split()
)
_MAX_NAME_WORDS: Final = 6
_NO_NAME: Final = frozenset(
    """
    u ziet bel wij de het een is heeft wordt in op let politie reageer gaat wilt kunt vermist
    signalement oefening
    """.split()
)
_INITIALS: Final = (
    r"(?<![^\W_])[A-Z]\.?(?:[ ]?[A-Z]\.?){0,4}"
    r"(?:[ ](?:van|de|der|den|ten|ter|el|al|von|te|het)){0,3}(?:[ ][A-Z]\.?(?![^\W_]))?"
)
_AGE_BEHIND: Final = (
    r"[ \u00a0]?(?:"
    r",?[ \u00a0]?\([ ]?(?:leeftijd[ ])?\d{1,3}(?:[ ]?(?:jaar|jr\.?|j\.?))?(?:[ ]?,[^()\n]{0,40})?[ ]?\)"
    r"|,?[ \u00a0]?(?:van[ ])?\d{1,3}[ \u00a0-]?(?:jaar|jr\b|jarige)"
    r"|(?:[ ]?uit[ ][A-Z][^\W\d_]{1,30})[ ]?,?[ ]?(?:\(\d{1,3}\)|\d{1,3}[ ]jaar))"
)
_INITIALS_AGE: Final = re.compile(_INITIALS + _AGE_BEHIND)
_AGE_INITIALS: Final = re.compile(
    r"(?<![^\W_])\d{1,3}(?:[ \u00a0-]?jarige[nr]?|[ ]jaar oude|[ ]jaar,?)[ \u00a0]"
    r"(?:(?:man|vrouw|jongen|meisje|verdachte|inwoner)[ ])?"
    r"[A-Z]\.(?:[ ]?[A-Z]\.){0,4}"
)


def find_initials_with_age(text: str) -> list[Span]:
    """Initials with an age beside them: "J.K. (34)", "J.K., 34 jaar", "34-jarige J.K."."""
    spans = [match.span() for match in _INITIALS_AGE.finditer(text) if match.group()[1] == "."]
    spans += [match.span() for match in _AGE_INITIALS.finditer(text)]
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
            if (
                _key(text[first:end]) not in passed
                and _key(text[tokens[at].start : end]) not in passed
            ):
                spans.append((_title_start(text, tokens, at), end))
    known = _by_first_word(directory)
    if known:
        spans += _from_directory(text, tokens, known, passed)
    return joined(spans)


def _key(term: str) -> str:
    return " ".join(token.low for token in tokenise(term))


def _title_start(text: str, tokens: list[Token], at: int) -> int:
    """The start of the title, "de" of "de heer" included."""
    if at > 0 and tokens[at - 1].low == "de" and tokens[at].low == "heer":
        return tokens[at - 1].start
    return tokens[at].start


def _behind_title(tokens: list[Token], at: int, starts: set[int]) -> Span | None:
    """Start and end of the capitalised words behind the title at `at`."""
    word = tokens[at]
    is_heer = word.low == "heer" and at > 0 and tokens[at - 1].low in {"de", "den"}
    if not is_heer and word.low not in _TITLES:
        return None
    at += 1
    while at < len(tokens) and tokens[at].low in _ACADEMIC and _follows(tokens[at]):
        at += 1
    first = at
    last = -1
    while at < len(tokens) and at - first < _MAX_NAME_WORDS and _follows(tokens[at]):
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
    end = tokens[last].end
    if len(tokens[last].text) == 1 and last + 1 < len(tokens) and tokens[last + 1].gap[:1] == ".":
        end += 1
    return tokens[first].start, end


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
