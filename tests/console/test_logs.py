"""The log holds ids and words of our own, whatever is thrown at it (security.md §7, threat 22)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console import logs
from console.domain.failures import StorageTrouble
from contract.vocabulary import OpStatus

ID = "0199a1b2-c3d4-7e5f-8a9b-0123456789ab"


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "logs" / "desk.log"
    level = logging.getLogger().level
    handler = logs.set_up(path)
    yield path
    logs.take_down(handler)
    logging.getLogger().setLevel(level)


def written(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_ids_kinds_codes_and_small_numbers_are_written(file: Path) -> None:
    log = logging.getLogger("console.test")
    log.info("%s %s: %s after %d tries", "report", ID, OpStatus.CONFLICT, 3)
    log.info("no values at all")
    log.info("%(kind)s by %(who)s", {"kind": "post", "who": "Ruben"})
    text = written(file)
    assert f"report {ID}: conflict after 3 tries" in text
    assert "no values at all" in text
    assert "post by …" in text


def test_names_numbers_and_texts_are_hidden(file: Path) -> None:
    log = logging.getLogger("console.test")
    log.warning("%s %s %s", "Ruben", 612345678, "Man met rode jas")
    text = written(file)
    for secret in ("Ruben", "612345678", "rode"):
        assert secret not in text


@pytest.mark.parametrize(("words", "value"), [("%s %s", "Ruben"), ("%d", "Ruben")])
def test_a_log_call_with_a_slip_in_it_still_tells_nothing(words: str, value: str) -> None:
    record = logging.LogRecord("console.test", logging.INFO, __file__, 1, words, (value,), None)
    assert logs.IdsOnly().format(record).endswith("console.test …")


def test_of_an_exception_only_the_kind_and_the_places_are_written(file: Path) -> None:
    try:
        raise ValueError("could not read 'Man met rode jas'")
    except ValueError:
        logging.getLogger("console.test").exception("reading failed")
    text = written(file)
    assert "builtins.ValueError" in text
    assert "test_logs.py" in text
    assert "rode" not in text
    assert StorageTrouble.__name__ not in text


def test_what_other_libraries_say_is_reduced_to_where_it_came_from(file: Path) -> None:
    logging.getLogger("httpx").info("GET /reports?name=Ruben")
    logging.getLogger("sqlalchemy.engine").warning("failed for %s", "Ruben")
    text = written(file)
    assert "Ruben" not in text
    assert "GET" not in text
    assert "sqlalchemy.engine" in text


@given(term=st.text(min_size=4, max_size=60).filter(lambda t: not t.isspace()))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_no_entered_term_reaches_the_log(file: Path, term: str) -> None:
    marked = f"Zeldzaam{term}"
    log = logging.getLogger("console.test")
    log.warning("%s", marked)
    log.warning("%(a)s %(b)r", {"a": marked, "b": [marked]})
    try:
        raise RuntimeError(marked)
    except RuntimeError:
        log.exception("failed for %s", marked)
    assert "Zeldzaam" not in written(file)
