"""Where two texts differ is found word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from console.domain.differences import LONGEST, differences

TEXTS = st.text(alphabet="ab .,\n", max_size=60)


def _marked(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


def test_only_the_words_that_differ_are_marked() -> None:
    mine = "De vrouw is opgehaald door familie. Dank voor het meekijken."
    theirs = "De vrouw is thuisgebracht door de wijkagent. Dank voor het meekijken."
    ours, other = differences(mine, theirs)
    assert _marked(mine, ours) == ["opgehaald", "familie"]
    assert _marked(theirs, other) == ["thuisgebracht", "de wijkagent"]


def test_equal_texts_have_no_marks_and_an_empty_one_marks_the_other() -> None:
    assert differences("Zelfde tekst.", "Zelfde tekst.") == ((), ())
    ours, other = differences("Alles", "")
    assert _marked("Alles", ours) == ["Alles"]
    assert other == ()


def test_a_very_long_text_is_not_compared() -> None:
    assert differences("a" * (LONGEST + 1), "b") == ((), ())


@given(TEXTS, TEXTS)
def test_what_is_not_marked_is_the_same_on_both_sides(mine: str, theirs: str) -> None:
    ours, other = differences(mine, theirs)
    assert _rest(mine, ours) == _rest(theirs, other)
    for text, spans in ((mine, ours), (theirs, other)):
        for start, end in spans:
            assert 0 <= start < end <= len(text)
            assert text[start:end].strip() == text[start:end]


def _rest(text: str, spans: tuple[tuple[int, int], ...]) -> str:
    left = [text]
    kept = ""
    place = 0
    for start, end in spans:
        kept += text[place:start]
        place = end
    kept += left[0][place:]
    return "".join(kept.split())
