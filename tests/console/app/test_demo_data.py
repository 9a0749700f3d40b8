"""The invented town is whole, and recognisably invented."""

from __future__ import annotations

import re
from collections import Counter

from console.app.demo.read import FOLDER, read
from contract.guard import check
from contract.region import NETHERLANDS
from contract.vocabulary import CloseReason, Contribution, MessageKind

TOWN, REPORTS, POSTS = read("town.toml"), read("reports.toml"), read("posts.toml")


def _groups() -> list[str]:
    return [row[0] for block in TOWN["groups"] for row in block["rows"]]


def test_the_town_has_three_municipalities_and_forty_two_groups_under_seven() -> None:
    levels = Counter(area["level"] for area in TOWN["area"])
    assert levels["municipality"] == 3
    assert len(_groups()) == len(set(_groups())) == 42
    assert len(TOWN["tier"]) == 7
    two = [tier for tier in TOWN["tier"] if len(tier["parents"]) == 2]
    assert any(tier["kind"] == "regie" for tier in two)


def test_everything_that_is_named_exists() -> None:
    people = {person["key"] for person in TOWN["person"]}
    areas = {area["key"] for area in TOWN["area"]}
    tiers = {tier["key"] for tier in TOWN["tier"]}
    groups = set(_groups())
    for report in REPORTS["report"]:
        assert report["by"] in people
        assert report["area"] in areas
        assert report["group"] in groups
    for row in REPORTS["closed"]["rows"]:
        assert row[2] in people
        assert (row[7] in areas, row[8] in groups) == (True, True), row
        assert row[9] in set(CloseReason)
        assert row[10] in set(Contribution)
    for entry in (*POSTS["post"], *POSTS["draft"]):
        assert entry["kind"] in set(MessageKind)
        assert set(entry["groups"]) <= tiers
        assert entry["area"] in areas


def test_the_day_has_sixteen_open_reports_and_one_acute_nobody_answered() -> None:
    assert len(REPORTS["report"]) == 16
    acute = [one for one in REPORTS["report"] if one.get("acute")]
    assert [one["key"] for one in acute] == ["inbraak"]
    assert "called" not in acute[0]
    assert len(REPORTS["closed"]["rows"]) == 30


def test_no_number_or_area_code_of_the_town_can_be_real() -> None:
    for path in FOLDER.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b0[1-9]\d{8}\b|\+31\d", text), path.name
        codes = re.findall(r"\b(?:GM|WK|BU)(\d{4})", text)
        assert all(code.startswith("99") for code in codes), path.name


def test_no_report_of_the_town_holds_a_name_or_number() -> None:
    rules = {"name", "phone_number", "licence_plate", "address", "bsn", "iban", "email"}
    texts = [one["text"] for one in REPORTS["report"]]
    texts += [row[5] for row in REPORTS["closed"]["rows"]]
    for text in texts:
        found = check(text, "quick_answer", region=NETHERLANDS)
        assert not [one.rule for one in found.findings if one.rule in rules], text
