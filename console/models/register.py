"""Lists of groups that were read, and which group is which line of them."""

from sqlalchemy import Index

from console.models.base import record_table

register_source = record_table("register_source")
register_link = record_table(
    "register_link",
    Index("register_link_by_source", "source_id"),
    Index("register_link_by_group", "group_id"),
)
