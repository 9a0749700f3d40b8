"""Files of gemeenten, wijken and buurten: GeoPackage, GeoJSON, a page of the OGC API (F36)."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path
from typing import Any

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.domain.rijksdriehoek import RD_NEW
from console.intake import area_geojson, area_geopackage
from console.intake.area_fields import fields_of
from console.intake.area_model import AreaReading
from console.intake.areas import about, read_areas
from console.intake.files import Unreadable
from contract.outline import BadOutline
from contract.vocabulary import AreaLevel
from tests.helpers.area_files import geojson, geopackage, in_degrees, square, towns

ONE = ("GM9001",)


def outlines(reading: AreaReading) -> dict[str, Any]:
    """Return the outlines by code."""
    return {one.code: one.outline for one in reading.areas}


def write(kind: str, path: Path) -> Path:
    """Write the two towns as one of the files they come in."""
    if kind == "geopackage":
        return geopackage(path / "wijkenbuurten_2024_v1.gpkg", towns())
    if kind == "geopackage in degrees":
        rows = [(layer, p, in_degrees(o)) for layer, p, o in towns()]
        return geopackage(path / "wijkenbuurten_2024.gpkg", rows, number=4258)
    if kind == "geojson in degrees":
        return geojson(path / "buurten_2024.json", towns())
    if kind == "geojson that names its system":
        crs = "urn:ogc:def:crs:EPSG::28992"
        return geojson(path / "2024.json", towns(), system=RD_NEW, crs=crs)
    return geojson(path / "2024.json", towns(), system=RD_NEW)


KINDS = [
    "geopackage",
    "geopackage in degrees",
    "geojson in degrees",
    "geojson that names its system",
    "geojson of the old kind",
]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_file_gives_the_same_areas_in_metres(kind: str, tmp_path: Path) -> None:
    path = write(kind, tmp_path)
    found = about(path)
    assert [(one.code, one.name) for one in found.municipalities] == [
        ("GM9001", "Testdam"),
        ("GM9002", "Verzonnen"),
    ]
    assert (found.year, found.more) == (2024, False)
    assert found.levels == {
        AreaLevel.MUNICIPALITY,
        AreaLevel.DISTRICT,
        AreaLevel.NEIGHBOURHOOD,
    }
    reading = read_areas(path, ONE)
    assert [one.code for one in reading.areas] == [
        "GM9001",
        "WK900100",
        "WK900101",
        "BU90010000",
        "BU90010001",
        "BU90010100",
        "BU90010101",
    ]
    assert [one.parent for one in reading.areas[::3]] == ["", "WK900100", "WK900101"]
    assert (reading.areas[0].inhabitants, reading.areas[1].inhabitants) == (4000, None)
    expected = square(0, 0)
    # A metre is what degrees come back to without the grids of the land register.
    assert outlines(reading)["BU90010000"].hausdorff_distance(expected) < 1
    assert reading.left_out == 0


def test_a_page_of_the_api_says_that_there_is_more(tmp_path: Path) -> None:
    link = "https://api.pdok.nl/cbs/wijken-en-buurten-2025/ogc/v1/collections/buurten/items?x=1"
    path = geojson(tmp_path / "page.json", towns(), links=[{"rel": "next", "href": link}])
    assert (about(path).year, about(path).more) == (2025, True)
    assert read_areas(path, ONE).more


def test_water_is_left_out_and_parts_of_one_area_are_joined(tmp_path: Path) -> None:
    rows = [
        ("gemeenten", {"gemeentecode": "GM9001", "gemeentenaam": "Testdam", "water": word}, part)
        for word, part in (
            ("NEE", square(0, 0)),
            ("NEE", square(3000, 0)),
            ("JA", square(9000, 0)),
        )
    ]
    reading = read_areas(geopackage(tmp_path / "x.gpkg", rows), ONE)
    assert len(reading.areas) == 1
    assert reading.areas[0].outline.area == pytest.approx(2_000_000)


def test_a_file_of_one_level_with_plain_codes_is_read(tmp_path: Path) -> None:
    rows = [("gebied", {"statcode": "GM9001", "statnaam": "Testdam", "jaar": 2023}, square(0, 0))]
    reading = read_areas(geojson(tmp_path / "x.json", rows), ONE)
    assert (reading.year, reading.areas[0].name) == (2023, "Testdam")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ({"buurtcode": "BU0363MD01", "buurtnaam": "x", "gemeentecode": "GM0363"}, "BU0363MD01"),
        ({"Buurtcode": " bu99010000 ", "BUURTNAAM": "x\x00\u202e y"}, "BU99010000"),
        ({"buurtcode": "BU1", "buurtnaam": "x"}, None),
        ({"buurtcode": 7, "buurtnaam": "x"}, None),
        ({"gemeentecode": "GM9001", "gemeentenaam": ""}, None),
        ({"gemeentecode": "GM9001", "gemeentenaam": "x", "water": "JA"}, None),
        ({}, None),
    ],
)
def test_a_line_is_taken_by_its_own_code_and_name(line: dict[str, Any], code: str | None) -> None:
    found = fields_of(line)
    assert (found.code if found else None) == code
    assert found is None or found.name in ("x", "x y")


def bad_package(tmp_path: Path, sql: str) -> Path:
    """Write a package that was changed by hand."""
    return geopackage(tmp_path / "bad.gpkg", towns(), change=lambda line: line.executescript(sql))


ENDLESS = (
    "ALTER TABLE buurten RENAME TO b; DROP TABLE wijken; DROP TABLE gemeenten;"
    "CREATE VIEW buurten AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)"
    " SELECT x AS buurtcode, x AS buurtnaam, x AS geom FROM c"
)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DROP TABLE gpkg_contents", "not_areas"),
        ("DELETE FROM gpkg_geometry_columns", "not_areas"),
        ("UPDATE gpkg_spatial_ref_sys SET organization_coordsys_id = 3857", "not_areas"),
        ("UPDATE gpkg_geometry_columns SET column_name = 'else'", "not_areas"),
        (
            ENDLESS,
            "not_areas",
        ),
    ],
)
def test_a_package_that_is_none_is_refused_with_a_sentence(
    sql: str, code: str, tmp_path: Path
) -> None:
    path = bad_package(tmp_path, sql)
    for asked in (lambda: about(path), lambda: read_areas(path, ONE)):
        with pytest.raises(Unreadable) as caught:
            asked()
        assert caught.value.code == code
        assert caught.value.message_nl.endswith(".")


def test_a_package_is_never_written_and_a_cut_one_is_damaged(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "x.gpkg", towns())
    before = path.read_bytes()
    read_areas(path, ONE)
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["x.gpkg"]
    for length in (len(before) // 2, 4096, 101):
        path.write_bytes(before[:length])
        with pytest.raises(Unreadable) as caught:
            read_areas(path, ONE)
        assert caught.value.code in ("damaged", "not_areas")


def wkb(kind: int, count: int, *more: bytes, order: str = "<") -> bytes:
    """Write the beginning of well-known binary."""
    return bytes([order == "<"]) + struct.pack(f"{order}II", kind, count) + b"".join(more)


NESTED = wkb(7, 1) * 100_000
RING = struct.pack("<I8d", 4, 0, 0, 1, 0, 1, 1, 0, 0)


@pytest.mark.parametrize(
    "blob",
    [
        None,
        b"",
        b"GP",
        "text",
        b"GP\x01\x01" + bytes(4) + square(0, 0).wkb,
        b"GP\x00\x11" + bytes(4) + square(0, 0).wkb,
        b"GP\x00\x0f" + bytes(4) + square(0, 0).wkb,
        area_geopackage.header(28992),
        area_geopackage.header(28992) + NESTED,
        area_geopackage.header(28992) + wkb(3, 4_000_000_000),
        area_geopackage.header(28992) + wkb(6, 4_000_000_000),
        area_geopackage.header(28992) + wkb(3, 1, struct.pack("<I", 4_000_000_000)),
        area_geopackage.header(28992) + wkb(3, 1, RING) + b"more",
        area_geopackage.header(28992) + wkb(6, 1, wkb(6, 1)),
        area_geopackage.header(28992) + shapely.Point(1, 1).wkb,
        area_geopackage.header(28992) + shapely.LineString([(0, 0), (1, 1)]).wkb,
        area_geopackage.header(28992) + shapely.Polygon().wkb,
        area_geopackage.header(28992)
        + wkb(3, 1, struct.pack("<I8d", 4, 0, 0, float("nan"), 1, 1, 1, 0, 0)),
    ],
)
def test_a_geometry_that_is_no_outline_is_left_out(blob: Any) -> None:
    with pytest.raises(BadOutline):
        area_geopackage.outline_of(blob)


@pytest.mark.parametrize("height", [True, False])
@pytest.mark.parametrize("envelope", [0, 1, 2, 3, 4])
def test_envelopes_and_heights_are_passed_over(envelope: int, height: bool) -> None:
    outline = shapely.force_3d(square(0, 0), 2.0) if height else square(0, 0)
    size = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}[envelope]
    blob = b"GP\x00" + bytes([1 | envelope << 1]) + bytes(4 + size) + outline.wkb
    found = area_geopackage.outline_of(blob)
    assert found.equals(square(0, 0))
    assert not found.has_z


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reading_of_a_geometry(data: bytes) -> None:
    try:
        outline = area_geopackage.outline_of(area_geopackage.header(28992) + data)
    except BadOutline:
        return
    assert outline.area > 0


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=20,
    ),
    st.sampled_from(["Polygon", "MultiPolygon", "Point", None]),
)
def test_no_coordinates_break_the_reading_of_json(parts: Any, kind: Any) -> None:
    try:
        outline = area_geojson.outline_of({"type": kind, "coordinates": parts})
    except BadOutline:
        return
    assert outline.area > 0


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"{", "damaged"),
        (b"[" * 100_000, "damaged"),
        (b'{"type": "FeatureCollection", "features": [NaN]}', "damaged"),
        (b"<html></html>", "damaged"),
        (b"\xff\xfe\x00", "damaged"),
        (b"[]", "not_areas"),
        (b'{"type": "FeatureCollection"}', "not_areas"),
        (b'{"type": "FeatureCollection", "features": []}', "not_areas"),
        (b'{"type": "FeatureCollection", "features": [1, null, {}]}', "not_areas"),
        (b'{"type": "FeatureCollection", "features": [], "crs": {"x": 1}}', "not_areas"),
        (b"", "empty"),
    ],
)
def test_a_text_that_is_no_list_of_areas_is_refused_with_a_sentence(
    data: bytes, code: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(Unreadable) as caught:
        about(path)
    assert caught.value.code == code


def test_outlines_elsewhere_on_earth_are_said_so(tmp_path: Path) -> None:
    path = geojson(tmp_path / "x.json", [])
    document = json.loads(path.read_text())
    ring = [[100.0, 1.0], [101.0, 1.0], [101.0, 2.0], [100.0, 1.0]]
    document["features"] = [
        {
            "type": "Feature",
            "properties": {"gemeentecode": "GM9001", "gemeentenaam": "Testdam"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
    ]
    path.write_text(json.dumps(document))
    with pytest.raises(Unreadable) as caught:
        read_areas(path, ONE)
    assert "niet in Nederland" in caught.value.message_nl


def test_one_bad_outline_is_counted_and_the_rest_is_read(tmp_path: Path) -> None:
    rows = [
        (layer, p, b"GP\x00\x01broken" if p.get("buurtcode") == "BU90010000" else o)
        for layer, p, o in towns()
    ]
    reading = read_areas(geopackage(tmp_path / "x.gpkg", rows), ONE)
    assert (len(reading.areas), reading.left_out) == (6, 1)


def test_a_package_with_an_odd_name_is_opened_as_a_file(tmp_path: Path) -> None:
    path = geopackage(tmp_path / "plan?mode=rwc#%20 2024.gpkg", towns())
    assert about(path).year == 2024
    assert sqlite3.connect(path).execute("PRAGMA user_version").fetchone() == (0,)
