"""Which provider central is told of in its environment, and what it refuses to start with (F41)."""

from __future__ import annotations

import pytest

from central.operations.failures import Failed
from central.operations.provider import PREFIX, provider_from
from central.settings import Provider

GOOD = {"ISSUER": "https://login.voorbeeld.nl/team", "CLIENT_ID": "buurtdesk"}


def told(**words: str) -> Provider:
    return provider_from({PREFIX + name: word for name, word in words.items()})


def test_without_an_issuer_there_is_no_provider() -> None:
    assert told() == told(CLIENT_ID="x", SECOND_FACTOR="ja", ISSUER=" ") == Provider()


def test_everything_is_read_and_a_secret_is_not_shown() -> None:
    found = told(
        **GOOD,
        CLIENT_SECRET="geheim",
        NAME="Eenheid Voorbeeld",
        CLAIM="upn",
        DOMAIN="Politie.Voorbeeld.NL",
        SECOND_FACTOR="ja",
        ACR="hoog",
        PATH="/buurtdesk",
        INSIDE="1",
    )
    assert (found.claim, found.domain, found.path) == ("upn", "politie.voorbeeld.nl", "buurtdesk")
    assert (found.second_factor, found.inside, found.acr) == (True, True, "hoog")
    assert "geheim" not in repr(found)
    assert told(**GOOD).claim == "preferred_username"
    assert not told(**GOOD).second_factor


@pytest.mark.parametrize(
    "wrong",
    [
        {"ISSUER": "http://login.voorbeeld.nl"},
        {"ISSUER": "https://127.0.0.1/team"},
        {"ISSUER": "https://login.voorbeeld.nl:8443/team"},
        {"ISSUER": "https://login.voorbeeld.nl/team?x=1"},
        {"ISSUER": "https://wie@login.voorbeeld.nl"},
        {"ISSUER": "login.voorbeeld.nl"},
        {"CLIENT_ID": ""},
        {"PATH": "twee/delen"},
        {"SECOND_FACTOR": "misschien"},
    ],
    ids=str,
)
def test_what_cannot_be_a_provider_is_refused_with_a_sentence(wrong: dict[str, str]) -> None:
    with pytest.raises(Failed, match="De centrale is niet gestart"):
        told(**{**GOOD, **wrong})
