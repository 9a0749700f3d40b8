"""Findings with words and remedies, and when a person's answer lets one through."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from console.domain.findings import open_findings, remedied, summary, text_sha, to_findings
from console.domain.post import Finding
from console.domain.writing import list_title, subject_of, team_in_header
from contract.guard import check
from contract.region import NETHERLANDS

TODAY = date(2026, 3, 10)
CLOSING = "\n" + NETHERLANDS.closing_general


def findings(
    text: str,
    decisions: tuple[dict[str, Any], ...] = (),
    kind: str = "general",
    *,
    looked: str | None = None,
) -> tuple[Finding, ...]:
    report = check(text + CLOSING, kind, groups=1, today=TODAY)
    return to_findings(
        report, None, decisions=decisions, today=TODAY, training=False, looked=looked
    )


def answer(rule: str, text: str, **more: str) -> dict[str, str]:
    return {"rule": rule, "text_sha": text_sha(rule, text), "reason": "mag", "person": "a", **more}


def test_stops_come_first_as_f4_walks_through_them() -> None:
    found = findings("Stationsstraat 14. Houd hem vast.")
    assert [one.outcome for one in found] == ["stop", "warn"]
    assert summary(found) == "1 stop en 1 keer let op"


def test_a_reason_answers_a_warning_and_an_empty_one_does_not() -> None:
    text = "Stationsstraat 14"
    assert open_findings(findings(text, (answer("address", text),))) == ()
    assert open_findings(findings(text, ({**answer("address", text), "reason": " "},)))


def test_a_reason_never_answers_a_stop() -> None:
    one = findings("Houd hem vast.")[0]
    assert open_findings(findings("Houd hem vast.", (answer(one.rule, one.text),)))


@pytest.mark.parametrize("second", ["", "a"])
def test_a_number_of_a_person_needs_a_second_person_who_is_another(second: str) -> None:
    taken = answer("bsn", "111222333", second=second)
    assert open_findings(findings("nummer 111222333", (taken,)))
    assert not open_findings(findings("nummer 111222333", ({**taken, "second": "b"},)))


def test_a_second_person_answers_for_the_text_they_looked_at_alone() -> None:
    taken: dict[str, Any] = answer("bsn", "111222333", second="b")
    seen = {**taken, "proof": {"text": "this text"}}
    assert not open_findings(findings("nummer 111222333", (seen,), looked="this text"))
    assert open_findings(findings("nummer 111222333", (seen,), looked="another text"))
    assert open_findings(findings("nummer 111222333", (taken,), looked="this text"))


def test_one_reason_for_a_long_text_counts_in_every_group() -> None:
    long = "woord " * 200
    taken = answer("too_long", "wat er dan ook staat")
    assert open_findings(findings(long, (taken,))) == ()


def test_the_first_remedy_changes_the_field_and_nothing_else() -> None:
    value = "bij Stationsstraat 14 in het dorp"
    one = Finding("address", "warn", 0, 0, "", "", "", (), "plaats", 4, 21)
    made = remedied(value, one, region=NETHERLANDS, training=False, today=TODAY)
    assert made == "bij Stationsstraat in het dorp"


def test_a_remedy_without_a_span_in_the_field_changes_nothing() -> None:
    one = Finding("address", "warn", 0, 0, "", "", "", (), "plaats", 9, 4)
    assert remedied("kort", one, region=NETHERLANDS, training=False, today=TODAY) is None


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"wie": "de heer Voorbeeld, 78 jaar"}, "Vermiste man, Lagebrug"),
        ({"wie": "mevrouw Voorbeeld"}, "Vermiste vrouw, Lagebrug"),
        ({"wie": "een man of vrouw"}, "Vermiste persoon, Lagebrug"),
        ({}, "Vermiste persoon, Lagebrug"),
    ],
)
def test_a_title_in_a_list_never_holds_a_name(values: dict[str, str], title: str) -> None:
    made = list_title(
        "missing_person", values, first_field="wie", template_name="x", area_name="Lagebrug"
    )
    assert made == title


def test_a_title_goes_on_as_the_subject_of_a_feedback() -> None:
    assert subject_of("Vermiste man, Lagebrug") == "vermiste man, Lagebrug"
    assert subject_of("ATM in Lagebrug") == "ATM in Lagebrug"


@pytest.mark.parametrize(
    "name", ["Basisteam Wielderland", "Politie Basisteam Wielderland", "Wielderland"]
)
def test_the_header_says_the_team_without_the_word_team(name: str) -> None:
    assert team_in_header(name) == "Wielderland"
