"""The line of the desk: to the central it carries, or to a central elsewhere (house.md §0.6)."""

from __future__ import annotations

import re
import secrets
from functools import partial
from typing import TYPE_CHECKING, Any

from console.app.remaking import CENTRAL_DAMAGED, must_be_whole
from console.domain.failures import Problem, StorageTrouble

if TYPE_CHECKING:
    from console.app.options import MakeCentral
    from console.domain.clock import Clock
    from console.paths import Profile
    from console.settings import Settings


CENTRAL_FILE = (
    "Het bestand van de desk is niet aangeraakt: uw werk staat er nog. Vraag hulp aan de "
    "beheerder van deze computer."
)
"""What to do where central's own file on this computer does not open."""

DEVICE = "device.id"
"""Under which name the desk remembers its id at a team's central."""


def device_id(station: str) -> str:
    """Return the id under which central knows this desk: its name without odd characters."""
    return re.sub(r"[^A-Za-z0-9_-]+", "-", station).strip("-")[:64] or "desk"


def open_line(
    profile: Profile, settings: Settings, clock: Clock, make_central: MakeCentral, opened: Any
) -> tuple[Any, Any]:
    """Return the started thread of the line and its engine.

    Raises ``StorageTrouble`` with central's own sentence where its file here does not open. A
    central elsewhere is not asked anything yet.
    """
    from console.sync.engine import SyncEngine
    from console.sync.thread import SyncThread

    if settings.central_url:
        gateway = gateway_to(settings.central_url, settings, opened.store)
        close, aside = None, None
    else:
        secret = secrets.token_urlsafe(32)
        central = make_central(profile.central_database, opened.key, secret, clock.now)
        must_be_whole(profile, central, opened.store)
        try:
            central.open()
        except Exception as trouble:
            # Central has its own Dutch sentence for what is wrong with its file.
            sentence = getattr(trouble, "sentence", "")
            if not sentence:
                raise
            if getattr(trouble, "code", "") == "wrong-key-or-damaged":
                # The desk's own file opened with this key.
                raise StorageTrouble(CENTRAL_DAMAGED) from None
            raise StorageTrouble(Problem("central-unusable", sentence, CENTRAL_FILE)) from None
        aside = partial(_gateway_inside, central, secret, settings)
        gateway, close = aside(), central.close
    users = opened.keyring.persons if opened.keyring is not None else None
    engine = SyncEngine(opened.store, gateway, clock, users=users)
    if opened.keyring is not None:
        engine.looking.public = partial(opened.keyring.looks_with, opened.key)
    if aside is not None:
        engine.looking.aside = aside
    thread = SyncThread(engine, close)
    thread.start()
    return thread, engine


def gateway_to(address: str, settings: Settings, store: Any) -> Any:
    """Return a line to a central elsewhere; not opened yet. Raises ``Refused`` for an odd address.

    Two desks may have one name, so the device has an id of its own, made once and kept.
    """
    from console.storage.memory import recall, remember
    from console.sync.gateway import Gateway

    def device(conn: Any) -> str:
        known = recall(conn, DEVICE)
        if not isinstance(known, str):
            known = f"desk-{secrets.token_hex(8)}"
            remember(conn, DEVICE, known)
        return known

    return Gateway(address, device=store.write(device).result(), device_name=settings.station_name)


def _gateway_inside(central: Any, secret: str, settings: Settings) -> Any:
    from console.sync.gateway import Gateway
    from console.sync.inprocess import InProcess

    name = settings.station_name
    return Gateway(
        "http://central",
        InProcess(central),
        device=device_id(name),
        device_name=name,
        secret=secret,
    )
