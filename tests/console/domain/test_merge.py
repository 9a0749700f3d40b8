"""Two texts that began as one are put together word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.differences import LONGEST
from console.domain.merge import Merged, merge
from console.domain.word_match import MOST_CHANGES, shared, words

TEXTS = st.text(alphabet="ab .\n", max_size=40)


def test_what_only_one_of_them_changed_is_taken_over() -> None:
    found = merge(
        "Rode fiets zonder slot bij de kerk.",
        "Rode fiets met kapot slot bij de kerk.",
        "Blauwe fiets zonder slot bij de kerk.",
    )
    assert found == Merged("Blauwe fiets met kapot slot bij de kerk.")


def test_words_that_both_changed_stand_side_by_side_and_stay_open() -> None:
    found = merge(
        "De vrouw is gezien. Dank.",
        "De vrouw is opgehaald door familie. Dank.",
        "De vrouw is thuisgebracht door de wijkagent. Dank.",
    )
    assert found.text.startswith("De vrouw is opgehaald")
    assert found.text.endswith(". Dank.")
    marked = [found.text[start:end] for start, end in found.open]
    assert marked[0].startswith("opgehaald")
    assert "thuisgebracht" in marked[0]


def test_a_text_one_of_them_emptied_is_still_a_question_where_the_other_wrote() -> None:
    found = merge("Een auto.", "", "Een blauwe auto.")
    assert "blauwe" in found.text


def test_very_long_texts_are_set_under_each_other() -> None:
    found = merge("a", "b" * (LONGEST + 1), "c")
    assert found.open == ((0, len(found.text)),)
    assert found.text.endswith("\n\nc")


@given(TEXTS, TEXTS)
def test_when_one_side_did_nothing_the_other_side_is_the_result(was: str, new: str) -> None:
    assert merge(was, new, was) == Merged(new)
    assert merge(was, was, new) == Merged(new)
    assert merge(was, new, new) == Merged(new)


@given(TEXTS.filter(bool), TEXTS, TEXTS)
def test_what_is_open_is_marked_in_order_and_does_not_depend_on_who_is_who(
    was: str, mine: str, theirs: str
) -> None:
    found = merge(was, mine, theirs)
    place = 0
    for start, end in found.open:
        assert place <= start < end <= len(found.text)
        place = end
    if not found.open:
        assert merge(was, theirs, mine).open == ()


@given(TEXTS, TEXTS)
def test_shared_words_are_equal_and_in_order(first: str, second: str) -> None:
    a, b = words(first), words(second)
    assert "".join(a) == first
    at = (0, 0)
    for x, y, size in shared(a, b):
        assert x >= at[0]
        assert y >= at[1]
        assert size > 0
        assert a[x : x + size] == b[y : y + size]
        at = (x + size, y + size)


@given(TEXTS, TEXTS)
def test_nothing_longer_is_shared_than_what_is_found(first: str, second: str) -> None:
    a, b = words(first), words(second)
    assert sum(size for _, _, size in shared(a, b)) == _longest(a, b)


def test_texts_with_too_many_changes_share_only_their_ends() -> None:
    many = MOST_CHANGES + 5
    first = ["begin", *[f"a{n}" for n in range(many)], "x", "slot"]
    second = ["begin", *[f"b{n}" for n in range(many)], "x", "y", "slot"]
    assert shared(first, second) == [(0, 0, 1), (many + 2, many + 3, 1)]


def _longest(a: list[str], b: list[str]) -> int:
    row = [0] * (len(b) + 1)
    for one in a:
        new = [0]
        for place, other in enumerate(b, start=1):
            best = row[place - 1] + 1 if one == other else max(row[place], new[-1])
            new.append(best)
        row = new
    return row[-1]


def test_without_the_text_they_began_from_no_word_gets_lost() -> None:
    found = merge("", "Een rode auto rijdt weg.", "Een auto rijdt hard weg.")
    assert found == Merged("Een rode auto rijdt hard weg.")
