"""PostgreSQL: content that a record names while it is being thrown away (sync.md §8, I16)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from central.auth import service as auth
from central.blobs import service
from central.sync import service as sync
from contract.messages import PushRequest
from tests.central.blobs.test_blobs import JPEG, get, mark, photo, sweep, upload
from tests.helpers.at_once import Work, at_once
from tests.helpers.central_line import CentralLine, new_id


@pytest.fixture
def line(postgres_url: str) -> Iterator[CentralLine]:
    """A central with content that no record names any more."""
    with CentralLine(postgres_url) as made:
        made.set_up()
        upload(made, JPEG)
        assert sweep(made) == 0
        made.watch.at += timedelta(days=40)
        made.sign_in(made.person)
        yield made


def test_content_that_is_named_at_that_moment_stays(line: CentralLine) -> None:
    answer, dropped = at_once(line.office.database, _name(line), _sweep(line))
    assert (b"applied" in answer, dropped) == (True, 0)
    assert get(line, mark(JPEG)).content == JPEG


def test_a_record_that_comes_too_late_is_told_that_its_content_is_missing(
    line: CentralLine,
) -> None:
    dropped, answer = at_once(line.office.database, _sweep(line), _name(line))
    assert (b"blob-missing" in answer, dropped) == (True, 1)


def _name(line: CentralLine) -> Work:
    asked = PushRequest.model_validate({"ops": [photo(JPEG, new_id())]})
    token, team = line.token, line.team

    def work(conn: Connection) -> bytes:
        caller = auth.of_team(conn, token, team, line.watch())
        return sync.push(conn, caller, asked, "", line.office.now())

    return work


def _sweep(line: CentralLine) -> Work:
    return lambda conn: service.sweep(conn, line.watch())
