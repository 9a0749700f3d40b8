"""Pasted Burgernet texts: what is read, from where, and what is left open (F35)."""

from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.reading.burgernet_text import is_burgernet, propose
from contract.reading.dutch_time import AMSTERDAM
from contract.vocabulary import AlertKind, AlertState, MessageKind

NOW = datetime(2026, 11, 12, 16, 31, tzinfo=AMSTERDAM)

MISSING = """Burgernet Vermist persoon

Sinds vanmiddag 15:10 uur wordt de heer Aalders (78) vermist. Hij is verward en te voet. \
Laatst gezien bij Stationsstraat 14 in Lagebrug, richting het water.

Signalement: lengte 1.75 meter, mager postuur, grijs haar, bril. Hij draagt een donkerblauwe \
jas, een beige broek en bruine schoenen.

Ziet u deze man? Bel direct 112."""


def test_the_missing_man_of_the_screen_is_read_as_the_screen_shows_it() -> None:
    proposal = propose(MISSING, NOW)
    assert (proposal.kind, proposal.state) == (AlertKind.MISSING_PERSON, AlertState.ACTIVE)
    assert proposal.template_kind is MessageKind.MISSING_PERSON
    expected = {
        "who": "de heer Aalders, 78 jaar",
        "last_seen_time": "15:10",
        "last_seen_place": "Stationsstraat 14, Lagebrug",
        "condition_direction": "verward, te voet, richting het water",
        "clothing": "donkerblauwe jas, beige broek, bruine schoenen",
        "appearance": "lengte 1.75 meter, mager postuur, grijs haar, bril",
        "phone_line": "112",
        "place": "Lagebrug",
    }
    assert {fact.field: fact.value for fact in proposal.facts} == expected
    assert proposal.value("plate") is None
    assert proposal.value("ended") is None


def test_every_fact_points_at_the_words_it_was_read_from() -> None:
    proposal = propose(MISSING, NOW)
    words = {
        fact.field: [MISSING[span.start : span.end] for span in fact.spans]
        for fact in proposal.facts
    }
    assert words["who"] == ["de heer Aalders (78)"]
    assert words["last_seen_time"] == ["15:10"]
    assert words["last_seen_place"] == ["Stationsstraat 14 in Lagebrug"]
    assert words["condition_direction"] == ["verward en te voet", "richting het water"]


def test_the_text_stays_exactly_as_it_was_pasted() -> None:
    text = "\ufeffBurgernet: vermist\r\n\r\n meisje (6)  \n"
    assert propose(text, NOW).alert.text == text


