"""Which addresses the one door to the browser lets through (security.md §7, threat 5)."""

from __future__ import annotations

import pytest

from console.views.open_safely import is_safe, open_safely

HOSTILE = (
    "file:///etc/passwd",
    "smb://server/share",
    "http://login.voorbeeld.nl/",
    "javascript:alert(1)",
    "data:text/html,x",
    "ms-msdt:/id",
    "ftp://login.voorbeeld.nl/",
    "//login.voorbeeld.nl/",
    "login.voorbeeld.nl",
    "https://",
    "https:///pad",
    "https://localhost/",
    "https://wie@login.voorbeeld.nl/",
    "https://wie:wat@login.voorbeeld.nl/",
    "https://login.voorbeeld.nl\\@elders.nl/",
    "https://login.voorbeeld.nl/\n",
    "https://login.voorbeeld.nl/ x",
    "https://l\u00f3gin.voorbeeld.nl/",
    "https://login.voorbeeld.nl/\u202e",
    "HTTPS ://login.voorbeeld.nl",
    r"\\server\share",
    "https://login.voorbeeld.nl/" + "a" * 4_000,
    "",
)


@pytest.mark.parametrize("address", HOSTILE, ids=lambda one: ascii(one)[:40])
def test_nothing_but_https_to_a_host_by_name_is_opened(address: str) -> None:
    assert not is_safe(address)
    assert not open_safely(address)


def test_the_page_of_a_provider_may_be_opened() -> None:
    assert is_safe(
        "https://login.voorbeeld.nl/team/authorize?a=b&redirect_uri=http%3A%2F%2F127.0.0.1"
    )
    assert is_safe("https://login.voorbeeld.nl:8443/team")
