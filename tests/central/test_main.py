"""Central on its own refuses to start without what it needs, and says so in one sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from central.__main__ import main
from central.operations import keys
from central.operations.failures import Failed
from central.operations.keys import KEY_VARIABLE, account_of, key_for, key_from
from central.operations.place import HOME_VARIABLE, default_file
from central.operations.words import with_word


class Ring:
    """A key ring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.locked = False

    def get_password(self, service: str, username: str) -> str | None:
        """Return what is kept."""
        if self.locked:
            raise RuntimeError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.kept[service, username] = password


@pytest.fixture(autouse=True)
def no_key_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start every test without a key in the environment and without a key ring."""
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    monkeypatch.setattr(keys, "find_key_ring", lambda: None)


@pytest.mark.parametrize("words", ["", "kort", "zz" * 32, "00" * 31, "00 " * 32])
def test_without_a_whole_key_central_does_not_start(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, words)
    assert main(["--file", str(tmp_path / "c.db")]) == 2
    assert KEY_VARIABLE in capsys.readouterr().err
    assert not (tmp_path / "c.db").exists()


def test_a_file_that_does_not_open_is_said_in_dutch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.db"
    path.write_bytes(b"something else" * 400)
    monkeypatch.setenv(KEY_VARIABLE, "0f" * 32)
    assert main(["serve", "--file", str(path)]) == 2
    assert "gaat niet open" in capsys.readouterr().err


def test_a_whole_key_is_read_as_bytes() -> None:
    assert key_from("0F" * 32) == b"\x0f" * 32


def test_the_first_start_makes_a_key_in_the_key_ring_and_the_next_one_finds_it(
    tmp_path: Path,
) -> None:
    ring, file = Ring(), tmp_path / "c.db"
    made = key_for(file, ring)
    file.touch()
    assert key_for(file, ring) == made
    assert list(ring.kept) == [(keys.SERVICE, account_of(file))]


def test_a_file_whose_key_is_gone_never_gets_a_new_one(tmp_path: Path) -> None:
    ring, file = Ring(), tmp_path / "c.db"
    file.touch()
    with pytest.raises(Failed, match="sleutel"):
        key_for(file, ring)
    assert not ring.kept


def test_a_locked_key_ring_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    ring = Ring()
    ring.locked = True
    with pytest.raises(Failed, match="op slot"):
        key_for(tmp_path / "c.db", ring)


def test_the_environment_goes_before_the_key_ring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "0a" * 32)
    assert key_for(tmp_path / "c.db", Ring()) == b"\x0a" * 32


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--host", "0.0.0.0"], "--cert"),
        (["--cert", "cert.pem"], "samen"),
        (["--host", "0.0.0.0", "--cert", "no.pem", "--key", "no.pem"], "is er niet"),
        (["--file", "c.db", "--database", "postgresql://x"], "niet allebei"),
        (["--database", "mysql://x"], "postgresql://"),
        (["status", "--file", "absent.db"], "is er niet"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(
    words: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(KEY_VARIABLE, "0f" * 32)
    assert main(words) == 2
    assert says in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_words_that_mean_nothing_end_with_two(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["dans"], ["--port", "70000"], ["--port", "negen"], ["migrate", "opzij"]):
        with pytest.raises(SystemExit) as end:
            main(words)
        assert end.value.code == 2
        assert "--help" in capsys.readouterr().err


def test_without_a_word_central_starts() -> None:
    assert with_word([]) == ["serve"]
    assert with_word(["--port", "0"]) == ["serve", "--port", "0"]
    assert with_word(["status"]) == ["status"]


def test_a_folder_of_ones_own_holds_central_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    assert default_file() == tmp_path / "central" / "central.db"
    monkeypatch.delenv(HOME_VARIABLE)
    assert default_file().name == "central.db"


def test_a_new_key_can_be_printed_and_read_back(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["key", "new"]) == 0
    assert key_from(capsys.readouterr().out.strip()) is not None
