"""The lists of the directory are answered by indexes (house.md §3.15)."""

from __future__ import annotations

from console.services.desk import Desk
from console.storage.database import Connection
from console.storage.directory import recent_query
from console.storage.directory_tree import MATCHES
from console.storage.places import HITS
from tests.helpers.plans import assert_uses_index, plan_of


def test_the_last_posts_of_a_group_walk_no_growing_table(desk: Desk) -> None:
    def work(conn: Connection) -> list[str]:
        assert_uses_index(conn, recent_query("group"))
        return plan_of(conn, recent_query("group"))

    plan = desk.look(work).result(10)
    assert any("placement_by_group" in line for line in plan), plan


def test_the_search_of_the_directory_goes_through_the_full_text_index(desk: Desk) -> None:
    def work(conn: Connection) -> list[list[str]]:
        values = {"words": '"hav"*', "most": 10}
        return [plan_of(conn, str(one), values) for one in (MATCHES, HITS)]

    for plan in desk.look(work).result(10):
        assert any("VIRTUAL TABLE" in line for line in plan), plan
        assert not any(line.startswith("SCAN e") for line in plan), plan
