"""Pure: how long somebody waits after failed tries, per account and per address (security.md §3).

The counts stand in the database, so a restart forgets nothing. A try is counted before the work is
done and taken back when it was good: a hundred guesses at once are a hundred tries.
"""

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

DOUBLINGS = 12


@dataclass(frozen=True, slots=True)
class Patience:
    """``free`` failed tries cost nothing; from there one second, doubling to ``longest_s``.

    After ``forget`` without a failed try the count starts anew.
    """

    free: int
    longest_s: int
    forget: timedelta

    def pause_s(self, fails: int) -> int:
        """Return how long to wait after this many failed tries, in seconds."""
        if fails < self.free:
            return 0
        return int(min(self.longest_s, 2 ** min(fails - self.free, DOUBLINGS)))

    def wait_s(self, fails: int, last: datetime, moment: datetime) -> int:
        """Return how many seconds are left to wait at ``moment``."""
        left = last + timedelta(seconds=self.pause_s(fails)) - moment
        return max(0, min(ceil(left.total_seconds()), self.longest_s))

    def counted(self, fails: int, last: datetime, moment: datetime) -> int:
        """Return how many failed tries still count at ``moment``."""
        return 0 if moment - last > self.forget else fails


ACCOUNT = Patience(free=5, longest_s=900, forget=timedelta(hours=24))
ADDRESS = Patience(free=30, longest_s=900, forget=timedelta(hours=1))
"""Wider than an account's: a whole team may share one address."""


def aim_at_account(account: str) -> str:
    """Return the key that the tries on an account are counted under."""
    return _key("account", account)


def aim_from(host: str) -> str:
    """Return the key that the tries from an address are counted under; IPv6 by its network."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return _key("address", host)
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return _key("address", str(address.ipv4_mapped))
        return _key("address", str(ipaddress.ip_network((address, 64), strict=False)))
    return _key("address", str(address))


def patience(aim: str) -> Patience:
    """Return the patience that goes with a key."""
    return ACCOUNT if aim.startswith("account:") else ADDRESS


def _key(what: str, value: str) -> str:
    return f"{what}:{hashlib.sha256(value.encode('utf-8', 'surrogatepass')).hexdigest()}"
