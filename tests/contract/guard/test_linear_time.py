"""Hostile text costs time in proportion to its length (security.md §5, threat 3).

Processor time of one text is held against processor time of the same text eight times as long, in
one process: a rule that walks back and forth shows as a factor of 64. Nothing here is held against
a clock.
"""

import re
import time
from collections.abc import Callable

import pytest

from contract.guard import KINDS, RULES, check
from contract.guard.report import DESK_ONLY

SHORT, TIMES = 5_000, 8
LINEAR = 2.5 * TIMES
"""A factor above this is no longer proportion; square is `TIMES` squared."""

PIECES = {
    "iban": ("NL91 ABNA ", "N L 9 1 ", "NL"),
    "bsn": ("bsn 1", "111222333 ", "1 2 3 4 5 6 7 8 "),
    "phone_number": ("06 ", "0 ", "+31 6 ", "nul zes ", "06,1", "06\n1", "6 1", "wa.me/31"),
    "licence_plate": ("kenteken is ", "kenteken AB ", "B-MW ", "AB-12-", "0-0-"),
    "address": (
        "Laan van ",
        "1234 ab ",
        "nummer 14 in de ",
        "Kerkstraat 14, 16, ",
        "Aa-",
        "op 12 ",
    ),
    "name": ("de heer van de ", "verdachte: ", "Naam: ", "heet ", "Jan Testman "),
    "email": ("a@", "a.", "a at b ", "jan @ a . ", "a@b.c", "(at)"),
    "birth_date": ("12-03-", "geboren 12 ", "twaalf maart negentienhonderd", "maart 12, "),
    "initials_with_age": ("J. (3", "J K ", "J.K.", "J. K. van de ", "A. "),
    "sensitive_trait": ("getinte ", "niet ", "noord-"),
    "origin_only": ("getinte man ", "licht "),
    "appeal_to_act": ("volg, ", "houd hem ", "probeer hem te ", "u kunt hem niet "),
    "unfilled_field": ("[", "<a ", "{{", "___", "…", "..."),
    "training_marker": ("OEFENING ",),
    "closing_line_missing": ("Bel 112 ", "reageer ", "\n"),
    "too_long": ("a", "\u200b", "а", "０", "e\u0301", "1O", "👮🏽\u200d♀️"),
}
"""Per rule the openings of what it looks for, to be repeated without ever being completed."""


def cost(work: Callable[[], object], runs: int) -> float:
    """The least processor time of some runs, in seconds."""
    best = float("inf")
    for _ in range(runs):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def growth(work: Callable[[str], object], piece: str) -> float:
    """How many times as much work `TIMES` as much text is."""
    text = (piece * SHORT)[:SHORT]
    work(text)
    return cost(lambda: work(text * TIMES), 1) / cost(lambda: work(text), 3)


def test_every_rule_has_its_hostile_text() -> None:
    assert set(PIECES) == set(RULES) - DESK_ONLY


@pytest.mark.timeout(120)
@pytest.mark.parametrize("rule", PIECES)
def test_work_grows_with_the_length_of_a_hostile_text(rule: str) -> None:
    for piece in PIECES[rule]:
        factor = growth(lambda text: check(text, "warning"), piece)
        if factor > LINEAR:
            # Another program may have had the processor's caches; a real square stays one.
            factor = min(factor, growth(lambda text: check(text, "warning"), piece))
        assert factor <= LINEAR, (piece, round(factor))


@pytest.mark.timeout(120)
def test_a_text_of_400_kb_of_everything_gets_its_answer_for_every_kind() -> None:
    everything = "".join(piece * 20 for pieces in PIECES.values() for piece in pieces)
    text = everything * (400_000 // len(everything) + 1)
    assert len(text.encode()) >= 400_000
    assert check(text, "warning").of("too_long")
    shorter = text[: 400_000 // len(KINDS)]
    assert all(check(shorter, kind).of("too_long") for kind in KINDS)


def test_the_yardstick_sees_a_rule_that_walks_back_and_forth() -> None:
    pattern = re.compile("a+b")
    assert growth(pattern.search, "a") > LINEAR
