"""The closed word lists of Buurtdesk: every state, kind and reason that may stand in a record.

The English value stands in records and on the wire; the Dutch word on screen stands in
``docs/glossary.md`` and in ``contract/dutch.py``. A value is never renamed once released.
"""

from enum import StrEnum


class Role(StrEnum):
    """What a person may do (security.md §3)."""

    READER = "reader"
    OPERATOR = "operator"
    OFFICER = "officer"
    ACCOUNT_HOLDER = "account_holder"
    AUDITOR = "auditor"


class Category(StrEnum):
    """What a report is about (F02)."""

    PERSON = "person"
    PERSONS = "persons"
    VEHICLE = "vehicle"
    SURROUNDINGS = "surroundings"
    UNKNOWN = "unknown"


class ReportStatus(StrEnum):
    """Where a report stands (screens.md §5.1)."""

    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    CLOSED = "closed"


class Called112(StrEnum):
    """Whether 112 was called for an acute report (F04); an empty string means not answered."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Told(StrEnum):
    """Whether the control room knows of a post (F38); an empty string means nobody said."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Relay(StrEnum):
    """Who passed a report on (F03); an eyewitness is never named."""

    ADMINISTRATOR = "administrator"
    GROUP = "group"
    ANONYMOUS = "anonymous"
    VERBAL = "verbal"


class ReportSource(StrEnum):
    """How a report reached the desk."""

    DESK = "desk"
    PASTE = "paste"
    EXPORT = "export"
    API = "api"


class CloseReason(StrEnum):
    """Why a report was closed (F07), in the order of the keys 1 to 7."""

    HANDLED = "handled"
    CONTROL_ROOM = "control_room"
    OFFICER = "officer"
    MUNICIPAL = "municipal"
    OFF_TOPIC = "off_topic"
    DUPLICATE = "duplicate"
    NOTHING_FOUND = "nothing_found"


class Contribution(StrEnum):
    """Did the groups help (F44), in the order of the keys 1 to 4."""

    VIA_GROUP = "via_group"
    VIA_BROADCAST = "via_broadcast"
    NO = "no"
    UNKNOWN = "unknown"


class AreaLevel(StrEnum):
    """The level of an area; none of them is obligatory (F12)."""

    TEAM = "team"
    MUNICIPALITY = "municipality"
    VILLAGE = "village"
    DISTRICT = "district"
    NEIGHBOURHOOD = "neighbourhood"


class AreaRole(StrEnum):
    """Who is who in an area (F13)."""

    OFFICER = "officer"
    MUNICIPAL_DIRECTOR = "municipal_director"
    ENFORCEMENT = "enforcement"
    COORDINATOR = "coordinator"
    MUNICIPAL_CONTACT = "municipal_contact"


class GroupKind(StrEnum):
    """What kind of group this is (F11)."""

    NEIGHBOURHOOD = "neighbourhood"
    BUSINESS = "business"
    REGIE = "regie"
    ADMINISTRATORS = "administrators"


class GroupState(StrEnum):
    """Whether a group is in use (F11); a draft has members nor administrators yet (F20)."""

    DRAFT = "draft"
    ACTIVE = "active"
    ASLEEP = "asleep"
    GONE = "gone"


class Wish(StrEnum):
    """What a group or administrator wants to receive (F14); unknown groups: acute only (C1)."""

    ACUTE_ONLY = "acute_only"
    INFORMATIVE = "informative"


class Reach(StrEnum):
    """How a group is reached (F14, C2)."""

    DIRECT = "direct"
    VIA_COORDINATOR = "via_coordinator"
    INBOUND_ONLY = "inbound_only"


class AdministratorRole(StrEnum):
    """What somebody does in a group (F14)."""

    ADMINISTRATOR = "administrator"
    DEPUTY = "deputy"
    COORDINATOR = "coordinator"


class PostType(StrEnum):
    """What a post is for; each is one of the outgoing paths of D18."""

    BROADCAST = "broadcast"
    FEEDBACK = "feedback"
    CORRECTION = "correction"
    FORWARD = "forward"
    OVERVIEW = "overview"
    RECORDED = "recorded"


class MessageKind(StrEnum):
    """What a text says (F22, F23); the guard's rules depend on it."""

    MISSING_PERSON = "missing_person"
    CONFUSED_PERSON = "confused_person"
    WITNESS_APPEAL = "witness_appeal"
    WARNING = "warning"
    LOOKOUT = "lookout"
    PREVENTION = "prevention"
    GENERAL = "general"
    FEEDBACK = "feedback"
    CORRECTION = "correction"
    OVERVIEW = "overview"
    QUICK_ANSWER = "quick_answer"


class MessageClass(StrEnum):
    """Acute or informative (C1); decides which groups are offered."""

    ACUTE = "acute"
    INFORMATIVE = "informative"


class PostStatus(StrEnum):
    """Where a post stands; after release its text is frozen (sync.md §6)."""

    DRAFT = "draft"
    READY = "ready"
    RELEASED = "released"
    CLOSED = "closed"


class PlacementState(StrEnum):
    """What a person said about one post in one group (F28)."""

    PENDING = "pending"
    COPIED = "copied"
    PLACED = "placed"
    NOT_PLACED = "not_placed"
    UNKNOWN = "unknown"


