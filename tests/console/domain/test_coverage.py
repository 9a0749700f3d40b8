"""Coverage: the guide's own table, cut off and never rounded, rolled up over the areas (F17)."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.domain.coverage import (
    Column,
    Inhabitants,
    coverage_of,
    lies_in,
    per_thousand,
    shade,
    sort,
    with_gaps,
)
from console.domain.csv_text import csv_text, safe
from console.domain.directory_map import (
    AreaFact,
    DirectoryMap,
    GroupFact,
    PersonFact,
    RoleFact,
    SeatFact,
)
from console.views.coverage.words import SHARES, number_words, shade_color
from console.views.theme.tokens import DARK, LIGHT, Tokens, contrast
from tests.helpers.guide_coverage import GUIDE


def test_the_guide_s_eleven_rows_reproduce_its_printed_column() -> None:
    areas = [AreaFact(name, name, "municipality") for name, _, _, _ in GUIDE]
    groups = [
        GroupFact(f"{name} {n}", f"{name} {n}", "neighbourhood", area_id=name)
        for name, _, many, _ in GUIDE
        for n in range(many)
    ]
    people = {name: Inhabitants(thousands * 1000, 2018) for name, thousands, _, _ in GUIDE}
    table = coverage_of(DirectoryMap(areas, groups), people, "municipality")
    found = {row.name: row for row in table.rows}
    assert {
        name: number_words(found[name].per_thousand or Decimal(-1)) for name, _, _, _ in GUIDE
    } == {name: printed for name, _, _, printed in GUIDE}
    assert (table.groups, table.inhabitants, number_words(table.per_thousand or Decimal(-1))) == (
        195,
        391_000,
        "0,49",
    )


@settings(max_examples=60)
@given(st.integers(0, 10**6), st.integers(1, 20_000_000))
def test_coverage_is_never_more_than_it_is_and_less_than_a_hundredth_under_it(
    groups: int, people: int
) -> None:
    found = per_thousand(groups, people)
    assert found is not None
    assert found.as_tuple().exponent == -2
    exact = Fraction(groups * 1000, people)
    assert 0 <= exact - Fraction(found) < Fraction(1, 100)


@pytest.mark.parametrize("people", [None, 0])
def test_where_nobody_is_counted_there_is_no_coverage(people: int | None) -> None:
    assert per_thousand(3, people) is None


STATES = ("", "active", "asleep", "gone")
Town = tuple[DirectoryMap, dict[str, Inhabitants]]


@st.composite
def directories(draw: st.DrawFn) -> Town:
    """Areas in three levels, groups in any of them or under a group above, some numbers known."""
    levels = ("municipality", "district", "neighbourhood")
    areas: list[AreaFact] = []
    for n in range(draw(st.integers(1, 9))):
        above = draw(st.sampled_from(["", *(one.id for one in areas if one.level != levels[2])]))
        around = next((one.level for one in areas if one.id == above), "")
        level = levels[levels.index(around) + 1 if around else draw(st.integers(0, 2))]
        ended = draw(st.sampled_from([0, 0, 0, 2018]))
        areas.append(AreaFact(f"a{n}", f"Gebied {n}", level, "", above, ended))
    ids = [one.id for one in areas]
    under = draw(st.lists(st.sampled_from(ids), max_size=2))
    tier = GroupFact(
        "t",
        "Beheerders",
        "administrators",
        state=draw(st.sampled_from(STATES)),
        parents=tuple(("area", one) for one in under),
    )
    groups = [tier]
    for n in range(draw(st.integers(0, 12))):
        places = draw(st.lists(st.sampled_from(ids), max_size=3))
        parents = tuple(("area", one) for one in places)
        if draw(st.booleans()):
            parents += (("group", "t"),)
        own = draw(st.sampled_from(["", *ids]))
        state = draw(st.sampled_from(STATES))
        groups.append(
            GroupFact(f"g{n}", f"Groep {n}", "neighbourhood", own, state, parents=parents)
        )
    known = {
        one: Inhabitants(draw(st.integers(0, 9000)))
        for one in draw(st.lists(st.sampled_from(ids), unique=True))
    }
    return DirectoryMap(areas, groups), known


@settings(max_examples=60)
@given(directories())
def test_the_roll_up_counts_what_counting_one_by_one_counts(town: Town) -> None:
    shape, known = town

    def lies_under(group_id: str, area_id: str) -> bool:
        return any(home in shape.areas_below(area_id) for home in lies_in(shape, group_id))

    def people(area_id: str) -> int | None:
        if area_id in known:
            return known[area_id].count
        parts = [people(one) for one in shape.areas_in(area_id) if not shape.areas[one].ended_year]
        whole = [one for one in parts if one is not None]
        return sum(whole) if parts and len(whole) == len(parts) else None

    ends = [key for key in shape.groups if key != "t"]
    for level in ("municipality", "district", "neighbourhood"):
        table = coverage_of(shape, known, level)
        assert {row.id for row in table.rows} == {
            one.id for one in shape.areas.values() if one.level == level and not one.ended_year
        }
        every: set[str] = set()
        for row in table.rows:
            held = [key for key in ends if lies_under(key, row.id)]
            states = [shape.groups[key].state or "active" for key in held]
            assert (row.groups, row.asleep, row.gone) == tuple(
                states.count(one) for one in ("active", "asleep", "gone")
            )
            # The tree counts for whom somebody speaks as well, so never fewer.
            assert row.groups + row.asleep <= len(shape.ends_in(row.id))
            assert (row.inhabitants.count if row.inhabitants else None) == people(row.id)
            every.update(key for key in held if shape.groups[key].state in ("", "active"))
        # In the totals a group that lies in two areas counts once.
        assert table.groups == len(every)
        counts = [people(row.id) for row in table.rows]
        whole = [one for one in counts if one is not None]
        assert table.inhabitants == (sum(whole) if counts and len(whole) == len(counts) else None)


def test_a_group_lies_where_it_says_and_only_else_where_those_above_it_do() -> None:
    shape = DirectoryMap(
        areas=[AreaFact("dorp", "Dorp", "village"), AreaFact("gehucht", "Gehucht", "village")],
        groups=[
            GroupFact(
                "r", "Regie", "regie", "dorp", parents=(("area", "dorp"), ("area", "gehucht"))
            ),
            GroupFact("a", "A", "neighbourhood", "dorp", parents=(("group", "r"),)),
            GroupFact("b", "B", "neighbourhood", parents=(("group", "r"),)),
            GroupFact("c", "C", "neighbourhood", "dorp", parents=(("area", "gehucht"),)),
        ],
    )
    assert {key: set(lies_in(shape, key)) for key in "abc"} == {
        "a": {"dorp"},
        "b": {"dorp", "gehucht"},
        "c": {"dorp", "gehucht"},
    }
    table = coverage_of(shape, {}, "village")
    assert [(row.name, row.groups) for row in table.rows] == [("Dorp", 3), ("Gehucht", 2)]
    assert table.groups == 3


def test_what_is_missing_is_said_per_area_and_an_officer_of_every_inner_area_is_enough() -> None:
    shape = DirectoryMap(
        areas=[
            AreaFact("stad", "Stad", "municipality"),
            AreaFact("oost", "Oost", "district", "", "stad"),
            AreaFact("west", "West", "district", "", "stad"),
            AreaFact("noord", "Noord", "district", "", "stad"),
        ],
        groups=[
            GroupFact("a", "A", "neighbourhood", "oost"),
            GroupFact("b", "B", "neighbourhood", "west"),
            GroupFact("c", "C", "neighbourhood", "west"),
            GroupFact("d", "D", "neighbourhood", "noord", state="asleep"),
        ],
        people=[PersonFact("p", "Anja Voorbeeld")],
        seats=[SeatFact("s", "b", "p", "administrator")],
        roles=[
            RoleFact("r1", "oost", "officer", "Joris Voorbeeld"),
            RoleFact("r2", "west", "officer", "Joris Voorbeeld"),
        ],
    )
    wijken = coverage_of(shape, {}, "district")
    assert {row.name: row.gaps for row in wijken.rows} == {
        "Noord": ("geen groep", "geen wijkagent"),
        "Oost": ("geen beheerder",),
        "West": ("1 groep zonder beheerder",),
    }
    assert [row.name for row in with_gaps(wijken.rows)] == ["Noord", "Oost", "West"]
    (stad,) = coverage_of(shape, {}, "municipality").rows
    assert stad.gaps == ("2 groepen zonder beheerder", "geen wijkagent")


def test_unknown_comes_last_in_either_order_and_names_break_a_tie() -> None:
    areas = [AreaFact(name, name, "village") for name in ("Bosch", "Aar", "Corn", "Dam")]
    people = {"Bosch": Inhabitants(1000), "Aar": Inhabitants(1000), "Dam": Inhabitants(500)}
    groups = [GroupFact(f"g{n}", "g", "business", name) for n, name in enumerate(people)]
    rows = coverage_of(DirectoryMap(areas, groups), people, "village").rows
    assert [one.name for one in sort(rows, Column.COVERAGE)] == ["Aar", "Bosch", "Dam", "Corn"]
    falling = sort(rows, Column.COVERAGE, falling=True)
    assert [one.name for one in falling] == ["Dam", "Aar", "Bosch", "Corn"]


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda one: one.name)
def test_a_number_is_readable_on_every_shade_of_the_map(tokens: Tokens) -> None:
    shades = [shade_color(tokens, n) for n in range(len(SHARES))]
    assert all(contrast(tokens.text, one) >= 4.5 for one in shades)
    assert len(set(shades)) == len(SHARES)
    values = ("0.00", "0.24", "0.25", "0.99", "1.00")
    assert [shade(Decimal(one)) for one in values] == [0, 1, 2, 3, 4]


@pytest.mark.parametrize("typed", ["=1+1", "+31", "-2", "@cmd", "\t=x", " =1", "\u00a0=1"])
def test_a_name_that_looks_like_a_formula_is_text_in_the_file(typed: str) -> None:
    assert safe(typed) == f"'{typed}"
    assert csv_text(("Gebied",), [(typed,)]).splitlines()[1].lstrip('"').startswith("'")


def test_a_file_has_raw_numbers_decimal_commas_and_quotes_where_needed() -> None:
    text = csv_text(("Gebied", "Dekking", "Jaar"), [('De "Oude"; stad', Decimal("0.20"), None)])
    assert text == '\ufeffGebied;Dekking;Jaar\r\n"De ""Oude""; stad";0,20;\r\n'
