"""Where sources outside stand for this team, and which hosts may be asked (F60, F63)."""

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from typing import Any

from console.domain.failures import NotAllowed, Refused
from console.domain.sources import SourcePlace, wrong_with
from console.services.desk import Desk, Unit
from console.services.team import HOLDER_ONLY
from console.storage.database import Connection
from console.storage.posts import setting_value
from console.storage.projection import shown
from contract.dutch import WORDS
from contract.outside import FEED_URLS, LOOKUP_URLS, host_of
from contract.vocabulary import FEEDS, LOOKUPS, AlertSource, Role

FEEDS_CHOICE, LOOKUPS_CHOICE = "feeds", "lookups"
LOOKUP_TITLES: Mapping[str, str] = {"plates": "Kentekens bij RDW", "addresses": "Adressen bij PDOK"}
_LOGGED = {FEEDS_CHOICE: "feeds_changed", LOOKUPS_CHOICE: "lookups_changed"}


class Sources:
    """The addresses of all sources, in the two settings that central goes by."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def all(self) -> Future[list[SourcePlace]]:
        """Return every source, feeds first, as the team has it now."""
        return self._desk.look(_places, "sources.all")

    def set_place(self, source_id: str, url: str, hosts: Sequence[str]) -> Future[None]:
        """Give a source another address, and its kind this list of hosts; only account holders.

        The shipped address is not written down, so that a newer version may bring another one. The
        same again is nothing. Refused with what is wrong; then nothing changed.
        """

        def work(unit: Unit) -> None:
            place, others = _known(unit, source_id)
            wanted = url.strip()
            problem = wrong_with(place, wanted, hosts, others)
            if problem is not None:
                raise Refused(problem)
            _keep(unit, place, wanted, tuple(hosts))

        return self._desk.act(work)

    def ship(self, source_id: str) -> Future[None]:
        """Go back to the shipped address of a source, and let its host be asked."""

        def work(unit: Unit) -> None:
            place, _ = _known(unit, source_id)
            host = host_of(place.shipped)
            hosts = place.hosts if host in place.hosts else (*place.hosts, host)
            _keep(unit, place, place.shipped, hosts)

        return self._desk.act(work)


def _known(unit: Unit, source_id: str) -> tuple[SourcePlace, list[SourcePlace]]:
    if not unit.person.may(Role.ACCOUNT_HOLDER):
        raise NotAllowed(HOLDER_ONLY)
    found = _places(unit.conn)
    place = next(one for one in found if one.id == source_id)
    return place, [one for one in found if one.kind == place.kind]


def _keep(unit: Unit, place: SourcePlace, url: str, hosts: tuple[str, ...]) -> None:
    value = dict(setting_value(unit.conn, place.kind))
    before = dict(value)
    given = value.get("urls")
    urls = dict(given) if isinstance(given, Mapping) else {}
    urls.pop(place.id, None)
    if url != place.shipped:
        urls[place.id] = url
    value["urls"] = urls
    if not urls:
        del value["urls"]
    value["hosts"] = list(hosts)
    if set(hosts) == set(_shipped_hosts(place.kind)):
        del value["hosts"]
    if value == before:
        return
    with unit.group():
        if shown(unit.conn, "setting", place.kind) is None:
            unit.create("setting", {"value": value}, place.kind)
        else:
            unit.update("setting", place.kind, value=value)
        unit.log("setting", place.kind, _LOGGED[place.kind], f"{place.id} {host_of(url)}")


def _places(conn: Connection) -> list[SourcePlace]:
    feeds, lookups = (setting_value(conn, kind) for kind in (FEEDS_CHOICE, LOOKUPS_CHOICE))
    titles = WORDS[AlertSource]
    found = [_place(one, FEEDS_CHOICE, titles[one], FEED_URLS[one], feeds) for one in FEEDS]
    return found + [
        _place(one, LOOKUPS_CHOICE, LOOKUP_TITLES[one], LOOKUP_URLS[one], lookups)
        for one in LOOKUPS
    ]


def _place(
    source_id: str, kind: str, title: str, shipped: str, value: Mapping[str, Any]
) -> SourcePlace:
    urls, on, hosts = value.get("urls"), value.get("on"), value.get("hosts")
    own = urls.get(source_id) if isinstance(urls, Mapping) else None
    listed = [one for one in hosts if isinstance(one, str)] if isinstance(hosts, list) else None
    return SourcePlace(
        str(source_id),
        kind,
        title,
        own if isinstance(own, str) and own else shipped,
        shipped,
        tuple(_shipped_hosts(kind) if listed is None else listed),
        isinstance(on, list) and source_id in on,
    )


def _shipped_hosts(kind: str) -> tuple[str, ...]:
    urls = FEED_URLS.values() if kind == FEEDS_CHOICE else LOOKUP_URLS.values()
    return tuple(dict.fromkeys(map(host_of, urls)))
