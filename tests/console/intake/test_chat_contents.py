"""Senders, notices of the app, attachments, deletions and edits (formats.md §4a)."""

from __future__ import annotations

import pytest

from console.intake.chat import Message, is_phone_number, read_chat_text

LRM = "\u200e"


def android(body: str, sender: str | None = "Anja Voorbeeld") -> Message:
    line = body if sender is None else f"{sender}: {body}"
    return read_chat_text(f"23-03-2022 13:31 - {line}").messages[0]


def ios(body: str, sender: str | None = "Anja Voorbeeld") -> Message:
    line = body if sender is None else f"{sender}: {body}"
    return read_chat_text(f"[23-03-2022, 13:31:05] {line}").messages[0]


@pytest.mark.parametrize(
    ("body", "text", "attachment"),
    [
        (f"{LRM}IMG-20220323-WA0002.jpg (bestand bijgevoegd)", "", "IMG-20220323-WA0002.jpg"),
        (
            "IMG-20220323-WA0002.jpg (file attached)\nkijk\neens",
            "kijk\neens",
            "IMG-20220323-WA0002.jpg",
        ),
        ("PTT-20220323-WA0003.opus (bestand bijgevoegd)", "", "PTT-20220323-WA0003.opus"),
        ("Anja Voorbeeld.vcf (bestand bijgevoegd)", "", "Anja Voorbeeld.vcf"),
        ("DOC-20220323-WA0009. (bestand bijgevoegd)", "", "DOC-20220323-WA0009."),
        ("<Media weggelaten>", "", None),
        ("<Media omitted>\nbij de sloot", "bij de sloot", None),
        ("<Medien ausgeschlossen>", "", None),
        ("null", "", None),
    ],
)
def test_an_attachment_in_an_android_export_is_media(
    body: str, text: str, attachment: str | None
) -> None:
    message = android(body)
    assert (message.kind, message.text, message.attachment) == ("media", text, attachment)
    assert message.sender == "Anja Voorbeeld"


@pytest.mark.parametrize(
    ("body", "text", "attachment"),
    [
        (f"{LRM}<bijgevoegd: 00000035-PHOTO-2022-03-27.jpg>", "", "00000035-PHOTO-2022-03-27.jpg"),
        (
            f"{LRM}<attached: 00000035-PHOTO.jpg>\nbij de sloot",
            "bij de sloot",
            "00000035-PHOTO.jpg",
        ),
        ("<attached: 00000035-PHOTO.jpg>", "", "00000035-PHOTO.jpg"),
        (f"bij de sloot {LRM}<bijgevoegd: 0001-PHOTO.jpg>", "bij de sloot", "0001-PHOTO.jpg"),
        (f"een\ntwee {LRM}<bijgevoegd: 0001-PHOTO.jpg>", "een\ntwee", "0001-PHOTO.jpg"),
        (
            f"Plan.pdf • {LRM}12 pagina's {LRM}<bijgevoegd: 00000047-Plan.pdf>",
            "",
            "00000047-Plan.pdf",
        ),
        ("Plan.pdf • 1 pagina <bijgevoegd: 00000047-Plan.pdf>", "", "00000047-Plan.pdf"),
        (f"{LRM}<Anhang: 00000047-Plan.pdf>", "", "00000047-Plan.pdf"),
        (f"{LRM}afbeelding weggelaten", "", None),
        (f"{LRM}video weggelaten\nbij de sloot", "bij de sloot", None),
        (f"bij de sloot {LRM}afbeelding weggelaten", "bij de sloot", None),
        ("audio weggelaten", "", None),
        ("sticker weggelaten", "", None),
        ("GIF weggelaten", "", None),
        ("Visitekaartje weggelaten", "", None),
        ("productafbeelding weggelaten", "", None),
        ("image omitted", "", None),
        ("GIF omitted", "", None),
        (f"{LRM}Contact card omitted", "", None),
        (f"Plan.pdf • 12 pagina's {LRM}document weggelaten", "", "Plan.pdf"),
    ],
)
def test_an_attachment_in_an_ios_export_is_media(
    body: str, text: str, attachment: str | None
) -> None:
    message = ios(body)
    assert (message.kind, message.text, message.attachment) == ("media", text, attachment)


@pytest.mark.parametrize(
    "body",
    [
        "ik stuurde een foto (bestand bijgevoegd)",
        "er stond <Media weggelaten> in",
        "de afbeelding weggelaten door mij",
        "nulltarief",
        "zie <bijgevoegd: plan.pdf> voor meer",
        "let op (zie boven)",
        "5 > 3",
        "locatie: https://maps.google.com/?q=52.1,4.5",
        "live locatie gedeeld",
        "POLL:\nWanneer?\nOPTION: Nu (2 votes)\nOPTION: Straks (1 vote)",
        "Piet is toegevoegd",
        "Dit bericht is verwijderd door de wind",
    ],
)
@pytest.mark.parametrize("write", [android, ios])
def test_what_a_neighbour_types_stays_a_message(write: object, body: str) -> None:
    assert callable(write)
    message = write(body)
    assert (message.kind, message.text, message.attachment) == ("message", body, None)


def test_the_word_null_is_a_message_on_ios() -> None:
    assert ios("null").kind == "message"


@pytest.mark.parametrize("body", ["Locatie: https://maps.example/?q=52.1,4.5", "POLL:\nWie?"])
def test_a_place_or_poll_with_the_mark_of_the_app_stays_a_message(body: str) -> None:
    message = ios(LRM + body)
    assert (message.kind, message.text, message.sender) == ("message", body, "Anja Voorbeeld")


