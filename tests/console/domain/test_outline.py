"""Outlines as they are kept: checked, in metres, within bounds."""

from __future__ import annotations

import base64

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from console.domain.rijksdriehoek import WGS84, outline_to_rd, to_degrees, to_rd
from contract.kinds import KINDS
from contract.outline import KEPT_BYTES, BadOutline, box_of, check, decoded, encoded, tidy
from tests.helpers.area_files import in_degrees, square


def test_an_outline_that_is_kept_comes_back_and_keeps_its_text() -> None:
    outline = square(0.04, 0.04)
    kept = encoded(outline)
    found = decoded(kept)
    assert found is not None
    assert encoded(found) == kept
    assert found.equals(square(0, 0))
    assert box_of(square(0.5, 0.5)) == [100_000, 450_000, 101_001, 451_001]


def test_an_outline_of_many_points_is_made_coarser_until_it_fits() -> None:
    island = shapely.Point(150_000, 450_000).buffer(20_000, quad_segs=20_000)
    kept = encoded(island)
    assert len(kept) <= KINDS["area_shape"].fields["shape"].limit
    assert len(base64.b64decode(kept)) <= KEPT_BYTES
    found = decoded(kept)
    assert found is not None
    assert found.hausdorff_distance(island) < 30
    with pytest.raises(BadOutline):
        check(b"")


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "no base64",
        "AAAA",
        base64.b64encode(shapely.Point(1, 1).wkb).decode(),
        base64.b64encode(shapely.box(0, 0, 1e9, 1e9).wkb).decode(),
        base64.b64encode(bytes(KEPT_BYTES + 1)).decode(),
    ],
)
def test_what_another_desk_sent_and_is_no_outline_counts_as_none(kept: str) -> None:
    assert decoded(kept) is None


def test_a_bow_tie_becomes_two_surfaces() -> None:
    crossed = shapely.Polygon([(0, 0), (10, 10), (10, 0), (0, 10), (0, 0)])
    assert tidy(crossed).is_valid
    assert tidy(crossed).area == pytest.approx(50)


@given(st.floats(50.8, 53.4), st.floats(3.5, 7.1))
def test_degrees_and_metres_turn_into_each_other(latitude: float, longitude: float) -> None:
    x, y = to_rd(latitude, longitude)
    assert to_degrees(x, y) == pytest.approx((latitude, longitude), abs=1e-6)


def test_the_tower_in_amersfoort_is_the_middle_of_the_grid() -> None:
    # The middle of RD New by its definition: x 155,000 and y 463,000.
    assert to_rd(52.15517440, 5.38720621) == pytest.approx((155_000, 463_000), abs=1)


@pytest.mark.parametrize("place", [(0.0, 0.0), (5.38, 52.15), (float("nan"), 5.0), (91.0, 5.0)])
def test_a_place_outside_the_country_has_no_metres(place: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="Netherlands"):
        to_rd(*place)


def test_an_outline_in_degrees_is_where_it_was() -> None:
    found = outline_to_rd(in_degrees(square(0, 0)), WGS84)
    assert found.hausdorff_distance(square(0, 0)) < 1
    with pytest.raises(BadOutline):
        outline_to_rd(shapely.box(100, 1, 101, 2), WGS84)
