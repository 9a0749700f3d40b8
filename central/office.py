"""What every endpoint works with: the records, the settings, the time, the bells, the counts."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from fastapi import Request

from central.auth.oidc.provider import ProviderLine
from central.auth.passwords import Hasher
from central.auth.rates import Rates
from central.bells import Bells
from central.clock import TELLER, stamp, system_time
from central.database import Database
from central.feeds.poller import Feeds, guarded
from central.live.hub import Live
from central.live.wire import PostgresWire
from central.settings import Settings
from central.sync.turns import Turns
from central.tally import Tally

if TYPE_CHECKING:
    from central.outside import OutsideClient


@dataclass(slots=True)
class Office:
    """Built once per central and handed to every request.

    ``client``: makes what asks sources outside for a list of hosts; stand-ins give their own.
    """

    settings: Settings
    database: Database
    tell: TELLER = system_time
    bells: Bells = field(default_factory=Bells)
    hasher: Hasher = field(init=False)
    rates: Rates = field(init=False)
    intake: Rates = field(init=False)
    lookups: Rates = field(init=False)
    live: Live = field(init=False)
    feeds: Feeds = field(init=False)
    provider: ProviderLine = field(init=False)
    tally: Tally = field(default_factory=Tally)
    turns: Turns = field(default_factory=Turns)
    client: Callable[[Collection[str]], "OutsideClient"] = guarded

    def __post_init__(self) -> None:
        """Build what the settings decide; let every commit ring, whoever made it."""
        self.hasher = Hasher(self.settings)
        self.rates = Rates(self.settings.device_rate, self.settings.device_burst)
        self.intake = Rates(self.settings.intake_rate, self.settings.intake_burst)
        self.lookups = Rates(self.settings.lookup_rate, self.settings.lookup_burst)
        self.database.on_commit = self.bells.ring
        place = self.database.place
        connect = partial(PostgresWire, place) if isinstance(place, str) else None
        self.live = Live(self.database, self.bells, self.tell, connect=connect)
        self.feeds = Feeds(self)
        self.provider = ProviderLine(self.settings.provider, self._outside, self.tell)

    def _outside(self, hosts: Collection[str]) -> "OutsideClient":
        # Asked at each use: a stand-in may come after the office was made.
        return self.client(hosts)

    def moment(self) -> datetime:
        """Return the present moment in UTC."""
        return self.tell()

    def now(self) -> str:
        """Return the present moment as a stamp."""
        return stamp(self.tell())

    def stop(self) -> None:
        """Let everybody go who only waits: central is about to end.

        Event streams are told first; a page that was waited for is answered as it is.
        """
        self.live.farewell(self.now())
        self.bells.knock_all()


def office_of(request: Request) -> Office:
    """Return the office of the central that received the request."""
    office: Office = request.app.state.office
    return office
