"""What holds for every text: no failure, true spans, one answer, no phone number missed."""

import datetime as dt
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from contract.guard import KINDS, RULES, check
from contract.guard.report import OVERLAP_ORDER
from contract.region import BELGIUM, NETHERLANDS

TODAY = dt.date(2026, 11, 21)

PIECES = [
    "06",
    "0031",
    "+31",
    "12345678",
    "NL91",
    "ABNA",
    "AB-12-CD",
    "Dorpsstraat",
    "Laan van",
    "12a",
    "1234 AB",
    "de heer",
    "mw.",
    "J.K.",
    "(34)",
    "geboren",
    "12-03-1948",
    "maart",
    "houd",
    "volg",
    "hem",
    "niet",
    "aan",
    "volgen",
    "u kunt",
    "getinte",
    "man",
    "OEFENING",
    "[",
    "]",
    "{{",
    "<",
    ">",
    "___",
    "…",
    "...",
    "@",
    ".nl",
    "\n",
    "\r",
    " ",
    "-",
    ".",
    ",",
    "🚨",
    "\u0301",
    "\u200b",
    "\u202e",
    "٣",
    "²",
    NETHERLANDS.closing_general,
]

TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
)


@given(
    text=TEXTS,
    kind=st.sampled_from(KINDS),
    training=st.booleans(),
    region=st.sampled_from([NETHERLANDS, BELGIUM]),
)
def test_every_text_gets_an_answer_with_true_spans(
    text: str, kind: str, training: bool, region: object
) -> None:
    assert region in (NETHERLANDS, BELGIUM)
    options = {"training": training, "region": region, "today": TODAY}
    report = check(text, kind, **options)  # type: ignore[arg-type]
    for finding in report.findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.text == text[finding.start : finding.end]
        assert finding.outcome == RULES[finding.rule]
    places = [(finding.start, finding.end) for finding in report.findings]
    assert places == sorted(places)
    outcomes = {finding.outcome for finding in report.findings}
    worst = "stop" if "stop" in outcomes else "warn" if "warn" in outcomes else "fine"
    assert report.outcome == worst
    assert report == check(text, kind, **options)  # type: ignore[arg-type]


@given(text=TEXTS)
def test_no_two_findings_of_the_ordered_rules_overlap(text: str) -> None:
    findings = [f for f in check(text, "warning", today=TODAY).findings if f.rule in OVERLAP_ORDER]
    for left, right in pairwise(findings):
        assert left.end <= right.start


PROSE = st.text(alphabet="abcdeghijklmnprstuvwz ABCDEHKLM.,!?\n", max_size=120)
PHONES = st.sampled_from(
    [
        "06 12 34 56 78",
        "0612345678",
        "06-12345678",
        "06.12.34.56.78",
        "+31 6 1234 5678",
        "+31612345678",
        "0031612345678",
        "0031 6 12345678",
        "(070) 123 45 67",
        "070-1234567",
        "06\u00a012345678",
        "+31 (0)6 12345678",
        "06-1-2-3-4-5-6-7-8",
    ]
)


@given(before=PROSE, number=PHONES, after=PROSE, again=st.booleans())
def test_a_phone_number_anywhere_in_plain_prose_is_found(
    before: str, number: str, after: str, again: bool
) -> None:
    text = f"{before}{number}{after}"
    count = 1
    if again:
        text += f" {number}"
        count = 2
    found = check(text, "warning", today=TODAY).of("phone_number")
    assert [finding.text for finding in found] == [number] * count
    assert found[0].start == len(before)


@given(text=st.text(alphabet="0123456789 .-+()/", max_size=80))
def test_digits_in_any_shape_never_fail(text: str) -> None:
    assert check(text, "general", today=TODAY).of("closing_line_missing")
