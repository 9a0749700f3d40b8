"""Which provider people of the organisation sign in with, read from the environment.

In the environment a secret does not show in the list of processes; operations.md explains each.
"""

import os
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from central.operations.failures import Failed
from central.outside.addresses import host_name
from central.settings import Provider

PREFIX = "BUURTDESK_OIDC_"

_YES = frozenset({"1", "true", "yes", "ja"})
_NO = frozenset({"", "0", "false", "no", "nee"})


def provider_from(environment: Mapping[str, str] | None = None) -> Provider:
    """Return the provider; an empty one where no issuer is named. Raises ``Failed``."""
    found = os.environ if environment is None else environment

    def text(name: str, otherwise: str = "") -> str:
        return found.get(PREFIX + name, "").strip() or otherwise

    def yes(name: str) -> bool:
        word = text(name).lower()
        if word not in _YES | _NO:
            raise Failed(f"{PREFIX}{name} is ja of nee. De centrale is niet gestart.")
        return word in _YES

    issuer = text("ISSUER")
    if not issuer:
        return Provider()
    if not _is_issuer(issuer):
        raise Failed(
            f"{PREFIX}ISSUER is geen adres van een aanmelddienst. Het begint met https://, noemt "
            "een naam en geen poort, en heeft geen vraagteken of hekje. De centrale is niet gestart."
        )
    if not text("CLIENT_ID"):
        raise Failed(f"{PREFIX}CLIENT_ID ontbreekt. De centrale is niet gestart.")
    path = text("PATH").lstrip("/")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,64}", path):
        raise Failed(
            f"{PREFIX}PATH is één woord van letters, cijfers en streepjes. "
            "De centrale is niet gestart."
        )
    return Provider(
        issuer=issuer,
        client_id=text("CLIENT_ID"),
        client_secret=text("CLIENT_SECRET"),
        name=text("NAME")[:60],
        claim=text("CLAIM", "preferred_username"),
        domain=text("DOMAIN").lower(),
        second_factor=yes("SECOND_FACTOR"),
        acr=text("ACR"),
        path=path,
        inside=yes("INSIDE"),
    )


def _is_issuer(address: str) -> bool:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and " " not in address
    bare = not (parts.query or parts.fragment or "@" in parts.netloc or "?" in address)
    named = bool(host_name(parts.hostname or ""))
    return plain and bare and named and parts.scheme == "https" and port in (None, 443)
