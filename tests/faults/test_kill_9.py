"""Desks, central and backends of the database are killed; nothing is lost, nothing counts twice."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.faults import __main__ as verb
from tests.faults.killer import run
from tests.helpers.postgres import PostgresServer

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(240),
    pytest.mark.skipif(sys.platform == "win32", reason="needs kill -9"),
]

KILLS = 12
FEW = 3


def test_nothing_is_lost_or_doubled_on_the_file(tmp_path: Path) -> None:
    done = run(tmp_path, KILLS, seed=11)
    assert done.good, done.as_json()
    assert done.readable == {}
    assert done.kills.total() == KILLS
    assert done.verdict.acts > KILLS


def test_nothing_is_lost_or_doubled_on_postgresql(
    tmp_path: Path, postgres_server: PostgresServer
) -> None:
    done = run(tmp_path, KILLS + 4, server=postgres_server, seed=12)
    assert done.good, done.as_json()
    assert done.kills["backend"], "a backend was among them"
    assert done.verdict.acts > KILLS


@pytest.mark.parametrize(
    ("mutant", "found_in"),
    [
        ("op deleted on send", "lost"),
        ("kept said before commit", "lost"),
        ("answered before commit", "taken_back"),
        ("cursor before rows", "different"),
    ],
)
def test_the_same_oracle_finds_a_sown_fault(mutant: str, found_in: str, tmp_path: Path) -> None:
    """These kills come in the moment in which the fault does harm; each must leave a mark."""
    done = run(tmp_path, FEW, seed=13, mutant=mutant)
    assert getattr(done.verdict, found_in), done.as_json()
    assert not done.good


def test_a_file_without_a_key_is_read_after_the_first_kill(tmp_path: Path) -> None:
    """The search after every kill finds words as soon as there are any to find."""
    done = run(tmp_path, FEW, seed=14, mutant="file without a key")
    assert not done.good
    (found,) = done.readable.values()
    assert {one.split(": ")[1] for one in found} >= {"Waarneming-", "Kerkplein", "CREATE TABLE"}


def test_the_long_form_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert verb.main(["--kills", "2", "--backend", "sqlite", "--seed", "3", "--json"]) == 0
    (figures,) = json.loads(capsys.readouterr().out)["runs"]
    assert (figures["kills_in_all"], figures["lost"], figures["doubled"]) == (2, 0, 0)
    assert (figures["readable"], figures["good"]) == (0, True)
