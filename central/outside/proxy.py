"""The outbound proxy that the environment names (https_proxy, no_proxy)."""

from collections.abc import Mapping
from urllib.parse import urlsplit

# WORKAROUND: it has been there since 3.6; the type stubs do not know it.
# https://github.com/python/typeshed/blob/main/stdlib/urllib/request.pyi
from urllib.request import (  # type: ignore[attr-defined]
    getproxies_environment,
    proxy_bypass_environment,
)


def proxy_for(host: str, proxies: Mapping[str, str] | None = None) -> str:
    """Return the address of the proxy for a host; empty: straight to it.

    Whoever keeps the machine sets it, never a team. ``proxies``: instead of the environment.
    """
    known = dict(getproxies_environment() if proxies is None else proxies)
    found = known.get("https") or known.get("all") or ""
    if not found or proxy_bypass_environment(host, known):
        return ""
    address = found if "://" in found else f"http://{found}"
    return address if urlsplit(address).scheme in ("http", "https") else ""
