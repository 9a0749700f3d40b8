"""The address of a central elsewhere, as somebody types it (security.md §3, sync.md §9)."""

import ipaddress
from urllib.parse import urlsplit

from console.domain.failures import Problem, Refused

LONGEST = 300

NOT_AN_ADDRESS = Problem(
    "central-address",
    "Dit is geen adres van een centrale. Er is niets gewijzigd.",
    "Een adres ziet er zo uit: https://buurtdesk.voorbeeld.nl",
)
NOT_SAFE = Problem(
    "central-address-not-safe",
    "Dit adres begint met http. Dan kan iemand onderweg meelezen. Er is niets gewijzigd.",
    "Gebruik een adres dat met https begint. Vraag het de beheerder van de centrale.",
)


def central_address(typed: str) -> str:
    """Return the address to use; ``https://`` is put before one without a scheme.

    Raises Refused: no address, with a name or password in it, or ``http`` to another computer.
    """
    text = typed.strip()
    if "://" not in text:
        text = f"https://{text}"
    if len(text) > LONGEST or any(char.isspace() or not char.isprintable() for char in text):
        raise Refused(NOT_AN_ADDRESS)
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused(NOT_AN_ADDRESS) from None
    extra = parts.username or parts.password or parts.query or parts.fragment
    if parts.scheme not in ("http", "https") or not host or extra or parts.path not in ("", "/"):
        raise Refused(NOT_AN_ADDRESS)
    if parts.scheme == "http" and not is_loopback(host):
        raise Refused(NOT_SAFE)
    shown = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{shown}" + (f":{port}" if port is not None else "")


def is_loopback(host: str) -> bool:
    """Say whether a host name or address is this very computer."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
