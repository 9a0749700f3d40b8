"""Snapshots of the handover sheet: made from the log, accepted line by line (F42, F43)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the sheet. ``section``: first, feedback, reports, posts or late.

    ``severity``: red, amber or plain. ``answer``: understood, question, mine or empty.
    """

    id: str
    section: str
    title: str
    detail: str
    time_text: str
    severity: str
    subject_kind: str
    subject_id: str
    answer: str = ""
    answered_by: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Moves:
    """What moves to the new holder in one step."""

    reports: int = 0
    clocks: int = 0
    unknown_placements: int = 0
    drafts: int = 0

    @property
    def total(self) -> int:
        """How many things move; placements move with their post."""
        return self.reports + self.clocks + self.drafts


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet. ``id`` is empty while it is a preview that nobody has made yet.

    ``from_seen_at``: when the giver last wrote something in the log.
    """

    id: str
    title: str
    made_at: str
    from_id: str
    from_name: str
    to_id: str
    to_name: str
    shift: str
    note: str
    status: str
    accepted_at: str
    seal: str
    confirmed: bool
    lines: tuple[SheetLine, ...]
    moves: Moves
    relief: bool = False
    talked: bool = False
    no_talk_note: str = ""
    from_seen_at: str = ""

    @property
    def answered(self) -> int:
        """How many lines have an answer."""
        return sum(1 for line in self.lines if line.answer)

    @property
    def questions(self) -> int:
        """How many lines are answered with a question."""
        return sum(1 for line in self.lines if line.answer == "question")


@dataclass(frozen=True, slots=True)
class Target:
    """What stands behind a line: its kind, its id, and the status of a post."""

    kind: str
    id: str
    status: str = ""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One earlier handover in the list."""

    id: str
    made_at: str
    from_name: str
    to_name: str
    accepted_at: str
    questions: int
