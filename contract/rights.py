"""Which role may push what: one table for central, which decides, and the desk, which explains.

Source: security.md §3. Central reads the roles from its own records at every request; what a desk
says about its person is never believed.
"""

from collections.abc import Collection, Mapping

from contract.kinds import KINDS
from contract.op import Op
from contract.vocabulary import Role

KEEPERS = frozenset({Role.ACCOUNT_HOLDER})
"""Who keeps the texts, the work process, the settings, the people and the outlines of areas."""

WORKERS = frozenset({Role.OPERATOR, Role.OFFICER, Role.ACCOUNT_HOLDER})
"""Who does the daily work (F41)."""

AUDIT_READERS = frozenset({Role.ACCOUNT_HOLDER, Role.AUDITOR})
"""Who sees who saw, copied, placed and changed what (F54)."""

_AUDITED = frozenset({"person", "log_entry", "setting"})

_KEPT = frozenset(
    {
        "template",
        "workbook",
        "step",
        "setting",
        "person",
        "area_shape",
        "register_source",
        "register_link",
    }
)

WRITERS: Mapping[str, frozenset[Role]] = {
    kind: KEEPERS if kind in _KEPT else WORKERS for kind in KINDS
}
"""Who may change records of a kind. Readers and auditors change nothing."""

OWN_PERSON_FIELDS = frozenset({"shift_until"})
"""What somebody may change of their own person record without keeping the people."""


ADMINISTRATION = frozenset({"person", "setting"})
"""What a session from elsewhere changes only after it proved a second factor (security.md §3)."""


def written_by(roles: Collection[str]) -> frozenset[str]:
    """Return the kinds whose records somebody with these roles may change."""
    return frozenset(
        kind for kind, allowed in WRITERS.items() if any(role in allowed for role in roles)
    )


def may_push(roles: Collection[str], op: Op, person: str) -> bool:
    """Say whether somebody with these roles may push this op. Unknown kinds: nobody may."""
    if op.kind in written_by(roles):
        return True
    return _own_shift(op, person) and bool(roles)


def needs_second_factor(op: Op, person: str) -> bool:
    """Say whether this op is administration; somebody's own shift is not."""
    return op.kind in ADMINISTRATION and not _own_shift(op, person)


def _own_shift(op: Op, person: str) -> bool:
    return (
        op.kind == "person"
        and op.verb == "update"
        and op.id == person
        and bool(op.set)
        and OWN_PERSON_FIELDS.issuperset(op.set)
    )


def may_pass_on(roles: Collection[str]) -> bool:
    """Say whether somebody may see what other teams share, to pass it on (F21)."""
    return bool(WORKERS & set(roles))


def may_read_audit(roles: Collection[str]) -> bool:
    """Say whether somebody may look in the audit rows (F54)."""
    return bool(AUDIT_READERS & set(roles))


def may_read_kind(roles: Collection[str], kind: str) -> bool:
    """Say whether somebody may read records of a kind over REST: an auditor only those for the log.

    A desk holds what its team holds but for ``contract.contact``; what it shows an auditor is the log.
    """
    return kind in _AUDITED or any(role in set(Role) - {Role.AUDITOR} for role in roles)


def may_see_contact(roles: Collection[str]) -> bool:
    """Say whether somebody may see the number of an administrator, with a reason.

    Who may not gets none in any feed either.
    """
    return bool(WORKERS & set(roles))


def may_read(roles: Collection[str]) -> bool:
    """Say whether somebody may fetch the team's records: everyone with a role."""
    return any(role in set(Role) for role in roles)
