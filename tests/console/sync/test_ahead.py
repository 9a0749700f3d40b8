"""A desk that is far behind: what follows a page is asked for while that page is laid down (§7)."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from console.sync import ahead
from contract import routes
from tests.console.sync.test_engine import look, same_everywhere
from tests.helpers.breakable import Fault
from tests.helpers.central_line import report
from tests.helpers.joined import Joined

PAGE = 3


class Asked(list[str]):
    """What the line was asked, telling of each time that changes are asked for."""

    def __init__(self, changes: Callable[[int], None]) -> None:
        super().__init__()
        self._changes = changes
        self._count = 0

    def append(self, said: str) -> None:
        super().append(said)
        if said.endswith("/changes"):
            self._count += 1
            self._changes(self._count)


@pytest.fixture
def behind(joined: Joined, monkeypatch: pytest.MonkeyPatch) -> tuple[Joined, list[str]]:
    """Return a desk that misses eleven reports, in pages of three."""
    monkeypatch.setattr(routes, "PAGE_MAX", PAGE)
    monkeypatch.setattr(ahead, "QUICK_S", 60.0)
    joined.engine._exchange._rows = PAGE
    missing = [report() for _ in range(11)]
    joined.central.push(*missing)
    return joined, [one["id"] for one in missing]


def here(joined: Joined, ids: list[str]) -> int:
    return sum(look(joined, "report", record_id) is not None for record_id in ids)


def test_what_follows_is_asked_before_a_page_is_in_the_file(
    behind: tuple[Joined, list[str]],
) -> None:
    joined, ids = behind
    followed, in_time = threading.Event(), []
    laid: list[int] = []

    def asked(count: int) -> None:
        if count == 1:
            # Nothing more comes into the file until the page after this one is asked for.
            joined.store.write(lambda conn: in_time.append(followed.wait(20)))
        elif count == 2:
            followed.set()

    joined.line.asked = Asked(asked)
    joined.store.subscribe(lambda changes: laid.append(len(changes.ids.get("report", ()))))
    joined.step()
    assert in_time == [True]
    assert [size for size in laid if size] == [3, 6, 2], "two quick pages make one transaction"
    assert here(joined, ids) == len(ids)
    same_everywhere(joined)


@pytest.mark.parametrize(("good", "stands"), [(0, 0), (1, 3), (2, 11)])
def test_a_page_stands_when_what_follows_it_is_lost_and_nothing_is_missed(
    behind: tuple[Joined, list[str]], good: int, stands: int
) -> None:
    joined, ids = behind
    joined.line.only = "/changes"
    joined.line.faults.extend([Fault.NONE] * good + [Fault.CUT_REPLY])
    joined.step()
    assert here(joined, ids) == stands
    joined.step()
    assert here(joined, ids) == len(ids)
    same_everywhere(joined)


def test_a_page_that_came_ahead_is_left_where_the_desk_stands_elsewhere_by_then(
    behind: tuple[Joined, list[str]],
) -> None:
    joined, ids = behind
    exchange = joined.engine._exchange
    assert joined.run(exchange.pull())
    came = exchange._ahead
    assert came is not None
    joined.step()
    more = report()
    joined.central.push(more)
    exchange._ahead = replace(came, page=replace(came.page, more=False))
    joined.step()
    assert here(joined, [*ids, more["id"]]) == len(ids) + 1
    same_everywhere(joined)
