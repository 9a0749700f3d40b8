"""Closing line, length, training marker, overlaps and what only the desk knows."""

import datetime as dt

import pytest

from contract.guard import KINDS, Report, check
from contract.region import BELGIUM, NETHERLANDS, is_urgent

GENERAL = NETHERLANDS.closing_general
URGENT = NETHERLANDS.closing_urgent


def spans(report: Report, rule: str) -> list[tuple[int, int]]:
    return [(finding.start, finding.end) for finding in report.of(rule)]


@pytest.mark.parametrize("line", [GENERAL, URGENT])
def test_either_dutch_line_is_fine_when_no_urgency_is_given(line: str) -> None:
    assert check(f"Let op.\n{line}", "warning").outcome == "fine"


@pytest.mark.parametrize("urgent", [True, False])
def test_with_an_urgency_only_the_fitting_line_is_fine(urgent: bool) -> None:
    right, wrong = (URGENT, GENERAL) if urgent else (GENERAL, URGENT)
    assert check(f"Let op.\n{right}", "warning", urgent=urgent).outcome == "fine"
    report = check(f"Let op.\n{wrong}", "warning", urgent=urgent)
    assert spans(report, "closing_line_missing") == [(8, 8 + len(wrong))]
    assert report.outcome == "stop"


def test_an_absent_line_stands_at_the_end_of_the_text() -> None:
    text = "Er is ingebroken 🚨."
    assert spans(check(text, "warning"), "closing_line_missing") == [(len(text), len(text))]
    assert spans(check("", "warning"), "closing_line_missing") == [(0, 0)]


@pytest.mark.parametrize(
    "line",
    [
        GENERAL + " ",
        " " + GENERAL,
        GENERAL.replace("112", "113"),
        GENERAL.rstrip("."),
        GENERAL.lower(),
        GENERAL.replace(" Reageer niet via WhatsApp.", ""),
        GENERAL.replace("-", "\u2011"),
        GENERAL.replace(" ", "\u00a0", 1),
        "Ziet u iets? Bel 112.",
        "Reageer niet via WhatsApp.",
        BELGIUM.closing_general,
        "Vannacht gezien. " + GENERAL,
        GENERAL + " Dank.",
        GENERAL + " " + GENERAL,
    ],
)
def test_an_altered_line_is_the_whole_last_line(line: str) -> None:
    text = f"Er is ingebroken.\n{line}"
    assert spans(check(text, "warning"), "closing_line_missing") == [(18, len(text))]


def test_a_closing_line_with_text_behind_it_counts_as_absent() -> None:
    text = f"{GENERAL}\nEr is ingebroken."
    assert spans(check(text, "warning"), "closing_line_missing") == [(len(text), len(text))]


def test_a_closing_line_that_stands_twice_is_reported_where_it_is_too_many() -> None:
    text = f"{URGENT}\nEr is ingebroken.\n{GENERAL}"
    assert spans(check(text, "warning"), "closing_line_missing") == [(0, len(URGENT))]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n"])
def test_line_ends_behind_the_closing_line_are_no_text(end: str) -> None:
    assert check(f"Let op.\n{GENERAL}{end}", "warning").outcome == "fine"
    assert check(f"Let op.\r\n{GENERAL}{end}", "warning").outcome == "fine"


def test_belgium_has_its_own_line_and_numbers() -> None:
    text = f"Let op. Bel 101.\n{BELGIUM.closing_general}"
    assert check(text, "warning", region=BELGIUM).outcome == "fine"
    assert check(text, "warning").outcome == "stop"
    assert check(f"Let op.\n{GENERAL}", "warning", region=BELGIUM).outcome == "stop"
    for number in ("0470 12 34 56", "02 123 45 67", "011 12 34 56", "+32 470 12 34 56"):
        text = f"Bel {number} nu.\n{BELGIUM.closing_general}"
        report = check(text, "warning", region=BELGIUM)
        assert [finding.text for finding in report.of("phone_number")] == [number]


