"""The fields of a report and of a link between two reports (F01-F08)."""

from contract import vocabulary as v
from contract.kinds.field import Field, Kind, flag, identifier, one_of, text, time

_REPORT = {
    "number": Field("text", 20, central=True),
    "category": one_of(v.Category, required=True),
    "title": text(120),
    "text": text(4000, required=True),
    "description": text(2000),
    "place": text(200, required=True),
    "area_id": identifier(),
    "acute": flag(),
    "called_112": one_of(v.Called112),
    "no_call_reason": text(400),
    "happened_at": time(),
    "heard_at": time(required=True),
    "relay": one_of(v.Relay),
    "relay_id": identifier(),
    "relay_name": text(120),
    "photo_seen": flag(),
    "source": one_of(v.ReportSource),
    "origin_hash": text(64),
    "status": one_of(v.ReportStatus),
    "holder": identifier(),
    "lease_until": time(),
    "waiting_on": text(200),
    "waiting_since": time(),
    "close_reason": one_of(v.CloseReason),
    "close_note": text(1000),
    "contribution": one_of(v.Contribution),
    "contribution_ref": text(200),
    "closed_at": time(),
    "closed_by": identifier(),
    "created_by": identifier(),
    "created_at": time(),
}


KINDS = (
    Kind(
        "report",
        _REPORT,
        commands=frozenset(
            "claim release break_lease wait resume close reopen answer_112 take_over".split()
        ),
    ),
    Kind(
        "report_link",
        {
            "report_id": identifier(True),
            "other_id": identifier(True),
            "made_by": identifier(),
            "made_at": time(),
        },
    ),
)
