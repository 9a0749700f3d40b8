"""Handovers and their lines, checks of the lamps, and the log that only grows."""

from sqlalchemy import Index

from console.models.base import record_table

handover = record_table(
    "handover",
    Index("handover_by_time", "made_at"),
    Index("handover_by_status", "status", "made_at"),
)
handover_line = record_table(
    "handover_line", Index("handover_line_by_handover", "handover_id", "position")
)
check = record_table("check", Index("check_by_lamp", "lamp", "at"))
log_entry = record_table(
    "log_entry", Index("log_entry_by_subject", "subject_kind", "subject_id", "n")
)