def test_a_quick_answer_needs_no_closing_line_and_every_fixed_answer_is_fine() -> None:
    for region in (NETHERLANDS, BELGIUM):
        for answer in region.quick_answers.values():
            report = check(answer.text, "quick_answer", region=region)
            assert report.outcome == "fine", (answer.key, report.findings)


def test_urgency_follows_the_kind_or_a_running_action() -> None:
    assert {kind for kind in KINDS if is_urgent(kind)} == {
        "missing_person",
        "confused_person",
        "lookout",
    }
    assert is_urgent("warning", from_running_action=True)


def test_901_code_points_are_too_long_and_900_are_not() -> None:
    body = "🚨" * (900 - len(GENERAL) - 1)
    assert not check(f"{body}\n{GENERAL}", "warning").of("too_long")
    assert not check(f"{body}\n{GENERAL}\n", "warning").of("too_long")
    report = check(f"🚨{body}\n{GENERAL}", "warning")
    assert spans(report, "too_long") == [(900, 901)]
    assert report.outcome == "warn"


def test_the_training_marker_belongs_in_line_one_of_a_training_text_only() -> None:
    marked = f"OEFENING - Politie\nLet op. OEFENING\n{GENERAL}"
    assert check(marked, "warning", training=True).outcome == "fine"
    report = check(marked, "warning")
    assert [finding.text for finding in report.of("training_marker")] == ["OEFENING", "OEFENING"]
    assert report.outcome == "stop"
    for bare in (f"Let op.\nOEFENING\n{GENERAL}", f"\nOEFENING\n{GENERAL}", "", "BRANDOEFENING"):
        report = check(bare, "warning", training=True)
        assert spans(report, "training_marker") == [(0, 0)]
        assert report.outcome == "stop"


def test_the_desk_adds_what_it_knows() -> None:
    text = f"Let op.\n{GENERAL}"

    def rules(**known: object) -> list[str]:
        return [f.rule for f in check(text, "missing_person", **known).findings]  # type: ignore[arg-type]

    assert rules(groups=0) == ["no_groups"]
    assert rules(groups=3, alert_state="active", consent="via_control_room") == []
    assert rules(alert_state="ended") == ["action_ended"]
    assert rules(alert_state="unknown") == ["action_unknown"]
    assert rules(consent="") == ["consent_missing"]
    assert rules(consent=None) == []
    assert check(text, "warning", consent="").outcome == "fine"
    assert check(text, "warning", alert_state="unknown").outcome == "warn"


def test_names_of_the_directory_are_found_and_judged_terms_are_not() -> None:
    names = ("Ruben Voorbeeld", "Marit de Testman", "Vincent Straatnaam")
    text = f"Ruben Voorbeeld en Marit de Testman zagen Ruben.\n{GENERAL}"
    found = check(text, "warning", directory_names=names).of("name")
    assert [finding.text for finding in found] == ["Ruben Voorbeeld", "Marit de Testman"]
    judged = check(text, "warning", directory_names=names, allowed_terms=("ruben voorbeeld",))
    assert [finding.text for finding in judged.of("name")] == ["Marit de Testman"]
    assert not check(text, "missing_person", directory_names=names).findings
    titled = f"De heer Van Testpad is een plein.\n{GENERAL}"
    assert check(titled, "warning").of("name")
    assert not check(titled, "warning", allowed_terms=("Van Testpad",)).of("name")


def test_of_overlapping_spans_only_the_first_in_the_fixed_order_remains() -> None:
    text = f"NL91 ABNA 0417 1643 00\n{GENERAL}"
    assert [f.rule for f in check(text, "warning").findings] == ["iban"]
    text = f"Elzenlaan 22, 1234AB Testdam\n{GENERAL}"
    assert [f.rule for f in check(text, "warning").findings] == ["address"]


def test_a_birth_date_is_judged_against_the_day_of_the_check() -> None:
    text = f"Het gaat om iemand van 3-4-2012.\n{GENERAL}"
    assert not check(text, "warning", today=dt.date(2020, 1, 1)).findings
    assert check(text, "warning", today=dt.date(2026, 1, 1)).of("birth_date")


def test_an_unknown_kind_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="unknown kind"):
        check("Let op.", "forward")
