"""Sources outside as the account holder sees them: where each stands, and which hosts may be asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from console.domain.failures import Problem
from contract.outside import HOSTS_MOST, host_name, host_of


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """One source. ``kind``: feeds or lookups; ``hosts``: which the team lets be asked of its kind."""

    id: str
    kind: str
    title: str
    url: str
    shipped: str
    hosts: tuple[str, ...]
    on: bool

    @property
    def host(self) -> str:
        """The host of its address; empty where that cannot be asked."""
        return host_of(self.url)

    @property
    def own(self) -> bool:
        """Whether the team gave it an address of its own."""
        return self.url != self.shipped


@dataclass(frozen=True, slots=True)
class Looked:
    """How a feed is after a look. Stamps; ``why`` in Dutch; ``asked``: it was asked just now."""

    good_at: str
    unknown_since: str
    why: str
    asked: bool


class LookNow(Protocol):
    """Has central look at a feed at once; raises ``Refused`` where it cannot."""

    async def look_at(self, feed: str) -> Looked:
        """Look now."""
        ...


def hosts_in(text: str) -> tuple[str, ...]:
    """Return what was typed as hosts: one a line, in small letters, each once."""
    found = (one.strip().lower().rstrip(".") for one in text.replace(",", "\n").split("\n"))
    return tuple(dict.fromkeys(one for one in found if one))


def wrong_with(
    place: SourcePlace, url: str, hosts: Sequence[str], others: Iterable[SourcePlace]
) -> Problem | None:
    """Say what is wrong with an address and a list of hosts; None: central may ask it.

    ``others``: the sources of the same kind, which go by the same list.
    """
    host = host_of(url)
    if not host:
        return Problem(
            "source-address",
            "De centrale kan dit adres niet vragen. Er is niets veranderd.",
            "Het begint met https:// en heeft een naam, geen nummer, poort of wachtwoord.",
        )
    odd = next((one for one in hosts if not host_name(one)), "")
    if odd:
        return Problem(
            "source-host",
            f"“{odd[:60]}” is geen naam van een host. Er is niets veranderd.",
            "Schrijf alleen de naam, zoals api.voorbeeld.nl, één op een regel.",
        )
    if len(hosts) > HOSTS_MOST:
        return Problem(
            "source-hosts",
            f"De lijst heeft meer dan {HOSTS_MOST} hosts. Er is niets veranderd.",
            "Haal weg wat niet gevraagd wordt.",
        )
    if host not in hosts:
        return Problem(
            "source-not-listed",
            f"{host} staat niet op de lijst van hosts. Er is niets veranderd.",
            "Zet deze host op de lijst als u de bron vertrouwt.",
        )
    lost = [one for one in others if one.id != place.id and one.on and one.host not in hosts]
    if lost:
        return Problem(
            "source-lost",
            f"{lost[0].title} staat aan en gebruikt {lost[0].host}. Er is niets veranderd.",
            "Laat die host op de lijst, of zet die bron eerst uit.",
        )
    return None
