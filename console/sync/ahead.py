"""What follows a page of the feed, asked for while that page is laid in the desk's file (§7).

Pages are applied one after another all the same, each where the desk stands by then, and there is
never more than one request for changes under way.
"""

import asyncio
from dataclasses import dataclass, replace

from console.sync.failures import Answered, LineDown
from console.sync.gateway import Gateway, Page
from contract import routes

QUICK_S = 1.0
"""Within how many seconds a page came over a line that is good for a second one."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A page that came before it could be applied, and from where it was asked."""

    team: str
    asked_with: str
    page: Page


async def after(gateway: Gateway, team: str, page: Page, rows: int) -> Ahead | None:
    """Fetch what follows this page; raises like the gateway. None: nothing does.

    Over a good line two pages become one: each transaction writes inner pages of every index.
    """
    if not page.more:
        return None
    begun = asyncio.get_running_loop().time()
    first = await gateway.changes(team, page.cursor, limit=rows, witness=page.cursor)
    slow = asyncio.get_running_loop().time() - begun > QUICK_S
    if slow or not first.more or rows < routes.PAGE_MAX:
        return Ahead(team, page.cursor, first)
    try:
        second = await gateway.changes(team, first.cursor, limit=rows, witness=first.cursor)
    except (Answered, LineDown):
        # Whoever asks from there meets the same trouble; what came is not lost for it.
        return Ahead(team, page.cursor, first)
    return Ahead(team, page.cursor, replace(second, records=first.records + second.records))
