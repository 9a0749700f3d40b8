"""What the card of Berichten says of a draft and of a released post. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from console.domain.decided import NO_CONSENT, Decided
from console.domain.decided import lines as lines_of
from console.domain.findings import open_findings, summary
from console.domain.post import Ledger, PlacementRow, PostRow, Preview, PreviewSpan
from console.domain.post_photo import PostPhoto
from console.domain.writing import Writing, asks_feedback
from console.presenters.photo_door import photo_words
from console.views.posts.post_card import PostCardView
from console.views.posts.words import (
    STATE_LOOKS,
    clock_of,
    counts_words,
    delete_words,
    due_words,
    placement_state,
    post_second,
)
from console.views.widgets.facts import Fact
from contract.dutch import word
from contract.vocabulary import PlacementState


def card_of_draft(
    row: PostRow,
    writing: Writing | None,
    preview: Preview | None,
    now: datetime,
    decided: Decided | None = None,
) -> PostCardView:
    """Return the card of a post that is still being written."""
    left = open_findings(preview.findings) if preview else ()
    note = summary(left)
    ready = row.section == "ready"
    chip = ("klaar voor uitgeven", "accent", "inbox") if ready else ("concept", "grey", "pencil")
    targets = writing.targets if writing else ()
    return PostCardView(
        row.title,
        post_second(row, now),
        chip,
        (("open", "Verder schrijven", "Enter"), ("drop", "Leg weg", "")),
        tuple(Fact(one.group_name, one.area_name) for one in targets),
        preview.text if preview else "",
        "concept",
        preview.spans if preview else (),
        f"De controle vindt {note}." if note else "",
        decided_facts(decided),
    )


def card_of_ledger(
    row: PostRow, ledger: Ledger | None, minutes: int, lines: Sequence[str], now: datetime
) -> PostCardView:
    """Return the card of a post that was released."""
    if ledger is None:
        return PostCardView(row.title, post_second(row, now), None, (), (), "", "")
    waiting = row.section == "unconfirmed"
    open_feedback = (
        asks_feedback(ledger.type) and bool(ledger.feedback_due_at) and not ledger.settled_at
    )
    acts: list[tuple[str, str, str]] = []
    if waiting:
        acts.append(("open", "Verder uitgeven", "Enter"))
    elif open_feedback:
        acts.append(("feedback", "Terugkoppelen", "F"))
    acts.append(
        ("open", "Toon de groepen", "Enter") if not waiting else ("forward", "Zet door", "D")
    )
    if not waiting:
        acts.append(("forward", "Zet door", "D"))
    elif open_feedback:
        acts.append(("feedback", "Terugkoppelen", "F"))
    text = ledger.rows[0].text if ledger.rows else ""
    spans: tuple[PreviewSpan, ...] = ()
    for line in lines:
        start = text.rfind(line)
        if start >= 0:
            spans = (PreviewSpan(start, start + len(line), "closing"),)
    chip = (
        ("niet bevestigd", "amber", "ring-question")
        if waiting
        else (
            ("geplaatst", "green", "ring-check")
            if row.placed
            else ("niet geplaatst", "grey", "ring-cross")
        )
    )
    due, _ = due_words(row, now)
    below = counts_words(ledger) or post_second(row, now)
    return PostCardView(
        row.title,
        f"{below} · {due}" if due else below,
        chip,
        tuple(acts),
        tuple(_group(one, ledger, minutes, now) for one in ledger.rows),
        text,
        clock_of(ledger.first_placed_at) or "nu",
        spans,
        decided=decided_facts(ledger.decided),
    )


PHOTO_OVER = "Foto verlopen. Het beeld is gewist; herkomst en toestemming staan er nog."


def with_photo(card: PostCardView, found: PostPhoto | None, now: str) -> PostCardView:
    """Return the card with the way to the photo of the post, and said where that is over (F27)."""
    words = photo_words(found, now)
    if found is None or not words:
        return card
    acts = card.acts
    if found.id or found.removals:
        acts = (*acts[:2], ("photo", words, "Shift+F"))
    note = f"{card.note} {PHOTO_OVER}".strip() if found.over else card.note
    return replace(card, acts=acts, note=note)


def decided_facts(decided: Decided | None) -> tuple[Fact, ...]:
    """Return who decided, line by line; a missing consent is amber (F38)."""
    if decided is None:
        return ()
    return tuple(
        Fact(label, said, "triangle-alert", "amber", "amberfill")
        if said == NO_CONSENT
        else Fact(label, said)
        for label, said in lines_of(decided)
    )


def _group(row: PlacementRow, ledger: Ledger, minutes: int, now: datetime) -> Fact:
    icon, icon_ink, ink = STATE_LOOKS.get(row.state, STATE_LOOKS["pending"])
    words = word(row.state, PlacementState)
    second = placement_state(row, ledger, now)
    left = delete_words(row, minutes, now)
    told = ", ".join(part for part in (second, left) if part)
    return Fact(row.group_name, f"{words}. {told}" if told else words, icon, ink, icon_ink)
