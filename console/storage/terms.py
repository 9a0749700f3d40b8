"""The words that are no name: the team's setting, and who proposed and decided what (F26)."""

from sqlalchemy import Connection, select

from console.domain.terms import Term, Terms
from console.models.handover import log_entry
from console.storage.history import names
from console.storage.posts import setting_value
from contract.guard.terms import CHOICE, allowed_terms, fault_of, same

PROPOSED, ALLOWED, REFUSED, TAKEN_BACK = (
    "term_proposed",
    "term_allowed",
    "term_refused",
    "term_taken_back",
)
_MOST_LINES = 2000


def terms(conn: Connection) -> Terms:
    """Return the list with the newest line about each word; a proposal is open until decided."""
    c = log_entry.c
    found = conn.execute(
        select(c.what, c.text, c.reason, c.by, c.made_at)
        .where(c.subject_kind == "setting", c.subject_id == CHOICE)
        .order_by(c.n.desc())
        .limit(_MOST_LINES)
    ).all()
    people = names(conn, [row.by for row in found])
    newest: dict[str, tuple[str, Term]] = {}
    for row in found:
        term = Term(row.text or "", people.get(row.by, ""), row.made_at or "", row.reason or "")
        newest.setdefault(same(term.text), (row.what, term))
    listed = allowed_terms(setting_value(conn, CHOICE))
    standing = {same(one) for one in listed}
    allowed = [
        newest[same(one)][1] if newest.get(same(one), ("",))[0] == ALLOWED else Term(one, "", "")
        for one in listed
    ]
    proposed = [
        term
        for key, (what, term) in newest.items()
        if what == PROPOSED and key not in standing and fault_of(term.text) is None
    ]
    return Terms(tuple(allowed), tuple(proposed))
