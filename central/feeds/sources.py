"""Which feeds there are, where they stand, and what a team chose of them (setting ``feeds``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from central.outside.addresses import host_name
from contract.vocabulary import FEEDS, AlertSource

CHOICE = "feeds"
"""The setting in which the account holder says which feeds are on."""

SEEN = "feeds_seen"
"""The setting in which central says how each feed is: the lamp of every desk."""

_HOSTS_MOST = 20


@dataclass(frozen=True, slots=True)
class Source:
    """A feed as shipped. ``every_s``: between two looks; ``nothing_fits``: 204 says "none"."""

    url: str
    host: str
    every_s: float
    nothing_fits: bool = False


SOURCES: Mapping[AlertSource, Source] = {
    AlertSource.BURGERNET_ACTIONS: Source(
        "https://www.landelijkemeldkamer.org/burgernet/burgernet-api/v2/actions",
        "www.landelijkemeldkamer.org",
        60,
    ),
    AlertSource.BURGERNET_ALERTS: Source(
        "https://services.burgernet.nl/landactiehost/api/v1/alerts", "services.burgernet.nl", 60
    ),
    AlertSource.NL_ALERT: Source(
        "https://api.public-warning.app/api/v1/providers/nl-alert/alerts",
        "api.public-warning.app",
        60,
    ),
    AlertSource.POLICE_NEWS: Source(
        "https://api.politie.nl/v4/nieuws?language=nl&maxnumberofitems=25",
        "api.politie.nl",
        600,
        nothing_fits=True,
    ),
    AlertSource.POLICE_MISSING: Source(
        "https://api.politie.nl/v4/vermist?language=nl&maxnumberofitems=25",
        "api.politie.nl",
        600,
        nothing_fits=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a team chose. ``urls``: other addresses than the shipped ones, by feed.

    ``hosts``: which may be asked; ``everywhere``: alerts of other places than the team's too.
    """

    on: tuple[AlertSource, ...] = ()
    urls: Mapping[AlertSource, str] | None = None
    hosts: frozenset[str] = frozenset()
    everywhere: bool = False

    def url(self, feed: AlertSource) -> str:
        """Return the address of a feed."""
        return (self.urls or {}).get(feed) or SOURCES[feed].url


def choice_of(value: Any) -> Choice:
    """Read the setting; anything that is not a choice is none. No feed is on by itself."""
    if not isinstance(value, Mapping):
        return Choice()
    wanted = value.get("on")
    on = tuple(feed for feed in FEEDS if isinstance(wanted, list) and feed.value in wanted)
    given = value.get("urls")
    urls = {
        feed: str(given[feed.value])
        for feed in FEEDS
        if isinstance(given, Mapping) and isinstance(given.get(feed.value), str)
    }
    named = value.get("hosts")
    hosts = {source.host for source in SOURCES.values()}
    if isinstance(named, list):
        hosts = {host_name(one) for one in named[:_HOSTS_MOST] if isinstance(one, str)} - {""}
    return Choice(on, urls, frozenset(hosts), value.get("everywhere") is True)