def test_a_clock_time_gets_the_day_of_the_moment_it_is_read() -> None:
    assert propose(MISSING, NOW).alert.started_at == datetime(
        2026, 11, 12, 15, 10, tzinfo=AMSTERDAM
    )


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("om 15.10 uur", datetime(2026, 11, 12, 15, 10, tzinfo=AMSTERDAM)),
        ("om 23:50 uur", datetime(2026, 11, 11, 23, 50, tzinfo=AMSTERDAM)),
        ("vanavond om 23:50 uur", None),
        ("gisteren om 9 uur", datetime(2026, 11, 11, 9, 0, tzinfo=AMSTERDAM)),
        ("op 10 november om 14:00 uur", datetime(2026, 11, 10, 14, 0, tzinfo=AMSTERDAM)),
        ("op 10-07-2026 rond 14:00", datetime(2026, 7, 10, 14, 0, tzinfo=AMSTERDAM)),
        ("op 24 december om 14:00 uur", datetime(2025, 12, 24, 14, 0, tzinfo=AMSTERDAM)),
        ("12 november 2026 15:40: zie bericht", datetime(2026, 11, 12, 15, 40, tzinfo=AMSTERDAM)),
        ("om 14u gezien", datetime(2026, 11, 12, 14, 0, tzinfo=AMSTERDAM)),
        ("lengte 1.75 meter", None),
        ("op 31 februari", None),
    ],
)
def test_times_are_read_or_left_open(words: str, moment: datetime | None) -> None:
    assert propose(f"Burgernet: vermist persoon, {words}.", NOW).alert.started_at == moment


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Burgernet: vermist meisje van 6 jaar in Lagebrug", AlertKind.MISSING_CHILD),
        ("Burgernet: vermiste jongen van 19 jaar in Lagebrug", AlertKind.MISSING_PERSON),
        ("Vermist Kind Alert: Noor (7)", AlertKind.MISSING_CHILD),
        ("AMBER Alert: Noor (7) ontvoerd", AlertKind.AMBER),
        ("Burgernet: vermissing van een vrouw", AlertKind.MISSING_PERSON),
        ("Burgernet: wij zoeken Noor (7), laatst gezien bij de Vlierpad", AlertKind.MISSING_CHILD),
        ("Burgernet: wij zoeken An (40), laatst gezien bij de Vlierpad", AlertKind.MISSING_PERSON),
        ("Burgernet: politie zoekt 2 mannen, gevlucht op een scooter", AlertKind.WANTED_PERSON),
        ("Burgernet: getuigen gezocht van inbraak", AlertKind.WITNESS),
        ("Burgernet: uitkijken naar overvaller, getuigen kunnen bellen", AlertKind.WANTED_PERSON),
        ("Burgernet: inbreker gezocht in Lagebrug", AlertKind.WANTED_PERSON),
        ("Burgernet: uitkijken naar twee mannen op een scooter", AlertKind.WANTED_PERSON),
        ("Burgernet: uitkijken naar zwarte auto na overval", AlertKind.VEHICLE),
        ("Burgernet: verdachte bestelbus gezocht", AlertKind.VEHICLE),
        ("Burgernet waarschuwing: babbeltruc, dieven aan de deur", AlertKind.WARNING),
        ("Burgernet: let op\nNepagenten in Lagebrug", AlertKind.WARNING),
        ("Burgernet: brand in Lagebrug, bel 112", AlertKind.OTHER),
        ("Burgernet: vermiste hond in Lagebrug", AlertKind.OTHER),
    ],
)
def test_the_kind_is_read_from_loose_words(text: str, kind: AlertKind) -> None:
    assert propose(text, NOW).kind is kind


def test_a_confused_person_is_not_called_missing_and_has_a_template_of_their_own() -> None:
    proposal = propose("Burgernet: uitkijken naar verwarde man in Lagebrug", NOW)
    assert proposal.kind is AlertKind.OTHER
    assert proposal.template_kind is MessageKind.CONFUSED_PERSON


@pytest.mark.parametrize(
    "text",
    [
        "De Burgernet-actie in Lagebrug is beëindigd. Bedankt voor uw medewerking.",
        "Burgernet afloopbericht: er is niets gevonden.",
        "Sluitbericht AMBER Alert",
        "Burgernet: de vermiste man is terecht. Bedankt.",
        "Burgernet: u hoeft niet meer uit te kijken naar de auto.",
        "Burgernet Afloop: twee verdachten zijn aangehouden.",
    ],
)
def test_closing_words_end_it(text: str) -> None:
    proposal = propose(text, NOW)
    assert proposal.state is AlertState.ENDED
    assert proposal.template_kind is MessageKind.FEEDBACK
    fact = proposal.fact("ended")
    assert fact is not None
    assert text[fact.start : fact.end]


@pytest.mark.parametrize(
    "text",
    [
        "Burgernet: een verdachte is aangehouden, de tweede wordt nog gezocht.",
        "Burgernet: de auto is gevonden, wij zoeken nog naar de bestuurder.",
        "Burgernet: de actie is nog niet beëindigd. Vermist: man (78).",
        "Burgernet: vermist meisje. U krijgt bericht zodra de actie is beëindigd.",
    ],
)
def test_words_that_only_look_like_an_end_do_not_end_it(text: str) -> None:
    assert propose(text, NOW).state is AlertState.ACTIVE


def test_an_end_has_its_own_time_and_not_the_start() -> None:
    late = NOW.replace(hour=17)
    text = "De Burgernet-actie van 15:10 uur in de gemeente Veldermeer is om 16:50 uur beëindigd."
    alert = propose(text, late).alert
    assert alert.started_at == datetime(2026, 11, 12, 15, 10, tzinfo=AMSTERDAM)
    assert alert.ended_at == datetime(2026, 11, 12, 16, 50, tzinfo=AMSTERDAM)
    assert alert.municipality == "Veldermeer"


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("Burgernet gemeente Veldermeer: vermist persoon", "Veldermeer"),
        ("Burgernet Veldermeer: vermist persoon", "Veldermeer"),
        ("Burgernet-actie in Oud Veldermeer: vermist persoon", "Oud Veldermeer"),
        ("De Burgernetactie in Veldermeer over de vermiste man (78)", "Veldermeer"),
        ("Burgernet: Inbraak Beukenlaan 12, verdachte gezocht", None),
        ("Burgernet Vermist persoon in Lagebrug", None),
        ("Burgernet: vermist persoon uit Lagebrug", None),
    ],
)
def test_a_town_in_passing_is_not_taken_for_the_municipality(
    text: str, municipality: str | None
) -> None:
    assert propose(text, NOW).alert.municipality == municipality


