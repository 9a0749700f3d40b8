"""Writes and places the messages of the invented day, through the guard like every message."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from console.app.demo.stage import Stage
from contract.vocabulary import AlertState, Outcome, PlacementState

LAST_SEEN_BEFORE = 70
"""Minutes between when the missing man was last seen and when Burgernet called."""


def missing_person(stage: Stage, entry: Mapping[str, Any]) -> None:
    """Paste the Burgernet text and fill in what the desk could not read."""
    text = entry["text"].strip().replace("{time}", stage.clock_text(LAST_SEEN_BEFORE))
    read = stage.alerts.read(text).result()
    groups = [stage.ids[key] for key in entry["groups"]]
    post_id = stage.posts.from_alert(read, group_ids=groups, area_id=stage.ids["lagebrug"]).result()
    stage.ids["missing"] = post_id
    made = stage.posts.draft(post_id).result()
    assert made is not None
    stage.ids["alert"] = made.alert_id
    _fill_in(stage, post_id, entry["values"])


def draft(stage: Stage, entry: Mapping[str, Any], key: str = "") -> None:
    """Begin a message with its values and groups."""
    values = {
        name: text.replace("{time}", stage.clock_text(29)) for name, text in entry["values"].items()
    }
    post_id = stage.posts.new_draft(
        entry["kind"],
        area_id=stage.ids[entry["area"]],
        values=values,
        group_ids=[stage.ids[group] for group in entry["groups"]],
    ).result()
    if key:
        stage.ids[key] = post_id


def send(stage: Stage, key: str, entry: Mapping[str, Any]) -> None:
    """Release a message and place it; ``placed`` names the groups where only some got it."""
    _place(stage, stage.ids[key], entry.get("placed", entry["groups"]))


def feedback(stage: Stage, entry: Mapping[str, Any]) -> None:
    """Tell the groups how it ended (F30)."""
    answer = stage.feedback.start(stage.ids[entry["key"]]).result()
    stage.feedback.choose(answer, Outcome(entry["outcome"])).result()
    _place(stage, answer, entry["groups"])


def seen_running(stage: Stage) -> None:
    """Say that the Burgernet action still runs (F37)."""
    stage.alerts.say_state(stage.ids["alert"], AlertState.ACTIVE)


def _fill_in(stage: Stage, post_id: str, values: Mapping[str, str]) -> None:
    for name, text in values.items():
        stage.posts.keep_field(post_id, name, text).result()


def _place(stage: Stage, post_id: str, groups: list[str]) -> None:
    stage.posts.release(post_id).result()
    ledger = stage.handoff.ledger(post_id).result()
    assert ledger is not None
    wanted = {stage.ids[group] for group in groups}
    for row in ledger.rows:
        if row.group_id in wanted and row.state == PlacementState.PENDING:
            stage.handoff.copy(row.id).result()
            stage.handoff.placed(row.id).result()
