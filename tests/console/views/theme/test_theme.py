"""Theme: fonts match exactly, sizes follow the setting, icons all render."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetricsF, QImage, QPalette

from console.views.theme.fonts import ROLES
from console.views.theme.icons import clear_cache, icon, names
from console.views.theme.theme import Theme, current


@pytest.mark.parametrize(
    ("role", "weight"), [("body", 400), ("body_medium", 500), ("body_strong", 600)]
)
def test_inter_answers_with_exactly_the_weight_that_is_asked(
    theme: Theme, role: str, weight: int
) -> None:
    assert theme.inter_loaded
    info = QFontInfo(theme.font(role))
    assert (info.family(), info.weight(), info.exactMatch()) == ("Inter", weight, True)


def test_heavier_weights_are_really_drawn_wider(theme: Theme) -> None:
    # One variable file holds all weights: a weight that is only a label has the same widths.
    text = "Verdachte bestelbus, nog niet gezien"
    widths = [
        QFontMetricsF(theme.font(role)).horizontalAdvance(text)
        for role in ("body", "body_medium", "body_strong")
    ]
    assert all(a < b for a, b in pairwise(widths))


def test_all_figures_are_equally_wide(theme: Theme) -> None:
    metrics = theme.metrics("small")
    assert len({metrics.horizontalAdvance(figure * 10) for figure in "0123456789"}) == 1


def test_no_letter_is_smaller_than_eleven_pixels() -> None:
    assert min(role.px for role in ROLES.values()) >= 11


def test_text_size_multiplies_lengths_and_letters(theme: Theme) -> None:
    assert theme.px(58) == 58
    theme.set_scale(150)
    assert theme.px(58) == 87
    assert QFontInfo(theme.font("screen")).pixelSize() == 24
    theme.set_scale(1000)
    assert theme.scale == 200


def test_switching_to_dark_changes_palette_and_tells_once(theme: Theme, qapp: object) -> None:
    told: list[bool] = []
    theme.changed.connect(lambda: told.append(True))
    theme.set_mode("dark")
    theme.set_mode("dark")
    assert len(told) == 1
    assert theme.mode == "dark"
    assert theme.palette().color(QPalette.ColorRole.Window) == QColor(theme.tokens.surface)
    assert current() is theme


def _inked(image: QImage) -> int:
    return sum(
        image.pixelColor(x, y).alpha() > 0
        for x in range(image.width())
        for y in range(image.height())
    )


def test_every_icon_paints_something_and_has_its_colour(theme: Theme) -> None:
    assert len(names()) >= 60
    for name in names():
        image = icon(name, 24, "#FF0000", 1.0).toImage()
        assert _inked(image) > 3, name
        strong = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() > 200
        ]
        assert any(c.red() > 200 and c.green() < 60 for c in strong), name


def test_state_shapes_all_differ(theme: Theme) -> None:
    states = (
        "ring disc-check half-ring dashed-ring ring-pause clipboard ring-check triangle-alert "
        "ring-question ring-cross octagon-alert clock"
    ).split()
    pictures = {bytes(icon(name, 14, "#000000", 1.0).toImage().constBits()) for name in states}
    assert len(pictures) == len(states)


def test_an_icon_is_rendered_at_the_ratio_of_the_screen(theme: Theme) -> None:
    pixmap = icon("inbox", 16, "#000000", 1.5)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (24, 1.5)
    assert icon("inbox", 16, "#000000", 1.5) is pixmap
    clear_cache()
    assert icon("inbox", 16, "#000000", 1.5) is not pixmap


def test_an_unknown_icon_is_named_in_the_error(theme: Theme) -> None:
    with pytest.raises(KeyError, match="no-such-icon"):
        icon("no-such-icon", 16, "#000000", 1.0)
