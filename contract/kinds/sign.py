"""The fields of sign requests, of tasks and of the counter of residents' sign-ups (F19, F20).

No field of these kinds holds a resident: a request names places along the road and a group, and a
sign-up leaves one number per group or area and month.
"""

from contract import vocabulary as v
from contract.kinds.field import Field, Kind, identifier, items, number, one_of, text, time

SPOTS_MOST = 24
"""The most places of one request; the guide asks for two per six streets, Lisse stands at 16."""

KINDS = (
    Kind(
        "sign_request",
        {
            "group_id": identifier(),
            "area_id": identifier(),
            "title": text(160, required=True),
            "spots": items(SPOTS_MOST),
            "streets": number(10_000),
            "asked_on": Field("text", 10, True),
            "state": one_of(v.SignState),
            "state_at": time(),
            "state_by": identifier(),
            "why": text(400),
            "advice": text(4000),
            "advice_by": text(120),
            "advice_on": text(10),
            "note": text(2000),
        },
        commands=frozenset({"advise", "move"}),
    ),
    Kind(
        "task",
        {
            "what": one_of(v.TaskKind, required=True),
            "subject_kind": text(20, required=True),
            "subject_id": identifier(True),
            "title": text(160, required=True),
            "area_id": identifier(),
            "state": one_of(v.TaskState),
            "made_at": time(),
            "due_at": time(),
            "done_at": time(),
            "done_by": identifier(),
        },
    ),
    Kind(
        "signup_count",
        {
            "month": text(7, required=True),
            "what": one_of(v.SignupCount, required=True),
            "group_id": identifier(),
            "area_id": identifier(),
            "count": number(1_000_000),
        },
        commands=frozenset({"add"}),
    ),
)
