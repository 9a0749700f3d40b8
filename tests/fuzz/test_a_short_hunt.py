"""A short hunt over every reader in each run of the tests; the long one is ``run.py fuzz``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import strategies as st

from contract.vocabulary import AlertSource
from tests.fuzz import __main__ as program
from tests.fuzz import files, hunt, readers, target, wire
from tests.fuzz.changes import TERM, written
from tests.fuzz.hunt import Hunter
from tests.fuzz.target import Target, Wrong, judge

EXAMPLES = 25
SLOW = {"picture-worker": 3, "words": 10, "desk-pages": 10}
"""A process, a long check and a file for each example."""


@pytest.fixture(autouse=True, scope="module")
def let_go() -> Iterator[None]:
    """Close the file of the desk and the central that the hunt uses."""
    yield
    wire.let_go()


@pytest.mark.parametrize("name", list(hunt.targets()))
def test_whatever_a_reader_gets_it_reads_or_refuses(name: str, tmp_path: Path) -> None:
    hunter = Hunter(hunt.targets()[name], 20261122, tmp_path)
    assert hunter.round(SLOW.get(name, EXAMPLES)), hunter.tally.line()
    assert hunter.tally.read + hunter.tally.refused > 0


def _feed(value: object) -> bytes:
    action = readers.feeds()[AlertSource.BURGERNET_ACTIONS][0]["actions"][0]
    return written({"actions": [action | {"startTimestamp": value}]})


FOUND_BEFORE = {
    "feed-burgernet-actions": lambda: _feed(10**400),
    "geopackage": lambda: files._packages()[0].replace(b'"wijknaam"', b'"wijk\xffaam"'),
    "desk-pages": lambda: b"\x04" + b"\n".join(
        written(one)
        for one in (wire._RECORDS[0] | {"seq": 2**64}, {"cursor": "c", "more": False, "head": 1})
    ),
}  # fmt: skip
"""What a hunt found once, by its target: a number no double holds, a name of a column in no letters,
a position beyond what a database counts."""


@pytest.mark.parametrize("name", FOUND_BEFORE)
def test_what_was_found_before_is_read_or_refused(name: str) -> None:
    assert judge(hunt.targets()[name], FOUND_BEFORE[name]()) in (True, False)


def _sown(data: bytes) -> object:
    """Read like a reader with three faults in it."""
    import logging

    if data[:1] == b"\x01":
        return data[300]
    if data[:1] == b"\x02":
        raise ValueError(TERM)
    if data[:1] == b"\x03":
        logging.getLogger("central.sown").error("kept by the format %s", TERM, extra={"code": TERM})
    if data[:1] == b"\x04":
        return [sum(range(9)) for _ in range(9_000)]
    if data[:1] == b"\x05":
        return len(bytearray(3_000_000))
    return None


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (b"\x01", IndexError), (b"\x02", "in an error"), (b"\x03", "in the log"),
        (b"\x04", "calls"), (b"\x05", "in memory"),
    ],
)  # fmt: skip
def test_a_sown_fault_is_found_made_small_kept_and_played_again(
    first: bytes, said: str | type[Exception], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, "CALLS_AT_LEAST", 3_000)
    monkeypatch.setattr(target, "MEMORY_AT_LEAST", 1_000_000)
    examples = st.integers(0, 1).map(lambda size: first + bytes(size))
    sown = Target("sown", lambda: examples, _sown, (ValueError,), counted=1)
    hunter = Hunter(sown, 7, tmp_path)
    assert not hunter.round(3)
    kept = hunter.tally.kept
    assert kept is not None
    assert kept.read_bytes() == first
    assert "with seed 7" in hunter.tally.line()
    monkeypatch.setattr(hunt, "targets", lambda: {"sown": sown})
    kind, words = (Wrong, said) if isinstance(said, str) else (said, None)
    with pytest.raises(kind, match=words):
        hunt.replay(kept)


def test_the_verb_hunts_says_how_it_goes_and_fails_where_something_was_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = st.binary(max_size=4)
    good = Target("good", lambda: given, lambda data: None, ())
    sown = Target("sown", lambda: given, lambda data: data[9], ())
    known = {"good": good, "sown": sown}
    monkeypatch.setattr(hunt, "targets", lambda: known)
    monkeypatch.setattr(program, "targets", lambda: known)
    words = ["--minutes", "0.001", "--seed", "3", "--keep", str(tmp_path)]
    assert program.main([*words, "good"]) == 0
    assert program.main([*words, "sown"]) == 1
    said = capsys.readouterr().out
    assert "seed 3, 1 targets" in said
    assert "FOUND IndexError" in said
    (kept,) = tmp_path.iterdir()
    with pytest.raises(IndexError):
        program.main(["--replay", str(kept)])
