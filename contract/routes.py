"""Paths, headers, versions and limits that desk and central agree on (sync.md §4, §9)."""

from collections.abc import Mapping

API_VERSION = "1.0.0"
"""Version of paths and envelopes; stands in the ``API-Version`` header of every answer."""

SCHEMA = 1
"""Version of the record bodies."""

PREFIX = "/v1"
SERVICE = f"{PREFIX}"
HEALTH = f"{PREFIX}/health"
READINESS = f"{PREFIX}/readiness"
METRICS = "/metrics"
SETUP = f"{PREFIX}/setup"
SESSIONS = f"{PREFIX}/sessions"
SESSION = f"{PREFIX}/sessions/current"
REFRESH = f"{PREFIX}/sessions/current/refresh"
SIGN_IN_WAYS = f"{PREFIX}/sign-in-ways"
FIRST_ACCOUNT = f"{PREFIX}/setup/first-account"
ACTIVATE = f"{PREFIX}/accounts/activate"
PASSWORD = f"{PREFIX}/accounts/current/password"
SECOND_FACTOR = f"{PREFIX}/accounts/current/second-factor"
OPENAPI = f"{PREFIX}/openapi.json"

VERSION_HEADER = "API-Version"
WITNESS_HEADER = "Sync-Witness"
OFFSET_HEADER = "Upload-Offset"
LENGTH_HEADER = "Upload-Length"
SECRET_HEADER = "Embedded-Secret"
AUDIT_HEADER = "Audit-Size"
"""How many audit rows the checkpoint has that a desk saw last."""

IDEMPOTENCY_HEADER = "Idempotency-Key"
INTAKE_HEADER = "Intake-Key"
REASON_HEADER = "Access-Reason"
"""Why somebody sees an administrator's number or a link over REST; percent-encoded UTF-8."""

NDJSON = "application/x-ndjson"
PROBLEM_JSON = "application/problem+json"
EVENT_STREAM = "text/event-stream"

MAX_OPS = 500
"""Most ops in one push."""

BATCH_BYTES = 1_048_576
"""What a desk fills a batch up to; one group of ops may be larger, up to ``MAX_BYTES``."""

MAX_BYTES = 4_194_304
"""Most bytes of any request. An alert keeps its original byte for byte and may need this."""

PAGE_DEFAULT = 2000
PAGE_MAX = 5000
PAGE_BYTES = 4_194_304
WAIT_MAX_S = 25

COLLECTIONS: Mapping[str, str] = {
    "report": "reports",
    "report_link": "report-links",
    "photo": "photos",
    "area": "areas",
    "area_neighbour": "area-neighbours",
    "area_role": "area-roles",
    "area_shape": "area-shapes",
    "group": "groups",
    "group_parent": "group-parents",
    "administrator": "administrators",
    "group_administrator": "group-administrators",
    "register_source": "register-sources",
    "register_link": "register-links",
    "sign_request": "sign-requests",
    "task": "tasks",
    "signup_count": "signup-counts",
    "template": "templates",
    "post": "posts",
    "placement": "placements",
    "alert": "alerts",
    "handover": "handovers",
    "handover_line": "handover-lines",
    "workbook": "workbooks",
    "step": "steps",
    "step_tick": "step-ticks",
    "check": "checks",
    "log_entry": "log-entries",
    "setting": "settings",
    "person": "persons",
}
"""The plural, as it stands in a path, of every kind of record."""

LIST_DEFAULT = 50
LIST_MAX = 200
"""Most records in one answer of a list or a search."""

OFFLINE_DAYS = 90
GRAVE_DAYS = 100
"""How long central keeps graves and commits; never shorter than ``OFFLINE_DAYS``."""

RESULT_DAYS = 120
"""How long central keeps the result of an op; never shorter than ``GRAVE_DAYS``."""


def team(team_id: str, *rest: str) -> str:
    """Return the path of a team, or of what stands under it."""
    return "/".join((f"{PREFIX}/teams/{team_id}", *rest))


def looking_key(team_id: str, device: str) -> str:
    """Return the path of the key one signs with at a desk."""
    return team(team_id, "accounts", "current", "looking-keys", device)


def changes(team_id: str) -> str:
    """Return the path of the changes feed."""
    return team(team_id, "changes")


def events(team_id: str) -> str:
    """Return the path of the stream of live news."""
    return team(team_id, "events")


def blob(team_id: str, sha256: str) -> str:
    """Return the path of an attachment by the hash of its content."""
    return team(team_id, "blobs", sha256)


def snapshot(team_id: str) -> str:
    """Return the path of the streamed snapshot."""
    return team(team_id, "snapshot")


def digest(team_id: str) -> str:
    """Return the path of the convergence self-check."""
    return team(team_id, "digest")


def ops(team_id: str, op_id: str | None = None) -> str:
    """Return the path to push to, or of what became of one op."""
    return team(team_id, "ops", op_id) if op_id else team(team_id, "ops")


def joining(team_id: str, join_id: str) -> str:
    """Return where a desk that worked alone sends its records."""
    return team(team_id, "joinings", join_id, "records")


def collection(team_id: str, kind: str, *rest: str) -> str:
    """Return the path of the records of a kind, or of what stands under it."""
    return team(team_id, COLLECTIONS[kind], *rest)


def intake(team_id: str) -> str:
    """Return the path that an outside report form sends to."""
    return team(team_id, "intake-reports")


def intake_keys(team_id: str, *rest: str) -> str:
    """Return the path of the keys of outside report forms."""
    return team(team_id, "intake-keys", *rest)


def accounts(team_id: str, person_id: str | None = None) -> str:
    """Return the path of the accounts of a team, or of one person's."""
    return team(team_id, "accounts", person_id) if person_id else team(team_id, "accounts")


def devices(team_id: str, device_id: str | None = None) -> str:
    """Return the path of the desks of a team, or of one of them."""
    return team(team_id, "devices", device_id) if device_id else team(team_id, "devices")