@pytest.mark.parametrize(
    "body",
    [
        "Dit bericht is verwijderd",
        "Dit bericht is verwijderd.",
        "U hebt dit bericht verwijderd",
        "Je hebt dit bericht verwijderd.",
        "Dit bericht is verwijderd door beheerder Bo.",
        "This message was deleted",
        "You deleted this message.",
    ],
)
def test_a_deleted_message_is_said_to_be_deleted(body: str) -> None:
    assert android(body).kind == "deleted"
    message = ios(LRM + body)
    assert (message.kind, message.text, message.sender) == ("deleted", body, "Anja Voorbeeld")


@pytest.mark.parametrize(
    "suffix",
    [
        " <Dit bericht is bewerkt>",
        f" {LRM}<Dit bericht is bewerkt>",
        f"{LRM}<This message was edited>",
    ],
)
def test_the_suffix_of_an_edit_is_taken_off(suffix: str) -> None:
    message = ios(f"blauwe auto\nbij de brug{suffix}")
    assert (message.text, message.edited) == ("blauwe auto\nbij de brug", True)
    message = android(f"IMG-20220323-WA0002.jpg (bestand bijgevoegd)\nkijk{suffix}")
    assert (message.kind, message.text, message.edited) == ("media", "kijk", True)


NOTICES = [
    "Berichten en oproepen worden end-to-end versleuteld. Tik voor meer informatie.",
    "Anja heeft de groep 'Let op: Noord' aangemaakt",
    "Anja heeft Bo toegevoegd",
    "Bo heeft de groep verlaten",
    "Bo is deelnemer geworden via de uitnodigingslink van deze groep",
    "Anja heeft het onderwerp gewijzigd naar 'Let op: inbraak'",
    "Anja heeft het onderwerp gewijzigd van 'Let op: een' naar 'Let op: twee'",
    "Anja heeft een nieuw nummer: +31 6 12345678 (was +31 6 12345679)",
    'Anja created group "Watch: north"',
    'Anja changed the subject to "Watch: south"',
    "You were added",
    "Lees meer op https://voorbeeld.example/uitleg",
    "Vandaag om 10:30",
]


@pytest.mark.parametrize("notice", NOTICES)
def test_a_line_without_sender_is_of_the_app(notice: str) -> None:
    for message in (android(notice, None), ios(LRM + notice, None), ios(notice, None)):
        assert (message.kind, message.sender, message.text) == ("system", None, notice)


def test_on_ios_the_group_is_the_sender_of_the_notices_of_the_app() -> None:
    chat = read_chat_text(
        f"[23-03-2022, 13:31:05] Noord: {LRM}Berichten worden end-to-end versleuteld.\n"
        f"[23-03-2022, 13:31:06] Noord: {LRM}Anja heeft de groep Let op: Noord gemaakt\n"
        f"[23-03-2022, 13:31:07] Noord: {LRM}Iets dat wij nog niet kennen\n"
        "[23-03-2022, 13:31:08] Noord: zo heet ook een buurman\n"
        f"[23-03-2022, 13:31:09] Anja: {LRM}Iets dat wij nog niet kennen"
    )
    assert [m.kind for m in chat.messages] == ["system"] * 3 + ["message"] * 2
    assert [m.sender for m in chat.messages] == [None, None, None, "Noord", "Anja"]
    assert chat.messages[1].text == "Anja heeft de groep Let op: Noord gemaakt"


def test_the_name_of_the_chat_tells_its_notices() -> None:
    text = f"[23-03-2022, 13:31:05] Noord: {LRM}Iets dat wij nog niet kennen"
    assert read_chat_text(text).messages[0].kind == "message"
    assert read_chat_text(text, chat_name="Noord").messages[0].kind == "system"


@pytest.mark.parametrize(
    ("raw", "sender"),
    [
        ("~ Bo", "Bo"),
        ("~\u202fBo", "Bo"),
        (f"{LRM}~ Bo", "Bo"),
        ("\u202a+31\u00a06\u00a012345678\u202c", "+31 6 12345678"),
        ("\u2068Bo\u2069", "Bo"),
        ("🤓", "🤓"),
        ("Bo 👩‍🚒 Brug", "Bo 👩‍🚒 Brug"),
        ("Noord:Oost", "Noord:Oost"),
        ("Bo\ua789 brug", "Bo\ua789 brug"),
        ("Bo (nr. 7) - brug", "Bo (nr. 7) - brug"),
    ],
)
def test_a_sender_loses_what_is_not_seen(raw: str, sender: str) -> None:
    for message in (android("hoi: ja", raw), ios("hoi: ja", raw)):
        assert (message.sender, message.text) == (sender, "hoi: ja")


@pytest.mark.parametrize(
    ("line", "text"), [("Bo:", ""), ("Bo: ", ""), ("Bo:.", "."), ("Bo:\u00a0hoi", "hoi")]
)
def test_a_body_may_be_empty_or_close_to_the_colon(line: str, text: str) -> None:
    message = android(line, None)
    assert (message.sender, message.text, message.kind) == ("Bo", text, "message")


def test_text_loses_its_marks_and_keeps_everything_else() -> None:
    body = "hé @\u2068Bo\u2069 \u202akijk\u202c \ufeff👩‍🚒  dubbel\u00a0hard"
    assert android(body).text == "hé @Bo kijk 👩‍🚒  dubbel\u00a0hard"


@pytest.mark.parametrize(
    ("sender", "is_phone"),
    [
        ("+31 6 12345678", True),
        ("06-12345678", True),
        ("Bo 06", False),
        ("112", False),
        (None, False),
    ],
)
def test_a_phone_number_as_sender_is_known(sender: str | None, is_phone: bool) -> None:
    assert is_phone_number(sender) is is_phone
