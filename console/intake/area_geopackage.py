"""Areas in a GeoPackage of PDOK or CBS: an SQLite file that is only read, never trusted.

Nothing of the file's own runs: no view, no virtual table, no function, no trigger, and a query that
goes on too long is broken off (security.md §7).
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from console.domain.rijksdriehoek import ETRS89, RD_NEW, WGS84
from console.intake.area_fields import READ, year_in
from console.intake.area_geojson import NOT_AREAS, OTHER_SYSTEM, TOO_MANY
from console.intake.area_model import MAX_FEATURES
from console.intake.files import Unreadable
from contract.outline import BadOutline, Outline, from_wkb

MAX_GEOPACKAGE_BYTES = 2 * 1024 * 1024 * 1024
"""The most bytes of a GeoPackage; it is read line by line and never as a whole."""

MAX_LAYERS = 50
_MAX_VALUE = 32 * 1024 * 1024
_STEPS = 100_000
_MOST_TURNS = 20_000
_ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}
_SYSTEMS = {
    ("EPSG", 28992): RD_NEW,
    ("EPSG", 4326): WGS84,
    ("EPSG", 4258): ETRS89,
    ("OGC", 84): WGS84,
}


@dataclass(frozen=True, slots=True)
class Layer:
    """One table of areas: which columns are read, and in which system its outlines stand."""

    table: str
    columns: tuple[str, ...]
    geometry: str
    system: str

    @property
    def municipality(self) -> str:
        """The column with the code of the municipality; empty where the table has none."""
        return next((one for one in self.columns if one.casefold() == "gemeentecode"), "")


class GeoPackage:
    """An open GeoPackage. Made by ``opened`` only."""

    def __init__(self, line: sqlite3.Connection, name: str) -> None:
        """Find the tables of areas.

        Raises `Unreadable` not_areas: none, or all in a system that is not read.
        """
        self._line = line
        self.layers = self._layers()
        self.year = year_in([name, *(one.table for one in self.layers)])

    def lines(self, layer: Layer, wanted: Collection[str] = ()) -> Iterator[dict[str, Any]]:
        """Give every line of a table, or those of these municipalities, with its outline.

        The outline stands under ``""`` as bytes. Raises `Unreadable` too_large.
        """
        names = ", ".join(_quoted(one) for one in (*layer.columns, layer.geometry))
        question = f"SELECT {names} FROM {_quoted(layer.table)}"  # nosec B608 # names quoted, only reading
        values: Sequence[str] = ()
        if wanted and layer.municipality:
            values = sorted(wanted)
            marks = ", ".join("?" * len(values))
            question += f" WHERE {_quoted(layer.municipality)} IN ({marks})"
        for number, row in enumerate(self._line.execute(question, values)):
            if number >= MAX_FEATURES:
                raise Unreadable("too_large", TOO_MANY)
            yield dict(zip((*layer.columns, ""), row, strict=True))

    def without_outlines(self, layer: Layer) -> Iterator[Mapping[str, Any]]:
        """Give every line of a table without its outline, for what the file is about."""
        names = ", ".join(_quoted(one) for one in layer.columns)
        question = f"SELECT DISTINCT {names} FROM {_quoted(layer.table)}"  # nosec B608 # names quoted, only reading
        for number, row in enumerate(self._line.execute(question)):
            if number >= MAX_FEATURES:
                raise Unreadable("too_large", TOO_MANY)
            yield dict(zip(layer.columns, row, strict=True))

    def _layers(self) -> tuple[Layer, ...]:
        plain = {
            str(name)
            for name, made in self._line.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'"
            )
            if str(made or "").lstrip()[:13].upper().startswith("CREATE TABLE")
        }
        if not {"gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"} <= plain:
            raise Unreadable("not_areas", NOT_AREAS)
        systems = {
            number: _SYSTEMS.get((str(owner).upper(), own))
            for number, owner, own in self._line.execute(
                "SELECT srs_id, organization, organization_coordsys_id FROM gpkg_spatial_ref_sys"
            )
        }
        found, other = [], False
        for table, geometry, number in self._line.execute(
            "SELECT g.table_name, g.column_name, g.srs_id FROM gpkg_geometry_columns g "  # nosec B608 # names quoted, only reading
            "JOIN gpkg_contents c ON c.table_name = g.table_name WHERE c.data_type = 'features' "
            f"LIMIT {MAX_LAYERS}"
        ):
            if str(table) not in plain:
                continue
            asked = self._line.execute(f"SELECT * FROM {_quoted(str(table))} LIMIT 0")  # nosec B608 # names quoted, only reading
            every = [str(one[0]) for one in asked.description]
            columns = tuple(one for one in every if one.casefold() in READ)
            if str(geometry) not in every or not any(one.endswith("code") for one in columns):
                continue
            system = systems.get(number)
            if system is None:
                other = True
                continue
            found.append(Layer(str(table), columns, str(geometry), system))
        if not found:
            raise Unreadable("not_areas", OTHER_SYSTEM if other else NOT_AREAS)
        return tuple(found)


@contextmanager
def opened(path: Path) -> Iterator[GeoPackage]:
    """Open a GeoPackage for reading; everything the file could do by itself is turned off.

    Raises `Unreadable`: damaged, not_areas, too_large (also where reading takes too long).
    """
    turns = 0

    def count() -> int:
        nonlocal turns
        turns += 1
        return int(turns > _MOST_TURNS)

    try:
        line = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, cached_statements=8
        )
    except sqlite3.Error as error:
        raise Unreadable("damaged") from error
    try:
        line.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _MAX_VALUE)
        line.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
        line.execute("PRAGMA trusted_schema = OFF")
        line.execute("PRAGMA query_only = ON")
        line.text_factory = _text
        line.set_authorizer(_only_reading)
        line.set_progress_handler(count, _STEPS)
        yield GeoPackage(line, path.name)
    except (sqlite3.Error, OverflowError, MemoryError, UnicodeDecodeError) as error:
        if turns > _MOST_TURNS:
            raise Unreadable("too_large", "Dit bestand lezen duurt te lang.") from error
        raise Unreadable("damaged") from error
    finally:
        line.close()


def outline_of(blob: object) -> Outline:
    """Return the outline of a GeoPackage geometry: its header, then well-known binary.

    Raises `BadOutline`: another header, no geometry, or what ``from_wkb`` refuses.
    """
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP" or blob[2] != 0:
        raise BadOutline("no header")
    flags = blob[3]
    if flags & 0b0011_0000:
        raise BadOutline("empty or of another kind")
    envelope = _ENVELOPE_BYTES.get((flags >> 1) & 0b111)
    if envelope is None or len(blob) < 8 + envelope:
        raise BadOutline("another envelope")
    return from_wkb(blob[8 + envelope :])


def header(number: int) -> bytes:
    """Return the header before well-known binary in a GeoPackage, without an envelope."""
    return b"GP\x00\x01" + struct.pack("<i", number)


def _only_reading(action: int, *_: str | None) -> int:
    allowed = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
    return sqlite3.SQLITE_OK if action in allowed else sqlite3.SQLITE_DENY


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""').replace("\x00", "") + '"'


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")
