"""Where sources stand: only the account holder, only https to a named host of the list (F63)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.feeds.sources import SOURCES, choice_of
from central.lookups.sources import choice_of as lookups_of
from console.domain.failures import NotAllowed, Refused
from console.domain.sources import SourcePlace, hosts_in, wrong_with
from console.services.desk import Desk
from console.services.sources import Sources
from console.services.team import Team
from console.storage.posts import setting_value
from contract.outside import host_of
from contract.vocabulary import AlertSource

NL = AlertSource.NL_ALERT
NEW = "https://nieuw.voorbeeld.nl/v2/alerts"


def place(desk: Desk, source_id: str = NL) -> SourcePlace:
    return next(one for one in Sources(desk).all().result() if one.id == source_id)


def kept(desk: Desk, name: str = "feeds") -> dict[str, object]:
    return desk.look(lambda conn: dict(setting_value(conn, name))).result()


def holder(desk: Desk) -> Desk:
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("account_holder",))
    return desk


def test_every_source_stands_where_it_was_shipped_and_central_reads_the_same(desk: Desk) -> None:
    found = Sources(desk).all().result()
    assert [one.id for one in found] == [*map(str, SOURCES), "plates", "addresses"]
    assert not any(one.own or one.on for one in found)
    assert {one.host for one in found if one.kind == "feeds"} == choice_of({}).hosts
    assert {one.host for one in found if one.kind == "lookups"} == lookups_of({}).hosts


def test_another_address_is_kept_with_its_host_and_the_way_back_leaves_no_trace(
    desk: Desk,
) -> None:
    holder(desk)
    Team(desk).set_feeds([NL]).result()
    before, sources = kept(desk), Sources(desk)
    hosts = (*place(desk).hosts, "nieuw.voorbeeld.nl")
    sources.set_place(NL, f" {NEW} ", hosts).result()
    choice = choice_of(kept(desk))
    assert (choice.url(NL), "nieuw.voorbeeld.nl" in choice.hosts, choice.on) == (NEW, True, (NL,))
    assert place(desk).own
    sources.ship(NL).result()
    assert (place(desk).own, choice_of(kept(desk)).url(NL)) == (False, SOURCES[NL].url)
    sources.set_place(NL, SOURCES[NL].url, place(desk, "police_news").hosts[:4]).result()
    assert kept(desk) == before


@pytest.mark.parametrize(
    ("url", "hosts", "code"),
    [
        ("http://api.public-warning.app/x", ("api.public-warning.app",), "source-address"),
        ("https://127.0.0.1/x", ("127.0.0.1",), "source-address"),
        ("https://naam:woord@nieuw.voorbeeld.nl/", ("nieuw.voorbeeld.nl",), "source-address"),
        ("https://nieuw.voorbeeld.nl:8443/", ("nieuw.voorbeeld.nl",), "source-address"),
        (NEW, ("nieuw.voorbeeld.nl", "10.0.0.1"), "source-host"),
        (NEW, ("voorbeeld.nl",), "source-not-listed"),
        (NEW, ("nieuw.voorbeeld.nl",), "source-lost"),
        (NEW, tuple(f"h{n}.voorbeeld.nl" for n in range(21)), "source-hosts"),
    ],
)
def test_what_central_may_not_ask_is_refused_and_changes_nothing(
    desk: Desk, url: str, hosts: tuple[str, ...], code: str
) -> None:
    holder(desk)
    Team(desk).set_feeds([AlertSource.BURGERNET_ACTIONS]).result()
    before = kept(desk)
    with pytest.raises(Refused) as refused:
        Sources(desk).set_place(NL, url, hosts).result()
    assert refused.value.problem.code == code
    assert kept(desk) == before


def test_only_the_account_holder_moves_a_source(desk: Desk) -> None:
    assert desk.person is not None
    desk.person = replace(desk.person, roles=("operator",))
    with pytest.raises(NotAllowed):
        Sources(desk).set_place(NL, NEW, ("nieuw.voorbeeld.nl",)).result()
    with pytest.raises(NotAllowed):
        Sources(desk).ship(NL).result()
    assert kept(desk) == {}


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
def test_what_the_page_lets_through_is_what_central_will_ask(url: str, hosts: list[str]) -> None:
    shown = SourcePlace(str(NL), "feeds", "NL-Alert", SOURCES[NL].url, SOURCES[NL].url, (), on=True)
    typed = f"https://{url}"
    listed = hosts_in("\n".join([*hosts, host_of(typed)]))
    if wrong_with(shown, typed, listed, ()) is None:
        choice = choice_of({"on": [NL], "urls": {NL: typed}, "hosts": list(listed)})
        assert (choice.url(NL), host_of(typed) in choice.hosts) == (typed, True)
        assert len(choice.hosts) == len(listed)
