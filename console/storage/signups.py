"""Where groups say they are, and what is counted of residents' sign-ups (F19)."""

from sqlalchemy import Connection, select

from console.domain.signup import Place, SignupCounts
from console.models.directory import area, group
from console.models.sign import signup_count
from contract.vocabulary import SignupCount

c = signup_count.c


def places(conn: Connection) -> list[Place]:
    """Return the streets and postcodes of every group; the address itself is asked of nothing."""
    found = conn.execute(select(group.c.id, group.c.streets, group.c.postcodes))
    return [
        Place(
            row.id,
            tuple(str(one) for one in row.streets or ()),
            tuple(str(one) for one in row.postcodes or ()),
        )
        for row in found
    ]


def counts(conn: Connection, month: str) -> SignupCounts:
    """Return the numbers of a month (YYYY-MM)."""
    found = conn.execute(
        select(
            c.what,
            c.count.label("number"),
            group.c.name.label("group_name"),
            area.c.name.label("area_name"),
        )
        .select_from(signup_count)
        .outerjoin(group, group.c.id == c.group_id)
        .outerjoin(area, area.c.id == c.area_id)
        .where(c.month == month)
    ).all()
    by_place: dict[str, int] = {}
    total = {str(one): 0 for one in SignupCount}
    for row in found:
        total[row.what] = total.get(row.what, 0) + (row.number or 0)
        name = row.group_name or row.area_name or "gebied onbekend"
        by_place[name] = by_place.get(name, 0) + (row.number or 0)
    return SignupCounts(
        month, total[SignupCount.HANDED_OVER], total[SignupCount.NO_GROUP], by_place
    )
