"""The Dutch words of the guard per rule: finding, explanation and remedies (screens.md §7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from contract.guard.dates import read_date
from contract.guard.report import Finding

RemedyAct = Literal[
    "apply", "field", "write", "reason", "second_person", "groups", "jump", "answer"
]
"""What a remedy does: change the text, go to a field, write oneself, give a reason, have a
colleague look, go to the groups, jump to a place in the text, or answer on another screen."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way out of a finding; the first is Alt+1, the second Alt+2."""

    act: RemedyAct
    label: str


@dataclass(frozen=True, slots=True)
class RuleWords:
    """Title (with "Stop" or "Let op"), one explaining sentence, and the remedies in order."""

    title: str
    explanation: str
    remedies: tuple[Remedy, ...] = field(default=())


_REASON: Final = Remedy("reason", "Geef reden…")
_REMOVE: Final = Remedy("apply", "Haal weg")
_COLLEAGUE: Final = Remedy("second_person", "Laat collega meekijken…")
_TO_FIELD: Final = Remedy("field", "Ga naar het veld")

DESCRIPTION_ORDER: Final = (
    "gedrag",
    "plaats en richting",
    "kleding",
    "bouw en leeftijd",
    "voertuig",
)
"""What a description tells, in this order; origin and skin colour are not in it (F29)."""

DESCRIBE: Final = (
    f"Beschrijf in deze volgorde: {', '.join(DESCRIPTION_ORDER[:-1])} en {DESCRIPTION_ORDER[-1]}."
)
"""The writing hint under a finding about origin, belief or health."""

WORDS: Final[Mapping[str, RuleWords]] = MappingProxyType(
    {
        "closing_line_missing": RuleWords(
            "Stop: de slotregel ontbreekt of is veranderd",
            "Elk bericht eindigt met wie men belt. Die regel staat vast.",
            (Remedy("apply", "Zet de slotregel terug"),),
        ),
        "unfilled_field": RuleWords(
            "Stop: “{text}” is nog niet ingevuld",
            "Vul het veld in of haal het weg.",
            (_TO_FIELD,),
        ),
        "appeal_to_act": RuleWords(
            "Stop: u vraagt mensen om zelf op te treden",
            "Vraag alleen om op te letten en te bellen.",
            (Remedy("apply", "Haal zin weg"), Remedy("write", "Schrijf zelf")),
        ),
        "training_marker": RuleWords(
            "Stop: oefentekst buiten de oefening",
            "Een oefentekst mag nooit naar een echte groep.",
            (_REMOVE,),
        ),
        "bsn": RuleWords(
            "Stop: dit lijkt een burgerservicenummer",
            "Zo een nummer hoort nooit in een groep.",
            (_REMOVE, _COLLEAGUE),
        ),
        "iban": RuleWords(
            "Stop: dit lijkt een rekeningnummer",
            "Zo een nummer hoort nooit in een groep.",
            (_REMOVE, _COLLEAGUE),
        ),
        "origin_only": RuleWords(
            "Stop: alleen afkomst of huidskleur is geen signalement",
            DESCRIBE,
            (Remedy("write", "Beschrijf gedrag en kleding"),),
        ),
        "sensitive_trait": RuleWords(
            "Let op: dit gaat over afkomst, geloof, gezondheid of geaardheid",
            DESCRIBE,
            (_REMOVE, _REASON),
        ),
        "name": RuleWords(
            "Let op: een naam mag alleen bij vermissing, met toestemming",
            "Zonder naam is het bericht meestal net zo duidelijk.",
            (Remedy("apply", "Haal naam weg"), Remedy("reason", "Geen persoon, geef reden…")),
        ),
        "phone_number": RuleWords(
            "Let op: telefoonnummer van iemand",
            "Laat mensen 112 of het nummer van de politie bellen.",
            (_REMOVE, _REASON),
        ),
        "email": RuleWords(
            "Let op: e-mailadres van iemand",
            "Laat mensen bellen en niet mailen.",
            (_REMOVE, _REASON),
        ),
        "licence_plate": RuleWords(
            "Let op: een kenteken mag alleen in een zoekbericht",
            "Merk, soort en kleur zijn hier genoeg.",
            (_REMOVE, _REASON),
        ),
        "address": RuleWords(
            "Let op: huisnummer bij een straat",
            "De straat is genoeg.",
            (Remedy("apply", "Laat nummer weg"), _REASON),
        ),
        "birth_date": RuleWords(
            "Let op: geboortedatum. Leeftijd is genoeg",
            "Met een geboortedatum is iemand te herleiden.",
            (Remedy("apply", "Maak er “{age}” van"), _REASON),
        ),
        "initials_with_age": RuleWords(
            "Let op: voorletters met leeftijd zijn te herleiden",
            "Ook een collega moet hiernaar kijken.",
            (Remedy("apply", "Maak er “een verdachte” van"), _REASON),
        ),
        "too_long": RuleWords(
            "Let op: dit past niet op één scherm van een telefoon",
            "Houd het kort: dan leest iedereen het einde ook.",
            (Remedy("jump", "Ga naar de langste alinea"), _REASON),
        ),
        "no_groups": RuleWords(
            "Stop: er is geen groep gekozen",
            "Kies eerst wie dit krijgt.",
            (Remedy("groups", "Ga naar de groepen"),),
        ),
        "action_ended": RuleWords(
            "Stop: de actie is beëindigd",
            "Plaats alleen nog de afloop. Beëindigd is niet hetzelfde als gevonden.",
            (Remedy("answer", "Schrijf de afloop"),),
        ),
        "action_unknown": RuleWords(
            "Let op: de status van de actie is onbekend",
            "Kijk of de actie nog loopt.",
            (Remedy("answer", "Zeg wat u ziet"), _REASON),
        ),
        "consent_missing": RuleWords(
            "Stop: er staat niet wie toestemming gaf",
            "Een vermissing plaatst u alleen met toestemming.",
            (_TO_FIELD,),
        ),
    }
)
"""Words per rule; `{text}` and `{age}` are filled by `words_for`."""

