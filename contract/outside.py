"""Addresses of sources outside, as the desk lets them be typed and central asks them. Pure.

What may be connected to is decided by central (``central.outside.addresses``).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from contract.vocabulary import AlertSource

# The last label begins with a letter: 127.0.0.1, 0x7f000001 and 2130706433 are no names.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
NAME_LONGEST = 253
URL_LONGEST = 2_000
HOSTS_MOST = 20
"""Most hosts on the list of a team."""

FEED_URLS: Mapping[AlertSource, str] = {
    AlertSource.BURGERNET_ACTIONS: (
        "https://www.landelijkemeldkamer.org/burgernet/burgernet-api/v2/actions"
    ),
    AlertSource.BURGERNET_ALERTS: "https://services.burgernet.nl/landactiehost/api/v1/alerts",
    AlertSource.NL_ALERT: "https://api.public-warning.app/api/v1/providers/nl-alert/alerts",
    AlertSource.POLICE_NEWS: "https://api.politie.nl/v4/nieuws?language=nl&maxnumberofitems=25",
    AlertSource.POLICE_MISSING: (
        "https://api.politie.nl/v4/vermist?language=nl&maxnumberofitems=25"
    ),
}
"""The shipped address of each feed."""

LOOKUP_URLS: Mapping[str, str] = {
    "plates": "https://opendata.rdw.nl/api/v3/views/m9d7-ebf2/query.json",
    "addresses": "https://api.pdok.nl/bzk/locatieserver/search/v3_1/free",
}
"""The shipped address of each look-up."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes: the host by name, and path with query as they are sent."""

    host: str
    target: str


def host_name(text: str) -> str:
    """Return a host by name in small letters; empty for an address, a form of one, or no name."""
    name = text.strip().lower()
    return name if len(name) <= NAME_LONGEST and _NAME.fullmatch(name) else ""


def place_of(url: str, allowed: Collection[str]) -> Place | None:
    """Return where this address leads; None where it may not be asked.

    Only https on its own port, no name or password in it, no blanks or control characters, and a
    host that stands letter by letter on the list.
    """
    if len(url) > URL_LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        return None
    if "\\" in url:
        return None
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    host = host_name(parts.hostname or "")
    if parts.scheme != "https" or port not in (None, 443) or "@" in parts.netloc or not host:
        return None
    if host not in allowed:
        return None
    target = parts.path or "/"
    return Place(host, f"{target}?{parts.query}" if parts.query else target)


def host_of(url: str) -> str:
    """Return the host that an address leads to; empty where it may never be asked."""
    try:
        name = host_name(urlsplit(url).hostname or "")
    except ValueError:
        return ""
    return name if name and place_of(url, {name}) is not None else ""
