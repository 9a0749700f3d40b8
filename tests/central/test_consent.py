"""A missing-person message without recorded consent or reason is stopped at central too (F38)."""

from __future__ import annotations

from typing import Any

import pytest

from contract.region import NETHERLANDS
from contract.vocabulary import PostType
from tests.helpers.central_line import CentralLine, command, new_id, op

TEXT = f"Vermist: de heer Voorbeeld, 78 jaar.\n\n{NETHERLANDS.closing_urgent}"


def release(line: CentralLine, **fields: Any) -> tuple[str, str, dict[str, Any]]:
    """Push a post, its placement and its release; return status and code, and the post."""
    post_id = new_id()
    body = {
        "type": "broadcast",
        "kind": "missing_person",
        "title": "Vermiste man",
        "body": TEXT,
        "urgent": True,
        **fields,
    }
    made = line.push(
        op("create", "post", post_id, set=body),
        op(
            "create",
            "placement",
            new_id(),
            set={"post_id": post_id, "group_id": new_id(), "text": TEXT},
        ),
        command("post", post_id, "release"),
    )
    answer = made[2]
    return answer["status"], answer.get("code", ""), line.records("post")[post_id]["body"]


@pytest.mark.parametrize("type_", sorted(PostType))
def test_without_consent_or_reason_no_missing_person_is_released(
    line: CentralLine, type_: str
) -> None:
    for fields in ({}, {"consent": "reason"}, {"consent": "reason", "consent_ground": " \t"}):
        status, code, body = release(line, type=type_, **fields)
        assert (status, code, body["status"]) == ("invalid", "consent-missing", "draft"), fields


@pytest.mark.parametrize(
    "fields",
    [
        {"consent": "family"},
        {"consent": "via_control_room"},
        {"consent": "reason", "consent_ground": "op bevel van de officier van justitie"},
    ],
)
def test_who_recorded_it_is_the_session_and_not_what_the_desk_says(
    line: CentralLine, fields: dict[str, Any]
) -> None:
    forged = {"consent_by": "p-other", "consent_at": "2001-01-01T00:00:00.000Z"}
    status, _, body = release(line, **fields, **forged)
    assert (status, body["status"]) == ("applied", "released")
    assert body["consent_by"] == line.person
    assert body["consent_at"] > "2026"


def test_consent_cannot_be_signed_for_another_or_taken_away_after_the_release(
    line: CentralLine,
) -> None:
    _, _, body = release(line, consent="reason", consent_ground="besluit van de meldkamer")
    post_id = next(iter(line.records("post")))
    for name, value in (
        ("consent", ""),
        ("consent_ground", ""),
        ("consent_by", "p-other"),
        ("control_room_at", "2001-01-01T00:00:00.000Z"),
    ):
        wish = op("update", "post", post_id, set={name: value}, was={name: body.get(name)})
        answer = line.push(wish)[0]
        assert (answer["status"], answer["code"]) == ("invalid", "frozen"), name
    told = op("update", "post", post_id, set={"control_room": "no"}, was={})
    assert line.push(told)[0]["status"] == "applied"
    assert line.records("post")[post_id]["body"]["control_room_by"] == line.person
