"""The guard itself: every rule over one text, once (F25, F26, F29, security.md §5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from contract.guard.accounts import find_bsn, find_iban
from contract.guard.addresses import find_addresses
from contract.guard.appeals import find_appeals
from contract.guard.closing import find_closing_line, last_line, text_end
from contract.guard.dates import find_birth_dates
from contract.guard.digits import chains
from contract.guard.fields import find_emails, find_training_marker, find_unfilled_fields
from contract.guard.people import find_initials_with_age, find_names
from contract.guard.phones import find_phone_numbers
from contract.guard.plain import plain
from contract.guard.plates import find_plates
from contract.guard.report import (
    KINDS,
    MAX_LENGTH,
    Report,
    Span,
    joined,
    make_report,
    settle_overlaps,
    without_overlap,
)
from contract.guard.spelled import find_spelled_phones
from contract.guard.tokens import Token, tokenise
from contract.guard.traits import find_origin_only, find_sensitive_traits
from contract.region import NETHERLANDS, RegionProfile

PLATE_KINDS = frozenset({"lookout", "missing_person"})
"""Kinds in which a licence plate is no finding."""

NAME_KINDS = frozenset({"missing_person"})
"""Kinds in which a name is no finding; the desk asks consent (F38)."""


def check(
    text: str,
    kind: str,
    *,
    training: bool = False,
    region: RegionProfile = NETHERLANDS,
    urgent: bool | None = None,
    directory_names: Collection[str] = (),
    allowed_terms: Collection[str] = (),
    groups: int | None = None,
    alert_state: str | None = None,
    consent: str | None = None,
    today: dt.date | None = None,
) -> Report:
    """Check one outgoing text; every span of every rule is reported, in order of position.

    `kind` is one of `KINDS` (ValueError otherwise). `urgent` asks for exactly the fitting
    closing line; None accepts any of the region's. `directory_names` are full names to
    find, `allowed_terms` names that were judged to be no person. The desk adds what it
    knows: the number of chosen `groups`, the `alert_state` of the action behind the text
    ("active", "ended", "unknown") and for a missing person the `consent` ("" = not given).
    Birth dates are judged against `today`, by default the date of the call.
    Offsets are in code points. The time asked grows with the length of the text.
    """
    if kind not in KINDS:
        raise ValueError(f"unknown kind of text: {kind!r}")
    read = plain(text)
    tokens = tokenise(read.text)
    spans = _personal_data(read.text, tokens, kind, region, (directory_names, allowed_terms))
    spans["unfilled_field"] = find_unfilled_fields(read.text)
    spans["email"] = find_emails(read.text)
    numbers = sorted([*spans["iban"], *spans["bsn"], *spans["phone_number"]])
    birth_dates = find_birth_dates(read.text, today or dt.datetime.now(dt.UTC).date())
    spans["birth_date"] = without_overlap(birth_dates, numbers)
    spans["initials_with_age"] = find_initials_with_age(read.text)
    spans["sensitive_trait"] = find_sensitive_traits(tokens, kind)
    without = _without_description(read.text, region)
    spans["origin_only"] = find_origin_only(read.text, tokens, without)
    spans["appeal_to_act"] = find_appeals(tokens)
    if not training:
        spans["training_marker"] = find_training_marker(
            read.text, region.training_word, training=False
        )
    spans = {rule: [read.back(span) for span in found] for rule, found in spans.items()}
    if training:
        spans["training_marker"] = find_training_marker(text, region.training_word, training=True)
    end = text_end(text)
    spans["too_long"] = [(MAX_LENGTH, end)] if end > MAX_LENGTH else []
    if kind != "quick_answer":
        spans["closing_line_missing"] = find_closing_line(text, region, urgent)
    for rule in _desk_rules(kind, groups, alert_state, consent):
        spans[rule] = [(0, 0)]
    return make_report(text, spans)


def _personal_data(
    text: str,
    tokens: list[Token],
    kind: str,
    region: RegionProfile,
    names: tuple[Collection[str], Collection[str]],
) -> dict[str, list[Span]]:
    """The rules whose spans may overlap, settled in their order."""
    groups = chains(text)
    directory_names, allowed_terms = names
    phones, services = find_phone_numbers(text, groups, region)
    ibans = find_iban(text)
    phones = joined([*phones, *find_spelled_phones(tokens)])
    numbers = joined([*phones, *services])
    addresses = find_addresses(text, tokens)
    spans = {
        "iban": ibans,
        "bsn": without_overlap(find_bsn(text, groups, region), numbers),
        "phone_number": phones,
        "licence_plate": find_plates(text, region) if kind not in PLATE_KINDS else [],
        "address": addresses,
        "name": [],
    }
    if kind not in NAME_KINDS:
        spans["name"] = find_names(text, tokens, directory_names, allowed_terms, addresses)
    return settle_overlaps(spans)


def _without_description(text: str, region: RegionProfile) -> list[Span]:
    """The parts of a text that describe nobody: the police header and the closing line."""
    parts: list[Span] = []
    first = text.find("\n")
    head = text[: first if first >= 0 else len(text)]
    if first >= 0 and (region.header_word in head or region.training_word in head):
        parts.append((0, first))
    start, end = last_line(text)
    if text[start:end] in region.closing_lines and start > 0:
        parts.append((start, end))
    return parts


def _desk_rules(
    kind: str, groups: int | None, alert_state: str | None, consent: str | None
) -> list[str]:
    """Rules about what the desk knows and the text does not say."""
    rules: list[str] = []
    if groups == 0:
        rules.append("no_groups")
    if alert_state == "ended":
        rules.append("action_ended")
    elif alert_state == "unknown":
        rules.append("action_unknown")
    if kind == "missing_person" and consent is not None and not consent.strip():
        rules.append("consent_missing")
    return rules
