"""What the palette finds: groups, reports and posts, streets (09h); at most five of each."""

from concurrent.futures import Future

from console.domain.directory import SearchHit
from console.services.desk import Desk
from console.storage import search
from console.storage.database import Connection
from console.storage.finds import find_posts, find_reports, group_of

MOST = 5


class Lookup:
    """One search over everything the desk knows."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def find(self, typed: str) -> Future[list[SearchHit]]:
        """Return finds in the order of the palette; nothing under two characters."""

        def work(conn: Connection) -> list[SearchHit]:
            if len(typed.strip()) < 2:
                return []
            places = search.search_directory(conn, typed, 4 * MOST)
            by_kind = {
                kind: [hit for hit in places if hit.kind in kinds][:MOST]
                for kind, kinds in (
                    ("groups", ("group", "area", "administrator")),
                    ("streets", ("street",)),
                )
            }
            reports = find_reports(conn, typed, MOST)
            posts = find_posts(conn, typed, MOST - min(2, len(reports)))
            return [*by_kind["groups"], *(reports + posts)[:MOST], *by_kind["streets"]]

        return self._desk.look(work, "palette")

    def group_of(self, administrator_id: str) -> Future[str]:
        """Return a group an administrator sits in, to show their card; empty where there is none."""
        return self._desk.look(lambda conn: group_of(conn, administrator_id))
