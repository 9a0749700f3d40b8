"""Leaving out of a bundle what is of other people (F52; GDPR art. 15.4). Pure.

What the guard knows again as a name, a number, an address of mail or an account of somebody else is
taken out of every text; what only a person can judge (a plate, a house, a description) stays with
the record that somebody ticked. Ids of people and records say nothing outside the team and go too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from console.domain.subject import SubjectRecord
from contract.guard import check
from contract.guard.numbers import numbers_in
from contract.guard.people import without_title
from contract.guard.report import Finding
from contract.guard.tokens import fold, tokenise
from contract.kinds import KINDS
from contract.sought import Sought

MASKS: Mapping[str, str] = {
    "phone_number": "[nummer van een ander]",
    "name": "[naam van een ander]",
    "initials_with_age": "[letters van een ander]",
    "email": "[e-mailadres van een ander]",
    "iban": "[rekeningnummer]",
    "bsn": "[burgerservicenummer]",
}
"""What stands instead, by the rule of the guard that found it."""

_PEOPLE = frozenset({"administrator", "area_role", "person"})
_NAMES = frozenset(
    "relay_name permission_by asked_by advice_by closed_name owner approved_by".split()
)
"""Fields that hold one name and nothing else."""

_TEXTS = frozenset({"text", "items", "object"})
_SAID_HERE = frozenset({"of", "subject"})


@dataclass(frozen=True, slots=True)
class Own:
    """What is of the person who asks. ``names``: folded words; ``ids``: of their own records."""

    sought: Sought
    names: tuple[frozenset[str], ...]
    emails: frozenset[str]
    ids: frozenset[str]


def own_of(records: Iterable[SubjectRecord], sought: Sought, name: str) -> Own:
    """Return what the records about the person themselves say is theirs."""
    mine = [one for one in records if one.kind in _PEOPLE and _is_mine(one, sought)]
    names = [str(one.body.get("name") or "") for one in mine] + [name]
    return Own(
        sought,
        tuple(words for one in names if (words := _words(one))),
        frozenset(fold(str(one.body["email"])) for one in mine if one.body.get("email")),
        frozenset(one.id for one in mine),
    )


def without_others(
    record: SubjectRecord, own: Own, known: Iterable[str]
) -> tuple[SubjectRecord, int]:
    """Return the record without what is of others, and in how many places something went.

    ``known``: names of people whom the team knows.
    """
    left = _Leaving(own, frozenset(known))
    kind = str(record.body.get("of") or record.kind)
    body = left.body(kind, record.body, mine=record.id in own.ids)
    shown = SubjectRecord(
        record.kind, record.id, record.at, record.old, record.sure, record.where, body
    )
    return shown, left.gone


class _Leaving:
    """Goes through one record and counts what it leaves out."""

    def __init__(self, own: Own, known: frozenset[str]) -> None:
        self._own = own
        self._known = known
        self.gone = 0

    def body(self, kind: str, body: Mapping[str, Any], *, mine: bool) -> dict[str, Any]:
        """Return the fields that may be given, each without what is of others."""
        fields = KINDS[kind].fields if kind in KINDS else {}
        made: dict[str, Any] = {}
        for name, value in body.items():
            field = fields.get(name)
            if (field is not None and field.type == "id") or name == "of_id":
                if value in self._own.ids:
                    made[name] = value
            elif isinstance(value, Mapping) and name in ("was", "theirs"):
                made[name] = self.body(kind, value, mine=mine)
            elif mine or name in _SAID_HERE or (field and field.type not in _TEXTS):
                made[name] = value
            elif kind in _PEOPLE and name in ("name", "phone", "email"):
                made[name] = self._whole(value, "name")
            elif name in _NAMES:
                made[name] = self._whole(value, "name")
            else:
                made[name] = self._value(value)
        return made

    def _whole(self, value: Any, rule: str) -> Any:
        if not isinstance(value, str) or not value:
            return value
        if self._own.sought.fields({"": value}) or self._mine_by_name(value):
            return value
        self.gone += 1
        return MASKS[rule]

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, Mapping):
            return {str(self._value(str(name))): self._value(one) for name, one in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(one) for one in value]
        return value

    def _text(self, text: str) -> str:
        found = check(text, "quick_answer", directory_names=self._known).findings
        edge = len(text) + 1
        for one in reversed(found):
            if one.rule in MASKS and one.end <= edge and not self._is_mine(one):
                text = text[: one.start] + MASKS[one.rule] + text[one.end :]
                edge = one.start
                self.gone += 1
        return text

    def _is_mine(self, one: Finding) -> bool:
        if one.rule == "phone_number":
            return any(map(self._own.sought.is_number, numbers_in(one.text)))
        if one.rule == "email":
            return fold(one.text) in self._own.emails
        if one.rule == "name":
            return self._mine_by_name(one.text)
        if one.rule == "initials_with_age":
            first = fold(one.text.strip("(0123456789- ")[:1])
            return any(word.startswith(first) for words in self._own.names for word in words)
        return False

    def _mine_by_name(self, text: str) -> bool:
        words = _words(without_title(text))
        return bool(words) and any(words <= own or own <= words for own in self._own.names)


def _is_mine(one: SubjectRecord, sought: Sought) -> bool:
    return bool(sought.fields({"phone": one.body.get("phone")})) or sought.is_name(
        one.body.get("name")
    )


def _words(name: str) -> frozenset[str]:
    return frozenset(token.low for token in tokenise(name) if not token.is_number)
