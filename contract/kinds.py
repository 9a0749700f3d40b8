"""The record kinds and their fields: one table that central validates by and the desk stores by.

Source: sync.md §1. A field's ``limit`` is characters for text, the highest value for numbers and
items for lists. Unknown fields are kept as they came (I15); only known ones are checked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from contract import vocabulary as v


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: its type, limit, whether a create needs it, and its word list."""

    type: str
    limit: int = 200
    required: bool = False
    choices: frozenset[str] = frozenset()
    central: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record. ``append_only``: no update or delete; ``strict``: If-Match (sync.md §6)."""

    name: str
    fields: Mapping[str, Field]
    append_only: bool = False
    strict: bool = False
    commands: frozenset[str] = field(default_factory=frozenset)


def _text(limit: int = 200, required: bool = False) -> Field:
    return Field("text", limit, required)


def _id(required: bool = False) -> Field:
    return Field("id", 64, required)


def _time(required: bool = False, central: bool = False) -> Field:
    return Field("time", 40, required, central=central)


def _flag() -> Field:
    return Field("flag")


def _number(limit: int = 100_000_000) -> Field:
    return Field("number", limit)


def _items(limit: int = 200) -> Field:
    return Field("items", limit)


def _object() -> Field:
    return Field("object", 200)


def _one_of(words: type[StrEnum], required: bool = False) -> Field:
    return Field("choice", 40, required, frozenset(words))


_REPORT = {
    "number": Field("text", 20, central=True),
    "category": _one_of(v.Category, required=True),
    "title": _text(120),
    "text": _text(4000, required=True),
    "description": _text(2000),
    "place": _text(200, required=True),
    "area_id": _id(),
    "acute": _flag(),
    "called_112": _one_of(v.Called112),
    "no_call_reason": _text(400),
    "happened_at": _time(),
    "heard_at": _time(required=True),
    "relay": _one_of(v.Relay),
    "relay_id": _id(),
    "relay_name": _text(120),
    "photo_seen": _flag(),
    "source": _one_of(v.ReportSource),
    "origin_hash": _text(64),
    "status": _one_of(v.ReportStatus),
    "holder": _id(),
    "lease_until": _time(),
    "waiting_on": _text(200),
    "waiting_since": _time(),
    "close_reason": _one_of(v.CloseReason),
    "close_note": _text(1000),
    "contribution": _one_of(v.Contribution),
    "contribution_ref": _text(200),
    "closed_at": _time(),
    "closed_by": _id(),
    "created_by": _id(),
    "created_at": _time(),
}

_GROUP = {
    "name": _text(120, required=True),
    "kind": _one_of(v.GroupKind, required=True),
    "area_id": _id(),
    "streets": _items(500),
    "postcodes": _items(500),
    "members": _number(100_000),
    "member_limit": _number(100_000),
    "state": _one_of(v.GroupState),
    "wish": _one_of(v.Wish),
    "quiet_from": _text(5),
    "quiet_until": _text(5),
    "reach": _one_of(v.Reach),
    "reach_via": _text(120),
    "invite_link": _text(200),
    "confirmed_at": _time(),
    "note": _text(2000),
}

_ADMINISTRATOR = {
    "name": _text(120, required=True),
    "phone": _text(20),
    "email": _text(200),
    "wish": _one_of(v.Wish),
    "quiet_from": _text(5),
    "quiet_until": _text(5),
    "reach": _one_of(v.Reach),
    "on_burgernet": _flag(),
    "active": _flag(),
    "left_at": _time(),
    "confirmed_at": _time(),
    "note": _text(2000),
}

_POST = {
    "type": _one_of(v.PostType, required=True),
    "kind": _one_of(v.MessageKind, required=True),
    "title": _text(160, required=True),
    "template_id": _id(),
    "template_version": _number(100_000),
    "fields": _object(),
    "body": _text(8000),
    "urgent": _flag(),
    "training": _flag(),
    "area_id": _id(),
    "alert_id": _id(),
    "report_id": _id(),
    "answers": _id(),
    "corrects": _id(),
    "status": _one_of(v.PostStatus),
    "author": _id(),
    "author_until": _time(),
    "holder": _id(),
    "consent": _one_of(v.Consent),
    "consent_ground": _text(400),
    "control_room": _flag(),
    "incident_ref": _text(60),
    "decisions": _items(100),
    "unseen_reason": _text(400),
    "released_at": _time(),
    "released_by": _id(),
    "feedback_due_at": _time(),
    "extensions": _number(10),
    "outcome": _one_of(v.Outcome),
    "outcome_note": _text(1000),
    "waiver_reason": _one_of(v.WaiverReason),
    "waiver_note": _text(400),
    "settled_at": _time(),
    "settled_by": _id(),
    "guard_differs": _flag(),
    "created_by": _id(),
    "created_at": _time(),
}

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "report",
            _REPORT,
            commands=frozenset(
                "claim release break_lease wait resume close reopen answer_112 take_over".split()
            ),
        ),
        Kind(
            "report_link",
            {"report_id": _id(True), "other_id": _id(True), "made_by": _id(), "made_at": _time()},
        ),
        Kind(
            "area",
            {
                "name": _text(120, required=True),
                "level": _one_of(v.AreaLevel, required=True),
                "code": _text(12),
                "parent_id": _id(),
                "inhabitants": _number(),
                "note": _text(2000),
            },
        ),
        Kind("area_neighbour", {"area_id": _id(True), "neighbour_id": _id(True)}),
        Kind(
            "area_role",
            {
                "area_id": _id(True),
                "role": _one_of(v.AreaRole, required=True),
                "name": _text(120, required=True),
                "person_id": _id(),
                "phone": _text(20),
                "note": _text(400),
            },
        ),
        Kind("group", _GROUP),
        Kind(
            "group_parent",
            {
                "group_id": _id(True),
                "parent_kind": Field("choice", 10, True, frozenset({"area", "group"})),
                "parent_id": _id(True),
            },
        ),
        Kind("administrator", _ADMINISTRATOR),
        Kind(
            "group_administrator",
            {
                "group_id": _id(True),
                "administrator_id": _id(True),
                "role": _one_of(v.AdministratorRole, required=True),
            },
        ),
        Kind(
            "template",
            {
                "purpose": _one_of(v.PostType, required=True),
                "kind": _one_of(v.MessageKind, required=True),
                "outcome": _one_of(v.Outcome),
                "name": _text(120, required=True),
                "version": _number(100_000),
                "owner": _text(120),
                "valid_until": _text(10),
                "state": Field("choice", 10, False, frozenset({"draft", "active", "retired"})),
                "class": _one_of(v.MessageClass),
                "urgent": _flag(),
                "fields": _items(30),
                "layout": _text(8000, required=True),
            },
        ),
        Kind(
            "post",
            _POST,
            commands=frozenset(
                "make_ready release start_clock settle waive extend close hold take_over drop".split()
            ),
        ),
        Kind(
            "placement",
            {
                "post_id": _id(True),
                "group_id": _id(True),
                "position": _number(10_000),
                "chosen_by_hand": _flag(),
                "text": _text(8000),
                "state": _one_of(v.PlacementState),
                "state_at": _time(),
                "by": _id(),
                "reason": _one_of(v.NotPlacedReason),
                "note": _text(400),
            },
            commands=frozenset("copied placed not_placed unknown".split()),
        ),
        Kind(
            "alert",
            {
                "source": _one_of(v.AlertSource, required=True),
                "external_id": _text(64),
                "kind": _one_of(v.AlertKind),
                "state": _one_of(v.AlertState),
                "state_at": _time(),
                "test": _flag(),
                "title": _text(300),
                "text": _text(20_000),
                "original": _text(1_400_000, required=True),
                "original_sha256": _text(64, required=True),
                "municipality": _text(120),
                "places": _items(100),
                "started_at": _time(),
                "ended_at": _time(),
                "received_at": _time(),
                "area_id": _id(),
                "circle": _object(),
                "polygons": _items(200),
                "plates": _items(100),
                "phone_lines": _items(100),
                "closing_text": _text(20_000),
                "seen_by": _id(),
            },
            commands=frozenset({"say_state"}),
        ),
        Kind(
            "handover",
            {
                "from_person": _id(True),
                "to_person": _id(),
                "made_at": _time(True),
                "shift": _text(60),
                "note": _text(600),
                "talked": _flag(),
                "no_talk_note": _text(400),
                "status": _one_of(v.HandoverStatus),
                "accepted_at": _time(),
                "accepted_by": _id(),
                "seal": _text(64),
                "relief": _flag(),
                "kept": _items(500),
            },
            commands=frozenset({"accept"}),
        ),
        Kind(
            "handover_line",
            {
                "handover_id": _id(True),
                "section": _text(20, required=True),
                "subject_kind": _text(20),
                "subject_id": _id(),
                "position": _number(10_000),
                "title": _text(200, required=True),
                "detail": _text(600),
                "time_text": _text(60),
                "severity": Field("choice", 10, False, frozenset({"red", "amber", "plain"})),
                "late": _flag(),
                "answer": _one_of(v.LineAnswer),
                "answered_by": _id(),
                "answered_at": _time(),
            },
        ),
        Kind(
            "workbook",
            {
                "title": _text(160, required=True),
                "version": _text(20),
                "version_date": _text(10),
                "owner": _text(120),
                "approved_by": _text(120),
                "state": Field("choice", 10, False, frozenset({"draft", "approved"})),
            },
        ),
        Kind(
            "step",
            {
                "workbook_id": _id(True),
                "scope": _text(20, required=True),
                "position": _number(10_000),
                "title": _text(160, required=True),
                "text": _text(4000),
                "way_out": _text(2000),
            },
            strict=True,
        ),
        Kind(
            "step_tick",
            {
                "step_id": _id(True),
                "subject_kind": _text(20),
                "subject_id": _id(True),
                "by": _id(),
                "at": _time(),
            },
        ),
        Kind(
            "check",
            {
                "lamp": _text(20, required=True),
                "state": Field("choice", 12, True, frozenset({"linked", "logged_out"})),
                "by": _id(),
                "at": _time(required=True),
            },
            append_only=True,
        ),
        Kind(
            "log_entry",
            {
                "subject_kind": _text(20, required=True),
                "subject_id": _id(True),
                "what": _text(40, required=True),
                "text": _text(4000),
                "reason": _text(400),
                "recipient": _text(200),
                "by": _id(),
                "station": _text(60),
                "made_at": _time(),
                "corrects": _id(),
                "at": _time(central=True),
            },
            append_only=True,
        ),
        Kind("setting", {"value": _object()}),
        Kind(
            "person",
            {
                "name": _text(120, required=True),
                "roles": _items(10),
                "area_id": _id(),
                "active": _flag(),
                "shift_until": _text(5),
            },
        ),
    )
}
