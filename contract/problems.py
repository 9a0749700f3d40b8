"""The closed list of what a request may be refused with (sync.md §9, RFC 9457)."""

from enum import StrEnum
from typing import NamedTuple


class ProblemCode(StrEnum):
    """Why central refused a whole request. Says nothing about any single op."""

    BAD_CURSOR = "bad-cursor"
    BATCH_INVALID = "batch-invalid"
    UNAUTHENTICATED = "unauthenticated"
    SECOND_FACTOR_REQUIRED = "second-factor-required"
    PROVIDER_REFUSED = "provider-refused"
    PROVIDER_AWAY = "provider-away"
    NO_ACCOUNT = "no-account"
    FORBIDDEN = "forbidden"
    SECOND_FACTOR = "second-factor"
    DEVICE_REVOKED = "device-revoked"
    CODE_REFUSED = "code-refused"
    PASSWORD_REFUSED = "password-refused"
    ACCOUNT_TAKEN = "account-taken"
    NOT_FOUND = "not-found"
    METHOD_NOT_ALLOWED = "method-not-allowed"
    TIMELINE_CHANGED = "timeline-changed"
    OP_ID_REUSED = "op-id-reused"
    TOO_EARLY = "too-early"
    OFFSET_MISMATCH = "offset-mismatch"
    CHECKSUM = "checksum"
    BLOB_TYPE = "blob-type"
    BLOB_NOT_BARE = "blob-not-bare"
    LOOKUP_OFF = "lookup-off"
    RANGE_NOT_SATISFIABLE = "range-not-satisfiable"
    ALREADY_SET_UP = "already-set-up"
    RESYNC_REQUIRED = "resync-required"
    PRECONDITION_FAILED = "precondition-failed"
    PRECONDITION_REQUIRED = "precondition-required"
    RECORD_INVALID = "record-invalid"
    RECORD_CONFLICT = "record-conflict"
    RECORD_GONE = "record-gone"
    TOO_LARGE = "too-large"
    CLIENT_TOO_OLD = "client-too-old"
    RATE_LIMITED = "rate-limited"
    OVERLOADED = "overloaded"
    STORAGE_FULL = "storage-full"
    STORAGE_UNUSABLE = "storage-unusable"
    INTERNAL = "internal"


class ProblemType(NamedTuple):
    """The fixed parts of a problem: HTTP status and title."""

    status: int
    title: str


PROBLEMS: dict[ProblemCode, ProblemType] = {
    ProblemCode.BAD_CURSOR: ProblemType(400, "The cursor cannot be read"),
    ProblemCode.BATCH_INVALID: ProblemType(400, "The request does not have the agreed shape"),
    ProblemCode.UNAUTHENTICATED: ProblemType(401, "Sign in first"),
    ProblemCode.SECOND_FACTOR_REQUIRED: ProblemType(401, "Give the code of the second factor"),
    ProblemCode.PROVIDER_REFUSED: ProblemType(401, "The provider did not vouch for this sign-in"),
    ProblemCode.PROVIDER_AWAY: ProblemType(503, "The provider does not answer"),
    ProblemCode.NO_ACCOUNT: ProblemType(403, "This person has no account here"),
    ProblemCode.FORBIDDEN: ProblemType(403, "This session may not do that"),
    ProblemCode.SECOND_FACTOR: ProblemType(403, "This needs a session with a second factor"),
    ProblemCode.DEVICE_REVOKED: ProblemType(403, "This desk may not sign in any more"),
    ProblemCode.CODE_REFUSED: ProblemType(403, "This code is unknown, used or too old"),
    ProblemCode.PASSWORD_REFUSED: ProblemType(400, "Choose another password"),
    ProblemCode.ACCOUNT_TAKEN: ProblemType(409, "This name or person has another account"),
    ProblemCode.NOT_FOUND: ProblemType(404, "There is nothing here"),
    ProblemCode.METHOD_NOT_ALLOWED: ProblemType(405, "This address does not take that method"),
    ProblemCode.TIMELINE_CHANGED: ProblemType(409, "Central was set back to an earlier state"),
    ProblemCode.OP_ID_REUSED: ProblemType(409, "An op id came back with other contents"),
    ProblemCode.TOO_EARLY: ProblemType(425, "The push that this one follows was not done here"),
    ProblemCode.OFFSET_MISMATCH: ProblemType(409, "The upload stands at another byte"),
    ProblemCode.CHECKSUM: ProblemType(400, "The content has another hash than it was said to have"),
    ProblemCode.BLOB_TYPE: ProblemType(400, "Only JPEG, PNG and WebP pictures are kept"),
    ProblemCode.BLOB_NOT_BARE: ProblemType(
        400, "A picture is kept without anything beside its pixels"
    ),
    ProblemCode.RANGE_NOT_SATISFIABLE: ProblemType(416, "There are no such bytes"),
    ProblemCode.LOOKUP_OFF: ProblemType(409, "The team did not switch this look-up on"),
    ProblemCode.ALREADY_SET_UP: ProblemType(409, "Another team is set up here"),
    ProblemCode.RESYNC_REQUIRED: ProblemType(410, "Fetch everything again"),
    ProblemCode.PRECONDITION_FAILED: ProblemType(412, "The record has changed meanwhile"),
    ProblemCode.PRECONDITION_REQUIRED: ProblemType(428, "Say which version you saw"),
    ProblemCode.RECORD_INVALID: ProblemType(400, "A rule of this record refuses it"),
    ProblemCode.RECORD_CONFLICT: ProblemType(409, "The record does not allow this now"),
    ProblemCode.RECORD_GONE: ProblemType(410, "The record was deleted"),
    ProblemCode.TOO_LARGE: ProblemType(413, "The request is too large"),
    ProblemCode.CLIENT_TOO_OLD: ProblemType(426, "This desk is too old"),
    ProblemCode.RATE_LIMITED: ProblemType(429, "Too many requests"),
    ProblemCode.OVERLOADED: ProblemType(503, "Central cannot answer now"),
    ProblemCode.STORAGE_FULL: ProblemType(507, "Central has no room left"),
    ProblemCode.STORAGE_UNUSABLE: ProblemType(503, "Central cannot open its records"),
    ProblemCode.INTERNAL: ProblemType(500, "Something went wrong inside central"),
}

TYPE_PREFIX = "/problems/"


def type_of(code: ProblemCode) -> str:
    """Return the stable ``type`` of a problem."""
    return TYPE_PREFIX + code.value


def code_of(type_uri: object) -> ProblemCode | None:
    """Read the code back from a ``type``; None for one this program does not know."""
    word = str(type_uri).rpartition("/")[2]
    return ProblemCode(word) if word in set(ProblemCode) else None
