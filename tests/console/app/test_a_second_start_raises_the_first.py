"""One process per profile: a second start asks the first window to come forward."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from console.app.second import Doorbell, raise_first


def test_nobody_answers_where_no_desk_is_open(tmp_path: Path) -> None:
    assert not raise_first(tmp_path)


def test_the_first_desk_hears_a_second_start(qtbot: QtBot, tmp_path: Path) -> None:
    bell = Doorbell(tmp_path)
    with qtbot.waitSignal(bell.rung, timeout=5_000):
        assert raise_first(tmp_path)
    bell.close()


def test_a_desk_of_another_profile_hears_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    bell = Doorbell(tmp_path / "desk")
    with qtbot.assertNotEmitted(bell.rung, wait=50):
        assert not raise_first(tmp_path / "training")
    bell.close()


def test_a_name_left_behind_by_a_desk_that_died_is_taken_over(qtbot: QtBot, tmp_path: Path) -> None:
    first = Doorbell(tmp_path)
    second = Doorbell(tmp_path)
    with qtbot.waitSignal(second.rung, timeout=5_000):
        assert raise_first(tmp_path)
    first.close()
    second.close()
