"""Pure: which hosts may be asked, and which addresses may be connected to (security.md §7, 7)."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

# The last label begins with a letter: 127.0.0.1, 0x7f000001 and 2130706433 are no names.
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_NAME = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
NAME_LONGEST = 253
URL_LONGEST = 2_000

_GLOBAL_6 = IPv6Network("2000::/3")
# Forms that carry an IPv4 address inside: mapped, compatible, translated, 6to4, Teredo.
_CARRIERS = tuple(
    IPv6Network(one) for one in ("::/96", "::ffff:0:0/96", "64:ff9b::/32", "2002::/16", "2001::/32")
)


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


def may_connect(address: str) -> bool:
    """Say whether an address is one of the public internet, in its plain form."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback:
        return False
    if found.is_link_local or found.is_private or not found.is_global:
        return False
    if isinstance(found, IPv4Address):
        return True
    return _plain_6(found)


def _plain_6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address not in _GLOBAL_6:
        return False
    return not any(address in carrier for carrier in _CARRIERS)