class NotPlacedReason(StrEnum):
    """Why a text was not placed, in the order of the keys 1 to 4."""

    GROUP_GONE = "group_gone"
    SHARED_ALREADY = "shared_already"
    BY_PHONE = "by_phone"
    OTHER = "other"


class Consent(StrEnum):
    """On what ground a missing person may be named (F38); empty stops the post."""

    VIA_CONTROL_ROOM = "via_control_room"
    FAMILY = "family"
    REASON = "reason"


class Outcome(StrEnum):
    """How it ended (F23, F31), in the order of the keys 1 to 7."""

    FOUND_WELL = "found_well"
    FOUND_OTHER = "found_other"
    ARRESTED = "arrested"
    SEARCH_ENDED = "search_ended"
    NOTHING_FOUND = "nothing_found"
    STILL_RUNNING = "still_running"
    NO_INFORMATION = "no_information"


class WaiverReason(StrEnum):
    """Why no feedback will come (day.md §2)."""

    INVESTIGATION = "investigation"
    PRIVACY = "privacy"
    NO_OUTCOME = "no_outcome"
    OTHER = "other"


class AlertSource(StrEnum):
    """Where an alert was read (issue 2, read-alert)."""

    BURGERNET_TEXT = "burgernet_text"
    BURGERNET_ALERTS = "burgernet_alerts"
    BURGERNET_ACTIONS = "burgernet_actions"
    NL_ALERT = "nl_alert"
    POLICE_NEWS = "police_news"
    POLICE_MISSING = "police_missing"
    CAP = "cap"
    UNKNOWN = "unknown"


FEEDS = (
    AlertSource.BURGERNET_ACTIONS,
    AlertSource.BURGERNET_ALERTS,
    AlertSource.NL_ALERT,
    AlertSource.POLICE_NEWS,
    AlertSource.POLICE_MISSING,
)
"""The sources that central looks at by itself, each where a team switched it on (F63)."""

LOOKUPS = ("plates", "addresses")
"""What central looks up outside when somebody asks, each where a team switched it on (F60)."""


class OutsideTrouble(StrEnum):
    """Why a source outside gave nothing that can be read; it never means that there is nothing."""

    OFF = "off"
    NOT_ALLOWED = "not_allowed"
    BAD_ADDRESS = "bad_address"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SLOW = "slow"
    TOO_LARGE = "too_large"
    REDIRECT = "redirect"
    BUSY = "busy"
    REFUSED = "refused"
    FAILED = "failed"
    ODD_TYPE = "odd_type"
    ODD_TEXT = "odd_text"
    ODD_ANSWER = "odd_answer"
    EMPTY = "empty"
    BROKEN = "broken"


class AlertKind(StrEnum):
    """What an alert is about (issue 2, read-alert)."""

    MISSING_PERSON = "missing_person"
    MISSING_CHILD = "missing_child"
    AMBER = "amber"
    WANTED_PERSON = "wanted_person"
    VEHICLE = "vehicle"
    WITNESS = "witness"
    WARNING = "warning"
    PUBLIC_ALERT = "public_alert"
    OTHER = "other"


class AlertState(StrEnum):
    """Whether an alert runs; ended is not found (F37)."""

    ACTIVE = "active"
    ENDED = "ended"
    UNKNOWN = "unknown"


class LineAnswer(StrEnum):
    """What the incoming person says of a line of the sheet (F43), keys 1 to 3."""

    UNDERSTOOD = "understood"
    QUESTION = "question"
    MINE = "mine"


class HandoverStatus(StrEnum):
    """Where a handover stands (F42, F43)."""

    OPEN = "open"
    ACCEPTED = "accepted"


class SignState(StrEnum):
    """Where a request for signs stands (F20)."""

    ASKED = "asked"
    ADVICE_ASKED = "advice_asked"
    ADVISED = "advised"
    ORDERED = "ordered"
    PLACED = "placed"
    REMOVED = "removed"
    REFUSED = "refused"


class TaskKind(StrEnum):
    """What somebody has to do (F20, F27)."""

    SIGN_ADVICE = "sign_advice"
    PHOTO_REMOVAL = "photo_removal"


class TaskState(StrEnum):
    """Where a task stands (F20)."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class SignupCount(StrEnum):
    """What is counted of residents who want to join a group (F19)."""

    HANDED_OVER = "handed_over"
    NO_GROUP = "no_group"


class OpStatus(StrEnum):
    """What became of an operation (sync.md §5)."""

    APPLIED = "applied"
    MERGED = "merged"
    NOOP = "noop"
    CONFLICT = "conflict"
    GONE = "gone"
    INVALID = "invalid"
    DENIED = "denied"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    RETRY = "retry"


ACCEPTED = frozenset({OpStatus.APPLIED, OpStatus.MERGED, OpStatus.NOOP})

URGENT_KINDS = frozenset(
    {MessageKind.MISSING_PERSON, MessageKind.CONFUSED_PERSON, MessageKind.LOOKOUT}
)

ACUTE_KINDS = URGENT_KINDS | {MessageKind.WARNING}
