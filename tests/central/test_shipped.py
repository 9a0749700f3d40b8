"""What a new team starts with: complete, plain Dutch, and let through by the guard."""

from __future__ import annotations

import re

import pytest

from central.shipped import ShippedRecord, records, settings, shipped_id, templates, workbook
from console.domain.compose import render
from console.domain.layout import check_layout, fields_of, parse
from console.domain.post import Template, TemplateField
from contract.guard import check
from contract.region import BELGIUM, NETHERLANDS, RegionProfile
from contract.rules.fields import check_fields
from contract.vocabulary import MessageKind, Outcome, PostType

ABBREVIATIONS = (
    r"\bi\.v\.m\b|\bt\.h\.v\b|\bo\.a\b|\bbijv\b|\bevt\b|\bca\.|\bm\.b\.t\b|\bz\.s\.m\b|\btel\.|"
    r"\bsigna\b|\bnr\.|\bdhr\b|\bmevr\b|\bmw\b|\bd\.m\.v\b|\be\.d\b|\benz\b|\bwh?app?\b|\bPD\b|"
    r"\bOvJ\b|\bBOA\b|\bmk\b|\btgv\b|\bivm\b|\bmin\b|\bmbt\b|\bmax\.|\bx\.\b|\bm\.n\b|\bd\.w\.z\b"
)
BANNED = r"succesvol|helaas|!|\bje\b|\bjij\b|\bjouw\b|\bjullie\b"

EXAMPLES = {
    "wie": "de heer Voorbeeld, 78 jaar",
    "tijd": "15:10",
    "plaats": "Stationsstraat, Lagebrug",
    "toestand": "verward, te voet, richting het water",
    "uiterlijk": "donkerblauwe jas, beige broek. Ongeveer 1.75 meter, grijs haar",
    "lezer": "kijk in uw tuin en schuur",
    "gedrag": "roept naar mensen op straat",
    "richting": "te voet naar het park",
    "gezocht": "twee personen op een scooter",
    "feit": "zij namen een tas weg",
    "voertuig": "zwarte scooter",
    "wat": "fietsendieven rond het station",
    "hoe": "zij lopen langs de stalling",
    "doen": "zet uw fiets binnen",
    "verhaal": "de schuur stond open",
    "onderwerp": "donkere dagen",
    "waarom": "het wordt vroeg donker",
    "tips": "doe een lamp aan",
    "meer": "kijk op de website van de gemeente",
    "bericht": "de politie is donderdag op het plein",
    "aanvulling": "weet u meer? Bel ons dan",
    "zin": "dank voor uw tips",
    "laat": "U hoort dit later dan u van ons mag verwachten.",
    "uitleg": "de plaats klopte niet",
    "periode": "9 tot en met 15 november",
    "cijfers": "wij kregen twaalf meldingen",
    "afloop": "twee verdachten zijn aangehouden",
    "komend": "extra controle op fietslampen",
}


def as_template(record: ShippedRecord) -> Template:
    body = record.body
    fields = tuple(
        TemplateField(one["name"], one["label"], required=one.get("required", True))
        for one in body["fields"]
    )
    return Template(
        record.id, body["purpose"], body["kind"], body.get("outcome", ""), body["name"],
        body["version"], body["owner"], "", body["state"], body.get("class", ""),
        body["urgent"], fields, body["layout"],
    )  # fmt: skip


TEMPLATES = [as_template(one) for one in templates()]
NAMED = pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)


def test_every_kind_and_every_outcome_has_a_template() -> None:
    kinds = {(one.purpose, one.kind) for one in TEMPLATES}
    for kind in set(MessageKind) - {
        MessageKind.FEEDBACK, MessageKind.CORRECTION, MessageKind.OVERVIEW, MessageKind.QUICK_ANSWER
    }:  # fmt: skip
        assert (PostType.BROADCAST, kind) in kinds
    assert {("correction", "correction"), ("overview", "overview")} <= kinds
    outcomes = [one.outcome for one in TEMPLATES if one.purpose == PostType.FEEDBACK]
    assert sorted(outcomes) == sorted(Outcome)


