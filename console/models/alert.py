"""Alerts, as pasted by a person or written by central's feeds."""

from sqlalchemy import Index

from console.models.base import record_table

alert = record_table(
    "alert",
    Index("alert_by_state", "state", "started_at"),
    Index("alert_by_original", "original_sha256"),
    Index("alert_by_source", "source", "external_id"),
)
