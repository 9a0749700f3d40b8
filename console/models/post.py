"""Templates, posts and placements."""

from sqlalchemy import Index

from console.models.base import record_table

template = record_table("template", Index("template_by_kind", "purpose", "kind", "state"))
post = record_table(
    "post",
    Index("post_by_status", "status", "created_at"),
    Index("post_by_due", "feedback_due_at"),
    Index("post_unsettled", "settled_at", "feedback_due_at"),
    Index("post_by_alert", "alert_id"),
    Index("post_by_answers", "answers"),
    Index("post_by_corrects", "corrects"),
    Index("post_by_forwards", "forwards"),
)
placement = record_table(
    "placement",
    Index("placement_by_post", "post_id", "position"),
    Index("placement_by_group", "group_id", "state_at"),
    Index("placement_by_state", "state"),
    Index("placement_by_time", "state_at", "group_id"),
)
