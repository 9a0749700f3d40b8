"""Region profiles as data: lines, numbers and fixed answers per country (F56, seed 001 rec. 6).

A profile carries everything in an outgoing text that differs per country, so that no view,
template or guard rule holds a number or a closing line of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

URGENT_KINDS: Final = frozenset({"missing_person", "confused_person", "lookout"})
"""Kinds that always take the urgent closing line (screens.md, first paragraph)."""

NL_SIDECODES: Final = (
    "XX-99-99",
    "99-99-XX",
    "99-XX-99",
    "XX-99-XX",
    "XX-XX-99",
    "99-XX-XX",
    "99-XXX-9",
    "9-XXX-99",
    "XX-999-X",
    "X-999-XX",
    "XXX-99-X",
    "X-99-XXX",
    "9-XX-999",
    "999-XX-9",
)
"""The fourteen Dutch plate layouts, in order of sidecode; X is a letter, 9 a digit."""


@dataclass(frozen=True, slots=True)
class QuickAnswer:
    """A fixed text that an operator copies as it stands; passes the guard as `quick_answer`."""

    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class RegionProfile:
    """Everything of a country that reaches an outgoing text or steers the guard (F56)."""

    code: str
    name: str
    closing_general: str
    closing_urgent: str
    emergency_number: str
    other_number: str | None
    service_numbers: frozenset[str]
    """Numbers, digits only, that may stand in any text."""
    service_prefixes: tuple[str, ...]
    """First digits of ten-digit numbers that belong to organisations, not to people."""
    municipal_prefix: str | None
    """Short code in front of an area code that reaches a municipality ("14" in 14 070)."""
    country_code: str
    national_lengths: tuple[int, ...]
    """Lengths of national phone numbers, leading zero included."""
    short_area_codes: frozenset[str]
    """Area codes of two digits that may stand apart in front of a phone number."""
    plate_layouts: tuple[str, ...]
    header_word: str
    training_word: str
    quick_answers: Mapping[str, QuickAnswer]

    @property
    def closing_lines(self) -> tuple[str, ...]:
        """Every closing line of this region, each once."""
        return tuple(dict.fromkeys((self.closing_general, self.closing_urgent)))

    def closing_line(self, *, urgent: bool) -> str:
        """The one line that a text of this urgency must end with."""
        return self.closing_urgent if urgent else self.closing_general


def is_urgent(kind: str, *, from_running_action: bool = False) -> bool:
    """Whether a text takes the urgent line: by kind, or because a Burgernet action runs."""
    return from_running_action or kind in URGENT_KINDS


def _answers(*answers: QuickAnswer) -> Mapping[str, QuickAnswer]:
    return MappingProxyType({answer.key: answer for answer in answers})


NETHERLANDS: Final = RegionProfile(
    code="NL",
    name="Nederland",
    closing_general=("Ziet u iets? Bel 112. Geen spoed? Bel 0900-8844. Reageer niet via WhatsApp."),
    closing_urgent=(
        "Ziet u dit? Bel direct 112. Andere tips: 0900-8844. Reageer niet via WhatsApp."
    ),
    emergency_number="112",
    other_number="0900-8844",
    service_numbers=frozenset({"112", "09008844", "08006070", "08007000", "08000113", "08002000"}),
    service_prefixes=("088",),
    municipal_prefix="14",
    country_code="31",
    national_lengths=(10,),
    short_area_codes=frozenset({"06"}),
    plate_layouts=NL_SIDECODES,
    header_word="POLITIE",
    training_word="OEFENING",
    quick_answers=_answers(
        QuickAnswer(
            "call_emergency_first",
            "112 is niet gebeld",
            "Is 112 al gebeld? Zo niet: bel nu 112 en vertel wat u ziet. "
            "Bellen gaat altijd voor appen. Blijf op afstand.",
        ),
        QuickAnswer(
            "not_urgent",
            "Geen spoed",
            "Dank voor uw bericht. Is er geen spoed? Bel dan 0900-8844. "
            "Gebeurt er iets? Bel direct 112.",
        ),
        QuickAnswer(
            "tips_by_phone",
            "Slotregel ontbrak in een bericht",
            "Aanvulling op ons bericht: bel bij tips 112 of 0900-8844. Reageer niet via WhatsApp.",
        ),
    ),
)

BELGIUM: Final = RegionProfile(
    code="BE",
    name="België",
    closing_general="Ziet u iets? Bel 101. Reageer niet via WhatsApp.",
    closing_urgent="Ziet u iets? Bel 101. Reageer niet via WhatsApp.",
    emergency_number="101",
    other_number=None,
    service_numbers=frozenset({"101", "112"}),
    service_prefixes=(),
    municipal_prefix=None,
    country_code="32",
    national_lengths=(9, 10),
    short_area_codes=frozenset({"02", "03", "04", "09", "06"}),
    plate_layouts=(*NL_SIDECODES, "9-XXX-999", "XXX-999"),
    header_word="POLITIE",
    training_word="OEFENING",
    quick_answers=_answers(
        QuickAnswer(
            "call_emergency_first",
            "101 is niet gebeld",
            "Is 101 al gebeld? Zo niet: bel nu 101 en vertel wat u ziet. "
            "Bellen gaat altijd voor appen. Blijf op afstand.",
        ),
        QuickAnswer(
            "not_urgent",
            "Geen spoed",
            "Dank voor uw bericht. Geen spoed? Neem contact op met uw lokale politie. "
            "Gebeurt er iets? Bel direct 101.",
        ),
        QuickAnswer(
            "tips_by_phone",
            "Slotregel ontbrak in een bericht",
            "Aanvulling op ons bericht: bel bij tips 101. Reageer niet via WhatsApp.",
        ),
    ),
)

REGIONS: Final[Mapping[str, RegionProfile]] = MappingProxyType(
    {profile.code: profile for profile in (NETHERLANDS, BELGIUM)}
)
"""Region profiles by ISO country code."""


def profile_named(name: str) -> RegionProfile:
    """Return the profile of a setting value (F56); the Dutch one for a name nobody knows."""
    return REGIONS.get(name.upper(), NETHERLANDS)
