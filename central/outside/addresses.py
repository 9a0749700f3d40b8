"""Pure: which hosts may be asked, and which addresses may be connected to (security.md §7, 7)."""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from contract.outside import NAME_LONGEST, URL_LONGEST, Place, host_name, place_of

__all__ = [
    "NAME_LONGEST",
    "URL_LONGEST",
    "Place",
    "host_name",
    "may_connect",
    "may_connect_inside",
    "place_of",
]

_INSIDE = tuple(
    ip_network(one) for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)

_GLOBAL_6 = IPv6Network("2000::/3")
# Forms that carry an IPv4 address inside: mapped, compatible, translated, 6to4, Teredo.
_CARRIERS = tuple(
    IPv6Network(one) for one in ("::/96", "::ffff:0:0/96", "64:ff9b::/32", "2002::/16", "2001::/32")
)


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


def may_connect_inside(address: str) -> bool:
    """Say the same, and let addresses of an own network through: never of this machine or its line."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address) and found.scope_id is not None:
        return False
    return any(found in one for one in _INSIDE) or may_connect(address)


def _plain_6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address not in _GLOBAL_6:
        return False
    return not any(address in carrier for carrier in _CARRIERS)
