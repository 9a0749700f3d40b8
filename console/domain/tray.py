"""Refused acts as a person sees them: what happened, both versions, and what can be done (09e)."""

from dataclasses import dataclass

REDO, DROP, MERGE, COPY, RESTORE = "redo", "drop", "merge", "keep_as_copy", "restore_as_new"

TEXT = "text"
"""A field that is compared word by word and may be put together."""


@dataclass(frozen=True, slots=True)
class TrayField:
    """One field of a refused act: mine, what central has, and what I began from.

    ``path`` names the field, with a dot before the part of a field that holds several.
    """

    path: str
    word: str
    mine: str
    theirs: str
    was: str = ""
    form: str = ""

    @property
    def is_text(self) -> bool:
        """Say whether words may be compared and put together."""
        return self.form == TEXT


@dataclass(frozen=True, slots=True)
class TrayItem:
    """One thing for a person to settle: a refused op, or edits of one record taken together.

    ``heading`` says what happened, ``why`` the rule and the next step. ``their_name`` and
    ``their_at`` say who has another value and since when, empty where central did not say.
    ``has_theirs`` is false where central has nothing beside mine. ``asks_reason``: letting go
    wants a reason. Times are UTC stamps.
    """

    op_ids: tuple[str, ...]
    kind: str
    record_id: str
    title: str
    heading: str
    why: str
    made_at: str
    station: str
    fields: tuple[TrayField, ...]
    choices: tuple[str, ...]
    has_theirs: bool = False
    their_name: str = ""
    their_at: str = ""
    asks_reason: bool = False
    follows: int = 0

    @property
    def op_id(self) -> str:
        """Return the id of the first op."""
        return self.op_ids[0]

    @property
    def mine(self) -> tuple[tuple[str, str], ...]:
        """Return my values with the word of their field."""
        return tuple((one.word, one.mine) for one in self.fields)

    @property
    def theirs(self) -> tuple[tuple[str, str], ...]:
        """Return central's values with the word of their field; empty where it has none."""
        return tuple((one.word, one.theirs) for one in self.fields) if self.has_theirs else ()

    @property
    def texts(self) -> tuple[TrayField, ...]:
        """Return the texts that differ."""
        return tuple(one for one in self.fields if one.is_text and one.mine != one.theirs)
