"""Which feeds there are, where they stand, and what a team chose of them (setting ``feeds``)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contract.outside import FEED_URLS, HOSTS_MOST, host_name, host_of
from contract.vocabulary import FEEDS, AlertSource

CHOICE = "feeds"
"""The setting in which the account holder says which feeds are on."""

SEEN = "feeds_seen"
"""The setting in which central says how each feed is: the lamp of every desk."""


@dataclass(frozen=True, slots=True)
class Source:
    """A feed as shipped. ``every_s``: between two looks; ``nothing_fits``: 204 says "none"."""

    url: str
    host: str
    every_s: float
    nothing_fits: bool = False


_RARELY = frozenset({AlertSource.POLICE_NEWS, AlertSource.POLICE_MISSING})

SOURCES: Mapping[AlertSource, Source] = {
    feed: Source(url, host_of(url), 600 if feed in _RARELY else 60, feed in _RARELY)
    for feed, url in FEED_URLS.items()
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
        hosts = {host_name(one) for one in named[:HOSTS_MOST] if isinstance(one, str)} - {""}
    return Choice(on, urls, frozenset(hosts), value.get("everywhere") is True)
