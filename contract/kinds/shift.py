"""The fields of the handover, the work process and the log (F08, F40-F43)."""

from contract import vocabulary as v
from contract.kinds.field import (
    Field,
    Kind,
    flag,
    identifier,
    items,
    mapping,
    number,
    one_of,
    text,
    time,
)


KINDS = (
    Kind(
        "handover",
        {
            "from_person": identifier(True),
            "to_person": identifier(),
            "made_at": time(True),
            "shift": text(60),
            "note": text(600),
            "talked": flag(),
            "no_talk_note": text(400),
            "status": one_of(v.HandoverStatus),
            "accepted_at": time(),
            "accepted_by": identifier(),
            "seal": text(64),
            "relief": flag(),
            "kept": items(500),
        },
        commands=frozenset({"accept"}),
    ),
    Kind(
        "handover_line",
        {
            "handover_id": identifier(True),
            "section": text(20, required=True),
            "subject_kind": text(20),
            "subject_id": identifier(),
            "position": number(10_000),
            "title": text(200, required=True),
            "detail": text(600),
            "time_text": text(60),
            "severity": Field("choice", 10, False, frozenset({"red", "amber", "plain"})),
            "late": flag(),
            "answer": one_of(v.LineAnswer),
            "answered_by": identifier(),
            "answered_at": time(),
        },
    ),
    Kind(
        "workbook",
        {
            "title": text(160, required=True),
            "version": text(20),
            "version_date": text(10),
            "owner": text(120),
            "approved_by": text(120),
            "state": Field("choice", 10, False, frozenset({"draft", "approved"})),
        },
    ),
    Kind(
        "step",
        {
            "workbook_id": identifier(True),
            "scope": text(20, required=True),
            "position": number(10_000),
            "title": text(160, required=True),
            "text": text(4000),
            "way_out": text(2000),
        },
        strict=True,
    ),
    Kind(
        "step_tick",
        {
            "step_id": identifier(True),
            "subject_kind": text(20),
            "subject_id": identifier(True),
            "by": identifier(),
            "at": time(),
        },
    ),
    Kind(
        "check",
        {
            "lamp": text(20, required=True),
            "state": Field("choice", 12, True, frozenset({"linked", "logged_out"})),
            "by": identifier(),
            "at": time(required=True),
        },
        append_only=True,
    ),
    Kind(
        "log_entry",
        {
            "subject_kind": text(20, required=True),
            "subject_id": identifier(True),
            "what": text(40, required=True),
            "text": text(4000),
            "reason": text(400),
            "recipient": text(200),
            "by": identifier(),
            "station": text(60),
            "made_at": time(),
            "corrects": identifier(),
            "at": time(central=True),
        },
        append_only=True,
    ),
    Kind("setting", {"value": mapping()}),
    Kind(
        "person",
        {
            "name": text(120, required=True),
            "roles": items(10),
            "area_id": identifier(),
            "active": flag(),
            "shift_until": text(5),
        },
    ),
)
