"""Text: plain whatever is typed, wraps with its own height, survives many changes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from console.views.theme.theme import Theme
from console.views.widgets.marked_text import read_marks
from console.views.widgets.painted import plain_tooltip
from console.views.widgets.text import Text

ROOT = Path(__file__).resolve().parents[4]


def _picture(text: Text) -> QImage:
    return text.grab().toImage()


def test_markup_is_shown_as_it_was_typed(theme: Theme, qtbot: object) -> None:
    typed = Text("<img src=x><b>a</b>")
    plain = Text("a")
    assert typed.natural_width() > 3 * plain.natural_width()
    assert typed.text() == typed.accessibleName() == "<img src=x><b>a</b>"
    assert _picture(typed).width() == typed.sizeHint().width()


def test_markup_in_a_tooltip_is_shown_as_it_was_typed(theme: Theme) -> None:
    tip = plain_tooltip("<img src=x> & meer")
    assert tip == "<span>&lt;img src=x&gt; &amp; meer</span>"
    assert plain_tooltip("gewoon") == "gewoon"


def test_wrapped_text_asks_for_more_height_when_it_is_narrow(theme: Theme) -> None:
    text = Text("Twee mensen staan bij de achterdeur van een woning. " * 4, "reading", wrap=True)
    assert text.heightForWidth(200) > text.heightForWidth(600) > text.heightForWidth(5000)
    assert text.heightForWidth(5000) == 21
    assert text.minimumSizeHint().width() <= 48


def test_elided_text_can_shrink_and_then_tells_all_in_its_tooltip(theme: Theme) -> None:
    text = Text("Beheerders van de Regiegroep Elzenkade", elide=True)
    text.resize(80, 18)
    text.grab()
    assert text.minimumSizeHint().width() <= 24
    assert text.toolTip() == "Beheerders van de Regiegroep Elzenkade"
    text.resize(600, 18)
    text.grab()
    assert text.toolTip() == ""


def test_long_words_break_rather_than_push(theme: Theme) -> None:
    text = Text("a" * 300, wrap=True)
    assert text.heightForWidth(100) > 5 * 18


def test_ten_thousand_changes_in_a_child_process_do_no_harm() -> None:
    code = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from console.views.theme.theme import Theme\n"
        "theme = Theme(app)\n"
        "from console.views.widgets.text import Text\n"
        "text = Text('')\n"
        "for number in range(10_000):\n"
        "    text.set_text(str(number))\n"
        "    text.setToolTip('')\n"
        "print(text.text())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "9999"), done.stderr


def test_stars_become_bold_and_places_move_along() -> None:
    raw = "*POLITIE Wielderland*\n2 * 3 * 4 en *Stationsstraat 14* dus"
    marked = read_marks(raw)
    assert marked.shown == "POLITIE Wielderland\n2 * 3 * 4 en Stationsstraat 14 dus"
    assert [marked.shown[a:b] for a, b in marked.bold] == [
        "POLITIE Wielderland",
        "Stationsstraat 14",
    ]
    start = raw.index("Stationsstraat")
    place = marked.place(start)
    assert marked.shown[place : place + 14] == "Stationsstraat"


@given(st.text(alphabet="ab* \n_", max_size=60))
def test_every_letter_keeps_its_place_when_stars_go(raw: str) -> None:
    marked = read_marks(raw)
    assert len(marked.shown) == len(raw) - 2 * len(marked.bold)
    for place, letter in enumerate(raw):
        if letter not in "*":
            assert marked.shown[marked.place(place)] == letter
