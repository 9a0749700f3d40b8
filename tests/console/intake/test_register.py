"""Municipal lists of groups in text files: columns, values, guesses, rows that give no group."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.intake.files import Unreadable
from console.intake.register import apply_mapping, open_register, read_register
from console.intake.register_columns import (
    Field,
    field_of,
    guess_mapping,
    unique_headers,
)

HEADER = "Naam groep;Soort;Gemeente;Wijkcode;Straten;Postcode;Leden;Link;Beheerder;Telefoon;E-mail"
LINK = "https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv"
FULL = f"Vlierpad;buurt;Veldermeer;WK999900;Vlierpad, Elzenkade;1234 AB;80;{LINK};An Proef;06-12345678;an@voorbeeld.nl"


def read(text: str, encoding: str = "utf-8") -> dict[str, Any]:
    return read_register(text.encode(encoding)).document()


def read_one(header: str, *cells: str) -> dict[str, Any]:
    return read(f"Naam;{header}\nGroep;" + ";".join(cells) + "\n")


def test_a_full_row_becomes_a_group_without_any_guess() -> None:
    document = read(f"{HEADER}\n{FULL}\n")
    assert document["encoding"] == "utf-8"
    assert document["delimiter"] == ";"
    assert list(document["columns"].values()) == [field.value for field in Field]
    assert document["groups"] == [
        {
            "name": "Vlierpad",
            "kind": "neighbourhood",
            "municipality": "Veldermeer",
            "area_code": "WK999900",
            "streets": ["Vlierpad", "Elzenkade"],
            "postcodes": ["1234AB"],
            "members": 80,
            "invite_link": LINK,
            "administrators": [
                {"name": "An Proef", "phone": "+31612345678", "email": "an@voorbeeld.nl"}
            ],
        }
    ]
    assert document["guesses"] == []
    assert document["rejected"] == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_encoding_and_delimiter_gives_the_same_groups(
    encoding: str, delimiter: str, newline: str
) -> None:
    rows = [
        ["Naam", "Gemeente", "Beheerder"],
        ["Café Noord", "Súdmeer", "Zoë"],
        ["B", "Súdmeer", ""],
    ]
    text = newline.join(delimiter.join(row) for row in rows) + newline
    document = read(text, encoding)
    assert document["encoding"] == encoding
    assert document["delimiter"] == delimiter
    assert [group["name"] for group in document["groups"]] == ["Café Noord", "B"]
    assert document["groups"][0]["administrators"][0]["name"] == "Zoë"


def test_commas_inside_the_cells_do_not_win_from_the_semicolon() -> None:
    document = read("Naam;Straten;Gemeente\nA;Een, Twee, Drie;V\nB;Vier, Vijf;V\n")
    assert document["delimiter"] == ";"
    assert document["groups"][0]["streets"] == ["Een", "Twee", "Drie"]


def test_a_phone_number_that_lost_its_zero_comes_back_as_a_guess() -> None:
    document = read_one("Telefoon", "612345678")
    assert document["groups"][0]["administrators"][0]["phone"] == "+31612345678"
    assert document["guesses"] == [
        {"row": 2, "field": "administrator_phone", "was": "612345678", "became": "+31612345678"}
    ]


@pytest.mark.parametrize(
    ("cell", "phone", "became"),
    [
        ("06 12 34 56 78", "+31612345678", None),
        ("+31 6 12345678", "+31612345678", None),
        ("0031612345678", "+31612345678", None),
        ("(0343) 123456", "+31343123456", None),
        ("31612345678", "+31612345678", "+31612345678"),
        ("612345678.0", "+31612345678", "+31612345678"),
        ("6,12345678E+08", "+31612345678", "+31612345678"),
        ("6,12E+08", None, ""),
        ("343123456", "+31343123456", "+31343123456"),
        ("12345", None, ""),
        ("zie lijst", None, ""),
        ("9" * 300, None, ""),
    ],
)
def test_phone_numbers_in_every_notation(cell: str, phone: str | None, became: str | None) -> None:
    document = read_one("Beheerder;Telefoon", "An", cell)
    assert document["groups"][0]["administrators"] == [
        {"name": "An", "phone": phone, "email": None}
    ]
    assert [guess["became"] for guess in document["guesses"]] == (
        [] if became is None else [became]
    )


@pytest.mark.parametrize(
    ("cell", "members", "guesses"),
    [
        ("80", 80, 0),
        ("", None, 0),
        ("onbekend", None, 0),
        ("± 80", 80, 1),
        ("80 leden", 80, 1),
        ("ca. 1.024", 1024, 1),
        ("60-80", None, 1),
        ("999999", None, 1),
        ("veel", None, 1),
        ("-3", None, 1),
    ],
)
def test_numbers_of_members(cell: str, members: int | None, guesses: int) -> None:
    document = read_one("Leden;Gemeente", cell, "V")
    assert document["groups"][0]["members"] == members
    assert len(document["guesses"]) == guesses


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("Buurtgroep", "neighbourhood"),
        ("WABP", "neighbourhood"),
        ("ondernemers", "business"),
        ("Bedrijventerrein", "business"),
        ("regiegroep", "regie"),
        ("Beheerdersgroep", "administrators"),
        ("administrators", "administrators"),
        ("anders", "unknown"),
        ("", "unknown"),
    ],
)
def test_kinds_are_read_from_loose_words(cell: str, kind: str) -> None:
    assert read_one("Soort;Gemeente", cell, "V")["groups"][0]["kind"] == kind


@pytest.mark.parametrize(
    ("cell", "code", "guesses"),
    [
        ("BU0999MD01", "BU0999MD01", 0),
        ("bu 0999 0001", "BU09990001", 0),
        ("099900", "WK099900", 1),
        ("GM0999", "GM0999", 0),
        ("Noord", None, 1),
    ],
)
def test_area_codes_are_read_in_any_notation(cell: str, code: str | None, guesses: int) -> None:
    document = read_one("CBS-code;Gemeente", cell, "V")
    assert document["groups"][0]["area_code"] == code
    assert len(document["guesses"]) == guesses


@pytest.mark.parametrize(
    "cell",
    [
        "https://evil.example/https://chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
        "https://chat.whatsapp.com.evil.example/AbCdEfGhIjKlMnOpQrStUv",
        "https://x@chat.whatsapp.com/AbCdEfGhIjKlMnOpQrStUv",
        "javascript:alert(1)",
        "file:///etc/passwd",
    ],
)
def test_a_link_that_is_no_invite_is_not_taken_over(cell: str) -> None:
    document = read_one("Link;Gemeente", cell, "V")
    assert document["groups"][0]["invite_link"] is None
    assert document["guesses"][0]["became"] == ""


def test_an_invite_with_additions_is_brought_to_its_plain_form() -> None:
    for cell in (LINK, LINK.removeprefix("https://"), LINK + "?mode=ac_t", LINK + "/"):
        assert read_one("Link;Gemeente", cell, "V")["groups"][0]["invite_link"] == LINK


def test_postcodes_are_stored_without_a_space_and_the_rest_is_shown() -> None:
    document = read_one("Postcode;Gemeente", "1234ab, 1234 AC / 9999", "V")
    assert document["groups"][0]["postcodes"] == ["1234AB", "1234AC"]
    assert document["guesses"][0]["was"] == "1234ab, 1234 AC / 9999"


def test_rows_with_one_name_and_municipality_are_one_group() -> None:
    document = read(
        "Naam;Gemeente;Straat;Leden;Beheerder;Telefoon\n"
        "Vlierpad;V;Vlierpad;80;An;06-12345678\n"
        "vlierpad ;v;Elzenkade;90;Bas;06-12345679\n"
        "Vlierpad;V;vlierpad;;an;\n"
        "Vlierpad;Elders;;;;\n"
    )
    assert [group["municipality"] for group in document["groups"]] == ["V", "Elders"]
    first = document["groups"][0]
    assert first["streets"] == ["Vlierpad", "Elzenkade"]
    assert [one["name"] for one in first["administrators"]] == ["An", "Bas"]
    assert first["members"] == 80
    assert document["guesses"] == [{"row": 3, "field": "members", "was": "90", "became": "80"}]


def test_numbered_columns_belong_to_one_person_each() -> None:
    document = read(
        "Naam;Beheerder 1;Tel 1;Beheerder 2;Tel 2;Mail 2\nA;An;06-12345678;Bas;;bas@voorbeeld.nl\n"
    )
    assert document["groups"][0]["administrators"] == [
        {"name": "An", "phone": "+31612345678", "email": None},
        {"name": "Bas", "phone": None, "email": "bas@voorbeeld.nl"},
    ]


def test_parts_of_a_name_become_one_name() -> None:
    document = read("Groep;Voornaam;Tussenvoegsel;Achternaam;Mobiel\nA;An;van;Proef;0612345678\n")
    assert document["groups"][0]["administrators"][0]["name"] == "An van Proef"


def test_several_people_in_one_cell_are_several_administrators() -> None:
    document = read_one("Beheerder;Telefoon", '"An\nBas"', "06-12345678 / 06-12345679")
    assert [(one["name"], one["phone"]) for one in document["groups"][0]["administrators"]] == [
        ("An", "+31612345678"),
        ("Bas", "+31612345679"),
    ]


def test_a_second_number_of_one_person_is_shown_as_left_out() -> None:
    document = read_one("Beheerder;Telefoon", "An", "06-12345678 / 06-12345679")
    assert document["guesses"] == [
        {"row": 2, "field": "administrator_phone", "was": "+31612345679", "became": ""}
    ]


def test_rows_without_a_group_are_rejected_with_a_reason() -> None:
    document = read(
        "Naam;Gemeente;Leden\n;V;80\n\nTotaal;;160\n" + "x" * 201 + ";V;1\nA;V;1;te;veel\nB;V;1\n"
    )
    assert [group["name"] for group in document["groups"]] == ["B"]
    assert [one["row"] for one in document["rejected"]] == [2, 4, 5, 6]
    assert all(one["reason"].endswith(".") for one in document["rejected"])


def test_formulas_stay_the_text_they_are() -> None:
    name = '=HYPERLINK("http://evil.example")'
    document = read(f'Naam;Gemeente\n"{name.replace(chr(34), chr(34) * 2)}";V\n')
    assert document["groups"][0]["name"] == name


def test_a_quote_that_is_never_closed_does_not_swallow_the_groups_after_it() -> None:
    document = read('Naam;Gemeente\n"A;V\nB;V\nC;V\n')
    assert [group["name"] for group in document["groups"]] == ["A", "B", "C"]


def test_a_title_above_the_header_and_a_line_of_excel_are_passed_over() -> None:
    document = read("sep=;\nLijst 2026;;\n;;\nNaam;Gemeente;Leden\nA;V;8\n;V;8\n")
    assert [group["name"] for group in document["groups"]] == ["A"]
    assert document["rejected"][0]["row"] == 6


def test_a_bare_name_beside_a_group_column_is_the_administrator() -> None:
    assert guess_mapping(["Groep", "Naam", "Telefoon"])[1] is Field.ADMINISTRATOR_NAME
    assert guess_mapping(["Naam", "Gemeente"])[0] is Field.NAME


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Naam WhatsAppgroep", Field.NAME),
        ("Group name", Field.NAME),
        ("GEMEENTE", Field.MUNICIPALITY),
        ("Gemente", Field.MUNICIPALITY),
        ("Buurtcode (CBS)", Field.AREA_CODE),
        ("Postcodes", Field.POSTCODE),
        ("Aantal leden", Field.MEMBERS),
        ("Mobiele telefoon beheerder", Field.ADMINISTRATOR_PHONE),
        ("Telefoonumer", Field.ADMINISTRATOR_PHONE),
        ("E-mailadres", Field.ADMINISTRATOR_EMAIL),
        ("Coördinator", Field.ADMINISTRATOR_NAME),
        ("WhatsApp-link", Field.INVITE_LINK),
        ("Naam wijkagent", None),
        ("Telefoon wijkagent", None),
        ("groep_id", None),
        ("Opmerkingen", None),
        ("Status", None),
        ("", None),
    ],
)
def test_headers_are_matched_loosely_and_others_are_left_alone(
    header: str, field: Field | None
) -> None:
    assert field_of(header) is field


def test_every_column_keeps_a_name_of_its_own() -> None:
    assert unique_headers(["Tel", "Tel", "", "Tel (2)", ""]) == (
        "Tel",
        "Tel (2)",
        "(kolom 3)",
        "Tel (2) (2)",
        "(kolom 5)",
    )


def test_a_person_can_choose_another_mapping() -> None:
    table = open_register(b"Wat;Waar\nVlierpad;Veldermeer\n")
    with pytest.raises(Unreadable) as caught:
        apply_mapping(table, table.proposed())
    assert caught.value.code == "not_a_register"
    reading = apply_mapping(table, {"Wat": Field.NAME, "Waar": Field.MUNICIPALITY})
    assert reading.groups[0].name == "Vlierpad"
    assert reading.groups[0].municipality == "Veldermeer"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"a;b\n1;2\n", "not_a_register"),
        (b"\x00\x01\x02binary\x00", "wrong_encoding"),
        ("Naam;Gemeente\nA;V\n".encode("utf-16"), "wrong_encoding"),
        (b"Naam;Gemeente\n\x81\x8d;V\n", "wrong_encoding"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "not_a_register"),
        (b"PK\x03\x04broken", "damaged"),
        (b"Naam\n" + b"a\n" * 20_100, "too_large"),
        (b"<html><body>weg</body></html>", "not_a_register"),
        (b'[{"naam": "a"}]', "not_a_register"),
    ],
)
def test_what_is_no_list_is_said_in_one_code(data: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        read_register(data)
    assert caught.value.code == code


@given(st.binary(max_size=300))
def test_any_bytes_give_groups_or_one_plain_reason(data: bytes) -> None:
    for start in (b"", b"Naam;Gemeente;Telefoon;Leden\n"):
        reason = ""
        try:
            read_register(start + data).document()
        except Unreadable as error:
            reason = error.message_nl
        assert not reason or reason.endswith(".")


CELL = st.one_of(
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=30),
    st.sampled_from(["612345678", "± 80", "1234 AB", LINK, "=1+1", '"', "An; Bas", "1e308", "٣٤"]),
)


@given(st.lists(st.lists(CELL, min_size=11, max_size=11), max_size=8))
def test_every_row_is_a_group_or_rejected_and_nothing_falls_out(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(HEADER.split(";"))
    writer.writerows(rows)
    try:
        reading = read_register(out.getvalue().encode("utf-8", "replace"))
    except Unreadable:
        return
    for guess in reading.guesses:
        assert 2 <= guess.row <= len(rows) + 1
        assert guess.field in set(Field)
    for group in reading.groups:
        assert group.name
        for person in group.administrators:
            assert person.phone is None or person.phone.startswith("+")
    assert len(reading.groups) + len(reading.rejected) <= len(rows)
