"""Central on its own refuses to start without what it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.__main__ import KEY_VARIABLE, key_from, main


@pytest.mark.parametrize("words", ["", "kort", "zz" * 32, "00" * 31])
def test_without_a_whole_key_central_does_not_start(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, words)
    assert main([str(tmp_path / "c.db")]) == 2
    assert KEY_VARIABLE in capsys.readouterr().err
    assert not (tmp_path / "c.db").exists()


def test_a_file_that_does_not_open_is_said_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(b"something else" * 400)
    monkeypatch.setenv(KEY_VARIABLE, "0f" * 32)
    assert main([str(path)]) == 2
    assert "gaat niet open" in capsys.readouterr().err


def test_a_whole_key_is_read_as_bytes() -> None:
    assert key_from("0F" * 32) == b"\x0f" * 32
