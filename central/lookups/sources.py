"""Where look-ups go, and what a team chose of them (setting ``lookups``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contract.outside import HOSTS_MOST, LOOKUP_URLS, host_name, host_of
from contract.vocabulary import LOOKUPS

URLS = LOOKUP_URLS
"""The shipped address of each look-up."""

HOSTS: Mapping[str, str] = {name: host_of(url) for name, url in URLS.items()}
"""The host behind each shipped address."""

_TOKEN_MOST = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """What a team chose. ``urls``: other addresses than the shipped ones, by look-up.

    ``hosts``: which may be asked. ``token``: the key that names this team to RDW, where it has one.
    """

    on: frozenset[str] = frozenset()
    urls: Mapping[str, str] = field(default_factory=dict)
    hosts: frozenset[str] = frozenset(HOSTS.values())
    token: str = field(default="", repr=False)

    def url(self, name: str) -> str:
        """Return the address of a look-up."""
        return self.urls.get(name) or URLS[name]


def choice_of(value: Any) -> Choice:
    """Read the setting; anything that is not a choice is none. No look-up is on by itself."""
    if not isinstance(value, Mapping):
        return Choice()
    wanted, given, named = value.get("on"), value.get("urls"), value.get("hosts")
    on = frozenset(name for name in LOOKUPS if isinstance(wanted, list) and name in wanted)
    urls = {
        name: str(given[name])
        for name in LOOKUPS
        if isinstance(given, Mapping) and isinstance(given.get(name), str)
    }
    hosts = frozenset(HOSTS.values())
    if isinstance(named, list):
        found = (host_name(one) for one in named[:HOSTS_MOST] if isinstance(one, str))
        hosts = frozenset(found) - {""}
    token = str(value.get("token") or "")
    if len(token) > _TOKEN_MOST or not token.isascii() or not token.isalnum():
        token = ""
    return Choice(on, urls, hosts, token)
