"""Snapshots of templates, posts, the hand-off ledger and feedback (F22-F34)."""

from dataclasses import dataclass, field
from typing import Any

from console.domain.decided import Decided


@dataclass(frozen=True, slots=True)
class TemplateField:
    """One field of a template, asked in order. ``type``: text, long, time or choice."""

    name: str
    label: str
    hint: str = ""
    type: str = "text"
    required: bool = True
    default: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Template:
    """One template at one version (F24). ``layout`` holds ``{{field}}`` places only."""

    id: str
    purpose: str
    kind: str
    outcome: str
    name: str
    version: int
    owner: str
    valid_until: str
    state: str
    message_class: str
    urgent: bool
    fields: tuple[TemplateField, ...]
    layout: str


@dataclass(frozen=True, slots=True)
class PostRow:
    """One post in the list of posts. ``section``: busy, ready, unconfirmed or placed."""

    id: str
    type: str
    kind: str
    title: str
    section: str
    status: str
    author_name: str
    holder_name: str
    mine: bool
    groups: int
    placed: int
    unconfirmed: int
    changed_at: str
    due_at: str
    settled_at: str


TWIN = "twin"
"""Rule of the decision that two messages about one action are meant."""


@dataclass(frozen=True, slots=True)
class Twin:
    """A colleague's message about the same action; ``released``: it went out.

    ``passed_on``: it is a copy of the same message of neighbours, for one of the same groups.
    """

    id: str
    author: str
    released: bool
    passed_on: bool = False

    @property
    def words(self) -> str:
        """What to say about it, as one sentence."""
        who = self.author or "Een collega"
        if self.passed_on and self.released:
            return f"{who} heeft dit al doorgezet naar een van deze groepen."
        if self.passed_on:
            return f"{who} zet dit al door naar een van deze groepen."
        if self.released:
            return f"{who} heeft over deze actie al een bericht uitgegeven."
        return f"{who} schrijft al een bericht over deze actie."


@dataclass(frozen=True, slots=True)
class Draft:
    """A post being written, with its values per field and the groups ticked."""

    id: str
    type: str
    kind: str
    title: str
    template: Template | None
    newer_version: int
    values: dict[str, str]
    urgent: bool
    training: bool
    area_id: str
    area_name: str
    alert_id: str
    report_id: str
    answers: str
    corrects: str
    status: str
    author_id: str
    author_name: str
    author_until: str
    mine: bool
    consent: str
    consent_ground: str
    decided: Decided
    decisions: tuple[dict[str, Any], ...] = ()
    unseen_reason: str = ""
    saved_at: str = ""
    original: str = ""
    original_spans: tuple[tuple[int, int], ...] = ()
    original_facts: tuple[tuple[str, str], ...] = ()
    alert_state: str = ""
    alert_state_at: str = ""
    outcome: str = ""
    twin: Twin | None = None
    """A message this one would double, as long as nobody decided about it."""
    source_id: str = ""
    source_name: str = ""
    source_ended: bool = False
    """Of a message that was passed on: where it came from, and whether that is over (F21)."""


@dataclass(frozen=True, slots=True)
class PreviewSpan:
    """A coloured stretch of a preview, in code points. ``kind``: stop, warn, closing or field."""

    start: int
    end: int
    kind: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding of the guard with its words: what it is, what to do, which remedies (F25, F26).

    ``answered``: a reason was given and, where needed, a second person looked along. ``remedies``
    are button words in the order of Alt+1, Alt+2. ``field_name`` is where the span came from.
    """

    rule: str
    outcome: str
    start: int
    end: int
    text: str
    title: str
    explanation: str
    remedies: tuple[str, ...]
    field_name: str = ""
    field_start: int = 0
    field_end: int = 0
    answered: bool = False
    needs_second: bool = False


@dataclass(frozen=True, slots=True)
class Preview:
    """What one group will see, with what the guard found in it."""

    group_id: str
    group_name: str
    text: str
    spans: tuple[PreviewSpan, ...] = ()
    findings: tuple[Finding, ...] = ()
    stops: int = 0
    warnings: int = 0


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """One line of the ledger: what a person said about one group (F28)."""

    id: str
    group_id: str
    group_name: str
    position: int
    reach: str
    reach_via: str
    administrators: int
    members: int
    state: str
    state_at: str
    by_name: str
    reason: str
    note: str
    text: str
    chosen_by_hand: bool = False
    pending: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """The hand-off of one post: its rows, the clock and the alert behind it."""

    post_id: str
    type: str
    kind: str
    title: str
    urgent: bool
    status: str
    rows: tuple[PlacementRow, ...]
    feedback_due_at: str
    first_placed_at: str
    settled_at: str
    alert_id: str
    alert_state: str
    alert_state_at: str
    alert_started_at: str
    corrects: str = ""
    answers: str = ""
    mine: bool = True
    holder_name: str = ""
    decided: Decided = field(default_factory=Decided)


@dataclass(frozen=True, slots=True)
class FeedbackRow:
    """One broadcast that asks feedback (F30). ``section``: late, today, later or done."""

    post_id: str
    title: str
    kind: str
    section: str
    due_at: str
    groups: int
    owner_name: str
    mine: bool
    placed_at: str
    extensions: int
    alert_state: str
    draft_id: str = ""
    draft_author: str = ""
    outcome: str = ""
    settled_at: str = ""
    waiver_reason: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackCard:
    """The broadcast behind a feedback: its text and the groups that got it."""

    row: FeedbackRow
    text: str
    by_name: str
    groups: tuple[tuple[str, str, str, int], ...] = ()
    closing_text: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackClock:
    """What every screen shows at the far right of the status bar (D09)."""

    late: int = 0
    next_due_at: str = ""
    next_post_id: str = ""
    most_urgent_id: str = ""


@dataclass(frozen=True, slots=True)
class FeedbackFigures:
    """The month in one sentence (F31). ``median_minutes`` is None where nothing was settled."""

    asked: int = 0
    given: int = 0
    waived: int = 0
    median_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class RecordedPost:
    """What is typed when a post was made from the phone (day.md, 18:10)."""

    kind: str
    title: str
    text: str
    group_ids: tuple[str, ...]
    placed_at: str
    area_id: str = ""
    answers: dict[str, str] = field(default_factory=dict)
