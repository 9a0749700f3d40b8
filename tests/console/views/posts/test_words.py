"""The words of posts, placements and groups, as the screens say them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from console.domain.directory import Candidate
from console.domain.post import Ledger, PlacementRow
from console.views.posts.entries import utf16
from console.views.posts.words import (
    candidate_spoken,
    confirmed_words,
    counts_words,
    delete_words,
    placement_spoken,
    placement_state,
    size_words,
    totals_words,
    wish_words,
)

NOW = datetime(2026, 3, 10, 15, 33, tzinfo=UTC)
GROUP = Candidate(
    "g1", "Beheerders Voorbeeld", "administrators", "Voorbeeld", "here",
    5, 6, 412, "direct", "", "acute_only", "", "", 34, True,
)  # fmt: skip
ROW = PlacementRow(
    "p1", "g1", "Beheerders Voorbeeld", 1, "direct", "", 6, 412, "placed",
    "2026-03-10T15:31:00.000Z", "Ruben Voorbeeld", "", "", "tekst",
)  # fmt: skip


def ledger(*rows: PlacementRow) -> Ledger:
    return Ledger(
        "post", "broadcast", "general", "Hek", False, "released", rows, "", "", "", "", "", "", ""
    )


@pytest.mark.parametrize(
    ("days", "words", "old"),
    [
        (None, "nooit bevestigd", True),
        (0, "vandaag bevestigd", False),
        (1, "bevestigd 1 dag geleden", False),
        (179, "bevestigd 179 dagen geleden", False),
        (180, "180 dagen niet bevestigd", True),
        (1204, "1.204 dagen niet bevestigd", True),
    ],
)
def test_a_card_is_old_from_180_days(days: int | None, words: str, old: bool) -> None:
    assert confirmed_words(days) == (words, old)


def test_totals_count_groups_administrators_and_members() -> None:
    assert totals_words([]) == "nog geen groep"
    assert totals_words([GROUP]) == "1 groep, 6 beheerders, ± 410 leden"
    assert totals_words([replace(GROUP, members=9, administrators=1)]) == (
        "1 groep, 1 beheerder, 9 leden"
    )


def test_a_group_says_its_size_and_its_wish_or_why_not() -> None:
    assert size_words(GROUP) == "5 groepen, 412 leden"
    assert size_words(replace(GROUP, groups=0)) == "412 leden"
    assert wish_words(GROUP) == "alleen acuut"
    quiet = replace(GROUP, quiet_from="22:00", quiet_until="07:00")
    assert wish_words(quiet) == "alleen acuut, stil van 22 tot 7 uur"
    assert wish_words(replace(GROUP, why_not="wil alleen acuut")) == "wil alleen acuut"


def test_a_group_to_choose_is_one_sentence() -> None:
    said = candidate_spoken(GROUP, ticked=True, by_hand=True)
    assert said == (
        "Aangevinkt, zelf gekozen. Beheerders Voorbeeld, direct, alleen acuut. "
        "5 groepen, 412 leden, bevestigd 34 dagen geleden."
    )


def test_a_placement_is_one_sentence_with_time_and_name() -> None:
    assert placement_spoken(ROW, 3) == "Groep 3, Beheerders Voorbeeld, geplaatst."
    assert placement_state(ROW, ledger(ROW), NOW) == "16:31, door Ruben Voorbeeld"
    unknown = replace(ROW, state="unknown")
    assert placement_state(unknown, ledger(unknown), NOW) == "Sinds 16:31, de desk viel uit"


def test_a_waiting_group_says_after_whom() -> None:
    waiting = replace(ROW, id="p2", position=2, state="pending")
    first = replace(ROW, state="copied")
    assert placement_state(waiting, ledger(first, waiting), NOW) == "aan de beurt na groep 1"
    assert placement_state(waiting, ledger(ROW, waiting), NOW) == "is nu aan de beurt"


def test_the_minutes_left_to_delete_run_out() -> None:
    assert delete_words(ROW, 60, NOW) == "wissen kan nog 58 min"
    assert delete_words(ROW, 1, NOW) == "wissen kan niet meer"
    assert delete_words(replace(ROW, state="copied"), 60, NOW) == ""


def test_counts_leave_out_what_is_nought() -> None:
    rows = (ROW, replace(ROW, id="p2", state="unknown"), replace(ROW, id="p3", state="copied"))
    assert counts_words(ledger(*rows)) == "1 geplaatst · 1 onbekend"


def test_places_are_counted_as_the_editor_counts() -> None:
    assert utf16("abc", 2) == 2
    assert utf16("a😀bc", 2) == 3