def test_every_shipped_record_fits_its_kind_and_has_an_id_of_its_own() -> None:
    made = records()
    for one in made:
        assert check_fields(one.kind, one.body, create=True) == (), one
    assert len({(one.kind, one.id) for one in made}) == len(made)


def test_the_id_of_a_shipped_record_never_changes() -> None:
    assert shipped_id("template", "missing_person") == "8063e6e4-b6cd-5059-9472-39c9ea931952"


@NAMED
def test_a_shipped_layout_holds_exactly_its_own_fields(template: Template) -> None:
    names = [field.name for field in template.fields]
    assert check_layout(template.layout, names) == []
    assert fields_of(parse(template.layout)) == set(names)


@NAMED
@pytest.mark.parametrize("region", [NETHERLANDS, BELGIUM], ids=lambda one: one.code)
def test_a_shipped_template_filled_in_passes_the_guard(
    template: Template, region: RegionProfile
) -> None:
    made = render(
        template,
        {field.name: EXAMPLES[field.name] for field in template.fields},
        team="Voorbeeldland",
        area_name="Lagebrug",
        region=region,
        urgent=template.urgent,
        training=False,
    )
    found = check(
        made.text, template.kind, region=region, urgent=template.urgent, groups=1, consent="family"
    )
    assert found.findings == ()
    assert made.text.splitlines()[-1] == region.closing_line(urgent=template.urgent)


@NAMED
def test_a_shipped_template_left_empty_is_stopped_at_its_required_fields(
    template: Template,
) -> None:
    made = render(
        template, {}, team="V", area_name="L", region=NETHERLANDS, urgent=False, training=False
    )
    found = check(made.text, template.kind, groups=1, consent="family").of("unfilled_field")
    fields = {made.locate(one.start, one.end)[0] for one in found}
    assert fields == {field.name for field in template.fields if field.required}


def test_the_missing_person_template_asks_six_fields_in_the_order_of_sending() -> None:
    template = next(one for one in TEMPLATES if one.kind == MessageKind.MISSING_PERSON)
    names = [field.name for field in template.fields]
    assert names == ["wie", "tijd", "plaats", "toestand", "uiterlijk", "lezer"]


@pytest.mark.parametrize("record", records(), ids=lambda one: f"{one.kind} {one.id[:8]}")
def test_shipped_dutch_is_plain_and_says_u(record: ShippedRecord) -> None:
    words = " ".join(_texts(record.body))
    assert not re.search(ABBREVIATIONS, words), "No abbreviations in outgoing text (F58)."
    assert not re.search(BANNED, words, re.IGNORECASE)


def test_the_work_process_is_a_draft_that_covers_every_screen_with_a_way_out() -> None:
    book, *steps = workbook()
    assert book.body["state"] == "draft"
    assert book.body["approved_by"] == ""
    scopes = {step.body["scope"] for step in steps}
    assert scopes == {
        "reports", "burgernet", "write", "groups", "issue", "whatsapp_web", "feedback",
        "handover", "closing",
    }  # fmt: skip
    assert [step.body["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.body["way_out"] and step.body["text"] for step in steps)


def test_every_sentence_of_the_work_process_is_short() -> None:
    for step in workbook()[1:]:
        for text in (step.body["text"], step.body["way_out"]):
            for sentence in re.split(r"[.?:]\s", text):
                assert len(sentence.split()) <= 18, sentence


def test_the_settings_name_a_region_that_exists() -> None:
    values = {one.id: one.body["value"] for one in settings()}
    assert values["region"]["profile"] == NETHERLANDS.code


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for one in value.values() for text in _texts(one)]
    if isinstance(value, list):
        return [text for one in value for text in _texts(one)]
    return []
