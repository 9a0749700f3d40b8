"""A text with a citizen's number goes out only when two people of the team let it pass."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from contract.region import NETHERLANDS
from tests.helpers.central_line import CentralLine, command, new_id, op

NUMBER = "123456782"
TEXT = f"Nummer {NUMBER} is gevonden.\n\n{NETHERLANDS.closing_general}"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a line to a central on a file."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


def release(line: CentralLine, first: str, second: str) -> str:
    """Release a post with a decision of two people; returns what became of it."""
    decision = {
        "rule": "bsn",
        "text_sha": hashlib.sha256(NUMBER.encode()).hexdigest(),
        "reason": "De familie vroeg erom",
        "person": first,
        "second": second,
    }
    post = new_id()
    body = {
        "type": "broadcast",
        "kind": "general",
        "title": "Gevonden",
        "body": TEXT,
        "decisions": [decision],
    }
    placed = {"post_id": post, "group_id": new_id(), "text": TEXT}
    answer = line.push(
        op("create", "post", post, set=body),
        op("create", "placement", new_id(), set=placed),
        command("post", post, "release"),
    )[2]
    return str(answer.get("code") or answer["status"])


def test_two_people_who_work_here_may_let_a_number_pass(line: CentralLine) -> None:
    assert release(line, line.person, line.add_person("officer")) == "applied"


def test_a_desk_cannot_invent_the_second_person(line: CentralLine) -> None:
    reader = line.add_person("reader")
    left = line.add_person("operator")
    line.push(op("update", "person", left, set={"active": False}, was={"active": True}))
    for second in ("", line.person, new_id(), reader, left):
        assert release(line, line.person, second) == "guard"
    assert release(line, new_id(), line.person) == "guard"
