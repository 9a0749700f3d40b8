"""Areas, groups, administrators, and who belongs where."""

from sqlalchemy import Index

from console.models.base import record_table

area = record_table("area", Index("area_by_parent", "parent_id"), Index("area_by_code", "code"))
area_neighbour = record_table(
    "area_neighbour",
    Index("area_neighbour_by_area", "area_id"),
    Index("area_neighbour_by_neighbour", "neighbour_id"),
)
area_role = record_table("area_role", Index("area_role_by_area", "area_id"))
area_shape = record_table("area_shape", Index("area_shape_by_area", "area_id"))
group = record_table("group", Index("group_by_area", "area_id", "kind"))
group_parent = record_table(
    "group_parent",
    Index("group_parent_by_group", "group_id"),
    Index("group_parent_by_parent", "parent_id"),
)
administrator = record_table("administrator", Index("administrator_by_name", "name"))
group_administrator = record_table(
    "group_administrator",
    Index("group_administrator_by_group", "group_id"),
    Index("group_administrator_by_administrator", "administrator_id"),
)
