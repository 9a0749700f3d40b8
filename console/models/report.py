"""Reports, photos and links between reports."""

from sqlalchemy import Index, text

from console.models.base import record_table

report = record_table(
    "report",
    Index("report_by_status", "status", "heard_at", "n", "acute"),
    Index("report_by_time", "heard_at", "n"),
    Index("report_by_area", "area_id", "heard_at"),
    # Of the few in these three, an index of all the others would only be written, never read.
    Index("report_by_holder", "holder", "status", sqlite_where=text("holder IS NOT NULL")),
    Index("report_by_acute", "status", "heard_at", sqlite_where=text("acute = 1")),
    Index("report_by_closing", "closed_at", "n", sqlite_where=text("status = 'closed'")),
)

photo = record_table(
    "photo",
    Index("photo_by_parent", "parent_id"),
    Index("photo_by_content", "sha256"),
    Index("photo_by_last_day", "expires_on", sqlite_where=text("expires_on IS NOT NULL")),
)

report_link = record_table(
    "report_link",
    Index("report_link_by_report", "report_id"),
    Index("report_link_by_other", "other_id"),
)
