"""Reports and posts by their words, newest first, for the palette."""

from sqlalchemy import Connection, select

from console.domain.directory import SearchHit
from console.models.directory import group_administrator
from console.models.post import post
from console.models.report import report
from console.storage.report_rows import headline
from console.storage.search import search_reports
from contract.dutch import word
from contract.vocabulary import PostType

NEWEST_POSTS = 300


def find_reports(conn: Connection, typed: str, limit: int) -> list[SearchHit]:
    """Return reports holding words that begin like each typed word."""
    ids = search_reports(conn, typed, limit)
    rows = conn.execute(
        select(report.c.id, report.c.title, report.c.text, report.c.place).where(
            report.c.id.in_(ids)
        )
    )
    found = {
        row.id: SearchHit("report", row.id, headline(row.title or "", row.text or "")[0], row.place)
        for row in rows
    }
    return [found[one] for one in ids if one in found]


def find_posts(conn: Connection, typed: str, limit: int) -> list[SearchHit]:
    """Return posts, among the newest 300, whose title holds every typed word."""
    words = typed.casefold().split()
    rows = conn.execute(
        select(post.c.id, post.c.title, post.c.type).order_by(post.c.n.desc()).limit(NEWEST_POSTS)
    )
    hits = []
    for row in rows:
        title = (row.title or "").casefold()
        if all(one in title for one in words):
            hits.append(SearchHit("post", row.id, row.title or "", word(row.type or "", PostType)))
            if len(hits) == limit:
                break
    return hits


def group_of(conn: Connection, administrator_id: str) -> str:
    """Return the group an administrator sits in longest; empty where they sit in none."""
    seat = group_administrator.c
    found = conn.execute(
        select(seat.group_id)
        .where(seat.administrator_id == administrator_id)
        .order_by(seat.n)
        .limit(1)
    ).scalar_one_or_none()
    return str(found or "")
