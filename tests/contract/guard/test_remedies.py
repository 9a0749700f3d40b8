"""Alt+1 on a finding: the new text, and the words the screen shows (screens.md §7)."""

import datetime as dt

import pytest

from contract.guard import DESK_ONLY, RULES, Finding, check
from contract.guard.cases import load_cases
from contract.guard.remedies import apply_remedy, restore_closing_line
from contract.guard.words import TRAINING_MARKER_ABSENT, WORDS, words_for
from contract.region import NETHERLANDS

TODAY = dt.date(2026, 11, 21)
GENERAL = NETHERLANDS.closing_general
URGENT = NETHERLANDS.closing_urgent


def remedied(body: str, rule: str, kind: str = "warning") -> str:
    text = f"{body}\n{GENERAL}"
    finding = check(text, kind, today=TODAY).of(rule)[0]
    changed = apply_remedy(text, finding, today=TODAY)
    assert changed is not None
    assert changed.endswith(f"\n{GENERAL}")
    return changed.removesuffix(f"\n{GENERAL}")


@pytest.mark.parametrize(
    ("rule", "body", "after"),
    [
        ("phone_number", "Bel de buurman op 06 12 34 56 78.", "Bel de buurman op."),
        ("phone_number", "Bel (06-12345678) nu.", "Bel nu."),
        ("email", "Mail jan@voorbeeld.nl vandaag.", "Mail vandaag."),
        ("bsn", "Nummer 123456782, niet delen.", "Nummer, niet delen."),
        ("iban", "Naar NL91 ABNA 0417 1643 00 niet.", "Naar niet."),
        ("licence_plate", "Een auto, E-000-OA, reed weg.", "Een auto, reed weg."),
        ("name", "Wij zoeken mevrouw Testman vandaag.", "Wij zoeken vandaag."),
        ("sensitive_trait", "Een getinte man met rode jas.", "Een man met rode jas."),
        ("address", "Inbraak Stationsstraat 14.", "Inbraak Stationsstraat."),
        ("address", "Inbraak Havenkade 12-14 vannacht.", "Inbraak Havenkade vannacht."),
        ("address", "Inbraak Elzenlaan nr. 22b.", "Inbraak Elzenlaan."),
        ("address", "Inbraak bij 1234 AB 12.", "Inbraak bij 1234 AB."),
        ("birth_date", "Een man, geboren op 12-03-1948, is weg.", "Een man, 78 jaar, is weg."),
        ("birth_date", "Iemand van 12 december 1948.", "Iemand van 77 jaar."),
        ("birth_date", "Een man (geboren 12-03-1948) is weg.", "Een man (78 jaar) is weg."),
        (
            "initials_with_age",
            "De verdachte J.K. (34) zit vast.",
            "De verdachte zit vast.",
        ),
        ("initials_with_age", "Wij hielden J.K. (34) aan.", "Wij hielden een verdachte aan."),
        ("initials_with_age", "J.K. (34) zit vast.", "Een verdachte zit vast."),
        ("appeal_to_act", "Let op. Houd hem vast. Bel 112.", "Let op. Bel 112."),
        ("appeal_to_act", "Let op.\nVolg de auto en bel.\nRode jas.", "Let op.\nRode jas."),
        ("training_marker", "OEFENING - Let op.", "Let op."),
    ],
)
def test_the_first_remedy_leaves_a_text_that_reads(rule: str, body: str, after: str) -> None:
    assert remedied(body, rule) == after


