"""The telephone lines that a message asks people to call, as written (formats.md §1c)."""

from __future__ import annotations

import re

from contract.reading.span import Found, unique

_EMERGENCY = re.compile(r"(?<![\w.,:/+-])(?:112|101|144)(?![\w:/-]|[.,][0-9])")
_SERVICE = re.compile(r"(?<![\w+.-])0(?:800|900|906|909|88)(?:[ -]?[0-9]){4,7}(?![\w-])")
_ORDINARY = re.compile(r"(?<![\w+.-])(?:\+3[12]|0031|0032|0)(?:\(0\))?(?:[ -]?[0-9]){8,9}(?![\w-])")
_MUNICIPAL = re.compile(r"(?<![\w+.-])14[ -]?0[0-9]{2,3}(?![\w-])")
_CALL = re.compile(
    r"\b(?:bel(?:t|len)?|gebeld|tel(?:efoon)?(?:nummer)?|nummer|via|tips?|alarm\w{0,8}|meldkamer|"
    r"politie|of|en|spoed|direct|lijn)\W{1,4}(?:\w{1,12}\W{1,3}){0,4}$",
    re.I,
)
_AFTER_STREET = re.compile(
    r"\b\w*(?:straat|laan|weg|plein|kade|gracht|dijk|singel|hof|pad|dreef|steeg|park|route|"
    r"huisnummer|nummer|nr\.?|lijn|bus|kamer|lengte|maat)\s{1,2}$",
    re.I,
)
_UNIT = re.compile(
    r"^\s?(?:km|kilometer|meter|m\b|cm|mm|euro|jaar|kg|gram|procent|%|mensen|personen)", re.I
)
_LOOK_BACK = 60


def find_phone_lines(text: str) -> list[Found]:
    """Give the lines to call in the order of the text, each once and exactly as written.

    112, 101, 144 and the 0800, 0900, 088 and 14-0xx lines wherever they stand and cannot be a
    house number or a measure; any other number only after a word that asks to call it.
    """
    found = [
        _of(match)
        for match in _EMERGENCY.finditer(text)
        if not _AFTER_STREET.search(text[max(0, match.start() - _LOOK_BACK) : match.start()])
        and not _UNIT.search(text[match.end() : match.end() + 12])
    ]
    taken: list[Found] = [_of(match) for match in _SERVICE.finditer(text)]
    taken += [_of(match) for match in _MUNICIPAL.finditer(text)]
    for match in _ORDINARY.finditer(text):
        before = text[max(0, match.start() - _LOOK_BACK) : match.start()]
        inside = any(one.start < match.end() and match.start() < one.end for one in taken)
        if not inside and _CALL.search(before):
            taken.append(_of(match))
    return unique(found + taken)


def _of(match: re.Match[str]) -> Found:
    return Found(match.group(), match.start(), match.end())
