"""The service of outlines, without a hitch: its library is loaded off the screen's thread, once."""

from __future__ import annotations

import asyncio
from importlib import import_module
from typing import TYPE_CHECKING

from console.presenters.services import Services

if TYPE_CHECKING:
    from console.services.areas import Areas


async def outlines(services: Services) -> Areas:
    """Return the service; the first time takes as long as loading shapely and pyproj does."""
    await asyncio.to_thread(import_module, "console.services.areas")
    return services.areas