@pytest.mark.parametrize("urgent", [True, False])
@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("Let op.", "Let op."),
        ("Let op.\n", "Let op."),
        (f"Let op.\n{GENERAL} ", "Let op."),
        (f"Let op.\n{URGENT}", "Let op."),
        (f"{GENERAL}\nLet op.", "Let op."),
        (f"{URGENT}\nLet op.\n{GENERAL}", "Let op."),
        ("Let op.\nZiet u iets? Bel 112.", "Let op."),
        ("Let op.\nRode jas, blauwe broek. Bel 112 als u deze man ziet.",) * 2,
        ("", ""),
    ],
)
def test_the_closing_line_comes_back_once_and_nothing_else_is_lost(
    text: str, body: str, urgent: bool
) -> None:
    line = NETHERLANDS.closing_line(urgent=urgent)
    restored = restore_closing_line(text, NETHERLANDS, urgent=urgent)
    assert restored == (f"{body}\n{line}" if body else line)
    assert not check(restored, "general", urgent=urgent).of("closing_line_missing")


def test_in_training_the_word_is_put_in_front() -> None:
    text = f"Let op.\n{GENERAL}"
    finding = check(text, "warning", training=True).of("training_marker")[0]
    assert apply_remedy(text, finding, training=True) == f"OEFENING {text}"
    assert words_for(finding, today=TODAY, training=True) == TRAINING_MARKER_ABSENT


@pytest.mark.parametrize("rule", ["unfilled_field", "origin_only", "too_long", *sorted(DESK_ONLY)])
def test_a_remedy_that_is_a_place_to_go_changes_no_text(rule: str) -> None:
    finding = Finding(rule, RULES[rule], 0, 0, "")
    assert apply_remedy("Let op.", finding) is None


def test_a_finding_of_another_text_is_refused() -> None:
    with pytest.raises(ValueError, match="does not belong"):
        apply_remedy("Let op.", Finding("email", "warn", 0, 3, "a@b"))


REMOVABLE = sorted(set(RULES) - DESK_ONLY - {"unfilled_field", "origin_only", "too_long"})


def test_every_remedy_settles_its_own_finding() -> None:
    stays = []
    for case in load_cases():
        text = f"{case.text}\n{GENERAL}"
        report = check(text, case.kind, today=TODAY)
        for finding in report.findings:
            changed = apply_remedy(text, finding, today=TODAY)
            if changed is None:
                assert finding.rule not in REMOVABLE
                continue
            left = check(changed, case.kind, today=TODAY).of(finding.rule)
            if len(left) >= len(report.of(finding.rule)):
                stays.append((finding, changed))
    assert not stays


def test_every_rule_has_its_words_and_stop_or_let_op_fits_the_outcome() -> None:
    assert set(WORDS) == set(RULES)
    for rule, words in WORDS.items():
        opening = "Stop: " if RULES[rule] == "stop" else "Let op: "
        assert words.title.startswith(opening), rule
        assert words.remedies, rule
        for sentence in (words.title, words.explanation):
            assert "!" not in sentence
            assert "helaas" not in sentence.lower()
            assert "succesvol" not in sentence.lower()


def test_words_carry_the_text_the_age_and_the_time() -> None:
    field = Finding("unfilled_field", "stop", 0, 8, "[plaats]")
    assert words_for(field, today=TODAY).title == "Stop: “[plaats]” is nog niet ingevuld"
    date = Finding("birth_date", "warn", 0, 10, "12-03-1948")
    assert words_for(date, today=TODAY).remedies[0].label == "Maak er “78 jaar” van"
    no_year = Finding("birth_date", "warn", 0, 8, "12 maart")
    assert words_for(no_year, today=TODAY).remedies[0].label == "Haal weg"
    unknown = Finding("action_unknown", "warn", 0, 0, "")
    title = words_for(unknown, today=TODAY, since="16:29").title
    assert title == "Let op: status onbekend sinds 16:29"


def test_a_finding_about_origin_says_in_what_order_to_describe() -> None:
    order = "gedrag, plaats en richting, kleding, bouw en leeftijd en voertuig"
    for rule in ("sensitive_trait", "origin_only"):
        assert order in WORDS[rule].explanation
    wanted = "Een getinte man fietste weg in de richting van het park. Rode jas, fors postuur."
    report = check(f"{wanted}\n{GENERAL}", "warning", today=TODAY)
    assert not report.of("origin_only"), "described in that order, origin is not the only feature"
