"""At a release central asks the answer to a warning, and goes by the team's words that are no name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contract.guard.terms import CHOICE
from contract.region import NETHERLANDS
from tests.helpers.central_line import CentralLine, command, new_id, op

FOUND = "Mevrouw Havenfeest"
TEXT = f"{FOUND} komt morgen weer.\n{NETHERLANDS.closing_general}"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[CentralLine]:
    """Return a line to a central on a file."""
    with CentralLine(tmp_path / "central.db") as made:
        made.set_up()
        yield made


def release(line: CentralLine, *decisions: dict[str, str], left: bool = False) -> tuple[str, bool]:
    """Release a post with that text; returns what became of it and whether it was marked."""
    post, placement = new_id(), new_id()
    body: dict[str, Any] = {
        "type": "broadcast",
        "kind": "general",
        "title": "Feest",
        "body": TEXT,
        "decisions": list(decisions),
    }
    ops = [
        op("create", "post", post, set=body),
        op("create", "placement", placement, set={"post_id": post, "group_id": "g", "text": TEXT}),
        command("post", post, "release"),
    ]
    if left:
        ops.append(command("placement", placement, "copied"))
    answer = line.push(*ops)[2]
    marked = bool((answer.get("body") or {}).get("guard_differs"))
    return str(answer.get("code") or answer["status"]), marked


def answered(person: str, **changes: str) -> dict[str, str]:
    return {
        "rule": "name",
        "text_sha": hashlib.sha256(FOUND.encode()).hexdigest(),
        "reason": "Zo heet het feest",
        "person": person,
        "second": "",
        **changes,
    }


def test_a_warning_needs_its_reason_for_this_very_text(line: CentralLine) -> None:
    assert release(line)[0] == "guard"
    assert release(line, answered(line.person, reason=" "))[0] == "guard"
    assert release(line, answered(line.person, rule="email"))[0] == "guard"
    other = hashlib.sha256(b"Mevrouw Testman").hexdigest()
    assert release(line, answered(line.person, text_sha=other))[0] == "guard"
    assert release(line, answered(line.person))[0] == "applied"


def test_a_warning_on_a_text_that_left_marks_nothing(line: CentralLine) -> None:
    assert release(line, left=True) == ("applied", False)


def test_a_word_of_the_team_passes_and_no_longer_once_it_is_taken_back(line: CentralLine) -> None:
    terms = {"terms": ["Havenfeest", "111222333 Bsn"]}
    made = op("update", "setting", CHOICE, set={"value": terms}, was={"value": {"terms": []}})
    assert line.push(made)[0]["status"] == "applied"
    assert release(line)[0] == "applied"
    line.push(op("update", "setting", CHOICE, set={"value": {"terms": []}}, was={"value": terms}))
    assert release(line)[0] == "guard"
