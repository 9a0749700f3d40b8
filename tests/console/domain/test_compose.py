"""The text one group sees: header, title, closing line, and which field each stretch came from."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.domain.compose import ORIGIN, Composed, first_words, fixed_text, header_line, render
from console.domain.post import Template, TemplateField
from contract.region import BELGIUM, NETHERLANDS

FIELDS = (
    TemplateField("wie", "Wie"),
    TemplateField("plaats", "Plaats"),
    TemplateField("lezer", "Wat kan de lezer doen", required=False),
)
TEMPLATE = Template(
    "t", "broadcast", "missing_person", "", "Vermist", 1, "", "", "active", "acute", True, FIELDS,
    "Vermist: {{wie|kaal}}\n\nGezien: {{plaats|kaal}}.{% if lezer %}\n\n{{lezer|zin}}{% endif %}",
)  # fmt: skip
VALUES = {
    "wie": "de heer Voorbeeld, 78 jaar.",
    "plaats": "  Stationsstraat 14 ",
    "lezer": "kijk uit",
}


def made(values: dict[str, str] | None = None, **change: object) -> Composed:
    options = {
        "team": "Voorbeeldland",
        "area_name": "Lagebrug",
        "region": NETHERLANDS,
        "urgent": True,
        "training": False,
        **change,
    }
    return render(TEMPLATE, VALUES if values is None else values, **options)  # type: ignore[arg-type]


def test_a_text_starts_with_who_and_where_and_ends_with_the_closing_line() -> None:
    assert made().text == (
        "*POLITIE Voorbeeldland – Lagebrug*\n"
        "*Vermist: de heer Voorbeeld, 78 jaar*\n\n"
        "Gezien: Stationsstraat 14.\n\n"
        "Kijk uit.\n\n" + NETHERLANDS.closing_urgent
    )


def test_the_closing_line_follows_urgency_and_region() -> None:
    assert made(urgent=False).text.endswith("\n\n" + NETHERLANDS.closing_general)
    belgian = made(region=BELGIUM)
    assert belgian.text.endswith("\n\n" + BELGIUM.closing_urgent)
    assert belgian.text[slice(*belgian.closing)] == BELGIUM.closing_urgent


def test_in_training_the_first_line_says_so() -> None:
    text = made(training=True).text
    assert text.splitlines()[0] == "*OEFENING. POLITIE Voorbeeldland – Lagebrug*"
    assert fixed_text("Bel 112.", region=NETHERLANDS, training=True).startswith("OEFENING")


def test_an_optional_part_without_value_leaves_no_empty_lines() -> None:
    assert "\n\n\n" not in made({**VALUES, "lezer": " "}).text
    assert "Kijk" not in made({**VALUES, "lezer": " "}).text


def test_an_empty_required_field_leaves_its_label_and_points_to_the_field() -> None:
    page = made({"wie": "iemand"})
    at = page.text.index("[plaats]")
    assert page.locate(at, at + 8) == ("plaats", 0, 0)


def test_a_span_is_found_back_in_the_field_as_it_was_typed() -> None:
    page = made()
    at = page.text.index("straat 14")
    name, start, end = page.locate(at, at + 9)
    assert (name, VALUES[name][start:end]) == ("plaats", "straat 14")


def test_a_span_in_fixed_text_belongs_to_no_field() -> None:
    page = made()
    assert page.locate(*page.closing) == ("", 0, 0)


def test_a_title_stays_bold_whatever_is_typed_in_it() -> None:
    page = made({**VALUES, "wie": "een *ster*\nen een regel"})
    assert page.text.splitlines()[1] == "*Vermist: een  ster  en een regel*"


def test_a_forwarded_text_says_where_it_came_from() -> None:
    page = made({**VALUES, ORIGIN: "Eerder geplaatst in Oostwiel."})
    assert page.text.splitlines()[2] == "Eerder geplaatst in Oostwiel."


def test_a_sentence_that_ends_in_an_address_of_a_page_gets_no_full_stop() -> None:
    page = made({**VALUES, "lezer": "lees meer op https://voorbeeld.example/hulp"})
    assert "https://voorbeeld.example/hulp\n" in page.text


@pytest.mark.parametrize(("team", "area"), [("", "Lagebrug"), ("Voorbeeldland", "")])
def test_a_missing_team_or_area_leaves_no_loose_dash(team: str, area: str) -> None:
    line = header_line(team, area, region=NETHERLANDS, training=False)
    assert line in ("*POLITIE – Lagebrug*", "*POLITIE Voorbeeldland*")


def test_the_first_words_are_the_first_line_without_stars() -> None:
    assert first_words(made().text) == "POLITIE Voorbeeldland – Lagebrug"


words = st.text(max_size=60)


@given(st.fixed_dictionaries({"wie": words, "plaats": words, "lezer": words}))
def test_every_stretch_says_truly_where_it_came_from(values: dict[str, str]) -> None:
    page = made(values)
    for part in page.parts:
        if part.gap:
            assert not values[part.field].strip()
            continue
        typed = values[part.field][part.field_start : part.field_start + part.end - part.start]
        shown = page.text[part.start : part.end]
        assert len(typed) == len(shown)
        for one, other in zip(typed, shown, strict=True):
            assert one == other or other == " " or one.upper() == other
    assert page.text.endswith(NETHERLANDS.closing_urgent)
    assert page.text.startswith("*POLITIE Voorbeeldland – Lagebrug*\n*Vermist: ")


@given(words, words)
def test_no_value_can_make_a_second_header_line(wie: str, plaats: str) -> None:
    page = made({"wie": wie, "plaats": plaats})
    assert page.text[slice(*page.header)] == "*POLITIE Voorbeeldland – Lagebrug*"
    assert page.text.count("\n", 0, page.title[1]) == 1


def test_a_template_without_any_break_is_a_title_only() -> None:
    short = replace(TEMPLATE, layout="Vermist: {{wie}}")
    page = render(
        short, VALUES, team="V", area_name="L", region=NETHERLANDS, urgent=False, training=False
    )
    assert page.text.splitlines()[1] == "*Vermist: de heer Voorbeeld, 78 jaar.*"
