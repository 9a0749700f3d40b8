"""A bundle tells what is of the person, to whom it went, and nothing of anybody else (F52)."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace

import pytest

from console.domain.subject import SubjectRecord, bundle, not_twice, provisions
from console.domain.subject_others import own_of, without_others
from contract.sought import Sought

NUMBER = "06-12345678"
ME = SubjectRecord(
    "administrator", "p1", "", False, True, ("phone",),
    {"name": "Piet Jansen", "phone": "+31612345678", "email": "piet@voorbeeld.nl"},
)  # fmt: skip
KNOWN = {"Piet Jansen", "Karin de Boer"}


def left(kind: str, **body: object) -> tuple[dict[str, object], int]:
    """Return what stays of a record beside the person's own."""
    record = SubjectRecord(kind, "x", "", False, False, (), body)
    own = own_of([ME, record], Sought(NUMBER), "")
    shown, gone = without_others(record, own, KNOWN)
    return dict(shown.body), gone


@pytest.mark.parametrize(
    ("said", "stays", "gone"),
    [
        (
            "Jansen belt nul zes twaalf 34 56 78",
            "Jansen belt nul zes twaalf 34 56 78",
            0,
        ),
        ("Bel 0612345678 of 06-87654321", "Bel 0612345678 of [nummer van een ander]", 1),
        ("Karin de Boer zag meneer Jansen", "[naam van een ander] zag meneer Jansen", 1),
        ("Mail piet@voorbeeld.nl", "Mail piet@voorbeeld.nl", 0),
        ("Mail k.boer@voorbeeld.nl", "Mail [e-mailadres van een ander]", 1),
        ("Verdachte is K.B. (34)", "Verdachte is [letters van een ander]", 1),
    ],
)
def test_what_the_guard_knows_of_others_goes_out_of_a_text(
    said: str, stays: str, gone: int
) -> None:
    assert left("report", text=said, category="person") == (
        {"text": stays, "category": "person"},
        gone,
    )


def test_fields_of_others_and_ids_go_and_the_own_record_stays_whole() -> None:
    body, gone = left("report", relay_name="Karin Onbekend", created_by="coll-1", place="Park")
    assert (body, gone) == ({"relay_name": "[naam van een ander]", "place": "Park"}, 1)
    body, gone = left("administrator", name="Karin", phone="+31687654321", note="buur van Jansen")
    assert body["name"] == body["phone"] == "[naam van een ander]"
    seat, gone = left("group_administrator", administrator_id="p1", group_id="g1")
    assert (seat, gone) == ({"administrator_id": "p1"}, 0)
    own = own_of([ME], Sought(NUMBER), "")
    assert without_others(ME, own, KNOWN) == (ME, 0)


def test_what_waits_on_a_desk_is_stripped_the_same_way() -> None:
    body, gone = left(
        "journal", of="report", of_id="r1", text="06-87654321", was={"relay_name": "Karin Onbekend"}
    )
    assert gone == 2
    assert "r1" not in str(body)
    assert "Karin" not in str(body)


def line(at: str, what: str, **body: str) -> SubjectRecord:
    """Return a line of history."""
    return SubjectRecord(
        "log_entry", at, at, False, True, (), {"made_at": at, "what": what, **body}
    )


def test_provisions_of_four_years_stand_first_with_to_whom_and_why() -> None:
    since = "2022-03-01T00:00:00.000Z"
    given = line("2024-01-05T10:00:00.000Z", "provided", recipient="Duin-Noord", reason="vermist")
    old = line("2022-02-28T10:00:00.000Z", "provided", recipient="Te oud")
    other = line("2025-01-05T10:00:00.000Z", "changed")
    assert provisions([old, given, other], since) == [given]
    whole = bundle([ME, given, old, other], 3, {}, "1 maart", since=since, masked=2)
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        data = json.loads(made.read("gegevens.json"))
        page = made.read("overzicht.html").decode()
    assert [one["recipient"] for one in data["provisions"]] == ["Duin-Noord"]
    assert data["of_others_left_out"] == 2
    told = page[page.index("Verstrekkingen") : page.index("<h2>Beheerder")]
    assert "Duin-Noord" in told
    assert "vermist" in told
    assert "Te oud" not in told


def test_a_line_of_history_is_said_in_words() -> None:
    claimed = line("2026-01-05T10:00:00.000Z", "claimed")
    below = replace(claimed, where=("(report)",))
    assert below.excerpt() == "Opgepakt"
    told = replace(claimed, where=("text",), body={"what": "note", "text": "belde"})
    assert told.excerpt() == "belde"


def test_a_copy_on_the_desk_is_told_only_where_it_says_something_else() -> None:
    record = SubjectRecord("report", "r1", "", False, True, ("text",), {"text": "nu"})

    def kept(text: str) -> SubjectRecord:
        said = {"of": "report", "of_id": "r1", "text": text}
        return SubjectRecord("journal", text, "", False, True, ("text",), said)

    assert not_twice([kept("nu"), kept("eerder")], [record]) == [kept("eerder")]
