"""The fields of areas, groups and administrators (F11-F14)."""

from contract import vocabulary as v
from contract.kinds.field import Field, Kind, flag, identifier, items, number, one_of, text, time

SHAPE_MOST = 200_000
"""The most characters of a kept outline: well-known binary in base64, in RD New (EPSG:28992)."""

_GROUP = {
    "name": text(120, required=True),
    "kind": one_of(v.GroupKind, required=True),
    "area_id": identifier(),
    "streets": items(500),
    "postcodes": items(500),
    "members": number(100_000),
    "member_limit": number(100_000),
    "state": one_of(v.GroupState),
    "wish": one_of(v.Wish),
    "quiet_from": text(5),
    "quiet_until": text(5),
    "reach": one_of(v.Reach),
    "reach_via": text(120),
    "invite_link": text(200),
    "confirmed_at": time(),
    "note": text(2000),
}

_ADMINISTRATOR = {
    "name": text(120, required=True),
    "phone": text(20),
    "email": text(200),
    "wish": one_of(v.Wish),
    "quiet_from": text(5),
    "quiet_until": text(5),
    "reach": one_of(v.Reach),
    "on_burgernet": flag(),
    "active": flag(),
    "left_at": time(),
    "confirmed_at": time(),
    "note": text(2000),
}


KINDS = (
    Kind(
        "area",
        {
            "name": text(120, required=True),
            "level": one_of(v.AreaLevel, required=True),
            "code": text(12),
            "parent_id": identifier(),
            "inhabitants": number(),
            "inhabitants_year": number(9999),
            "inhabitants_source": text(80),
            "note": text(2000),
            "year": number(9999),
            "ended_year": number(9999),
            "merged_into": identifier(),
        },
    ),
    Kind(
        "area_shape",
        {
            "area_id": identifier(True),
            "year": number(9999),
            "shape": text(SHAPE_MOST, required=True),
            "box": items(4),
        },
    ),
    Kind("area_neighbour", {"area_id": identifier(True), "neighbour_id": identifier(True)}),
    Kind(
        "area_role",
        {
            "area_id": identifier(True),
            "role": one_of(v.AreaRole, required=True),
            "name": text(120, required=True),
            "person_id": identifier(),
            "phone": text(20),
            "note": text(400),
        },
    ),
    Kind("group", _GROUP),
    Kind(
        "group_parent",
        {
            "group_id": identifier(True),
            "parent_kind": Field("choice", 10, True, frozenset({"area", "group"})),
            "parent_id": identifier(True),
        },
    ),
    Kind("administrator", _ADMINISTRATOR),
    Kind(
        "group_administrator",
        {
            "group_id": identifier(True),
            "administrator_id": identifier(True),
            "role": one_of(v.AdministratorRole, required=True),
        },
    ),
)
