"""What kind of report a message seems to be: a proposal on screen, for a person to correct (F59)."""

from __future__ import annotations

import re

from contract.vocabulary import Category

_LONGEST = 2_000
_WORDS: tuple[tuple[Category, re.Pattern[str]], ...] = (
    (
        Category.VEHICLE,
        re.compile(
            r"\b(?:auto|bus|busje|bestelbus|bestelauto|scooter|brommer|motor|fatbike|kenteken|"
            r"aanhanger|vrachtwagen|voertuig|wagen)s?\b"
        ),
    ),
    (
        Category.PERSONS,
        re.compile(
            r"\b(?:mannen|vrouwen|jongens|meisjes|mensen|jongeren|personen|jeugd|kinderen|"
            r"groepje|groep\s+\w+)\b"
        ),
    ),
    (
        Category.PERSON,
        re.compile(r"\b(?:man|vrouw|jongen|meisje|persoon|kind|iemand|hij|zij|jongeman)\b"),
    ),
)


def proposed_category(text: str) -> Category:
    """Return the kind of the first word that says one; surroundings where none does.

    Only the first 2,000 characters are looked at.
    """
    low = text[:_LONGEST].lower()
    found = [
        (match.start(), order, category)
        for order, (category, pattern) in enumerate(_WORDS)
        if (match := pattern.search(low))
    ]
    return min(found)[2] if found else Category.SURROUNDINGS
