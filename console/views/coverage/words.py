"""The words and shades of Dekking (F17). Coverage is written as it was cut off, never rounded."""

from __future__ import annotations

from decimal import Decimal

from console.domain.coverage import STEPS, AreaCoverage, Column, Coverage, Inhabitants
from console.views.text import count_text, plural
from console.views.theme.tokens import Tokens, mixed
from contract.dutch import word
from contract.vocabulary import AreaLevel

UNKNOWN = "onbekend"
NOBODY = "geen inwoners"

SEGMENTS = (
    (AreaLevel.MUNICIPALITY.value, "Gemeenten", 0),
    (AreaLevel.VILLAGE.value, "Dorpen", 0),
    (AreaLevel.DISTRICT.value, "Wijken", 0),
    (AreaLevel.NEIGHBOURHOOD.value, "Buurten", 0),
)
"""The levels to choose from."""

TITLES = {
    Column.NAME: "Gebied",
    Column.GROUPS: "Groepen",
    Column.ASLEEP: "Slapend",
    Column.GONE: "Verdwenen",
    Column.INHABITANTS: "Inwoners",
    Column.COVERAGE: "Per 1.000",
    Column.GAPS: "Gaten",
}
"""What stands above a column."""

SPOKEN = {
    Column.NAME: "naam",
    Column.GROUPS: "groepen in gebruik",
    Column.ASLEEP: "slapende groepen",
    Column.GONE: "verdwenen groepen",
    Column.INHABITANTS: "inwoners",
    Column.COVERAGE: "groepen per 1.000 inwoners",
    Column.GAPS: "gaten",
}

_MANY = {
    AreaLevel.MUNICIPALITY.value: ("gemeente", "gemeenten"),
    AreaLevel.VILLAGE.value: ("dorp", "dorpen"),
    AreaLevel.DISTRICT.value: ("wijk", "wijken"),
    AreaLevel.NEIGHBOURHOOD.value: ("buurt", "buurten"),
}

SHARES = (0.0, 0.15, 0.3, 0.46, 0.62)
"""How much of the filled accent each shade of the map holds; text stays readable on all."""


def shade_color(tokens: Tokens, shade: int) -> str:
    """Return the colour of a shade, 0 to 4, in a set of tokens."""
    return mixed(tokens.surface, tokens.accentfill, SHARES[shade])


def number_words(value: Decimal) -> str:
    """Return coverage with a decimal comma and always two decimals: "0,21"."""
    return f"{value:.2f}".replace(".", ",")


def coverage_words(row: AreaCoverage) -> str:
    """Return coverage, or why there is none."""
    if row.per_thousand is not None:
        return number_words(row.per_thousand)
    return NOBODY if row.inhabitants else UNKNOWN


def people_words(people: Inhabitants | None) -> str:
    """Return how many people live there, or that nobody knows."""
    return count_text(people.count) if people else UNKNOWN


def people_source(people: Inhabitants | None) -> str:
    """Return of which year and from whom the number of people is; empty where not said."""
    if people is None:
        return ""
    said = [one for one in (str(people.year or ""), people.source) if one]
    if people.summed:
        said.append("opgeteld")
    return ", ".join(said)


def facts_words(row: AreaCoverage) -> str:
    """Return everything of one area in a line: raw numbers first, then coverage."""
    source = people_source(row.inhabitants)
    parts = [plural(row.groups, "groep", "groepen")]
    if row.asleep:
        parts.append(f"{count_text(row.asleep)} slapend")
    if row.gone:
        parts.append(f"{count_text(row.gone)} verdwenen")
    people = f"{people_words(row.inhabitants)} {'inwoners' if row.inhabitants else ''}".strip()
    parts.append(f"{'inwoners ' if row.inhabitants is None else ''}{people}")
    if source:
        parts[-1] += f" ({source})"
    if row.per_thousand is not None:
        parts.append(f"{number_words(row.per_thousand)} per 1.000")
    return " · ".join(parts)


def spoken(row: AreaCoverage) -> str:
    """Return a line of the table as one sentence."""
    around = f" in {row.around}" if row.around else ""
    gaps = f" {'; '.join(row.gaps).capitalize()}." if row.gaps else ""
    value = coverage_words(row)
    said = f"Dekking {value}" if row.per_thousand is None else f"{value} per 1.000 inwoners"
    facts = facts_words(row).split(" · ")
    raw = facts if row.per_thousand is None else facts[:-1]
    return f"{row.name}{around}. {', '.join(raw)}. {said}.{gaps}"


def spoken_gap(row: AreaCoverage) -> str:
    """Return a line of what is missing as one sentence."""
    return f"{row.name}: {', '.join(row.gaps)}."


def total_words(table: Coverage) -> str:
    """Return the line under the table."""
    parts = [level_words(table.level, len(table.rows)), plural(table.groups, "groep", "groepen")]
    if table.inhabitants is not None:
        parts.append(f"{count_text(table.inhabitants)} inwoners")
    elif table.unknown:
        parts.append(f"{count_text(table.unknown)} zonder inwonertal")
    if table.per_thousand is not None:
        parts.append(f"{number_words(table.per_thousand)} per 1.000")
    return " · ".join(parts)


def elsewhere_words(table: Coverage) -> str:
    """Return which groups are counted nowhere in this table; empty where all are."""
    if not table.elsewhere:
        return ""
    lie = "ligt" if table.elsewhere == 1 else "liggen"
    one, _ = _MANY.get(table.level, ("gebied", "gebieden"))
    return f"{plural(table.elsewhere, 'groep', 'groepen')} {lie} in geen {one}"


def level_words(level: str, count: int) -> str:
    """Return a number of areas of a level: "11 gemeenten"."""
    return plural(count, *_MANY.get(level, ("gebied", "gebieden")))


def many_words(level: str) -> str:
    """Return a level in the plural: "gemeenten"."""
    return _MANY.get(level, ("gebied", "gebieden"))[1]


def kind_words(row: AreaCoverage) -> str:
    """Return what an area is and where it lies: "Wijk in Leiden"."""
    level = word(row.level, AreaLevel)
    return f"{level} in {row.around}" if row.around else level


def legend() -> tuple[tuple[int | None, str], ...]:
    """Return every shade with its words, the lightest first, unknown last."""
    first, second, third = (number_words(one) for one in STEPS)
    return (
        (0, "geen groep"),
        (1, f"tot {first}"),
        (2, f"{first} tot {second}"),
        (3, f"{second} tot {third}"),
        (4, f"{third} en meer"),
        (None, UNKNOWN),
    )
