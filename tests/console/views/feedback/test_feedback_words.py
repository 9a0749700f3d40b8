"""The words of feedback: countdowns, the month, rows as one sentence (screens.md §5.4, §8)."""

from __future__ import annotations

from datetime import timedelta

import pytest
from pytestqt.modeltest import ModelTester

from console.domain.clock import stamp
from console.domain.district import DistrictReport, NeighbourPost
from console.domain.post import FeedbackFigures, FeedbackRow
from console.views.feedback.due_list import DueDelegate, DueItem, NeighbourItem, ReportItem
from console.views.feedback.words import OUTCOMES, countdown, month_words, row_spoken, second_line
from console.views.tables.row_model import RowModel
from console.views.tables.rows import Section
from console.views.theme.theme import Theme
from tests.helpers.clock import HandClock

NOW = HandClock().now()


def row(**changes: object) -> FeedbackRow:
    given: dict[str, object] = {
        "post_id": "post-1",
        "title": "Fietsendieven rond het station",
        "kind": "general",
        "section": "today",
        "due_at": stamp(NOW + timedelta(minutes=43)),
        "groups": 2,
        "owner_name": "Joris Voorbeeld",
        "mine": True,
        "placed_at": stamp(NOW - timedelta(hours=1)),
        "extensions": 0,
        "alert_state": "",
        **changes,
    }
    return FeedbackRow(**given)  # type: ignore[arg-type]


def test_a_countdown_says_what_is_left_or_how_late_it_is() -> None:
    assert countdown(row(), NOW) == "nog 43 min"
    late = row(section="late", due_at=stamp(NOW - timedelta(minutes=92)))
    assert countdown(late, NOW) == "1 u 32 te laat"
    tomorrow = row(section="later", due_at=stamp(NOW + timedelta(hours=20, minutes=45)))
    assert countdown(tomorrow, NOW) == "morgen 11:45"


def test_the_second_line_says_the_most_telling_thing() -> None:
    assert second_line(row(), NOW) == "2 groepen · Joris Voorbeeld · 14:00"
    assert second_line(row(extensions=1), NOW).endswith("loopt nog, 1 van 3")
    assert second_line(row(alert_state="ended"), NOW).endswith("Burgernet beëindigd")
    other = row(mine=False, draft_id="d", draft_author="Samira Voorbeeld")
    assert second_line(other, NOW).endswith("Samira Voorbeeld schrijft")


def test_a_row_reads_as_one_sentence() -> None:
    late = row(section="late", due_at=stamp(NOW - timedelta(minutes=92)))
    assert row_spoken(late, NOW) == (
        "1 uur 32 te laat. Fietsendieven rond het station. 2 groepen, Joris Voorbeeld, 14:00."
    )


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        (FeedbackFigures(), "Deze maand is er nog geen bericht geplaatst."),
        (
            FeedbackFigures(44, 41, 0, 38),
            "Deze maand: 41 van 44 berichten kregen terugkoppeling. Helft binnen 38 minuten.",
        ),
        (
            FeedbackFigures(1, 0, 1, None),
            "Deze maand: 0 van 1 bericht kreeg terugkoppeling. 1 keer niet, met een reden.",
        ),
        (
            FeedbackFigures(3, 2, 0, 92),
            "Deze maand: 2 van 3 berichten kregen terugkoppeling. Helft binnen 1 u 32.",
        ),
    ],
)
def test_the_month_is_told_in_a_sentence(figures: FeedbackFigures, words: str) -> None:
    assert month_words(figures) == words


def test_the_outcomes_stand_on_the_keys_one_to_seven() -> None:
    assert [key for _, _, key, _ in OUTCOMES] == list("1234567")
    assert OUTCOMES[2][:2] == ("arrested", "Aangehouden")
    assert OUTCOMES[5][:2] == ("still_running", "Loopt nog")


def test_the_list_is_a_sound_table_with_every_row_told(
    theme: Theme, qtmodeltester: ModelTester
) -> None:
    delegate = DueDelegate(HandClock().now)
    model = RowModel(delegate.describe)
    model.set_rows(
        [
            Section("Terugkoppeling", 1),
            DueItem(row()),
            Section("Meldingen", 1),
            ReportItem(DistrictReport("r", "Man voelt aan deuren", "Kade", stamp(NOW), "open", "")),
            Section("Berichten van de buren", 1),
            NeighbourItem(
                NeighbourPost("p", "general", "Babbeltruc", "Oostwiel", stamp(NOW), 1, "", ("A",))
            ),
        ]
    )
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    told = [str(model.index(n, 0).data()) for n in (1, 3, 5)]
    assert told[1] == "Melding. Man voelt aan deuren. Kade, van niemand. 0 min."
    assert told[2] == "Bericht van de buren. Babbeltruc. Oostwiel, 1 groep, ook in A. 15:00."