TRAINING_MARKER_ABSENT: Final = RuleWords(
    "Stop: het woord OEFENING ontbreekt in de eerste regel",
    "Elke oefentekst begint met dat woord.",
    (Remedy("apply", "Zet OEFENING ervoor"),),
)
"""The same rule turned round, in training."""

_MAX_QUOTE: Final = 40


def words_for(
    finding: Finding, *, today: dt.date, training: bool = False, since: str = ""
) -> RuleWords:
    """The words for one finding, its own text and age filled in.

    `today` makes an age out of a birth date, `since` is a time as the screen shows it and
    goes behind "onbekend" ("16:29").
    """
    if finding.rule == "training_marker" and training:
        return TRAINING_MARKER_ABSENT
    words = WORDS[finding.rule]
    if finding.rule == "action_unknown" and since:
        return RuleWords(
            f"Let op: status onbekend sinds {since}", words.explanation, words.remedies
        )
    if finding.rule == "unfilled_field":
        text = finding.text if len(finding.text) <= _MAX_QUOTE else finding.text[:_MAX_QUOTE] + "…"
        title = words.title.replace("{text}", text)
        return RuleWords(title, words.explanation, words.remedies)
    if finding.rule == "birth_date":
        age = age_words(finding.text, today)
        label = words.remedies[0].label.replace("{age}", age) if age else "Haal weg"
        remedies = (Remedy("apply", label), *words.remedies[1:])
        return RuleWords(words.title, words.explanation, remedies)
    return words


def age_words(date_text: str, today: dt.date) -> str | None:
    """A birth date as an age ("78 jaar"); None when the text gives no year of the past."""
    date = read_date(date_text, today)
    age = date.age_at(today) if date is not None else None
    return None if age is None else f"{age} jaar"