def test_the_town_behind_a_street_and_the_place_last_seen_are_places() -> None:
    text = "Burgernet: vermist mevrouw T. de Proef, 83 jaar. Laatst gezien: Marktplein, Lagebrug."
    proposal = propose(text, NOW)
    assert proposal.value("who") == "mevrouw T. de Proef, 83 jaar"
    assert proposal.alert.places == ("Marktplein", "Lagebrug")
    proposal = propose("Burgernet: vermist kind. Laatst gezien: winkelcentrum De Hoek.", NOW)
    assert proposal.alert.places == ("winkelcentrum De Hoek",)


def test_a_look_out_has_its_description_plate_vehicle_and_reference() -> None:
    text = (
        "Burgernet: uitkijken naar zwarte Volkswagen Golf, kenteken E-000-OA. "
        "Laatst gezien om 15:45 uur richting A12. Incidentnummer 26-0481. Bel 0900-8844."
    )
    proposal = propose(text, NOW)
    assert proposal.value("description") == "zwarte Volkswagen Golf, kenteken E-000-OA"
    assert proposal.value("vehicle") == "zwarte Volkswagen Golf"
    assert proposal.alert.plates == ("E-000-OA",)
    assert proposal.value("reference") == "26-0481"
    assert proposal.value("condition_direction") == "richting A12"
    assert proposal.alert.phone_lines == ("0900-8844",)
    assert proposal.template_kind is MessageKind.LOOKOUT


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Beste buren, zaterdag om 15:00 uur is de barbecue in de Dorpsstraat.",
        "Heeft iemand de app van Burgernet al?",
        "Dit is geen Burgernet, maar er is een fiets gestolen. Bel 112.",
        "De vergadering is beëindigd. Bedankt voor uw medewerking.",
        "Onze kat is vermist. Bel 06-12345678.",
    ],
)
def test_text_that_is_not_burgernet_fills_nothing(text: str) -> None:
    proposal = propose(text, NOW)
    assert not proposal.recognised
    assert proposal.facts == ()
    document = proposal.alert.document()
    assert document.pop("text") == text
    assert document == {
        "id": None,
        "kind": "other",
        "state": "unknown",
        "test": False,
        "title": None,
        "municipality": None,
        "places": [],
        "started_at": None,
        "ended_at": None,
        "area": None,
        "polygons": [],
        "plates": [],
        "phone_lines": [],
    }


def test_burgernet_phrases_without_the_name_are_recognised() -> None:
    assert is_burgernet("Uitkijken naar een man met een rode jas. Bel 112.")
    assert is_burgernet("Laatst gezien in Lagebrug. Signalement: rode jas. Bel direct 112.")


PIECES = st.sampled_from(
    [
        *MISSING.split(),
        "Burgernet",
        "beëindigd",
        "om 15:10 uur",
        "gemeente Veldermeer",
        "AB-12-CD",
        "112",
        "\n",
        "laatst gezien bij",
        "'s-",
        "31-12-2026",
        "29 februari",
        "(78)",
        "0800-",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map(" ".join)))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    proposal = propose("Burgernet vermist " + text, NOW)
    whole = proposal.alert.text
    assert proposal.recognised or "geen" in whole or "niet" in whole
    for fact in proposal.facts:
        assert fact.value
        assert fact.spans
        for span in fact.spans:
            assert 0 <= span.start < span.end <= len(whole)
    proposal.alert.document()


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_first_and_last_day_of_the_calendar_do_not_break_it(day: date) -> None:
    for clock in (time.min, time.max):
        read = propose(MISSING, datetime.combine(day, clock, UTC))
        assert read.alert.text == MISSING
