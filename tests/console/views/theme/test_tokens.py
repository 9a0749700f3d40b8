"""Colours: every pair that design/screens §2 names keeps its contrast."""

from __future__ import annotations

from dataclasses import fields

import pytest

from console.views.theme.tokens import DARK, LIGHT, Tokens, contrast, luminance

TEXT = 4.5
SHAPE = 3.0

# (foreground, background, ratio that is asked): the worst surfaces where the pair is used.
GROUNDS = ("bg", "surface", "sunken", "raised", "rail", "hover", "sel", "sel2")
"""What lies under running text: panes, popups, rows at rest, under the pointer, chosen."""

TINTS = ("redtint", "ambertint", "greentint", "traintint")

PAIRS = [
    # Text in every row and pane, at rest, under the pointer and chosen; bands and chips.
    *[(ink, ground, TEXT) for ink in ("text", "text2") for ground in (*GROUNDS, *TINTS)],
    *[(ink, ground, TEXT) for ink in ("text3", "accent") for ground in GROUNDS],
    *[(ink, ground, TEXT) for ink in ("red", "amber") for ground in GROUNDS],
    *[("green", ground, TEXT) for ground in ("surface", "bg", "raised", "hover", "sel")],
    # A hint in an empty field, also in a locked one; a word on a band.
    *[("text3", ground, TEXT) for ground in ("redtint", "ambertint")],
    # What cannot be pressed, on its own ground and on that of a row or pane.
    *[("off", ground, SHAPE) for ground in ("press", *GROUNDS)],
    # The ring of the keyboard, on whatever it lies; inside a filled button it is white.
    *[("accent", ground, SHAPE) for ground in (*GROUNDS, *TINTS, "press", "chatbg", "bubble")],
    ("white", "accentfill", SHAPE),
    # Lamps and state icons; frames of fields and ticks.
    *[
        (mark, ground, SHAPE)
        for mark in ("redmark", "amberfill", "greenfill", "edge")
        for ground in GROUNDS
    ],
    ("redmark", "redtint", SHAPE),
    ("white", "off", SHAPE),
    ("edge", "surface", SHAPE),
    ("edge", "bg", SHAPE),
    *[("text", ground, TEXT) for ground in ("bg", "surface", "sunken", "rail", "press", "sel")],
    *[("text2", ground, TEXT) for ground in ("bg", "surface", "sunken", "rail", "press", "sel")],
    *[("text3", ground, TEXT) for ground in ("surface", "sunken", "bg", "sel", "rail")],
    ("off", "press", SHAPE),
    *[("accent", ground, TEXT) for ground in ("surface", "sel", "bg", "rail")],
    ("white", "accentfill", TEXT),
    ("white", "accenthover", TEXT),
    ("white", "fillcap", TEXT),
    *[("red", ground, TEXT) for ground in ("surface", "redtint", "rail", "sel")],
    ("white", "redfill", TEXT),
    ("redfill", "redtint", SHAPE),
    ("redfill", "surface", SHAPE),
    *[("amber", ground, TEXT) for ground in ("surface", "ambertint", "rail", "sel")],
    ("amberfill", "ambertint", SHAPE),
    ("amberfill", "surface", SHAPE),
    *[("green", ground, TEXT) for ground in ("surface", "greentint", "rail")],
    ("greenfill", "greentint", SHAPE),
    ("greenfill", "surface", SHAPE),
    ("white", "trainfill", TEXT),
    ("white", "trainstripe", TEXT),
    ("train", "traintint", TEXT),
    ("bubbletext", "bubble", TEXT),
    ("bubble2", "bubble", TEXT),
    ("bubbletext", "closing", TEXT),
    ("text2", "kbd", TEXT),
    ("text2", "sel2", TEXT),
    ("text", "redtint", TEXT),
    ("text", "ambertint", TEXT),
    ("text2", "chatbg", TEXT),
]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "asked"), PAIRS)
def test_every_named_pair_can_be_read(tokens: Tokens, ink: str, ground: str, asked: float) -> None:
    ratio = contrast(getattr(tokens, ink), getattr(tokens, ground))
    assert ratio >= asked, f"{ink} on {ground} in {tokens.name} is {ratio:.2f}"


def test_black_on_white_is_twenty_one_to_one_and_order_does_not_matter() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#FFFFFF", "#000000") == pytest.approx(21.0)
    assert luminance("#808080") == pytest.approx(0.2159, abs=0.0005)


def test_the_measured_ratios_of_the_design_come_out() -> None:
    assert contrast(LIGHT.white, LIGHT.accentfill) == pytest.approx(6.8, abs=0.1)
    assert contrast(DARK.white, DARK.accenthover) == pytest.approx(4.8, abs=0.1)
    assert contrast(LIGHT.bubbletext, LIGHT.bubble) == pytest.approx(14.3, abs=0.1)


def test_a_colour_with_transparency_has_no_ratio() -> None:
    with pytest.raises(ValueError, match="opaque"):
        contrast(LIGHT.shadow, LIGHT.bg)


def test_every_token_differs_from_an_empty_text_in_both_sets() -> None:
    for tokens in (LIGHT, DARK):
        assert all(getattr(tokens, field.name) for field in fields(Tokens))
