"""Reports, photos and links between reports."""

from sqlalchemy import Index

from console.models.base import record_table

report = record_table(
    "report",
    Index("report_by_status", "status", "heard_at", "n", "acute"),
    Index("report_by_time", "heard_at", "n"),
    Index("report_by_area", "area_id", "heard_at"),
    Index("report_by_holder", "holder", "status"),
    Index("report_by_acute", "acute", "status", "heard_at"),
    Index("report_by_closing", "status", "closed_at", "n"),
)

photo = record_table(
    "photo",
    Index("photo_by_parent", "parent_id"),
    Index("photo_by_content", "sha256"),
)

report_link = record_table(
    "report_link",
    Index("report_link_by_report", "report_id"),
    Index("report_link_by_other", "other_id"),
)
