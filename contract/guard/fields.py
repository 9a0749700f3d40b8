"""Fields of a template that nobody filled in, e-mail addresses and the training marker."""

from __future__ import annotations

import re
from typing import Final

from contract.guard.report import Span, joined

_BRACKETS: Final = re.compile(
    r"\[[^\[\]\n]*\]|\{\{[^{}\n]*\}\}|<[^\W\d_](?:[^<>\n]*[^<>\s])?>|<(?:…|\.{3})>"
)
_BRACES: Final = re.compile(r"\{\{|\}\}")
_RULES: Final = re.compile(r"_{3,}")
_DOTS: Final = re.compile(r"\.{3,}|…+")
_BEFORE_A_VALUE: Final = frozenset(" \t\n\r\u00a0:(=€\"'“‘")
_AFTER_A_VALUE: Final = frozenset(" \t\n\r\u00a0.,;:!?)\"'”’")
_LOCAL: Final = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]")
_DOMAIN: Final = re.compile(r"[^\W_](?:[^\W_]|-)*(?:\.[^\W_](?:[^\W_]|-)*)+")
_MAX_LOCAL: Final = 64
_MAX_DOMAIN: Final = 255


def find_unfilled_fields(text: str) -> list[Span]:
    """`[…]`, `{{…}}`, `<…>` round a word, three or more `_`, dots that stand for a value."""
    spans = [match.span() for match in _BRACKETS.finditer(text)]
    for pattern in (_BRACES, _RULES):
        spans += [match.span() for match in pattern.finditer(text)]
    spans += [match.span() for match in _DOTS.finditer(text) if _stands_alone(text, match)]
    spans.sort(key=lambda span: (span[0], -span[1]))
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    start, end = match.span()
    before = start == 0 or text[start - 1] in _BEFORE_A_VALUE
    after = end == len(text) or text[end] in _AFTER_A_VALUE
    return before and after


def find_emails(text: str) -> list[Span]:
    """E-mail addresses, also with spaces or words in the place of their signs."""
    return joined([*_tight_emails(text), *_loose_emails(text)])


_AT: Final = re.compile(
    r"[ ]?(?:@|[(\[{<][ ]?(?:at|@|apenstaart(?:je)?|apestaart(?:je)?)[ ]?[)\]}>])[ ]?"
    r"|[ ](?:at|apenstaart(?:je)?|apestaart(?:je)?)[ ]",
    re.IGNORECASE,
)
_DOT: Final = r"(?:[ ]?\.[ ]?|[ ]?[(\[{](?:dot|punt)[)\]}][ ]?|[ ](?:dot|punt)[ ])"
_LOOSE_DOMAIN: Final = re.compile(
    rf"[^\W_][\w-]{{0,62}}(?:{_DOT}[^\W_][\w-]{{0,62}}){{0,3}}?{_DOT}"
    r"(?:nl|com|be|de|eu|net|org|info|frl|amsterdam|uk|fr|email|online|me|nu)(?![^\W_])",
    re.IGNORECASE,
)
_OUR_OWN: Final = re.compile(r"(?:www\.)?politie\.nl(?![^\W_])", re.IGNORECASE)
_BEFORE_AN_AT: Final = re.compile(r"[\w.+-]{1,64}\Z")


def _loose_emails(text: str) -> list[Span]:
    """ "jan @ voorbeeld . nl", "jan(at)voorbeeld(punt)nl", "jan apenstaartje voorbeeld punt nl"."""
    spans: list[Span] = []
    for match in _AT.finditer(text):
        domain = _LOOSE_DOMAIN.match(text, match.end(), match.end() + _MAX_DOMAIN)
        if domain is None or _OUR_OWN.match(text, domain.start()):
            continue
        if domain.group()[-2:].istitle():
            # A full stop and the first word of the next sentence: "@ station. Nu …".
            continue
        name = _BEFORE_AN_AT.search(text, max(0, match.start() - _MAX_LOCAL), match.start())
        if name is not None:
            spans.append((name.start(), domain.end()))
    return spans


def _tight_emails(text: str) -> list[Span]:
    """From every "@" outward, as far as the signs and lengths allow."""
    spans: list[Span] = []
    at = text.find("@")
    floor = 0
    while at != -1:
        start = at
        while start > max(floor, at - _MAX_LOCAL) and _LOCAL.match(text, start - 1):
            start -= 1
        while start < at and text[start] in ".'*~":
            start += 1
        domain = _DOMAIN.match(text, at + 1, min(len(text), at + 1 + _MAX_DOMAIN))
        if start < at and domain is not None:
            spans.append((start, domain.end()))
            floor = domain.end()
            at = text.find("@", domain.end())
        else:
            at = text.find("@", at + 1)
    return spans


def find_training_marker(text: str, word: str, *, training: bool) -> list[Span]:
    """In training: (0, 0) when line one lacks the word; outside: every place it stands."""
    pattern = re.compile(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])")
    if training:
        line_one = re.split(r"[\n\r]", text, maxsplit=1)[0] if len(text) else ""
        return [] if pattern.search(line_one) else [(0, 0)]
    return [match.span() for match in pattern.finditer(text)]
