"""From a point on the map to the area it lies in (F60, F18). Pure over the atlas."""

from console.domain.geo import Region
from console.domain.lookup import PlaceSeen
from console.domain.reach_by_place import Atlas


def areas_at(atlas: Atlas, place: PlaceSeen) -> list[str]:
    """Return the smallest areas that hold this place; two where it lies on their border.

    Outlines decide. Where none is known there, the official code of its neighbourhood does, or
    else that of its district; with neither nothing is guessed.
    """
    here = atlas.index.hits(Region(None, (place.x, place.y)))
    areas = atlas.shape.areas
    found = [key for key in here if key in areas and not areas[key].ended_year]
    if not found:
        for code in filter(None, (place.neighbourhood, place.district)):
            found = [key for key, one in areas.items() if one.code == code and not one.ended_year]
            if found:
                break
    return sorted(atlas.smallest(found))
