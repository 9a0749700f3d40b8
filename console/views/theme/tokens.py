"""Colour tokens of the desk, light and dark, and the contrast rule they must pass.

Source: design/screens §2. Every value is a string that `QColor` reads; this module itself knows
nothing of Qt, so the rule can be tested without a window.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """One complete set of colours. Names say the use, never the hue of one theme."""

    name: str
    bg: str
    surface: str
    sunken: str
    raised: str
    rail: str
    hover: str
    press: str
    line: str
    line2: str
    edge: str
    text: str
    text2: str
    text3: str
    off: str
    accent: str
    accentfill: str
    accenthover: str
    sel: str
    sel2: str
    red: str
    redfill: str
    redmark: str
    redtint: str
    redline: str
    amber: str
    amberfill: str
    ambertint: str
    amberline: str
    green: str
    greenfill: str
    greentint: str
    greenline: str
    train: str
    trainfill: str
    trainstripe: str
    traintint: str
    bubble: str
    bubbletext: str
    bubble2: str
    chatbg: str
    kbd: str
    kbdline: str
    lav: str
    shadow: str
    scrim: str
    closing: str
    fillcap: str
    white: str = "#FFFFFF"


LIGHT = Tokens(
    name="light",
    bg="#F3F4F6",
    surface="#FFFFFF",
    sunken="#F7F8FA",
    raised="#FFFFFF",
    rail="#EBEDF1",
    hover="#EEF0F4",
    press="#E3E6EC",
    line="#E1E4EA",
    line2="#CDD2DB",
    edge="#7F8795",
    text="#1A1E27",
    text2="#4A5261",
    text3="#626B7B",
    off="#6A7282",
    accent="#4650B8",
    accentfill="#4650B8",
    accenthover="#3A43A2",
    sel="#E9EBFA",
    sel2="#EDEFF3",
    red="#AE1F2B",
    redfill="#BF2733",
    redmark="#BF2733",
    redtint="#FDEDED",
    redline="#E5A3A8",
    amber="#845000",
    amberfill="#B76E00",
    ambertint="#FFF4DF",
    amberline="#E2BC7C",
    green="#1A6A3A",
    greenfill="#24844A",
    greentint="#E9F5EC",
    greenline="#A5D2B3",
    train="#8C1D68",
    trainfill="#8C1D68",
    trainstripe="#74114F",
    traintint="#FAEBF4",
    bubble="#E2F2DC",
    bubbletext="#1A1E27",
    bubble2="#586255",
    chatbg="#EEEBE5",
    kbd="#F7F8FA",
    kbdline="#C9CED8",
    lav="#B4BBC9",
    shadow="#29000000",
    scrim="#66161A22",
    closing="#CBDAC6",
    fillcap="#373F91",
)
"""Daylight set."""

DARK = Tokens(
    name="dark",
    bg="#14161B",
    surface="#1B1E25",
    sunken="#171A20",
    raised="#22262F",
    rail="#101217",
    hover="#232730",
    press="#2B303B",
    line="#2A2F39",
    line2="#3A414E",
    edge="#717B8D",
    text="#E8EAEF",
    text2="#B7BECB",
    text3="#979FAE",
    off="#8A92A1",
    accent="#A7B0FB",
    accentfill="#5560CF",
    accenthover="#5C67D6",
    sel="#292E4A",
    sel2="#252932",
    red="#FF9C9F",
    redfill="#C9353F",
    redmark="#E5565F",
    redtint="#371C20",
    redline="#7C363C",
    amber="#F1BD68",
    amberfill="#D9962F",
    ambertint="#342815",
    amberline="#6E5425",
    green="#80D5A1",
    greenfill="#3FA567",
    greentint="#162C21",
    greenline="#2F5C42",
    train="#F29BD0",
    trainfill="#A32A7C",
    trainstripe="#84175F",
    traintint="#371A2C",
    bubble="#1E4034",
    bubbletext="#E8EAEF",
    bubble2="#A6C2B5",
    chatbg="#12171A",
    kbd="#20242D",
    kbdline="#424A58",
    lav="#555D6C",
    shadow="#99000000",
    scrim="#99000000",
    closing="#2C5345",
    fillcap="#434CA4",
)
"""Night set."""


def _channel(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, of an opaque "#RRGGBB" colour (WCAG 2).

    Raises ValueError for any other form.
    """
    if len(colour) != 7 or not colour.startswith("#"):
        raise ValueError(f"not an opaque #RRGGBB colour: {colour!r}")
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * _channel(red) + 0.7152 * _channel(green) + 0.0722 * _channel(blue)


def contrast(foreground: str, background: str) -> float:
    """Contrast ratio, 1 to 21, of two opaque colours (WCAG 2)."""
    high, low = sorted((luminance(foreground), luminance(background)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(one: str, other: str, share: float) -> str:
    """Colour between two opaque "#RRGGBB" colours: `share` 0 is the first, 1 the second."""
    parts = (
        round(int(one[i : i + 2], 16) * (1 - share) + int(other[i : i + 2], 16) * share)
        for i in (1, 3, 5)
    )
    return "#" + "".join(f"{part:02X}" for part in parts)
