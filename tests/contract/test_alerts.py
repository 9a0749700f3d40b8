"""One text is one action, whichever desk kept it and however it was copied."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from contract.alerts import SHORTEST, alert_id
from contract.op import Actor, Op, Record
from contract.rules import apply
from contract.vocabulary import OpStatus, Role

TEXT = "Burgernet Vermist persoon. Sinds 14:10 uur wordt de heer Voorbeeld (78) vermist."
ACTOR = Actor("person-1", frozenset({Role.OPERATOR}), "balie")
NOW = "2026-03-10T14:00:00.000Z"
BREAKS = st.sampled_from([" ", "\n", "\r\n", "  ", "\u00a0", "\t\n"])


def keep(text: str, record_id: str = "") -> Op:
    body = {
        "source": "burgernet_text",
        "text": text,
        "original": "eA==",
        "original_sha256": "0" * 64,
    }
    return Op("op-1", "create", "alert", record_id or alert_id(text), body, made_at=NOW)


@given(st.lists(BREAKS, min_size=len(TEXT.split()), max_size=len(TEXT.split())))
def test_other_breaks_and_spaces_make_no_other_action(breaks: list[str]) -> None:
    copied = "".join(word + gap for word, gap in zip(TEXT.split(), breaks, strict=True))
    assert alert_id(copied) == alert_id(TEXT)


def test_another_word_is_another_action_and_a_short_text_none() -> None:
    assert alert_id(TEXT) != alert_id(TEXT.replace("78", "79"))
    assert alert_id("x" * (SHORTEST - 1)) == ""


def test_the_second_desk_with_the_same_text_changes_nothing() -> None:
    first = Record("alert", alert_id(TEXT), 1, {**keep(TEXT).set, "state": "ended"}, seq=7)
    again = keep(TEXT.replace(". ", ".\r\n"))
    assert again.id == first.id
    assert apply(again, first, now=NOW, actor=ACTOR).status is OpStatus.NOOP


def test_the_same_id_with_another_text_is_still_refused() -> None:
    first = Record("alert", alert_id(TEXT), 1, dict(keep(TEXT).set), seq=7)
    other = keep(TEXT + " Ziet u hem? Bel 112.", alert_id(TEXT))
    assert apply(other, first, now=NOW, actor=ACTOR).code == "exists"
    gone = Record("alert", alert_id(TEXT), 2, {}, deleted=True, seq=8)
    assert apply(keep(TEXT), gone, now=NOW, actor=ACTOR).code == "exists"
