"""Where an alert that stands in the list is meant for: its place on the map, else its names (F36)."""

from __future__ import annotations

from console.bridge import settled
from console.domain.alert import AlertCard, ReadAlert
from console.presenters.import_reading import area_words
from console.presenters.kit import Kit
from console.presenters.outlines import outlines

Choices = tuple[tuple[str, str], ...]


async def area_of(kit: Kit, card: AlertCard, read: ReadAlert) -> tuple[str, Choices]:
    """Return the area of an alert, or the areas that a person chooses from; neither: unknown.

    A circle or surface over known outlines decides by itself, and then no name is needed. Of names
    the text goes first, then the municipality that its source gave.
    """
    services = kit.services
    areas = await outlines(services)
    if await settled(areas.reach_of_alert(card.row.id, read.template_kind)) is not None:
        return "", ()
    if read.area_ids:
        return read.area_ids[0], ()
    found = [area_id for area_id, _ in read.area_choices]
    if not found and card.municipality:
        named = await settled(services.directory.areas_named(card.municipality))
        found = [one.area_id for one in named]
    if len(found) == 1:
        return found[0], ()
    shape = await settled(services.directory.shape())
    return "", tuple((one, area_words(shape, one)) for one in found)
